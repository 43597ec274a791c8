// Ledgers with known contents, for tests of what is read from them.
import { minor } from "../../src/base/money.ts";
import type { LedgerDatabase } from "../../src/ledger/client.ts";
import { createLedgerWriter } from "../../src/ledger/writer.ts";
import { type History, play } from "./event-histories.ts";
import { rechargeOf, walletView } from "./sample-events.ts";

/** A ledger that a suite runs against. Each test takes account numbers of its own. */
export interface LedgerUnderTest {
  readonly database: LedgerDatabase;
  /** The next call fails: before it did anything, or after it did everything. */
  readonly failNext: (when: "before" | "after") => Promise<void>;
  readonly nextAccount: () => number;
  /** How often a property is tried. */
  readonly runs: number;
}

/** Fourteen events, of every type but rewards and disputes. */
export function fullHistory(account: number): History {
  return play(account, [
    { kind: "place", currency: "INR", face: 2_000, commission: 20 },
    { kind: "place", currency: "BDT", face: 5_000, commission: 0 },
    { kind: "open_case", pick: 0 },
    { kind: "rule_case", pick: 0 },
    { kind: "succeed", pick: 0, providerCommission: 30 },
    { kind: "fail", pick: 0 },
    { kind: "open_debt", currency: "INR", amount: 500 },
    { kind: "reverse", pick: 0 },
    { kind: "place", currency: "INR", face: 3_000, commission: 30 },
    { kind: "debit", currency: "BDT", amount: 700 },
    { kind: "warn", currency: "INR" },
  ]);
}

/** Three recharges; the first has failed, the second has every fact that a recharge can have. */
export function threeRecharges(account: number): History {
  const wallet = walletView("INR", 0, 0, 0);
  const first = rechargeOf(account, 1, {});
  const failure = { source: "operator", cause: "operator", text: "refused" } as const;
  return {
    events: [
      { number: 1, at: 1_000, wallet, type: "recharge.placed", recharge: first },
      { number: 2, at: 2_000, wallet, type: "recharge.succeeded", recharge: secondRecharge(account) },
      {
        number: 3,
        at: 3_000,
        wallet,
        type: "recharge.placed",
        recharge: rechargeOf(account, 3, { product: "bd.robi.prepaid" }),
      },
      { number: 4, at: 4_000, wallet, type: "recharge.failed", recharge: { ...first, state: "failed", failure } },
    ],
    wallets: [],
  };
}

export function secondRecharge(account: number): ReturnType<typeof rechargeOf> {
  return rechargeOf(account, 2, {
    state: "succeeded",
    proof: "operator_reference",
    operatorReference: "OP-1",
    repeatOf: "order-1",
    providerCommission: minor(30),
    failure: null,
  });
}

/** A new account with that history in the ledger. */
export async function written(
  { database, nextAccount }: LedgerUnderTest,
  make: (account: number) => History,
): Promise<History & { readonly database: LedgerDatabase; readonly account: number }> {
  const account = nextAccount();
  const history = make(account);
  await createLedgerWriter(database).write(account, history.events);
  return { database, account, ...history };
}
