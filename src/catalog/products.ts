// Every product of the three seeds, and the way to find one by its id.
import type { Product } from "./product.ts";
import { bangladeshProducts } from "./products-bangladesh.ts";
import { electricityProducts } from "./products-electricity.ts";
import { indianTelecomProducts } from "./products-india.ts";

export const products: readonly Product[] = [...indianTelecomProducts, ...electricityProducts, ...bangladeshProducts];

const byId: ReadonlyMap<string, Product> = new Map(products.map((product) => [product.id, product]));

/** The product of an id, spelt exactly; null when there is none. */
export function findProduct(id: string): Product | null {
  return byId.get(id) ?? null;
}
