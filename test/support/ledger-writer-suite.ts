// What the ledger's writer promises on every database.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maxEventsPerBatch } from "../../src/ledger/project.ts";
import { createLedgerWriter } from "../../src/ledger/writer.ts";
import { play } from "./event-histories.ts";
import { steps } from "./history-steps.ts";
import { expectedContents, readContents } from "./expected-ledger.ts";
import { fullHistory, type LedgerUnderTest, written } from "./sample-histories.ts";

export function describeLedgerWriter(name: string, open: () => LedgerUnderTest): void {
  describe(`the ledger writer on ${name}`, () => {
    describeWriting(open);
    describeHealing(open);
    describeAppendOnly(open);
  });
}

function describeWriting(open: () => LedgerUnderTest): void {
  test("writes events, recharges, transfers and wallet states, and answers with the watermark", async () => {
    const { database, nextAccount } = open();
    const account = nextAccount();
    const writer = createLedgerWriter(database);
    const { events } = fullHistory(account);
    expect(new Set(events.map(({ type }) => type)).size).toBe(11);
    expect(await writer.readWatermark(account)).toBe(0);
    expect(await writer.write(account, [])).toBe(0);
    expect(await writer.write(account, events)).toBe(14);
    expect(await writer.readWatermark(account)).toBe(14);
    expect(await readContents(database, account)).toEqual(expectedContents(account, events));
  });

  test("writes nothing of a batch that starts beyond the next number", async () => {
    const { database, nextAccount } = open();
    const account = nextAccount();
    const writer = createLedgerWriter(database);
    const { events } = fullHistory(account);
    expect(await writer.write(account, events.slice(1))).toBe(0);
    expect(await writer.write(account, events.slice(0, 2))).toBe(2);
    expect(await writer.write(account, events.slice(3))).toBe(2);
    expect(await readContents(database, account)).toEqual(expectedContents(account, events.slice(0, 2)));
  });

  test("stops before a gap inside a batch", async () => {
    const { database, nextAccount } = open();
    const account = nextAccount();
    const { events } = fullHistory(account);
    const withGap = [...events.slice(0, 3), ...events.slice(4)];
    expect(await createLedgerWriter(database).write(account, withGap)).toBe(3);
    expect(await readContents(database, account)).toEqual(expectedContents(account, events.slice(0, 3)));
  });

  test("takes a long backlog in several batches", async () => {
    const { database, nextAccount } = open();
    const account = nextAccount();
    const writer = createLedgerWriter(database);
    const warnings = Array.from({ length: maxEventsPerBatch + 5 }, () => ({ kind: "warn", currency: "INR" }) as const);
    const { events } = play(account, warnings);
    expect(await writer.write(account, events)).toBe(maxEventsPerBatch);
    expect(await writer.write(account, events.slice(maxEventsPerBatch))).toBe(events.length);
  });

  test("keeps accounts apart", async () => {
    const under = open();
    const first = await written(under, fullHistory);
    const second = under.nextAccount();
    const writer = createLedgerWriter(under.database);
    expect(await writer.readWatermark(second)).toBe(0);
    await writer.write(second, fullHistory(second).events.slice(0, 3));
    expect(await readContents(under.database, first.account)).toEqual(expectedContents(first.account, first.events));
  });
}

function describeHealing(open: () => LedgerUnderTest): void {
  test.each(["before", "after"] as const)("heals when a call fails %s the commit", async (when) => {
    const { database, failNext, nextAccount } = open();
    const account = nextAccount();
    const writer = createLedgerWriter(database);
    const { events } = fullHistory(account);
    await writer.write(account, events.slice(0, 4));
    await failNext(when);
    await expect(writer.write(account, events.slice(4))).rejects.toThrow(when === "before" ? "is down" : "was lost");
    expect(await writer.readWatermark(account)).toBe(when === "before" ? 4 : 14);
    expect(await writer.write(account, events.slice(4))).toBe(14);
    expect(await readContents(database, account)).toEqual(expectedContents(account, events));
  });

  test("holds the same after any cut, order and repetition of batches, and never a gap on the way", async () => {
    const { database, nextAccount, runs } = open();
    const writer = createLedgerWriter(database);
    const cuts = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(steps, cuts, async (tried, batches) => {
        const account = nextAccount();
        const { events } = play(account, tried);
        let expected = 0;
        for (const [at, length] of batches) {
          const start = at % events.length;
          const batch = events.slice(start, start + length);
          if (start <= expected) expected = Math.max(expected, start + batch.length);
          expect(await writer.write(account, batch)).toBe(expected);
          expect(await readContents(database, account)).toEqual(expectedContents(account, events.slice(0, expected)));
        }
        expect(await writer.write(account, events.slice(expected))).toBe(events.length);
        expect(await writer.write(account, events)).toBe(events.length);
        expect(await readContents(database, account)).toEqual(expectedContents(account, events));
      }),
      { numRuns: runs },
    );
  });
}

function describeAppendOnly(open: () => LedgerUnderTest): void {
  test.each([
    "UPDATE events SET at = 0",
    "DELETE FROM events",
    "UPDATE transfers SET amount = 1",
    "DELETE FROM transfers",
    "UPDATE audit SET staff = 'x'",
    "DELETE FROM audit",
  ])("the database refuses %s", async (sql) => {
    const { database } = await written(open(), fullHistory);
    await database.all(
      "INSERT INTO audit (at, staff, verb, subject, request_id) VALUES (1, 'asha', 'v', 's', 'r')",
      [],
    );
    await expect(database.all(sql, [])).rejects.toThrow("append-only");
  });

  test("the database refuses a transfer of zero", async () => {
    const { database, nextAccount } = open();
    const columns = "account, event, leg, debit, credit, amount, currency, at";
    const sql = `INSERT INTO transfers (${columns}) VALUES (?, 1, 1, 'a', 'b', 0, 'INR', 1)`;
    await expect(database.all(sql, [nextAccount()])).rejects.toThrow("CHECK");
  });
}
