// What the gateway sells: the words of the catalogue. The products themselves are in `products.ts`.
import type { Currency, Minor } from "../base/money.ts";

export type Country = "IN" | "BD";

export const services = ["prepaid", "postpaid", "dth", "datacard", "landline", "electricity"] as const;
export type Service = (typeof services)[number];

/** Closed list of the extra fields that billers demand (`lists.md`, "Products"). */
export const fieldNames = [
  "std_code",
  "district",
  "circle_code",
  "ero",
  "sub_division",
  "month",
  "division",
  "billing_unit",
  "bill_no",
  "book_no",
  "cycle_no",
  "city",
] as const;
export type FieldName = (typeof fieldNames)[number];

/** A field that a product demands; every listed field is required. */
export interface FieldSpec {
  readonly name: FieldName;
  /** As a person reads it in a form. */
  readonly label: string;
  /** What the folded and trimmed value looks like. */
  readonly pattern: RegExp;
  readonly example: string;
}

/** Shape of the subscriber number. `consumer_digits` are bill accounts of digits, `consumer_account` may hold letters. */
export const numberForms = [
  "in_mobile",
  "in_datacard",
  "in_dth",
  "in_landline",
  "consumer_digits",
  "consumer_account",
  "bd_mobile",
] as const;
export type NumberForm = (typeof numberForms)[number];

export interface Product {
  /** `<country>.<brand>.<service>[-<variant>]`, lower case. */
  readonly id: string;
  readonly country: Country;
  /** The brand of the id: the telecom company or biller. */
  readonly operator: string;
  readonly operatorName: string;
  readonly service: Service;
  readonly variant: string | null;
  /** For people. */
  readonly name: string;
  readonly currency: Currency;
  readonly minMinor: Minor;
  readonly maxMinor: Minor;
  readonly stepMinor: Minor;
  readonly numberForm: NumberForm;
  /** What the operator calls the number: "Mobile No", "K Number". */
  readonly numberLabel: string;
  /** In the order in which upstreams number them. */
  readonly fields: readonly FieldSpec[];
  /** Prefixes of the national number that the operator serves; null where a prefix proves nothing (India). */
  readonly prefixes: readonly string[] | null;
}
