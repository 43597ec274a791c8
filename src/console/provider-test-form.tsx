// The form of a test, and what is said before it is sent: through which provider, to whom, and what the house pays.
import type { Context, Hono } from "hono";
import { formatAmount, parseAmount, subtract } from "../base/money.ts";
import { findProduct } from "../catalog/products.ts";
import { addAct, type Fields } from "./act.tsx";
import type { AskGateway } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Choice, Field } from "./field.tsx";
import { moneyText } from "./money-text.ts";
import { providerApi, providerBack, providerPage } from "./provider-frame.tsx";
import { askTests, currencyOf } from "./provider-test-answers.ts";
import { providersPage } from "./providers.tsx";
import { RefusedNote } from "./refused.tsx";

export interface TestFormProps {
  readonly place: string;
  readonly codes: readonly { readonly product: string; readonly name: string; readonly code: string }[];
  /** The product that the page is about; null: one is chosen in the form. */
  readonly chosen: string | null;
}

export function TestForm({ place, codes, chosen }: TestFormProps) {
  const fields = chosen === null ? [] : (findProduct(chosen)?.fields ?? []);
  return (
    <form method="post" action={`${place}/test`}>
      <input type="hidden" name="test_id" value={crypto.randomUUID().slice(0, 23)} />
      {chosen === null ? (
        <Choice
          label="Product"
          name="product"
          options={codes.map(({ product, name, code }) => [product, `${name} (${code})`])}
        />
      ) : (
        <input type="hidden" name="product" value={chosen} />
      )}
      <Field
        label="Number to test with"
        name="number"
        mode="numeric"
        hint="Somebody who agreed: the top-up, or the bill, is real."
      />
      <Field label="Amount" name="amount" mode="decimal" value="10.00" />
      {fields.map(({ name, label, example }) => (
        <Field label={label} name={`field-${name}`} hint={`Such as ${example}`} />
      ))}
      <label>
        <input type="checkbox" name="even_if_off" value="yes" /> Also if the provider is switched off
      </label>
      <button type="submit">Go on</button>
    </form>
  );
}

export function addProviderTest(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addAct(app, gateway, {
    path: `${providerPage}/codes/test`,
    title: "Send a test",
    section: providersPage,
    button: "Yes, send it",
    isDangerous: true,
    back: providerBack("/codes"),
    done: "sent",
    says: (fields, c) => sayTest(c, gateway, fields),
    asks: (fields, c) => {
      const named = (findProduct(fields.one("product"))?.fields ?? []).map(
        ({ name }) => [name, fields.one(`field-${name}`)] as const,
      );
      const body = {
        test_id: fields.one("test_id"),
        product: fields.one("product"),
        number: fields.one("number"),
        amount: fields.one("amount"),
        ...(named.length === 0 ? {} : { fields: Object.fromEntries(named) }),
        even_if_off: fields.one("even_if_off") === "yes",
      };
      return { method: "POST", path: providerApi(c, "/tests"), body };
    },
  });
}

async function sayTest(c: Context<ConsoleEnv>, gateway: AskGateway, fields: Fields) {
  const house = await askTests(c, gateway);
  if (!house.ok) return <RefusedNote refused={house.refused} />;
  const [product, amount] = [fields.one("product"), fields.one("amount")];
  const currency = currencyOf(product);
  return (
    <>
      <p>
        <strong>{moneyText(amount, currency)}</strong> of {product} is sent to <strong>{fields.one("number")}</strong>{" "}
        through <strong>{c.req.param("provider")}</strong> and no other provider, for real, once.{" "}
        {fields.one("even_if_off") === "yes" ? "Also where the provider is switched off. " : ""}
        It is in your name.
      </p>
      <p>
        {house.value.wallet === null
          ? "The house has no wallet yet: this makes it, and the test is refused until finance has put money in."
          : `The house pays ${moneyText(amount, currency)} of its ${moneyText(house.value.wallet.balance, currency)}${leftText(house.value.wallet.balance, amount, currency)}.`}
      </p>
    </>
  );
}

/** Only shown; nothing where the texts are no amounts. */
function leftText(balance: string, amount: string, currency: string): string {
  const [before, cost] = [parseAmount(balance), parseAmount(amount)];
  if (before === null || cost === null) return "";
  return cost > before
    ? ", which is too little"
    : `; ${moneyText(formatAmount(subtract(before, cost)), currency)} are left`;
}
