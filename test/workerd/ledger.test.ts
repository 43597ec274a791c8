// The ledger in workerd, on D1 and on libSQL over HTTP: the same promises, and what D1 charges for them.
import { env } from "cloudflare:workers";
import { describe, expect, inject, test } from "vitest";
import { type D1Binding, openD1, openLibsql } from "../../src/ledger/client.ts";
import { createLedgerWriter } from "../../src/ledger/writer.ts";
import { play } from "../support/event-histories.ts";
import { describeLedgerReads } from "../support/ledger-reads-suite.ts";
import { describeReports } from "../support/ledger-report-suite.ts";
import { describeStatements } from "../support/ledger-statement-suite.ts";
import { describeLedgerWriter } from "../support/ledger-writer-suite.ts";
import type { LedgerUnderTest } from "../support/sample-histories.ts";

let account = 1_000;
const nextAccount = (): number => (account += 1);

let d1Failure: "before" | "after" | null = null;

/** The real D1, with an answer that gets lost on demand. */
const failingD1: D1Binding = {
  prepare: (sql) => env.DB.prepare(sql),
  batch: async (statements) => {
    const failure = d1Failure;
    d1Failure = null;
    if (failure === "before") throw new Error("the database is down");
    const results = await batchOnD1(statements);
    if (failure === "after") throw new Error("the answer was lost");
    return results;
  },
};

const onD1 = (): LedgerUnderTest => ({
  database: openD1(failingD1),
  failNext: async (when) => {
    d1Failure = when;
  },
  nextAccount,
  runs: 15,
});

const onLibsql = (): LedgerUnderTest => ({
  database: openLibsql({ url: inject("libsqlUrl"), token: undefined }),
  failNext: async (when) => {
    const body = JSON.stringify({ failures: [when] });
    await (await fetch(`${inject("libsqlUrl")}/control`, { method: "PUT", body })).text();
  },
  nextAccount,
  runs: 15,
});

describeLedgerWriter("D1", onD1);
describeLedgerReads("D1", onD1);
describeStatements("D1", onD1);
describeReports("D1", onD1);
describeLedgerWriter("libSQL from workerd", onLibsql);
describeLedgerReads("libSQL from workerd", onLibsql);
describeStatements("libSQL from workerd", onLibsql);

describe("rows that D1 writes for a recharge", () => {
  const [both, placed, succeeded, all] = [
    [2, 4],
    [2, 3],
    [3, 4],
    [0, 4],
  ] as const;
  test.each([
    ["in one batch", [both], null, 9],
    ["in one batch, with the provider's commission", [both], 30, 10],
    ["in a batch for each event", [placed, succeeded], null, 11],
    ["in a batch for each event, with the provider's commission", [placed, succeeded], 30, 12],
    ["in batches that are repeated", [both, both, all], null, 9],
  ] as const)("%s", async (_, batches, providerCommission, expected) => {
    const mine = nextAccount();
    const counted = countingD1();
    const writer = createLedgerWriter(openD1(counted.binding));
    // Both wallets are credited first.
    const { events } = play(mine, [
      { kind: "place", currency: "BDT", face: 2_000, commission: 20 },
      { kind: "succeed", pick: 0, providerCommission },
    ]);
    await writer.write(mine, events.slice(0, 2));
    const before = counted.rowsWritten();
    for (const [start, end] of batches) await writer.write(mine, events.slice(start, end));
    expect(await writer.readWatermark(mine)).toBe(4);
    expect(counted.rowsWritten() - before).toBe(expected);
  });

  test("in a backlog of fifty are fewer than nine each", async () => {
    const mine = nextAccount();
    const counted = countingD1();
    const recharge = [
      { kind: "place", currency: "INR", face: 500, commission: 5 },
      { kind: "succeed", pick: 0, providerCommission: null },
    ] as const;
    const { events } = play(mine, Array.from({ length: 50 }, () => recharge).flat());
    expect(await createLedgerWriter(openD1(counted.binding)).write(mine, events)).toBe(102);
    expect(counted.rowsWritten()).toBeLessThan(50 * 9);
  });
});

/** The real D1, and the sum of the rows that it says it wrote. */
function countingD1(): { readonly binding: D1Binding; readonly rowsWritten: () => number } {
  let rowsWritten = 0;
  const binding: D1Binding = {
    prepare: (sql) => env.DB.prepare(sql),
    batch: async (statements) => {
      const results = await batchOnD1(statements);
      for (const { meta } of results) rowsWritten += meta.rows_written;
      return results;
    },
  };
  return { binding, rowsWritten: () => rowsWritten };
}

/** What `openD1` prepared on this binding are D1's own statements; its interface does not say so. */
function batchOnD1(statements: unknown[]): Promise<D1Result<Record<string, unknown>>[]> {
  return env.DB.batch(statements as D1PreparedStatement[]);
}
