// What a bare number tells about its country and operator, for the number lookup of the API.
import { readMobile } from "./phone.ts";
import type { Country, NumberForm } from "./product.ts";
import { products } from "./products.ts";

export interface NumberLookup {
  readonly country: Country;
  /** Canonical. */
  readonly number: string;
  readonly form: NumberForm;
  /** True where the prefix does not tell the operator: numbers are ported, and no protocol refuses them for it. */
  readonly portable: boolean;
  /** Ids of the products whose prefixes fit; empty where the prefix tells nothing. */
  readonly products: readonly string[];
}

/**
 * Country, canonical number and suggested products of a mobile number; null for anything else.
 * India: a prefix proves nothing since numbers are portable, so nothing is suggested. Bangladesh: numbers are ported
 * too, but the protocol refuses a prefix that is not the operator's, so the prefix decides; 017 and 013 fit both
 * Grameenphone and Skitto.
 */
export function lookUpNumber(raw: string): NumberLookup | null {
  const indian = readMobile(raw, "IN");
  if (indian.kind === "mobile") {
    return { country: "IN", number: indian.number, form: "in_mobile", portable: true, products: [] };
  }
  const bangladeshi = readMobile(raw, "BD");
  if (bangladeshi.kind !== "mobile") return null;
  const prefix = bangladeshi.number.slice(0, 3);
  const fitting = products.filter((product) => product.prefixes?.includes(prefix) === true);
  return {
    country: "BD",
    number: bangladeshi.number,
    form: "bd_mobile",
    portable: false,
    products: fitting.map((product) => product.id),
  };
}
