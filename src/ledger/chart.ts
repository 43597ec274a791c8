// The chart of ledger accounts: their names, and the side on which each grows.
import { assert } from "../base/assert.ts";
import type { Currency } from "../base/money.ts";

/** A ledger account's balance is debits − credits where it is `debit`-normal (what we have or spend), else the reverse. */
export const chartSides = {
  /** What a partner may spend: we owe it. */
  wallet: "credit",
  /** Set aside for recharges that are not decided. */
  held: "credit",
  /** What a partner must pay back and could not. */
  debt: "debit",
  /** Our money at a provider. */
  float: "debit",
  /** What partners get below the face value. */
  commission: "debit",
  /** What providers give us below the face value. */
  margin: "credit",
  /** Cashback given to a partner, less what was taken back. */
  rewards: "debit",
  /** Our bank. */
  cash: "debit",
  /** Movements at a provider that nobody has explained yet. */
  suspense: "debit",
} as const satisfies Record<string, "debit" | "credit">;

export type ChartKind = keyof typeof chartSides;

export function walletOf(account: number, currency: Currency): string {
  return `wallet:${account}:${currency}`;
}

export function heldOf(account: number, currency: Currency): string {
  return `held:${account}:${currency}`;
}

export function debtOf(account: number, currency: Currency): string {
  return `debt:${account}:${currency}`;
}

export function floatOf(provider: string): string {
  return `float:${provider}`;
}

export function commissionOf(currency: Currency): string {
  return `commission:${currency}`;
}

export function marginOf(provider: string): string {
  return `margin:${provider}`;
}

export function rewardsOf(account: number, currency: Currency): string {
  return `rewards:${account}:${currency}`;
}

export function cashOf(currency: Currency): string {
  return `cash:${currency}`;
}

export function suspenseOf(provider: string): string {
  return `suspense:${provider}`;
}

/** The kind that a ledger account's name opens with. Throws for a name that is not of the chart. */
export function kindOf(name: string): ChartKind {
  const kind = name.slice(0, name.indexOf(":"));
  assert(isChartKind(kind), "a ledger account is of the chart");
  return kind;
}

function isChartKind(kind: string): kind is ChartKind {
  return Object.hasOwn(chartSides, kind);
}
