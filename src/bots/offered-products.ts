// Which products are offered to choose from, the likeliest first.
import type { Product } from "../catalog/product.ts";
import { products } from "../catalog/products.ts";
import type { DialogueContext, Draft } from "./dialogue-types.ts";
import { mobileOf, productsOf } from "./narrow-products.ts";
import { countriesOf } from "./parse-sentence.ts";

/** Brands by how many people use them; the others follow as the catalogue has them. */
const byUsers: readonly string[] = [
  "grameenphone",
  "skitto",
  "robi",
  "banglalink",
  "jio",
  "airtel",
  "vodafone",
  "idea",
  "bsnl",
  "teletalk",
];

/** The products that the words left over; where they left none, the plain prepaid ones of the number's country. */
export function offeredProducts(draft: Draft, context: DialogueContext): readonly Product[] {
  const sold = productsOf(draft.products).filter((product) => context.sells(product.id));
  if (sold.length > 1) return sold;
  const countries = countriesOf(context.currencies);
  const mobile = draft.number === null ? null : mobileOf(draft.number, countries);
  const inReach = products.filter(
    (product) =>
      product.service === "prepaid" &&
      product.variant === null &&
      (mobile === null ? countries.includes(product.country) : product.country === mobile.country) &&
      context.sells(product.id),
  );
  const fits = (product: Product) =>
    mobile !== null && product.prefixes?.includes(mobile.number.slice(0, 3)) === true ? 0 : 1;
  return inReach.toSorted((left, right) => fits(left) - fits(right) || rankOf(left) - rankOf(right));
}

function rankOf({ operator }: Product): number {
  const place = byUsers.indexOf(operator);
  return place < 0 ? byUsers.length : place;
}
