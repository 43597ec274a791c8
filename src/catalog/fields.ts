// The extra fields of billers: label, form and canonical value, one row each.
import { foldDigits } from "./digits.ts";
import type { FieldName, FieldSpec } from "./product.ts";

/** A place or office as a bill prints it; at least two characters, so that a filler like `a` is none. */
const nameForm = /^[A-Z0-9][A-Z0-9 .,&()/-]{0,38}[A-Z0-9.)]$/i;
/** A code or number as a bill prints it. */
const codeForm = /^[A-Z0-9](?:[A-Z0-9/-]{0,18}[A-Z0-9])?$/i;

const rows = {
  std_code: { label: "STD code", pattern: /^0?[1-9]\d{1,3}$/, example: "011" },
  district: { label: "District", pattern: nameForm, example: "Hyderabad" },
  circle_code: { label: "Circle code", pattern: codeForm, example: "112" },
  ero: { label: "ERO", pattern: nameForm, example: "Tirupati Rural" },
  sub_division: { label: "Sub division", pattern: nameForm, example: "S2 Koramangala" },
  month: { label: "Month", pattern: /^(?:0?[1-9]|1[0-2])$/, example: "04" },
  division: { label: "Division", pattern: nameForm, example: "Patna City" },
  billing_unit: { label: "Billing unit", pattern: codeForm, example: "4637" },
  bill_no: { label: "Bill No", pattern: codeForm, example: "20260411" },
  book_no: { label: "Book No", pattern: codeForm, example: "1520" },
  cycle_no: { label: "Cycle No", pattern: codeForm, example: "07" },
  city: { label: "City", pattern: nameForm, example: "Surat" },
} as const satisfies Record<FieldName, Omit<FieldSpec, "name">>;

/** False for the fields that name a bill or a period of an account and not the account itself. */
const tellsAccountsApart = {
  std_code: true,
  district: true,
  circle_code: true,
  ero: true,
  sub_division: true,
  month: false,
  division: true,
  billing_unit: true,
  bill_no: false,
  book_no: true,
  cycle_no: false,
  city: true,
} as const satisfies Record<FieldName, boolean>;

export function fieldSpec(name: FieldName): FieldSpec {
  return { name, ...rows[name] };
}

/** Whether two values of this field mean two accounts with one number; a bill number or a month does not. */
export function isAccountField(name: FieldName): boolean {
  return tellsAccountsApart[name];
}

/**
 * Canonical value of a field: digits folded to ASCII, spaces trimmed and collapsed, an STD code with its zero, a month
 * with two digits. Null when it has not the field's form; the seeds name the fields and are silent about the form.
 */
export function readField(name: FieldName, raw: string): string | null {
  if (raw.length > 64) return null;
  const value = foldDigits(raw).trim().replaceAll(/ +/g, " ");
  if (!rows[name].pattern.test(value)) return null;
  if (name === "std_code") return value.startsWith("0") ? value : `0${value}`;
  return name === "month" ? value.padStart(2, "0") : value;
}
