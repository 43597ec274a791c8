// Says things in a language: texts, money, numbers and times as its readers write them.
import { type Currency, formatAmount, type Minor } from "../base/money.ts";
import type { Product } from "../catalog/product.ts";
import type { Language } from "./dialogue-types.ts";
import { bengali } from "./texts/bengali.ts";
import { english, type Texts } from "./texts/english.ts";
import { hindi } from "./texts/hindi.ts";

const tables = { en: english, bn: bengali, hi: hindi } as const satisfies Record<Language, Texts>;

/** CLDR decides the digits: Bengali ones in Bengali, ASCII ones in English and, as is usual today, in Hindi. */
const locales = { en: "en-IN", bn: "bn-BD", hi: "hi-IN" } as const satisfies Record<Language, string>;
const zones = { INR: "Asia/Kolkata", BDT: "Asia/Dhaka" } as const satisfies Record<Currency, string>;

type Key = { readonly [Section in keyof Texts]: `${Section}.${Extract<keyof Texts[Section], string>}` }[keyof Texts];

/** The texts by their keys, for one look-up each. */
function textsOf(language: Language): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(tables[language]).flatMap(([section, texts]) =>
      Object.entries<string>(texts).map(([key, text]) => [`${section}.${key}`, text] as const),
    ),
  );
}

/** Fills in the places `{{name}}` of a text, in one pass: what is filled in is never read again. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_place, name: string) => values[name] ?? "");
}

export interface Speech {
  readonly language: Language;
  readonly text: (key: Key, values?: Readonly<Record<string, string>>) => string;
  /** `₹12,34,567.50`, `১২,৩৪,৫৬৭.৫০৳`. */
  readonly money: (amount: Minor, currency: Currency) => string;
  readonly count: (value: number) => string;
  /** Digits of a number or reference in the language's own. */
  readonly digits: (text: string) => string;
  /** Day and time in the wallet's zone; `at` is epoch ms. */
  readonly time: (at: number, currency: Currency) => string;
  readonly product: (product: Product) => string;
}

const made = new Map<Language, Speech>();

/** The same object for the same language: its formatters are costly to make. */
export function speechOf(language: Language): Speech {
  const known = made.get(language);
  if (known !== undefined) return known;
  const speech = makeSpeech(language);
  made.set(language, speech);
  return speech;
}

function makeSpeech(language: Language): Speech {
  const locale = locales[language];
  const texts = textsOf(language);
  const moneyOf = (currency: Currency) =>
    new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  const timeOf = (currency: Currency) =>
    new Intl.DateTimeFormat(locale, {
      timeZone: zones[currency],
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  const money = { INR: moneyOf("INR"), BDT: moneyOf("BDT") };
  const time = { INR: timeOf("INR"), BDT: timeOf("BDT") };
  const plain = new Intl.NumberFormat(locale, { useGrouping: false });
  const ownDigits = Array.from({ length: 10 }, (_, digit) => plain.format(digit));
  const text: Speech["text"] = (key, values = {}) => fill(texts.get(key) ?? key, values);
  return {
    language,
    text,
    money: (amount, currency) => money[currency].format(decimalOf(amount)),
    count: (value) => plain.format(value),
    digits: (typed) => typed.replaceAll(/\d/g, (digit) => ownDigits[Number(digit)] ?? digit),
    time: (at, currency) => time[currency].format(at),
    product: (product) => {
      const variant = product.variant === null ? "" : ` (${product.variant})`;
      return `${product.operatorName} ${text(`service.${product.service}`)}${variant}`;
    },
  };
}

/** `Intl` formats decimal text exactly; a double would round large amounts. The type knows only digits and points. */
function decimalOf(amount: Minor): `${number}` {
  return formatAmount(amount) as `${number}`;
}

/** At most `length` code points; what is cut ends with `…`. */
export function clip(text: string, length: number): string {
  const points = Array.from(text);
  return points.length <= length
    ? text
    : `${points
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
}
