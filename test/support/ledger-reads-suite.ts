// What lists of recharges and comparisons of wallets promise on every database.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  listRecharges,
  type RechargeCursor,
  readCursor,
  readWalletStates,
  sumTransfers,
} from "../../src/ledger/book.ts";
import { compareWallets } from "../../src/reconciliation/compare-wallets.ts";
import { play } from "./event-histories.ts";
import { steps } from "./history-steps.ts";
import { walletView } from "./sample-events.ts";
import { fullHistory, type LedgerUnderTest, secondRecharge, threeRecharges, written } from "./sample-histories.ts";

export function describeLedgerReads(name: string, open: () => LedgerUnderTest): void {
  describe(`lists of recharges on ${name}`, () => {
    describePages(open);
    describeFilters(open);
  });
  describe(`comparison of wallets on ${name}`, () => {
    describeComparison(open);
  });
}

function describePages(open: () => LedgerUnderTest): void {
  test("give every fact of a recharge back", async () => {
    const { database, account } = await written(open(), threeRecharges);
    const page = await listRecharges(database, { account, cursor: null, limit: 1, number: "9800000002" });
    expect(page).toEqual({
      recharges: [{ ...secondRecharge(account), account, updatedAt: 2_000, eventNumber: 2 }],
      nextCursor: null,
      asOfEvent: 4,
    });
  });

  test("give the state and failure of the last event", async () => {
    const { database, account } = await written(open(), threeRecharges);
    const page = await listRecharges(database, { account, cursor: null, limit: 1, agentId: "order-1" });
    const failure = { source: "operator", cause: "operator", text: "refused" };
    expect(page.recharges).toMatchObject([
      { state: "failed", failure, createdAt: 1_000, updatedAt: 4_000, eventNumber: 4 },
    ]);
  });

  test("are cut into pages, the newest first", async () => {
    const { database, account } = await written(open(), threeRecharges);
    const first = await listRecharges(database, { account, cursor: null, limit: 2 });
    expect(first.recharges.map(({ agentId }) => agentId)).toEqual(["order-3", "order-2"]);
    const second = await listRecharges(database, { account, cursor: readCursor(first.nextCursor ?? ""), limit: 2 });
    expect(second.recharges.map(({ agentId }) => agentId)).toEqual(["order-1"]);
    expect(second.nextCursor).toBeNull();
  });

  test("over all accounts go by time, page by page, and say no event number", async () => {
    const under = open();
    const one = await written(under, threeRecharges);
    const other = await written(under, threeRecharges);
    const found: string[] = [];
    let cursor: RechargeCursor | null = null;
    do {
      const page = await listRecharges(under.database, { to: 10_000, product: "bd.robi.prepaid", cursor, limit: 1 });
      expect(page.asOfEvent).toBeNull();
      found.push(...page.recharges.map(({ account, agentId }) => `${account}/${agentId}`));
      cursor = readCursor(page.nextCursor ?? "");
    } while (cursor !== null);
    expect(found.slice(0, 2)).toEqual([`${other.account}/order-3`, `${one.account}/order-3`]);
    expect(new Set(found).size).toBe(found.length);
  });
}

function describeFilters(open: () => LedgerUnderTest): void {
  test.each([
    [{ state: "failed" as const }, ["order-1"]],
    [{ from: 2_000 }, ["order-3", "order-2"]],
    [{ to: 2_000 }, ["order-1"]],
    [{ from: 2_000, to: 3_000 }, ["order-2"]],
    [{ product: "bd.robi.prepaid" }, ["order-3"]],
    [{ number: "9800000001" }, ["order-1"]],
    [{ agentId: "order-2" }, ["order-2"]],
    [{ agentId: "order-2", state: "failed" as const }, []],
  ])("with %o hold %o", async (filter, agentIds) => {
    const { database, account } = await written(open(), threeRecharges);
    const page = await listRecharges(database, { account, cursor: null, limit: 500, ...filter });
    expect(page.recharges.map(({ agentId }) => agentId)).toEqual(agentIds);
  });

  test.each([0, 501, 1.5])("refuse a page of %d", async (limit) => {
    await expect(listRecharges(open().database, { cursor: null, limit })).rejects.toThrow("1 to 500");
  });
}

function describeComparison(open: () => LedgerUnderTest): void {
  test("finds nothing after any history", async () => {
    const under = open();
    await fc.assert(
      fc.asyncProperty(steps, async (tried) => {
        const { database, account, events, wallets } = await written(under, (one) => play(one, tried));
        const now = wallets.at(-1) ?? [];
        const figures = { account, eventNumber: events.length, wallets: now, pending: 0, forgotten: 0 };
        const comparison = await compareWallets(database, { figures, withSums: true, now: 1 });
        expect(comparison).toEqual({ kind: "compared", differences: [] });
        expect(await readWalletStates(database, account)).toEqual({
          account,
          eventNumber: events.length,
          wallets: now,
        });
      }),
      { numRuns: under.runs },
    );
  });

  test("reports a difference once, and changes nothing else", async () => {
    const { database, account, wallets } = await written(open(), fullHistory);
    const said = wallets.at(-1) ?? [];
    const wrong = said.map((one) => (one.currency === "INR" ? walletView("INR", one.balance, 7, one.debt) : one));
    const figures = { account, eventNumber: 14, wallets: wrong, pending: 0, forgotten: 0 };
    for (const now of [1, 2]) await compareWallets(database, { figures, withSums: false, now });
    const rows = await database.all("SELECT * FROM differences WHERE account = ?", [account]);
    expect(rows.map((row) => ({ ...row }))).toEqual([
      {
        account,
        event: 14,
        currency: "INR",
        figure: "held",
        compared_with: "wallet_states",
        account_value: 7,
        ledger_value: 2_970,
        found_at: 1,
      },
    ]);
    expect((await readWalletStates(database, account)).wallets).toEqual(said);
    expect((await sumTransfers(database, account)).eventNumber).toBe(14);
  });

  test("says that it skipped an account whose events are not all there", async () => {
    const { database, account } = await written(open(), fullHistory);
    const figures = { account, eventNumber: 15, wallets: [], pending: 0, forgotten: 0 };
    const comparison = await compareWallets(database, { figures, withSums: true, now: 1 });
    expect(comparison).toEqual({ kind: "skipped", accountEvent: 15, ledgerEvent: 14 });
  });
}
