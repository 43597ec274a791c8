// The verbs around a bulk object: what is said while the ledger is down, and what the scheduled run wakes.
import { expect, test } from "vitest";
import { bulkIdOf } from "../../../src/base/id.ts";
import { createLog } from "../../../src/base/log.ts";
import { ok } from "../../../src/base/result.ts";
import type { BulkCalls, BulkView } from "../../../src/bulk/bulk.ts";
import { type BulkParts, readBulk, sweepBulks } from "../../../src/bulk/manage.ts";
import { listBulksAtWork } from "../../../src/bulk/staff-verbs.ts";
import { listBulkRuns, noteBulkRun } from "../../../src/ledger/bulk-runs.ts";
import { openMemoryDatabase } from "../../support/memory-database.ts";

const hourMs = 3_600_000;
const now = 10 * hourMs;
const caller = { keyId: "key_test", mode: "sandbox" } as const;
const id = bulkIdOf(7, "0011223344556677");

const view: BulkView = {
  id,
  name: "",
  state: "running",
  rows: { bad: 0, waiting: 0, placed: 3, refused: 0 },
  costs: [],
  perMinute: 60,
  stoppedBy: null,
  placed: [1, 2, 3],
  createdAt: 0,
  startedAt: 0,
  endedAt: null,
};

async function unasked(): Promise<never> {
  throw new Error("not asked in this test");
}

function openParts(more: (account: number) => Partial<BulkCalls>) {
  const database = openMemoryDatabase();
  const clock = { now: () => now };
  const parts: BulkParts = {
    database,
    clock,
    log: createLog(clock, () => {}),
    perMinute: 60,
    bulk: (account) => ({
      take: unasked,
      start: unasked,
      pause: unasked,
      cancel: unasked,
      changeByStaff: unasked,
      read: async () => ok(view),
      list: unasked,
      readRows: unasked,
      sweep: unasked,
      ...more(account),
    }),
  };
  return { parts, database };
}

test("what the ledger has not got yet is pending; while it is down the file is told without outcomes", async () => {
  const { parts, database } = openParts(() => ({}));
  const asker = { account: 7, caller };
  expect(await readBulk(parts, asker, id)).toMatchObject({
    value: { outcomes: { counts: { pending: 3, succeeded: 0, failed: 0, reversed: 0 }, asOfEvent: 0 } },
  });
  database.become("down");
  expect(await readBulk(parts, asker, id)).toMatchObject({ ok: true, value: { rows: { placed: 3 }, outcomes: null } });
});

test("a file of another account is not found, and its object not asked", async () => {
  const { parts } = openParts(() => ({ read: async () => Promise.reject(new Error("asked")) }));
  expect(await readBulk(parts, { account: 8, caller }, id)).toMatchObject({ problem: { code: "not_found" } });
});

test("every noted run is woken; what is idle is forgotten, but not a start that may still be on its way", async () => {
  const woken: number[] = [];
  const { parts, database } = openParts((account) => ({
    sweep: async () => {
      woken.push(account);
      if (account === 1) throw new Error("cannot be asked");
      return { isIdle: account !== 2 };
    },
  }));
  for (const account of [1, 2, 3]) await noteBulkRun(database, { account, startedAt: now - 2 * hourMs });
  await noteBulkRun(database, { account: 4, startedAt: now - 1_000 });
  await sweepBulks(parts);
  expect(woken).toEqual([1, 2, 3, 4]);
  expect((await listBulkRuns(database)).map(({ account }) => account)).toEqual([1, 2, 4]);
});

test("files at work are those of every partner that can be asked; who cannot is named", async () => {
  const { placed: _placed, ...summary } = view;
  const states = ["running", "paused", "cancelling", "done", "cancelled", "checked"] as const;
  const files = states.map((state) => ({ ...summary, state }));
  const { parts, database } = openParts((account) => ({
    list: async () => {
      if (account === 8) throw new Error("gone");
      return ok([...files, { ...summary, state: "paused", startedAt: null }]);
    },
  }));
  for (const account of [7, 8]) await noteBulkRun(database, { account, startedAt: now });
  const { files: atWork, unheard } = await listBulksAtWork(parts);
  expect(atWork.map(({ account, state }) => [account, state])).toEqual([
    [7, "running"],
    [7, "paused"],
    [7, "cancelling"],
  ]);
  expect(unheard).toEqual([8]);
});
