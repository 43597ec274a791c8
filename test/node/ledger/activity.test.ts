// What goes on now beside last week, as the ledger's rows say.
import { expect, it } from "vitest";
import { readActivity } from "../../../src/ledger/activity.ts";
import { createLedgerWriter } from "../../../src/ledger/writer.ts";
import type { AccountEvent, RechargeFacts } from "../../../src/recharges/events.ts";
import { openMemoryDatabase } from "../../support/memory-database.ts";
import { rechargeOf, sampleFailure, walletView } from "../../support/sample-events.ts";

const hour = 3_600_000;
const now = 100 * 24 * hour;
const types = {
  pending: "recharge.placed",
  succeeded: "recharge.succeeded",
  failed: "recharge.failed",
  reversed: "recharge.reversed",
} as const;

async function activityOf(all: readonly Partial<RechargeFacts>[]) {
  const database = openMemoryDatabase();
  const events = all.map((given, index): AccountEvent => {
    const recharge = rechargeOf(1, index + 1, given);
    const wallet = walletView("INR", 100_000, 4_000, 0);
    return { number: index + 1, at: recharge.createdAt, wallet, type: types[recharge.state], recharge };
  });
  await createLedgerWriter(database).write(1, events);
  return readActivity(database, now);
}

it("counts the last sixty minutes, the last day, and the same ones of last week, and nothing between", async () => {
  const found = await activityOf([
    { state: "succeeded", createdAt: now - 7 * 24 * hour - 24 * hour },
    { state: "succeeded", createdAt: now - 7 * 24 * hour - 10 * 60_000 },
    { state: "failed", failure: sampleFailure, createdAt: now - 7 * 24 * hour + 1 },
    { state: "reversed", createdAt: now - 24 * hour },
    { state: "succeeded", createdAt: now - 24 * hour + 1 },
    { state: "failed", failure: sampleFailure, createdAt: now - hour },
    { state: "pending", createdAt: now - hour + 1 },
  ]);
  expect(found.hours.map(({ week, hoursAgo, recharges, pending }) => [week, hoursAgo, recharges, pending])).toEqual([
    ["last", 0, 1, 0],
    ["this", 0, 1, 1],
    ["this", 1, 1, 0],
    ["this", 23, 1, 0],
  ]);
  const { cost, face } = rechargeOf(1, 1, {});
  expect(found.lines).toMatchObject([
    { week: "this", recharges: 3, succeeded: 1, failed: 1, pending: 1, lastHour: 1, atRisk: cost, spent: face * 2 },
    { week: "last", recharges: 1, succeeded: 1, lastHour: 1, atRisk: 0 },
  ]);
  expect(found.held).toEqual([{ currency: "INR", amount: 4_000 }]);
  expect(found.knownUntil).toBe(now - hour + 1);
});

it("says that nothing is known where there is nothing", async () => {
  const nothing = { hours: [], lines: [], held: [], cases: [], knownUntil: null };
  expect(await readActivity(openMemoryDatabase(), now)).toEqual(nothing);
});
