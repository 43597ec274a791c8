// The ledger on a real libSQL engine over HTTP, called from Node.
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { createClient } from "@libsql/client/web";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LedgerDatabase, openLibsql } from "../../../src/ledger/client.ts";
import { startHranaServer } from "../../support/hrana-server.mjs";
import { describeLedgerReads } from "../../support/ledger-reads-suite.ts";
import { describeReports } from "../../support/ledger-report-suite.ts";
import { describeStatements } from "../../support/ledger-statement-suite.ts";
import { describeLedgerWriter } from "../../support/ledger-writer-suite.ts";
import type { LedgerUnderTest } from "../../support/sample-histories.ts";

let server: Awaited<ReturnType<typeof startHranaServer>>;
let database: LedgerDatabase;
let account = 100;

beforeAll(async () => {
  server = await startHranaServer();
  const client = createClient({ url: server.url });
  for (const file of (await readdir("migrations")).filter((name) => name.endsWith(".sql")).toSorted())
    await client.executeMultiple(await readFile(`migrations/${file}`, "utf8"));
  database = openLibsql({ url: server.url, token: undefined });
});

afterAll(() => server.close());

const open = (): LedgerUnderTest => ({
  database,
  failNext: (when) => control({ failures: [when] }),
  nextAccount: () => (account += 1),
  runs: 40,
});

describeLedgerWriter("libSQL", open);
describeLedgerReads("libSQL", open);
describeStatements("libSQL", open);
describeReports("libSQL", open);

describe("the libSQL client", () => {
  test("writes all of a batch or nothing", async () => {
    const insert = "INSERT INTO audit (at, staff, verb, subject, request_id) VALUES (1, 'asha', 'v', ?, 'r')";
    const broken = [
      { sql: insert, args: ["half"] },
      { sql: "INSERT INTO no_such_table VALUES (1)", args: [] },
    ];
    await expect(database.batch(broken)).rejects.toThrow("no_such_table");
    expect(await database.all("SELECT count(*) AS found FROM audit WHERE subject = 'half'", [])).toMatchObject([
      { found: 0 },
    ]);
  });

  test("answers nothing to an empty batch", async () => {
    expect(await database.batch([])).toEqual([]);
  });

  test("keeps integers integers and gives fractions, text and null back as they were", async () => {
    const rows = await database.all("SELECT typeof(?1) AS kind, ?1 AS whole, ?2 AS part, ?3 AS text, ?4 AS absent", [
      Number.MAX_SAFE_INTEGER,
      1.5,
      "ঢাকা",
      null,
    ]);
    expect(rows).toMatchObject([
      { kind: "integer", whole: Number.MAX_SAFE_INTEGER, part: 1.5, text: "ঢাকা", absent: null },
    ]);
  });

  test("gives up after its time limit", async () => {
    await control({ delayMs: 2_000 });
    const impatient = openLibsql({ url: server.url, token: "token", timeoutMs: 50 });
    await expect(impatient.all("SELECT 1", [])).rejects.toThrow("aborted due to timeout");
    await control({});
  });
});

test("a call never waits for others: those of a request that was torn down would hold it up for ever", async () => {
  let arrived = 0;
  const silent = createServer(() => {
    arrived += 1;
  });
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const hung = openLibsql({ url, token: undefined });
  const calls = Array.from({ length: 40 }, () => hung.all("SELECT 1", []).catch(() => "cut off"));
  await expect.poll(() => arrived, { timeout: 5_000 }).toBe(calls.length);
  silent.closeAllConnections();
  silent.close();
  expect(new Set(await Promise.all(calls))).toEqual(new Set(["cut off"]));
});

/** What `hrana-server.mjs` does with its next calls. */
async function control(settings: { readonly failures?: readonly string[]; readonly delayMs?: number }): Promise<void> {
  const answer = await fetch(`${server.url}/control`, { method: "PUT", body: JSON.stringify(settings) });
  expect(answer.status).toBe(200);
}
