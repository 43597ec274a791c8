// `/console/partners/{id}`: its wallets, money in and out, limits, and whether it may recharge.
import type { Hono } from "hono";
import { z } from "zod";
import type { Guest } from "../partners/sessions.ts";
import { addAct } from "./act.tsx";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { countText } from "./count-text.ts";
import { Field, Fold, Press } from "./field.tsx";
import { moneyText } from "./money-text.ts";
import { addMoneyActs, MoneyForms } from "./partner-money.tsx";
import {
  partnerApi,
  partnerBack,
  partnerPage,
  type PartnerShown,
  partnersPage,
  showPartner,
} from "./partner-frame.tsx";
import { OnlyFor } from "./only-for.tsx";
import { RefusedNote } from "./refused.tsx";
import { Table } from "./table.tsx";

const figuresSchema = z.object({
  wallets: z.array(z.object({ currency: z.string(), balance: z.string(), held: z.string(), debt: z.string() })),
  pending: z.int(),
});

export function addPartner(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(partnerPage, (c) =>
    showPartner(c, gateway, "", async (partner) => {
      const { guest } = c.get("session");
      const figures = await ask(c, gateway, { path: partnerApi(c, "/figures"), schema: figuresSchema });
      return (
        <>
          <Wallets figures={figures} />
          <OnlyFor guest={guest} scope="finance">
            <MoneyForms partner={partner} />
            <LimitsForm partner={partner} />
          </OnlyFor>
          <Standing partner={partner} guest={guest} />
        </>
      );
    }),
  );
  addMoneyActs(app, gateway);
  addLimits(app, gateway);
  addStanding(app, gateway);
}

function Wallets({ figures }: { readonly figures: Asked<z.infer<typeof figuresSchema>> }) {
  if (!figures.ok) return <RefusedNote refused={figures.refused} />;
  const { wallets, pending } = figures.value;
  return (
    <section aria-labelledby="wallets">
      <h2 id="wallets">Wallets now</h2>
      <Table
        label="Wallets"
        head={["Wallet", "May be spent", "Held for pending recharges", "Owed"]}
        figures={[1, 2, 3]}
        empty="This partner has no wallet."
        rows={wallets.map(({ currency, balance, held, debt }) => [
          currency,
          moneyText(balance, currency),
          moneyText(held, currency),
          moneyText(debt, currency),
        ])}
      />
      <p class="muted">{pendingText(pending)}.</p>
    </section>
  );
}

function pendingText(pending: number): string {
  return countText(pending, "recharge is pending", "recharges are pending");
}

function LimitsForm({ partner }: { readonly partner: PartnerShown }) {
  return (
    <Fold title="Limits">
      <form method="post" action={`${partnersPage}/${partner.id}/limits`}>
        {partner.wallets.map((currency) => {
          const limits = partner.limits.find((one) => one.currency === currency);
          const field = (name: string, label: string, value: string | null | undefined) => (
            <Field
              label={`${label}, ${currency}`}
              name={`${name}-${currency}`}
              value={value ?? ""}
              mode="decimal"
              isOptional
            />
          );
          return (
            <>
              <input type="hidden" name="currency" value={currency} />
              {field("per_recharge", "Most of one recharge", limits?.per_recharge)}
              {field("per_day", "Most of one day", limits?.per_day)}
              {field("low_balance", "Tell the partner when its balance falls below", limits?.low_balance)}
            </>
          );
        })}
        <p class="muted">Empty: no limit.</p>
        <button type="submit">Change limits</button>
      </form>
    </Fold>
  );
}

function addLimits(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addAct(app, gateway, {
    path: `${partnerPage}/limits`,
    title: "Change limits",
    section: partnersPage,
    back: partnerBack(),
    done: "changed",
    says: (fields) => (
      <>
        <p>From the next recharge on:</p>
        <ul>
          {fields.all("currency").map((currency) => (
            <li>
              {currency}: at most {fields.one(`per_recharge-${currency}`) || "any amount"} for one recharge, at most{" "}
              {fields.one(`per_day-${currency}`) || "any amount"} a day.
            </li>
          ))}
        </ul>
      </>
    ),
    asks: (fields, c) => {
      const limits = fields.all("currency").map((currency) => {
        const low = fields.one(`low_balance-${currency}`);
        return {
          currency,
          per_recharge: orNull(fields.one(`per_recharge-${currency}`)),
          per_day: orNull(fields.one(`per_day-${currency}`)),
          ...(low === "" ? {} : { low_balance: low }),
        };
      });
      return { method: "PUT", path: partnerApi(c, "/limits"), body: { limits } };
    },
  });
}

function orNull(text: string): string | null {
  return text === "" ? null : text;
}

const standings = {
  suspend: "It starts no new recharge. What is pending goes on, and the partner may still read.",
  resume: "It may recharge again, at once.",
  close: "It is answered nothing any more, reads included. What is pending is still settled.",
} as const;

function Standing({ partner, guest }: { readonly partner: PartnerShown; readonly guest: Guest }) {
  const action = (verb: string) => `${partnersPage}/${partner.id}/${verb}`;
  return (
    <section aria-labelledby="standing">
      <h2 id="standing">May it recharge?</h2>
      <OnlyFor guest={guest} scope="operator">
        <div class="choices">
          {partner.status === "active" ? (
            <Press action={action("suspend")} text="Suspend" isDangerous />
          ) : (
            <Press action={action("resume")} text="Resume" />
          )}
          {partner.status === "closed" ? null : <Press action={action("close")} text="Close" isDangerous />}
        </div>
      </OnlyFor>
    </section>
  );
}

function addStanding(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  for (const verb of ["suspend", "resume", "close"] as const)
    addAct(app, gateway, {
      path: `${partnerPage}/${verb}`,
      title: `${verb.charAt(0).toUpperCase()}${verb.slice(1)} this partner`,
      section: partnersPage,
      button: `Yes, ${verb} it`,
      isDangerous: verb !== "resume",
      back: partnerBack(),
      done: "changed",
      says: async (_fields, c) => {
        const figures = await ask(c, gateway, { path: partnerApi(c, "/figures"), schema: figuresSchema });
        const pending = figures.ok ? ` ${pendingText(figures.value.pending)} now.` : "";
        return (
          <p>
            {standings[verb]}
            {pending}
          </p>
        );
      },
      asks: (_fields, c) => ({ method: "POST", path: partnerApi(c, `/${verb}`) }),
    });
}
