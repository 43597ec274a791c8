// The figures of a sentence as money: which stand beside a money word, which count days, and which one is the amount.
import { type Currency, type Minor, parseAmount } from "../base/money.ts";
import type { Country } from "../catalog/product.ts";
import type { Figure, Token } from "./tokens.ts";
import { type MoneyWord, rolesOf, type WordRole } from "./words.ts";

export type UnclearFigure = "number" | "amount";

export interface ReadFigures {
  /** Canonical. */
  readonly number: string | null;
  /** Of a mobile number; null for an account of a biller. */
  readonly country: Country | null;
  readonly amount: Minor | null;
  /** Where the sentence says it: `৳`, `rs` … */
  readonly currency: Currency | null;
  readonly stdCode: string | null;
  readonly unclear: readonly UnclearFigure[];
}

/** No product is sold for more (`lists.md`, "Products"): a larger figure is no amount. */
const largestAmountMinor = 100_000_00;

/** A figure that is left when numbers are taken out. */
export interface Rest {
  readonly place: number;
  readonly figure: Figure;
  readonly amount: Minor | null;
  readonly money: MoneyWord | null;
}

/** What a figure could be as money; null where it cannot be. */
function amountOf({ text, hasPlus }: Figure): Minor | null {
  if (hasPlus || /^0\d/.test(text)) return null;
  const amount = parseAmount(text);
  return amount === null || amount <= 0 || amount > largestAmountMinor ? null : amount;
}

/** The figures at `places` with what money words stand beside them. */
export function restOf(tokens: readonly Token[], taken: ReadonlySet<number>): readonly Rest[] {
  return tokens.flatMap((figure, place) => {
    if (figure.is !== "figure" || taken.has(place)) return [];
    return [{ place, figure, amount: amountOf(figure), money: moneyBeside(tokens, place, taken) }];
  });
}

/** `20 tk`, `tk 20`; between two figures a word belongs to the one it is written onto, else to the one before it. */
function moneyBeside(tokens: readonly Token[], place: number, taken: ReadonlySet<number>): MoneyWord | null {
  const run = tokens[place]?.run;
  const isFree = (at: number | null) => at !== null && tokens[at]?.is === "figure" && !taken.has(at);
  const after = neighbourOf(tokens, place, 1);
  const following = after === null ? null : moneyOf(tokens[after]);
  if (after !== null && following !== null) {
    const next = neighbourOf(tokens, after, 1);
    const isOfNext = next !== null && isFree(next) && tokens[next]?.run === tokens[after]?.run;
    if (!isOfNext || tokens[after]?.run === run) return following;
  }
  const before = neighbourOf(tokens, place, -1);
  const leading = before === null ? null : moneyOf(tokens[before]);
  if (before === null || leading === null) return null;
  return tokens[before]?.run === run || !isFree(neighbourOf(tokens, before, -1)) ? leading : null;
}

export function moneyOf(token: Token | undefined): MoneyWord | null {
  if (token === undefined || token.is === "figure") return null;
  if (token.text === "/-") return "any";
  return roleOf(token, "money")?.money ?? null;
}

/** Place of the next token that is no point or colon. */
export function neighbourOf(tokens: readonly Token[], place: number, step: 1 | -1): number | null {
  for (let next = place + step; next >= 0 && next < tokens.length; next += step) {
    const token = tokens[next];
    if (token?.is === "mark" && [".", ":", "=", "-"].includes(token.text)) continue;
    return next;
  }
  return null;
}

export function roleOf<Is extends WordRole["is"]>(
  token: Token | undefined,
  is: Is,
): Extract<WordRole, { is: Is }> | undefined {
  if (token === undefined || token.is === "figure") return undefined;
  return rolesOf(token.text).find((role): role is Extract<WordRole, { is: Is }> => role.is === is);
}

/** A word of which nothing is known, written onto a figure: `2O`, `l99`. */
function isGlued(word: Token | undefined, figure: Token | undefined): boolean {
  return word?.is === "word" && word.run === figure?.run && !word.isName && rolesOf(word.text).length === 0;
}

/**
 * Figures that count days or data are left out; a figure that a following word multiplies (`2 hundred`, `20 x`) makes
 * the amount unclear, as does a unit that is also the word for "give" (`২০ দিন`).
 */
export function judgeUnits(
  tokens: readonly Token[],
  rests: readonly Rest[],
): { rests: readonly Rest[]; isUnclear: boolean } {
  let isUnclear = tokens.some((token) => roleOf(token, "numberWord") !== undefined);
  const kept = rests.filter(({ place }) => {
    const next = tokens[place + 1];
    if (isGlued(tokens[place - 1], tokens[place]) || isGlued(next, tokens[place])) isUnclear = true;
    if (roleOf(next, "multiplier") !== undefined) isUnclear = true;
    const isSum = next?.is === "mark" && ["*", "/", "+"].includes(next.text) && tokens[place + 2]?.is === "figure";
    if (isSum || next?.text === "%") isUnclear = true;
    if (roleOf(next, "unit") === undefined) return true;
    const isGive = roleOf(next, "noise") !== undefined;
    if (isGive && !rests.some((other) => other.place !== place && other.money !== null)) isUnclear = true;
    return false;
  });
  return { rests: kept, isUnclear };
}

/** From this many digits on a figure that is no amount was meant as a number. */
const shortestNumber = 7;

/**
 * The one amount among figures that are no number. One that can be neither makes unclear what it was meant for: the
 * number where it is long or none was found (`hasNumber`), else the amount.
 */
export function readAmount(tokens: readonly Token[], taken: ReadonlySet<number>, hasNumber: boolean) {
  const { rests, isUnclear } = judgeUnits(tokens, restOf(tokens, taken));
  const unclear = new Set<UnclearFigure>(isUnclear ? ["amount"] : []);
  const [only, ...more] = rests.filter((rest) => rest.amount !== null);
  for (const { figure, amount } of rests) {
    if (amount === null) unclear.add(hasNumber && figure.text.length < shortestNumber ? "amount" : "number");
  }
  if (more.length > 0) unclear.add("amount");
  const isSure = !unclear.has("amount") && only !== undefined;
  const money = isSure ? only.money : null;
  return { amount: isSure ? only.amount : null, currency: money === "any" ? null : money, unclear };
}
