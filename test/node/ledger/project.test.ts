// From events to a batch: which events are taken, and what is refused.
import { describe, expect, test } from "vitest";
import { readCursor } from "../../../src/ledger/book.ts";
import { batchOf, contiguousRun, maxEventsPerBatch, watermarkStatement } from "../../../src/ledger/project.ts";
import type { AccountEvent } from "../../../src/recharges/events.ts";
import { rechargeOf, walletView } from "../../support/sample-events.ts";
import { fullHistory } from "../../support/sample-histories.ts";

function warning(number: number): AccountEvent {
  return { number, at: number, wallet: walletView("INR", 0, 0, 0), type: "account.low_balance" };
}

describe("contiguousRun", () => {
  test.each([
    [[], []],
    [[4], [4]],
    [
      [4, 5, 6],
      [4, 5, 6],
    ],
    [
      [4, 5, 7, 8],
      [4, 5],
    ],
    [[4, 4], [4]],
    [[4, 3], [4]],
    [[4, 6], [4]],
  ])("of %j is %j", (numbers, expected) => {
    expect(contiguousRun(numbers.map(warning)).map(({ number }) => number)).toEqual(expected);
  });

  test("is at most five hundred events", () => {
    const numbers = Array.from({ length: 501 }, (_, index) => warning(index + 1));
    expect(maxEventsPerBatch).toBe(500);
    expect(contiguousRun(numbers)).toEqual(numbers.slice(0, 500));
  });
});

describe("batchOf", () => {
  test("has one statement per table and asks for the watermark last", () => {
    const statements = batchOf(7, fullHistory(7).events);
    expect(statements.map(({ sql }) => /^(?:INSERT INTO (\w+)|SELECT)/.exec(sql)?.[1])).toEqual([
      "recharges",
      "transfers",
      "wallet_states",
      "cases",
      "events",
      undefined,
    ]);
    expect(statements.at(-1)).toEqual(watermarkStatement(7));
    expect(statements.slice(0, -1).every(({ args }) => args[1] === 7 && args[2] === 1)).toBe(true);
  });

  test("leaves out tables that get nothing", () => {
    expect(batchOf(7, [warning(3)]).map(({ args }) => args.slice(1))).toEqual([[7, 3], [7, 3], []]);
  });

  test.each([
    ["nothing", []],
    ["a gap", [warning(1), warning(3)]],
  ])("refuses %s", (_, events) => {
    expect(() => batchOf(7, events)).toThrow("a batch is a contiguous run");
  });

  test.each([
    ["recharge of another account", rechargeOf(8, 1, {}).id],
    ["text that is no recharge id", "rch_1"],
  ])("refuses a %s", (_, id) => {
    const event: AccountEvent = { ...warning(1), type: "recharge.placed", recharge: { ...rechargeOf(7, 1, {}), id } };
    expect(() => batchOf(7, [event])).toThrow("an event's recharge belongs to its account");
  });
});

describe("readCursor", () => {
  test("reads what a page gave", () => {
    expect(readCursor("1700000000000.7.12")).toEqual({ createdAt: 1_700_000_000_000, account: 7, counter: 12 });
  });

  test.each(["", "1.2", "1.2.3.4", "a.2.3", "1.2.-3", "1.2.3 ", " 1.2.3", "1.2.1234567890123456"])(
    "refuses %j",
    (text) => {
      expect(readCursor(text)).toBeNull();
    },
  );
});
