// Whether an order fits its product: number, fields, amount, in the order of `lists.md`, "Refusals" 9 and 10. Pure.
import { type Currency, formatAmount, type Minor } from "../base/money.ts";
import { type ParameterProblem, type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { foldDigits } from "./digits.ts";
import { isAccountField, readField } from "./fields.ts";
import { readMobile } from "./phone.ts";
import type { NumberForm, Product } from "./product.ts";

type AccountForm = Exclude<NumberForm, "in_mobile" | "in_datacard" | "bd_mobile">;

/** Accounts that are no phone numbers. The seeds give no forms: bounds that every bill seen fits, and nothing else. */
const accountForms = {
  in_dth: { pattern: /^\d{8,14}$/, says: "8 to 14 digits" },
  in_landline: { pattern: /^[1-9]\d{5,7}$/, says: "6 to 8 digits without the STD code" },
  consumer_digits: { pattern: /^\d{4,16}$/, says: "4 to 16 digits" },
  consumer_account: {
    pattern: /^(?=[^0-9]*\d)[A-Z0-9][A-Z0-9/-]{2,22}[A-Z0-9]$/i,
    says: "4 to 24 letters and digits, written without spaces",
  },
} as const satisfies Record<AccountForm, { pattern: RegExp; says: string }>;

/** Canonical subscriber number, or `number` or `number_operator`. The detail never repeats the number. */
export function checkNumber(product: Product, raw: string): Result<string, Refusal> {
  const form = product.numberForm;
  if (form === "in_mobile" || form === "in_datacard") {
    return checkMobile(product, raw, "a ten-digit Indian mobile number that starts with 6 to 9");
  }
  if (form === "bd_mobile") {
    return checkMobile(product, raw, "an eleven-digit mobile number of Bangladesh that starts with 013 to 019");
  }
  return checkAccount(product, form, raw);
}

function checkMobile(product: Product, raw: string, expected: string): Result<string, Refusal> {
  const reading = readMobile(raw, product.country);
  if (reading.kind === "other_country") {
    return refuse(badNumber(`The number belongs to another country; ${product.id} takes ${expected}.`));
  }
  if (reading.kind === "malformed") return refuse(badNumber(`${product.id} takes ${expected}.`));
  const prefix = reading.number.slice(0, 3);
  if (product.prefixes === null || product.prefixes.includes(prefix)) return ok(reading.number);
  const detail = `The prefix ${prefix} is not one of ${product.operatorName} (${product.prefixes.join(", ")}).`;
  return refuse(refusal("number_operator", detail, { problems: [{ pointer: "/number", reason: detail }] }));
}

function checkAccount(product: Product, form: AccountForm, raw: string): Result<string, Refusal> {
  const { pattern, says } = accountForms[form];
  const typed = raw.length > 64 ? "" : foldDigits(raw).trim();
  // Dashes and spaces group digits; beside letters they may be part of the account.
  const number = /^\d+(?:[ -]\d+)*$/.test(typed) ? typed.replaceAll(/[ -]/g, "") : typed;
  if (pattern.test(number)) return ok(number.toUpperCase());
  return refuse(badNumber(`${product.id} takes a ${product.numberLabel} of ${says}.`));
}

function badNumber(detail: string): Refusal {
  return refusal("number", detail, { problems: [{ pointer: "/number", reason: detail }] });
}

/** Canonical values of exactly the product's fields, or `field` with one problem for each that is missing, malformed or unknown. */
export function checkFields(
  product: Product,
  fields: Readonly<Record<string, string>>,
): Result<Record<string, string>, Refusal> {
  const given = new Map(Object.entries(fields));
  const problems: ParameterProblem[] = [];
  const values: [string, string][] = [];
  for (const spec of product.fields) {
    const raw = given.get(spec.name)?.trim() ?? "";
    const value = readField(spec.name, raw);
    if (value !== null) values.push([spec.name, value]);
    else if (raw === "") problems.push({ pointer: `/fields/${spec.name}`, reason: `${spec.label} is required.` });
    else {
      const reason = `${spec.label} has not the expected form, for example ${spec.example}.`;
      problems.push({ pointer: `/fields/${spec.name}`, reason });
    }
  }
  for (const name of given.keys()) {
    if (product.fields.some((spec) => spec.name === name)) continue;
    problems.push({ pointer: `/fields/${escapePointer(name)}`, reason: `${product.id} has no such field.` });
  }
  if (problems.length === 0) return ok(Object.fromEntries(values));
  return refuse(refusal("field", `${product.id}: ${fieldsWanted(product)}.`, { problems }));
}

function fieldsWanted(product: Product): string {
  if (product.fields.length === 0) return "takes no fields";
  return `takes the fields ${product.fields.map((spec) => spec.name).join(", ")}`;
}

/** RFC 6901, section 3. */
function escapePointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** `amount_range`, `amount_step` or `currency`, in that order; `currency` null means the product's own. */
export function checkAmount(product: Product, amount: Minor, currency: string | null): Refusal | null {
  const { minMinor, maxMinor, stepMinor } = product;
  if (amount < minMinor || amount > maxMinor) {
    return badAmount(
      "amount_range",
      `from ${price(minMinor, product.currency)} to ${price(maxMinor, product.currency)}`,
    );
  }
  if (amount % stepMinor !== 0) return badAmount("amount_step", `in steps of ${price(stepMinor, product.currency)}`);
  if (currency === null || currency === product.currency) return null;
  const detail = `${product.id} is sold in ${product.currency}.`;
  return refusal("currency", detail, { problems: [{ pointer: "/currency", reason: detail }] });
}

function badAmount(code: "amount_range" | "amount_step", sold: string): Refusal {
  const detail = `The product is sold ${sold}.`;
  return refusal(code, detail, { problems: [{ pointer: "/amount", reason: detail }] });
}

function price(amount: Minor, currency: Currency): string {
  return `${formatAmount(amount)} ${currency}`;
}

/**
 * What the number guard takes for the same subscriber (`design.md`, "The guard"): the canonical number and the fields
 * that tell two accounts with one number apart, never the product. Takes what `checkNumber` and `checkFields` returned.
 */
export function claimNumberOf(product: Product, number: string, fields: Readonly<Record<string, string>>): string {
  const parts = product.fields
    .filter((spec) => isAccountField(spec.name))
    .map((spec) => `${spec.name}=${(fields[spec.name] ?? "").toUpperCase()}`)
    .toSorted();
  return [number, ...parts].join("|");
}
