// nurr's operator codes: six operators, each prepaid and postpaid by `account_type`.
import type { Product } from "../../catalog/product.ts";
import { findProduct } from "../../catalog/products.ts";
import type { ProductCode } from "./product-code.ts";

export const nurrAccountTypes = ["prepaid", "postpaid"] as const;
export type NurrAccountType = (typeof nurrAccountTypes)[number];

export interface NurrCode extends ProductCode {
  readonly accountType: NurrAccountType;
  /** `operator_name` of the replies. */
  readonly operatorName: string;
}

/** In the order of the seed's table, which is also that of `allowed_operator`. */
const operators = [
  { code: "GP", brand: "grameenphone", operatorName: "Grameenphone" },
  { code: "GP ST", brand: "skitto", operatorName: "Grameenphone Skitto" },
  { code: "BL", brand: "banglalink", operatorName: "Banglalink" },
  { code: "RB", brand: "robi", operatorName: "Robi" },
  { code: "AT", brand: "airtel", operatorName: "Airtel" },
  { code: "TT", brand: "teletalk", operatorName: "Teletalk" },
] as const;

/** What an `Invalid operator.` answer lists as `allowed_operator`. */
export const nurrOperators: readonly string[] = operators.map((operator) => operator.code);

/** Operator code, account type and operator name of a product; null for products of other protocols. */
export function nurrCodeOf(productId: string): NurrCode | null {
  for (const { code, brand, operatorName } of operators) {
    for (const accountType of nurrAccountTypes) {
      if (productId !== `bd.${brand}.${accountType}`) continue;
      return {
        product: productId,
        code,
        table: "nurr",
        provenance: "documented",
        shared: false,
        accountType,
        operatorName,
      };
    }
  }
  return null;
}

/** Product of an `operator`, spelt exactly (`GP ST` with its space); null: answer `Invalid operator.` */
export function productOfNurrCode(operator: string, accountType: NurrAccountType): Product | null {
  const row = operators.find((known) => known.code === operator);
  return row === undefined ? null : findProduct(`bd.${row.brand}.${accountType}`);
}
