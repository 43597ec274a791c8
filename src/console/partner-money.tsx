// Money into a partner's wallet and out of it: asked first, with the balance before and after.
import type { Context, Hono } from "hono";
import { z } from "zod";
import { add, formatAmount, parseAmount, subtract } from "../base/money.ts";
import { addAct, type Fields } from "./act.tsx";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Choice, Field, Fold } from "./field.tsx";
import { moneyText } from "./money-text.ts";
import { partnerApi, partnerBack, partnerPage, type PartnerShown, partnersPage } from "./partner-frame.tsx";
import { RefusedNote } from "./refused.tsx";

type MoneyWay = "credit" | "debit";

const balancesSchema = z.object({ wallets: z.array(z.object({ currency: z.string(), balance: z.string() })) });
const words = {
  credit: { title: "Put money in", button: "Yes, put it in", done: "credited" },
  debit: { title: "Take money out", button: "Yes, take it out", done: "debited" },
} as const satisfies Record<MoneyWay, unknown>;

export function MoneyForms({ partner }: { readonly partner: PartnerShown }) {
  return (
    <div class="cards">
      {(["credit", "debit"] as const).map((way) => (
        <Fold title={words[way].title}>
          <form method="post" action={`${partnersPage}/${partner.id}/${way}`}>
            <Choice label="Wallet" name="currency" options={partner.wallets.map((one) => [one, one])} />
            <Field label="Amount" name="amount" mode="decimal" hint="Such as 1500.00" />
            <Field label="Reason" name="reason" />
            <Field
              label="External reference"
              name="external_reference"
              hint="Of your bank. The same one moves money once, however often it is sent."
            />
            <button type="submit">Go on</button>
          </form>
        </Fold>
      ))}
    </div>
  );
}

export function addMoneyActs(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  for (const way of ["credit", "debit"] as const)
    addAct(app, gateway, {
      ...words[way],
      path: `${partnerPage}/${way}`,
      section: partnersPage,
      isDangerous: way === "debit",
      back: partnerBack(),
      says: (fields, c) => sayMove(c, gateway, way, fields),
      asks: (fields, c) => {
        const names = ["currency", "amount", "reason", "external_reference"];
        const body = Object.fromEntries(names.map((name) => [name, fields.one(name)]));
        return { method: "POST", path: partnerApi(c, `/${way}s`), body };
      },
    });
}

async function sayMove(c: Context<ConsoleEnv>, gateway: AskGateway, way: MoneyWay, fields: Fields) {
  const read = await ask(c, gateway, { path: partnerApi(c, "/figures"), schema: balancesSchema });
  if (!read.ok) return <RefusedNote refused={read.refused} />;
  const currency = fields.one("currency");
  const balance = read.value.wallets.find((one) => one.currency === currency)?.balance ?? "0.00";
  const amount = fields.one("amount");
  const after = balanceAfter(balance, amount, way);
  return (
    <>
      <p>
        {way === "credit" ? "Put" : "Take"} <strong>{moneyText(amount, currency)}</strong>{" "}
        {way === "credit" ? "into the wallet of" : "out of the wallet of"} <code>{c.req.param("partner")}</code>.
      </p>
      <dl class="facts">
        <div>
          <dt>Balance now</dt>
          <dd>{moneyText(balance, currency)}</dd>
        </div>
        <div>
          <dt>Balance then</dt>
          <dd>{after === null ? "not known: look at the amount" : moneyText(after, currency)}</dd>
        </div>
        <div>
          <dt>Reason</dt>
          <dd>{fields.one("reason")}</dd>
        </div>
        <div>
          <dt>External reference</dt>
          <dd>
            <code>{fields.one("external_reference")}</code>
          </dd>
        </div>
      </dl>
      <p class="muted">
        If this reference was booked before, nothing moves. What the partner owes is paid first from what comes in.
      </p>
    </>
  );
}

/** Only shown, never booked; null where the texts are no amounts. */
function balanceAfter(balance: string, amount: string, way: MoneyWay): string | null {
  const [before, moved] = [parseAmount(balance), parseAmount(amount)];
  if (before === null || moved === null) return null;
  return formatAmount(way === "credit" ? add(before, moved) : subtract(before, moved));
}
