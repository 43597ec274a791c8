// A wallet between two balance calls, told in few words. Times are ms, costs minor units.
import { minor } from "../../../src/base/money.ts";
import type {
  BalanceReading,
  WalletCall,
  WalletHistory,
  WalletMovement,
} from "../../../src/recharges/segment-history.ts";

export const finalAfterMs = 600;
export const staleForMs = 30;

/** A lost call of 990 at 1000 whose limit ends at 1040. */
export function call(id: string, values: Partial<WalletCall> = {}): WalletCall {
  return {
    id,
    sentAt: 1_000,
    answeredAt: null,
    overBy: 1_040,
    word: "none",
    costs: [minor(990)],
    balances: null,
    ...values,
  };
}

/** Sent at 1000, answered with its word at 1020. */
export function answered(id: string, word: "success" | "failure", cost = 990): WalletCall {
  return call(id, { answeredAt: 1_020, word, costs: [minor(cost)] });
}

/** A balance call that runs for ten milliseconds. */
export function reading(askedAt: number, balance: number): BalanceReading {
  return { askedAt, answeredAt: askedAt + 10, balance: minor(balance) };
}

export function movement(from: number, until: number, change: number): WalletMovement {
  return { id: `moved-${from}`, from, until, change: minor(change) };
}

/** Opened at 0 with 100000, closed at 5000 with 100000 less `spent`. */
export function wallet(
  calls: readonly WalletCall[],
  spent: number,
  values: Partial<WalletHistory> = {},
): WalletHistory {
  return {
    calls,
    readings: [reading(0, 100_000), reading(5_000, 100_000 - spent)],
    movements: [],
    completeFrom: -10_000,
    completeUntil: 10_000,
    exclusiveSince: -1_000,
    refundFreeSince: -1_000,
    finalAfterMs,
    staleForMs,
    ...values,
  };
}
