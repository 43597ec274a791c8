// An account of a biller and an amount in a sentence. Where two readings are possible: neither.
import { checkNumber } from "../catalog/check.ts";
import type { Product } from "../catalog/product.ts";
import { judgeUnits, moneyOf, neighbourOf, type ReadFigures, type Rest, restOf, roleOf } from "./read-amount.ts";
import type { Token } from "./tokens.ts";
import { rolesOf } from "./words.ts";

interface Account {
  readonly number: string;
  readonly places: readonly number[];
  readonly isLabelled: boolean;
}

interface Accounts {
  readonly accounts: readonly Account[];
  readonly stdCode: string | null;
  readonly stdPlaces: readonly number[];
}

/** The account of one of `products` (no mobile numbers) and the amount; only where exactly one way of reading is left. */
export function readAccountFigures(tokens: readonly Token[], products: readonly Product[]): ReadFigures {
  const { accounts, stdCode, stdPlaces } = accountsOf(tokens, products);
  const readings = readingsOf(tokens, accounts, stdPlaces);
  const complete = readings.filter(({ account, amount }) => account !== null && amount !== null);
  const [only, ...others] = complete.length > 0 ? complete : readings;
  const nothing = { number: null, country: null, amount: null, currency: null, stdCode: null };
  if (only === undefined || others.length > 0) {
    return { ...nothing, unclear: tokens.some((token) => token.is === "figure") ? ["number", "amount"] : [] };
  }
  const money = only.amount?.money ?? null;
  return {
    ...nothing,
    number: only.account?.number ?? null,
    amount: only.amount?.amount ?? null,
    currency: money === "any" ? null : money,
    stdCode,
    unclear: [],
  };
}

interface Reading {
  readonly account: Account | null;
  readonly amount: Rest | null;
}

/** Every way to read the figures as at most one account and at most one amount that leaves none over. */
function readingsOf(
  tokens: readonly Token[],
  accounts: readonly Account[],
  stdPlaces: readonly number[],
): readonly Reading[] {
  const hasLabel = accounts.some((account) => account.isLabelled);
  return [...accounts, null].flatMap((account) => {
    const taken = new Set([...stdPlaces, ...(account?.places ?? [])]);
    const { rests, isUnclear } = judgeUnits(tokens, restOf(tokens, taken));
    const [amount = null, ...more] = rests;
    const isPossible =
      more.length === 0 && amount?.amount !== null && !isUnclear && (!hasLabel || account?.isLabelled === true);
    return isPossible ? [{ account, amount }] : [];
  });
}

/** Each run without blanks that one of the products takes as its number; the STD code before it is no part of it. */
function accountsOf(tokens: readonly Token[], products: readonly Product[]): Accounts {
  const takesStd = products.some((product) => product.numberForm === "in_landline");
  const accounts: Account[] = [];
  let stdCode: string | null = null;
  const stdPlaces: number[] = [];
  for (const places of runsOf(tokens)) {
    const text = places.map((place) => tokens[place]?.text ?? "").join("");
    const [, std, behindStd] = (takesStd ? /^(0[1-9]\d{1,3})(?:-(\d{6,8}))?$/.exec(text) : null) ?? [];
    if (std !== undefined) {
      stdCode = std;
      if (behindStd === undefined) stdPlaces.push(...places);
    }
    const number = behindStd ?? text;
    const saysElse = places.some((place) => isOrdinary(tokens[place]));
    if (saysElse || !/\d/.test(number) || !products.some((product) => checkNumber(product, number).ok)) continue;
    accounts.push({ number: number.toUpperCase(), places, isLabelled: isLabelled(tokens, places[0] ?? 0) });
  }
  return { accounts, stdCode, stdPlaces };
}

/** Places of the tokens of each run, without the label and the punctuation around it. */
function runsOf(tokens: readonly Token[]): readonly (readonly number[])[] {
  const runs = new Map<number, number[]>();
  for (const [place, token] of tokens.entries()) runs.set(token.run, [...(runs.get(token.run) ?? []), place]);
  return [...runs.values()].map((places) => {
    const from = places.findIndex((place) => !isOuter(tokens[place]));
    const to = places.findLastIndex((place) => tokens[place]?.is !== "mark");
    return from < 0 ? [] : places.slice(from, to + 1);
  });
}

function isOuter(token: Token | undefined): boolean {
  return (token?.is === "mark" && moneyOf(token) === null) || roleOf(token, "label") !== undefined;
}

/** A word that means something else than a part of an account: `rs`, `days` … */
function isOrdinary(token: Token | undefined): boolean {
  return token !== undefined && token.is !== "figure" && (moneyOf(token) !== null || rolesOf(token.text).length > 0);
}

function isLabelled(tokens: readonly Token[], place: number): boolean {
  const before = neighbourOf(tokens, place, -1);
  return before !== null && roleOf(tokens[before], "label") !== undefined;
}
