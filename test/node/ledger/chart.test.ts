// Names of ledger accounts, and the side on which each grows.
import { expect, test } from "vitest";
import {
  cashOf,
  chartSides,
  commissionOf,
  debtOf,
  floatOf,
  heldOf,
  kindOf,
  marginOf,
  rewardsOf,
  suspenseOf,
  walletOf,
} from "../../../src/ledger/chart.ts";

test.each([
  [walletOf(7, "INR"), "wallet:7:INR", "credit"],
  [heldOf(7, "BDT"), "held:7:BDT", "credit"],
  [debtOf(7, "INR"), "debt:7:INR", "debit"],
  [floatOf("nurr-1"), "float:nurr-1", "debit"],
  [commissionOf("BDT"), "commission:BDT", "debit"],
  [marginOf("nurr-1"), "margin:nurr-1", "credit"],
  [rewardsOf(7, "INR"), "rewards:7:INR", "debit"],
  [cashOf("INR"), "cash:INR", "debit"],
  [suspenseOf("nurr-1"), "suspense:nurr-1", "debit"],
] as const)("%s is called %s and grows on the %s side", (name, expected, side) => {
  expect(name).toBe(expected);
  expect(chartSides[kindOf(name)]).toBe(side);
});

test.each(["", "wallet", "toString:7", "purse:7:INR"])("%j is not of the chart", (name) => {
  expect(() => kindOf(name)).toThrow("a ledger account is of the chart");
});
