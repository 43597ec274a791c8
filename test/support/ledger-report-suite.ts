// What reports promise on every database: they count each thing once, they foot, and they agree with the transfers.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFloats } from "../../src/ledger/report-floats.ts";
import { commissionsOf, readDayBook } from "../../src/ledger/report-recharges.ts";
import { readWalletBooks } from "../../src/ledger/report-wallets.ts";
import { transfersOf } from "../../src/ledger/transfers.ts";
import type { AccountEvent } from "../../src/recharges/events.ts";
import { dayOf } from "../../src/recharges/day.ts";
import { play } from "./event-histories.ts";
import { steps } from "./history-steps.ts";
import { fullHistory, type LedgerUnderTest, written } from "./sample-histories.ts";

const hourMs = 3_600_000;

/** The history with its events so many hours apart, so that it runs over several days. */
function spread<Made extends { readonly events: readonly AccountEvent[] }>(made: Made, hours: number): Made {
  return { ...made, events: made.events.map((event) => ({ ...event, at: event.number * hours * hourMs })) };
}

export function describeReports(name: string, open: () => LedgerUnderTest): void {
  describe(`reports on ${name}`, () => {
    describeDayBook(open);
    describeAgreement(open);
  });
}

function describeDayBook(open: () => LedgerUnderTest): void {
  test("count what happened on the day on which it happened", async () => {
    const { database, account } = await written(open(), (one) => spread(fullHistory(one), 6));
    const { lines, marks } = await readDayBook(database, { fromDay: 0, toDay: 9, account });
    expect(marks).toEqual([{ account, asOfEvent: 14 }]);
    const some = lines.map(({ day, currency, placed, succeeded, failed, reversed }) => [
      day,
      currency,
      ...[placed, succeeded, failed, reversed].map(({ count }) => count),
    ]);
    expect(some).toEqual([
      [0, "INR", 1, 0, 0, 0],
      [1, "BDT", 1, 0, 0, 0],
      [1, "INR", 0, 1, 0, 0],
      [2, "BDT", 0, 0, 1, 0],
      [2, "INR", 0, 0, 0, 1],
      [3, "INR", 1, 0, 0, 0],
    ]);
  });

  test("add commission up: successes less reversals, and what the provider gave", async () => {
    const { database, account } = await written(open(), (one) => spread(fullHistory(one), 6));
    const { lines } = await readDayBook(database, { fromDay: 0, toDay: 1, account });
    expect(commissionsOf(lines)).toMatchObject([
      {
        currency: "INR",
        succeeded: 1,
        reversed: 0,
        face: 2_000,
        commission: 20,
        cost: 1_980,
        provided: 30,
        earned: 10,
      },
    ]);
    const { lines: all } = await readDayBook(database, { fromDay: 0, toDay: 9, account });
    expect(commissionsOf(all)).toMatchObject([{ succeeded: 1, reversed: 1, face: 0, commission: 0, earned: 0 }]);
  });

  test("name up to which event they count, and open with what the days before closed with", async () => {
    const { database, account } = await written(open(), (one) => spread(fullHistory(one), 6));
    const early = await readWalletBooks(database, { fromDay: 0, toDay: 1, account });
    const late = await readWalletBooks(database, { fromDay: 2, toDay: 9, account });
    expect(early.marks[0]?.asOfEvent).toBeLessThan(14);
    expect(late.wallets.map(({ opening }) => opening)).toEqual(early.wallets.map(({ closing }) => closing));
  });

  test("refuse more than 366 days", async () => {
    await expect(readDayBook(open().database, { fromDay: 0, toDay: 366, account: 1 })).rejects.toThrow("1 to 366 days");
  });
}

function describeAgreement(open: () => LedgerUnderTest): void {
  test("foot, and agree with the transfers, for any history and any days", async () => {
    const under = open();
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 20 }), fc.nat(6), async (tried, hours, split) => {
        const { database, account, events } = await written(under, (one) => spread(play(one, tried), hours));
        const all = { fromDay: 0, toDay: 365, account };
        const early = { ...all, toDay: split };
        const late = { ...all, fromDay: split + 1 };
        expect((await readDayBook(database, all)).marks).toEqual([{ account, asOfEvent: events.length }]);
        await expectWallets(database, { all, early, late });
        await expectFloats(database, { all, early, late }, { account, events });
        await expectCommission(database, all, { account, events });
        await expectDays(database, events, all);
      }),
      { numRuns: Math.ceil(under.runs / 3) },
    );
  });
}

type Database = LedgerUnderTest["database"];
type Span = Parameters<typeof readFloats>[1];
interface Spans {
  readonly all: Span;
  readonly early: Span;
  readonly late: Span;
}
interface Written {
  readonly account: number;
  readonly events: readonly AccountEvent[];
}

async function expectWallets(database: Database, { all, early, late }: Spans): Promise<void> {
  const [whole, first, second] = [
    await readWalletBooks(database, all),
    await readWalletBooks(database, early),
    await readWalletBooks(database, late),
  ];
  expect(second.wallets.map(({ opening }) => opening)).toEqual(first.wallets.map(({ closing }) => closing));
  expect(second.wallets.map(({ closing }) => closing)).toEqual(whole.wallets.map(({ closing }) => closing));
}

async function expectFloats(database: Database, { all, early, late }: Spans, { account, events }: Written) {
  const booked = sumOf(account, events, (name) => name.startsWith("float:"));
  const closings = new Map<string, number>();
  for (const span of [early, late])
    for (const line of (await readFloats(database, span)).lines) {
      const key = `${line.provider} ${line.currency}`;
      expect(line.opening).toBe(closings.get(key) ?? 0);
      expect(line.closing).toBe(line.opening - line.sold + line.returned + line.provided);
      closings.set(key, line.closing);
    }
  expect([...closings.values()].reduce((sum, one) => sum + one, 0)).toBe(booked);
  const whole = (await readFloats(database, all)).lines;
  const last = new Map(whole.map(({ provider, currency, closing }) => [`${provider} ${currency}`, closing]));
  expect(last).toEqual(closings);
}

async function expectCommission(database: Database, all: Span, { account, events }: Written): Promise<void> {
  const lines = commissionsOf((await readDayBook(database, all)).lines);
  const total = (part: "commission" | "provided"): number => lines.reduce((sum, line) => sum + line[part], 0);
  expect(total("commission")).toBe(sumOf(account, events, (name) => name.startsWith("commission:")));
  expect(total("provided")).toBe(0 - sumOf(account, events, (name) => name.startsWith("margin:")));
}

async function expectDays(database: Database, events: readonly AccountEvent[], all: Span): Promise<void> {
  const { lines } = await readDayBook(database, all);
  const placed = events.filter(({ type }) => type === "recharge.placed");
  const days = placed.map(({ at, wallet }) => `${dayOf(wallet.currency, at)} ${wallet.currency}`);
  const told = lines.flatMap((line) => Array.from({ length: line.placed.count }, () => `${line.day} ${line.currency}`));
  expect(told.toSorted()).toEqual(days.toSorted());
}

/** debits − credits of the ledger accounts whose names fit, over all events. */
function sumOf(account: number, events: readonly AccountEvent[], fits: (name: string) => boolean): number {
  const legs = events.flatMap((event) => transfersOf(account, event));
  return legs.reduce(
    (sum, { debit, credit, amount }) => sum + (fits(debit) ? amount : 0) - (fits(credit) ? amount : 0),
    0,
  );
}
