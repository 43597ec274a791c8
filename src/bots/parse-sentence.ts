// What one chat message says: intent, number, amount, products. It never picks one of two readings; the dialogue asks.
import type { Currency } from "../base/money.ts";
import { type Country, type Product, type Service, services } from "../catalog/product.ts";
import { type Language, languages } from "./dialogue-types.ts";
import { findOperators } from "./find-operators.ts";
import { foldText } from "./fold-text.ts";
import { productsForMobile, productsOfWords, type ProductWords } from "./narrow-products.ts";
import { readAccountFigures } from "./read-account.ts";
import type { ReadFigures } from "./read-amount.ts";
import { readMobileFigures } from "./read-mobile.ts";
import type { Sentence, Unclear } from "./sentence.ts";
import { decideIntent, type SaidWords } from "./decide-intent.ts";
import { type Token, tokensOf } from "./tokens.ts";
import { type Intent, languageWords, rolesOf, type WordRole } from "./words.ts";

/** Whose numbers are understood: those of the currencies in which the partner pays. */
export function countriesOf(currencies: readonly Currency[]): readonly Country[] {
  return currencies.map((currency) => (currency === "INR" ? "IN" : "BD"));
}

const currencyOf = { IN: "INR", BD: "BDT" } as const satisfies Record<Country, Currency>;

export function parseSentence(text: string, currencies: readonly Currency[]): Sentence {
  const countries = countriesOf(currencies);
  const rechargeId = /\brch_[0-9a-z]{12}\b/iu.exec(text.slice(0, 240))?.[0] ?? null;
  const typed = tokensOf(rechargeId === null ? text : text.replace(rechargeId, " "));
  const operators = findOperators(typed, countries);
  const tokens = typed.map((token, place) => (operators.used.has(place) ? { ...token, isName: true } : token));
  const others = tokens.filter((_, place) => !operators.used.has(place));
  const said = saidIn(others);
  const words = { ...said, mentions: operators.mentions };
  const named = said.saysUnsold ? [] : productsOfWords(words, countries);
  const hasNames = words.mentions.length + words.services.length > 0 || words.saysBill || said.saysUnsold;
  const figures =
    named.length > 0 && !named.some(isForMobile)
      ? readAccountFigures(tokens, named)
      : readMobileFigures(tokens, countries);
  const products = productsFor(hasNames ? named : null, figures);
  const unclear = unclearOf(words, figures, products, hasNames);
  return {
    ...decideIntent(said, { ...figures, hasNames, unclear, rechargeId, language: languageOf(others) }),
    number: figures.number,
    amount: unclear.includes("currency") ? null : figures.amount,
    products: products.map((product) => product.id),
    isSuggested: !hasNames && products.length > 0,
    fields: figures.stdCode === null ? {} : { std_code: figures.stdCode },
    rechargeId: rechargeId?.toLowerCase() ?? null,
  };
}

function isForMobile({ numberForm }: Product): boolean {
  return numberForm === "bd_mobile" || numberForm === "in_mobile" || numberForm === "in_datacard";
}

function productsFor(named: readonly Product[] | null, figures: ReadFigures): readonly Product[] {
  const { number, country } = figures;
  if (number === null || country === null) return named ?? [];
  return productsForMobile(named, { number, country });
}

function unclearOf(
  words: ProductWords,
  figures: ReadFigures,
  products: readonly Product[],
  hasNames: boolean,
): Unclear[] {
  const unclear: Unclear[] = [...figures.unclear];
  const { currency } = figures;
  const taken = new Set(products.map((product) => product.currency));
  if (figures.country !== null) taken.add(currencyOf[figures.country]);
  if (currency !== null && taken.size > 0 && !taken.has(currency)) unclear.push("currency");
  const saysProduct = words.mentions.length > 0 || words.variants.length > 0;
  if (hasNames && (products.length === 0 || (products.length > 1 && saysProduct))) unclear.push("product");
  return unclear;
}

type Said = SaidWords & Omit<ProductWords, "mentions"> & { readonly saysUnsold: boolean };

function saidIn(tokens: readonly Token[]): Said {
  const found = { intents: new Set<Intent>(), services: new Set<Service>(), variants: new Set<string>() };
  const plain = new Set<WordRole["is"]>();
  let unknownWords = 0;
  for (const [place, token] of tokens.entries()) {
    if (token.is !== "word") continue;
    const roles = rolesOf(token.text);
    const isLabel = roles.some((role) => role.is === "label") && isBeforeFigure(tokens, place);
    for (const role of isLabel ? [] : roles) {
      if (role.is === "intent") found.intents.add(role.intent);
      else if (role.is === "service") found.services.add(role.service);
      else if (role.is === "variant") found.variants.add(role.variant);
      else plain.add(role.is);
    }
    if (roles.length === 0) unknownWords += 1;
  }
  return {
    intents: found.intents,
    unknownWords,
    isNegated: plain.has("negation"),
    saysBill: plain.has("bill"),
    saysUnsold: plain.has("unsold"),
    services: services.filter((service) => found.services.has(service)),
    variants: [...found.variants],
  };
}

function isBeforeFigure(tokens: readonly Token[], place: number): boolean {
  const next = tokens.slice(place + 1).find((token) => token.is !== "mark");
  return next?.is === "figure";
}

const languageByWord = new Map(
  languages.flatMap((language) =>
    languageWords[language].split("|").map((word) => [foldText(word), language] as const),
  ),
);

function languageOf(tokens: readonly Token[]): Language | null {
  for (const token of tokens) {
    const language = token.is === "word" ? languageByWord.get(token.text) : undefined;
    if (language !== undefined) return language;
  }
  return null;
}
