// Which products the words of a sentence, and the number in it, leave over. Never picks one of two.
import { readMobile } from "../catalog/phone.ts";
import { findProduct, products } from "../catalog/products.ts";
import type { Country, Product, Service } from "../catalog/product.ts";
import type { Mention } from "./find-operators.ts";

export interface ProductWords {
  readonly mentions: readonly Mention[];
  readonly services: readonly Service[];
  readonly variants: readonly string[];
  readonly saysBill: boolean;
}

const billServices: readonly Service[] = ["postpaid", "landline", "electricity"];

/** Products that the words mean; without a word for the service a brand's plain prepaid product where it has one. */
export function productsOfWords(words: ProductWords, countries: readonly Country[]): readonly Product[] {
  const named = productsOfMentions(words.mentions);
  if (named === null && words.services.length === 0 && !words.saysBill) return [];
  const inReach = (named ?? products).filter((product) => countries.includes(product.country));
  return ofVariant(ofService(inReach, words), words.variants);
}

/** Null: no operator is named. Two names of one operator narrow each other, names of two operators are a choice. */
function productsOfMentions(mentions: readonly Mention[]): readonly Product[] | null {
  if (mentions.length === 0) return null;
  const sets = mentions.map((mention) => products.filter((product) => mention.some((key) => isOf(product, key))));
  const shared = products.filter((product) => sets.every((set) => set.includes(product)));
  return shared.length > 0 ? shared : products.filter((product) => sets.some((set) => set.includes(product)));
}

function isOf(product: Product, key: string): boolean {
  return product.id === key || `${product.country.toLowerCase()}.${product.operator}` === key;
}

function ofService(candidates: readonly Product[], { services, saysBill }: ProductWords): readonly Product[] {
  if (services.length > 0) return candidates.filter((product) => services.includes(product.service));
  if (saysBill) return candidates.filter((product) => billServices.includes(product.service));
  const sellsPrepaid = new Set(candidates.filter((product) => product.service === "prepaid").map(brandOf));
  return candidates.filter((product) => product.service === "prepaid" || !sellsPrepaid.has(brandOf(product)));
}

function ofVariant(candidates: readonly Product[], variants: readonly string[]): readonly Product[] {
  if (variants.length > 0)
    return candidates.filter((product) => product.variant !== null && variants.includes(product.variant));
  const sellsPlain = new Set(candidates.filter((product) => product.variant === null).map(keyOf));
  return candidates.filter((product) => product.variant === null || !sellsPlain.has(keyOf(product)));
}

function brandOf(product: Product): string {
  return `${product.country}.${product.operator}`;
}

function keyOf(product: Product): string {
  return `${brandOf(product)}.${product.service}`;
}

/**
 * What a mobile number leaves of the candidates (null: no word said any). Where its prefix belongs to another operator
 * (Bangladesh), that operator's product becomes a choice: the number may have been ported.
 */
export function productsForMobile(
  candidates: readonly Product[] | null,
  { number, country }: { number: string; country: Country },
): readonly Product[] {
  if (candidates === null) return productsOfPrefix(number).filter((product) => product.service === "prepaid");
  const fitting = candidates.filter((product) => product.country === country && product.numberForm !== "in_landline");
  const [first] = fitting;
  if (first === undefined || country === "IN") return fitting;
  const served = productsOfPrefix(number);
  if (fitting.some((product) => served.includes(product))) return fitting;
  const others = served.filter((product) => fitting.some((one) => one.service === product.service));
  return [...fitting, ...others];
}

/** Those of the prefix; none where a prefix proves nothing. */
function productsOfPrefix(number: string): readonly Product[] {
  return products.filter((product) => product.prefixes?.includes(number.slice(0, 3)) === true);
}

/** Canonical number and country of a mobile number that one of the countries may have; null for anything else. */
export function mobileOf(raw: string, countries: readonly Country[]): { number: string; country: Country } | null {
  for (const country of countries) {
    const reading = readMobile(raw, country);
    if (reading.kind === "mobile") return { number: reading.number, country };
  }
  return null;
}

/** The products of ids that the catalogue knows. */
export function productsOf(ids: readonly string[]): readonly Product[] {
  return ids.flatMap((id) => findProduct(id) ?? []);
}
