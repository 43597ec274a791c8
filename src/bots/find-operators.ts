// Which operators a sentence names: whole names first, longest first; then misspelt ones within a bounded distance.
import type { Country } from "../catalog/product.ts";
import { billerNames } from "./biller-names.ts";
import { distanceWithin } from "./edit-distance.ts";
import { foldText } from "./fold-text.ts";
import { operatorNames } from "./operator-names.ts";
import type { Token } from "./tokens.ts";
import { rolesOf } from "./words.ts";

/** Keys of the tables of names: `<country>.<brand>`, or a product id. One mention may mean several. */
export type Mention = readonly string[];

export interface FoundOperators {
  readonly mentions: readonly Mention[];
  /** Places of the tokens that are a part of a name. */
  readonly used: ReadonlySet<number>;
}

const longestName = 4;
/** Names of billers in letters are so near to each other that a misspelt one may be any that is two letters away. */
const crowded = new Set(Object.keys(billerNames).map((key) => key.replace("in.", "")));

const keysByName = new Map<string, readonly string[]>();
for (const [key, names] of [...Object.entries(operatorNames), ...Object.entries(billerNames)]) {
  for (const name of names.split("|")) {
    const joined = foldText(name).replaceAll(" ", "");
    const known = keysByName.get(joined) ?? [];
    if (!known.includes(key)) keysByName.set(joined, [...known, key]);
  }
}

const rivalBound = 2;

/** With more words that nobody knows it is talk, and none of them is a misspelt name. */
const mostUnknown = 12;

/** Case endings that Bengali writes onto a name, in its own letters and in Latin ones. */
const bengaliEndings = /(?:তে|টা|টায়|কে|এর|র|ে|য়|এ|te|ke|er|r)$/u;

export function findOperators(tokens: readonly Token[], countries: readonly Country[]): FoundOperators {
  const used = new Set<number>();
  const mentions: Mention[] = [];
  const take = (from: number, length: number, mention: Mention | null): boolean => {
    if (mention === null) return false;
    mentions.push(mention);
    for (let place = from; place < from + length; place += 1) used.add(place);
    return true;
  };
  const scan = (length: number, read: (words: readonly string[]) => Mention | null): void => {
    for (let from = 0; from + length <= tokens.length; from += 1) {
      const words = wordsAt(tokens, from, length, used);
      if (words !== null) take(from, length, read(words));
    }
  };
  const exact = (words: readonly string[]) => inCountries(keysByName.get(words.join("")), countries);
  const unknown = tokens.filter((token) => token.is === "word" && isUnknown(token.text)).length;
  const misspelt = (words: readonly string[]) =>
    unknown <= mostUnknown && words.some(isUnknown) ? nearest(words.join(""), countries) : null;
  for (let length = longestName; length >= 2; length -= 1) scan(length, exact);
  scan(2, misspelt);
  scan(1, exact);
  scan(1, (words) => withoutEnding(words.join(""), countries));
  scan(1, misspelt);
  return { mentions, used };
}

function wordsAt(tokens: readonly Token[], from: number, length: number, used: ReadonlySet<number>): string[] | null {
  const words: string[] = [];
  for (let place = from; place < from + length; place += 1) {
    const token = tokens[place];
    if (token?.is !== "word" || used.has(place)) return null;
    words.push(token.text);
  }
  return words;
}

function isUnknown(word: string): boolean {
  return rolesOf(word).length === 0 && !keysByName.has(word);
}

/** Those of the partner's countries; a name of another country stays as it is, to be refused rather than passed over. */
function inCountries(keys: readonly string[] | undefined, countries: readonly Country[]): Mention | null {
  if (keys === undefined) return null;
  const near = keys.filter((key) => isIn(key, countries));
  return near.length > 0 ? near : keys;
}

function isIn(key: string, countries: readonly Country[]): boolean {
  return countries.some((country) => key.startsWith(`${country.toLowerCase()}.`));
}

function withoutEnding(word: string, countries: readonly Country[]): Mention | null {
  if (rolesOf(word).length > 0) return null;
  const bare = word.replace(bengaliEndings, "");
  return bare === word ? null : inCountries(keysByName.get(bare), countries);
}

/** All names at the smallest distance: one that is as near to two operators means both, and is asked about. */
function nearest(word: string, countries: readonly Country[]): Mention | null {
  const near = namesNear(word, countries);
  const best = Math.min(...near.map(({ name, distance }) => (distance <= boundFor(name) ? distance : Infinity)));
  if (best === Infinity) return null;
  const isCrowded = near.some(({ name, distance }) => distance === best && crowded.has(name));
  const chosen = near.filter(({ distance }) => distance <= (isCrowded ? rivalBound : best));
  const keys = chosen.flatMap((one) => one.keys).filter((key) => isIn(key, countries));
  return [...new Set(keys)];
}

/** Names long enough to be misspelt, with how far a word may be from them. */
const spellable = [...keysByName].flatMap(([name, keys]) => {
  const bound = crowded.has(name) ? rivalBound : boundFor(name);
  return bound === 0 ? [] : [{ name, keys, bound, length: Array.from(name).length }];
});

function namesNear(word: string, countries: readonly Country[]) {
  const [first = "", ...rest] = Array.from(word);
  const wordLength = rest.length + 1;
  if (wordLength < 4) return [];
  return spellable.flatMap(({ name, keys, bound, length }) => {
    const isOtherStart = length < 6 && !name.startsWith(first);
    if (isOtherStart || Math.abs(length - wordLength) > bound) return [];
    if (!keys.some((key) => isIn(key, countries))) return [];
    const distance = distanceWithin(word, name, bound);
    return distance === null ? [] : [{ name, keys, distance }];
  });
}

/** How many letters may be wrong in a name: none in a short one. */
function boundFor(name: string): number {
  const { length } = Array.from(name);
  if (length < 4) return 0;
  return length < 7 ? 1 : 2;
}
