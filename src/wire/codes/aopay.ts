// aopay's ProductID numbers: the seed's prose gives one, its samples another.
import type { Product } from "../../catalog/product.ts";
import { findProduct } from "../../catalog/products.ts";
import type { ProductCode } from "./product-code.ts";

/** "518 represents Airtel's service"; the samples send 511 and the failure sample speaks of "Reliance Jio … Prepaid". */
const codes: readonly ProductCode[] = [
  { product: "in.airtel.prepaid", code: "518", table: "aopay", provenance: "documented", shared: false },
  { product: "in.jio.prepaid", code: "511", table: "aopay", provenance: "inferred", shared: false },
];

/** Code of a product; null for all that the seed does not name. The wire carries it as an integer. */
export function aopayCodeOf(productId: string): ProductCode | null {
  return codes.find((row) => row.product === productId) ?? null;
}

/** Product of a `ProductID`; null when the seed does not name it. */
export function productOfAopayCode(code: number): Product | null {
  const row = codes.find((known) => known.code === String(code));
  return row === undefined ? null : findProduct(row.product);
}
