// What statements promise on every database.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LedgerDatabase } from "../../src/ledger/client.ts";
import { readStatement, type StatementLine, type StatementRequest } from "../../src/ledger/statement.ts";
import { transfersOf } from "../../src/ledger/transfers.ts";
import type { AccountEvent } from "../../src/recharges/events.ts";
import { play } from "./event-histories.ts";
import { steps } from "./history-steps.ts";
import { rechargeOf, walletView } from "./sample-events.ts";
import { fullHistory, type LedgerUnderTest, written } from "./sample-histories.ts";

const everything = { currency: "INR", from: 0, to: 1_000_000, after: 0, limit: 100 } as const;

export function describeStatements(name: string, open: () => LedgerUnderTest): void {
  describe(`statements on ${name}`, () => {
    describeLines(open);
    describeFooting(open);
  });
}

function describeLines(open: () => LedgerUnderTest): void {
  test("show each movement of the wallet from opening to closing", async () => {
    const { database, account } = await written(open(), fullHistory);
    const statement = await readStatement(database, { ...everything, account, from: 3_000 });
    expect(statement.opening).toBe(50_000);
    expect(statement.lines.map((line) => [line.type, line.amountIn, line.amountOut, line.balance])).toEqual([
      ["recharge.placed", 0, 1_980, 48_020],
      ["debt.opened", 500, 0, 48_520],
      ["recharge.reversed", 1_980, 0, 50_500],
      ["debt.paid", 0, 500, 50_000],
      ["recharge.placed", 0, 2_970, 47_030],
    ]);
    expect(statement).toMatchObject({ closing: 47_030, asOfEvent: 14, nextAfter: null });
    expect(statement.lines[0]).toEqual({
      event: 3,
      at: 3_000,
      type: "recharge.placed",
      rechargeId: rechargeOf(account, 1, {}).id,
      agentId: "order-1",
      product: "in.airtel.prepaid",
      number: "9800000001",
      reason: null,
      externalReference: null,
      amountIn: 0,
      amountOut: 1_980,
      balance: 48_020,
    });
  });

  test("name the reason and reference of a credit", async () => {
    const { database, account } = await written(open(), fullHistory);
    const { lines } = await readStatement(database, { ...everything, account, currency: "BDT", to: 2_001 });
    expect(lines).toMatchObject([{ reason: "transfer", externalReference: "bank-2", rechargeId: null, agentId: null }]);
  });

  test("of an account without events are empty", async () => {
    const { database, nextAccount } = open();
    const statement = await readStatement(database, { ...everything, account: nextAccount(), limit: 1 });
    expect(statement).toEqual({ opening: 0, lines: [], closing: 0, asOfEvent: 0, nextAfter: null });
  });

  test.each([0, 1.5])("refuse a page of %d lines", async (limit) => {
    await expect(readStatement(open().database, { ...everything, account: 1, limit })).rejects.toThrow(
      "at least one line",
    );
  });
}

function describeFooting(open: () => LedgerUnderTest): void {
  test("throw when the ledger does not foot", async () => {
    const wrong = walletView("INR", 48_021, 1_980, 0);
    const { database, account } = await written(open(), (one) => ({
      events: fullHistory(one).events.map((event) => (event.number === 3 ? { ...event, wallet: wrong } : event)),
      wallets: [],
    }));
    await expect(readStatement(database, { ...everything, account })).rejects.toThrow(
      `the statement foots at event 3 of account ${account}`,
    );
  });

  test("foot for any time and page size, and together hold every movement once", async () => {
    const under = open();
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(45), fc.integer({ min: 1, max: 7 }), async (tried, split, limit) => {
        const { database, account, events } = await written(under, (one) => play(one, tried));
        const request = { ...everything, account, limit };
        const early = await readAllPages(database, { ...request, to: split * 1_000 });
        const late = await readAllPages(database, { ...request, from: split * 1_000 });
        expect(early.closing).toBe(late.opening);
        expect(early.lines.every(({ at }) => at < split * 1_000)).toBe(true);
        expect([...early.lines, ...late.lines].map(({ event }) => event)).toEqual(movementsOf(account, events));
        expect(late.closing).toBe(events.findLast(({ wallet }) => wallet.currency === "INR")?.wallet.balance);
      }),
      { numRuns: Math.ceil(under.runs / 2) },
    );
  });
}

async function readAllPages(database: LedgerDatabase, request: StatementRequest) {
  const first = await readStatement(database, request);
  const lines: StatementLine[] = [...first.lines];
  let last = first;
  while (last.nextAfter !== null) {
    const next = await readStatement(database, { ...request, after: last.nextAfter });
    expect(next.opening).toBe(last.closing);
    expect(next.lines.length).toBeLessThanOrEqual(request.limit);
    lines.push(...next.lines);
    last = next;
  }
  return { opening: first.opening, lines, closing: last.closing };
}

/** Numbers of the events that move the INR wallet. */
function movementsOf(account: number, events: readonly AccountEvent[]): readonly number[] {
  const wallet = `wallet:${account}:INR`;
  const moves = events.filter((event) =>
    transfersOf(account, event).some(({ debit, credit }) => debit === wallet || credit === wallet),
  );
  return moves.map(({ number }) => number);
}
