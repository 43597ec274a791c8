// What a comparison of an account with the ledger finds, and when it says nothing.
import { describe, expect, test } from "vitest";
import { minor } from "../../../src/base/money.ts";
import type { LedgerSums } from "../../../src/ledger/book.ts";
import { compareFigures } from "../../../src/reconciliation/compare-wallets.ts";
import { walletView } from "../../support/sample-events.ts";

const figures = { account: 7, eventNumber: 9, wallets: [walletView("INR", 600, 300, 100)], pending: 1, forgotten: 0 };
const states = { account: 7, eventNumber: 9, wallets: [walletView("INR", 600, 300, 100)] };

/** Paid in 1000, 300 is held, 200 was posted, 100 is owed. */
const sums: LedgerSums = {
  eventNumber: 9,
  transfers: [
    { name: "cash:INR", debits: minor(1_200), credits: minor(200) },
    { name: "debt:7:INR", debits: minor(150), credits: minor(50) },
    { name: "float:backnpay-1", debits: minor(0), credits: minor(200) },
    { name: "held:7:INR", debits: minor(200), credits: minor(500) },
    { name: "wallet:7:INR", debits: minor(750), credits: minor(1_350) },
  ],
  costs: [
    { currency: "INR", state: "pending", cost: minor(300) },
    { currency: "INR", state: "succeeded", cost: minor(200) },
    { currency: "INR", state: "failed", cost: minor(999) },
    { currency: "BDT", state: "pending", cost: minor(0) },
  ],
};

function differencesOf(...args: Parameters<typeof compareFigures>): readonly (readonly unknown[])[] | string {
  const comparison = compareFigures(...args);
  if (comparison.kind === "skipped") return "skipped";
  return comparison.differences.map((one) => [
    one.currency,
    one.figure,
    one.comparedWith,
    one.accountValue,
    one.ledgerValue,
  ]);
}

describe("compareFigures", () => {
  test("finds nothing where all agree", () => {
    expect(compareFigures(figures, states, sums)).toEqual({ kind: "compared", differences: [] });
    expect(compareFigures(figures, states, null)).toEqual({ kind: "compared", differences: [] });
  });

  test("says which event and account a difference belongs to", () => {
    const wallets = [walletView("INR", 601, 300, 100)];
    expect(compareFigures({ ...figures, wallets }, states, null)).toEqual({
      kind: "compared",
      differences: [
        {
          account: 7,
          event: 9,
          currency: "INR",
          figure: "balance",
          comparedWith: "wallet_states",
          accountValue: 601,
          ledgerValue: 600,
        },
      ],
    });
  });

  test.each([
    ["held", walletView("INR", 600, 299, 100), 299, 300],
    ["debt", walletView("INR", 600, 300, 101), 101, 100],
  ])("compares %s", (figure, wallet, accountValue, ledgerValue) => {
    const found = differencesOf({ ...figures, wallets: [wallet] }, states, null);
    expect(found).toEqual([["INR", figure, "wallet_states", accountValue, ledgerValue]]);
  });
});

describe("compareFigures with sums", () => {
  test("recomputes each figure from transfers and recharges", () => {
    const wrong = [walletView("INR", 601, 302, 104)];
    expect(differencesOf({ ...figures, wallets: wrong }, { ...states, wallets: wrong }, sums)).toEqual([
      ["INR", "balance", "transfers", 601, 600],
      ["INR", "held", "transfers", 302, 300],
      ["INR", "debt", "transfers", 104, 100],
      ["INR", "held", "recharges", 302, 300],
      ["INR", "net", "recharges", 799, 800],
    ]);
  });

  test("adds cashback to what was paid in, less what was taken back", () => {
    const rewards = { name: "rewards:7:INR", debits: minor(30), credits: minor(10) };
    const more = { ...sums, transfers: [...sums.transfers, rewards, { ...rewards, name: "rewards:8:INR" }] };
    expect(differencesOf(figures, states, more)).toEqual([["INR", "net", "recharges", 800, 820]]);
  });

  test("takes what is missing on either side as zero", () => {
    const none = { eventNumber: 9, transfers: [], costs: [] };
    expect(
      differencesOf({ ...figures, wallets: [walletView("BDT", 5, 0, 0)] }, { ...states, wallets: [] }, none),
    ).toEqual([
      ["BDT", "balance", "wallet_states", 5, 0],
      ["BDT", "balance", "transfers", 5, 0],
      ["BDT", "net", "recharges", 5, 0],
    ]);
    expect(
      differencesOf({ ...figures, wallets: [] }, { ...states, wallets: [walletView("BDT", 5, 0, 0)] }, null),
    ).toEqual([["BDT", "balance", "wallet_states", 0, 5]]);
  });
});

describe("compareFigures at other event numbers", () => {
  test("skips where the wallets, or the sums, are at another event number", () => {
    expect(compareFigures(figures, { ...states, eventNumber: 8 }, sums)).toEqual({
      kind: "skipped",
      accountEvent: 9,
      ledgerEvent: 8,
    });
    expect(compareFigures(figures, states, { ...sums, eventNumber: 10 })).toEqual({
      kind: "skipped",
      accountEvent: 9,
      ledgerEvent: 10,
    });
  });

  test("refuses to compare two accounts", () => {
    expect(() => compareFigures(figures, { ...states, account: 8 }, null)).toThrow("compared with its own ledger");
  });
});
