// backnpay's codes: product → code is a table, code → product a function that refuses what it cannot tell apart.
import { ok, type Result, refuse } from "../../base/result.ts";
import { readField } from "../../catalog/fields.ts";
import { foldDigits } from "../../catalog/digits.ts";
import type { FieldName, Product } from "../../catalog/product.ts";
import { findProduct } from "../../catalog/products.ts";
import { backnpayRows } from "./backnpay-table.ts";
import type { ProductCode } from "./product-code.ts";

/** Which of the seed's two tables a host takes: a provider setting. */
export type BacknpayTable = "numeric" | "alphabetic";

/** `MESB 220` is out of sequence and probably the misprint that also stands in the seed's `220www…`. */
const doubtful: ReadonlySet<string> = new Set(["220"]);

/** Code of a product in one table; null where the seed has none, and routing must then leave the provider out. */
export function backnpayCodeOf(table: BacknpayTable, productId: string): ProductCode | null {
  const code = backnpayRows.find((row) => row.product === productId)?.[table] ?? null;
  if (code === null) return null;
  const shared = doubtful.has(code) || backnpayRows.filter((row) => row[table] === code).length > 1;
  return { product: productId, code, table, provenance: "documented", shared };
}

/** Fields of a product in the order of `optional1`, `optional2`; APCPDCL's `OPTIONAL` without a number is the first. */
export function backnpayOptionals(product: Product): readonly FieldName[] {
  return product.fields.map((spec) => spec.name);
}

export interface BacknpayOrder {
  readonly mob: string;
  /** `optional1`, `optional2`, … as they came. */
  readonly optionals: readonly (string | undefined)[];
}

/**
 * Product of a code of either table, letters in any case. A code of several products is decided only by ten digits
 * starting 6-9 (mobile) or a well-formed STD code (landline); both at once, or neither, is `ambiguous`: a wrong guess
 * would pay the wrong biller (`lists.md`, "Products"; `wire.md`, "Traps").
 */
export function productOfBacknpayCode(code: string, order: BacknpayOrder): Result<Product, "unknown" | "ambiguous"> {
  const wanted = code.trim().toUpperCase();
  const candidates = backnpayRows
    .filter((row) => row.numeric === wanted || row.alphabetic === wanted)
    .map((row) => findProduct(row.product))
    .filter((product) => product !== null);
  if (candidates.length === 0) return refuse("unknown");
  const fitting = candidates.length === 1 ? candidates : candidates.filter((product) => fits(product, order));
  const [only, ...others] = fitting;
  return only === undefined || others.length > 0 ? refuse("ambiguous") : ok(only);
}

function fits(product: Product, order: BacknpayOrder): boolean {
  if (product.service === "landline") return hasStdCode(product, order);
  return product.numberForm === "in_mobile" && /^[6-9]\d{9}$/.test(foldDigits(order.mob).trim());
}

function hasStdCode(product: Product, order: BacknpayOrder): boolean {
  const raw = order.optionals[backnpayOptionals(product).indexOf("std_code")];
  return raw !== undefined && readField("std_code", raw) !== null;
}
