// How well providers do, as the ledger's rows say.
import { describe, expect, it } from "vitest";
import { readHealth } from "../../../src/ledger/health.ts";
import { createLedgerWriter } from "../../../src/ledger/writer.ts";
import type { AccountEvent, RechargeFacts } from "../../../src/recharges/events.ts";
import { openMemoryDatabase } from "../../support/memory-database.ts";
import { rechargeOf, sampleFailure, walletView } from "../../support/sample-events.ts";

const wallet = walletView("INR", 100_000, 0, 0);
const types = {
  pending: "recharge.placed",
  succeeded: "recharge.succeeded",
  failed: "recharge.failed",
  reversed: "recharge.reversed",
} as const;

/** One event for each recharge, one second after its creation. */
function eventsOf(all: readonly Partial<RechargeFacts>[]): readonly AccountEvent[] {
  return all.map((given, index) => {
    const recharge = rechargeOf(1, index + 1, given);
    return { number: index + 1, at: recharge.createdAt + 1_000, wallet, type: types[recharge.state], recharge };
  });
}

async function healthOf(all: readonly Partial<RechargeFacts>[], from = 0, to = 1_000_000) {
  const database = openMemoryDatabase();
  await createLedgerWriter(database).write(1, eventsOf(all));
  return { database, ...(await readHealth(database, { from, to })) };
}

const said = (word: NonNullable<RechargeFacts["answer"]>["word"], ms: number) => ({ answer: { word, ms } });

describe("health of a provider", () => {
  it("counts what its replies said, and what became of the recharges", async () => {
    const { health, knownUntil } = await healthOf([
      { state: "succeeded", ...said("success", 100) },
      { state: "succeeded", ...said("unclear", 10_000) },
      { state: "succeeded", ...said("pending", 300) },
      { state: "failed", failure: sampleFailure, ...said("failure", 200) },
      { state: "failed", failure: sampleFailure, ...said("declined", 50) },
      { state: "reversed", ...said("success", 400) },
      { state: "failed", failure: sampleFailure },
      { state: "pending" },
      { state: "pending", ...said("unclear", 9_000) },
    ]);
    expect(health).toEqual([
      {
        provider: "backnpay-1",
        product: "in.airtel.prepaid",
        attempts: 9,
        succeeded: 3,
        failed: 2,
        declined: 1,
        reversed: 1,
        open: 2,
        doubtful: 3,
        successRate: 3 / 7,
        doubtRate: 3 / 8,
        latencyMs: { p50: 200, p95: 400 },
      },
    ]);
    expect(knownUntil).toBe(10_000);
  });

  it("counts a refusal against the provider that declined, not against the one that took the recharge", async () => {
    const { health } = await healthOf([
      { state: "succeeded", provider: "second", declinedBy: ["first"], ...said("success", 80) },
      { state: "failed", failure: sampleFailure, provider: "second", declinedBy: ["first"], ...said("declined", 90) },
    ]);
    expect(health).toMatchObject([
      { provider: "first", attempts: 2, declined: 2, successRate: 0, doubtRate: 0, latencyMs: null },
      { provider: "second", attempts: 2, succeeded: 1, declined: 1, successRate: 0.5, latencyMs: { p50: 80, p95: 90 } },
    ]);
  });
});

describe("health over products and times", () => {
  it("keeps products apart, and to the time and provider that were asked for", async () => {
    const { database } = await healthOf([
      { state: "succeeded", ...said("success", 1) },
      { state: "succeeded", product: "in.jio.prepaid", ...said("success", 2) },
      { state: "succeeded", provider: "other", declinedBy: ["backnpay-1"], ...said("success", 3) },
    ]);
    const read = async (question: Partial<Parameters<typeof readHealth>[1]>) =>
      (await readHealth(database, { from: 0, to: 9_999, ...question })).health.map(
        ({ provider, product, attempts }) => `${provider} ${product} ${attempts}`,
      );
    expect(await read({ provider: "backnpay-1" })).toEqual([
      "backnpay-1 in.airtel.prepaid 2",
      "backnpay-1 in.jio.prepaid 1",
    ]);
    expect(await read({ product: "in.jio.prepaid" })).toEqual(["backnpay-1 in.jio.prepaid 1"]);
    expect(await read({ from: 2_000, to: 3_000 })).toEqual(["backnpay-1 in.jio.prepaid 1"]);
    expect(await read({ from: 3_001 })).toEqual([]);
    expect((await readHealth(database, { from: 3_001, to: 9_999 })).knownUntil).toBeNull();
  });

  it("takes the nearest rank of a hundred replies", async () => {
    const hundred = Array.from({ length: 100 }, (_, index) => ({
      state: "succeeded" as const,
      ...said("success", index + 1),
    }));
    const { health } = await healthOf(hundred);
    expect(health[0]?.latencyMs).toEqual({ p50: 50, p95: 95 });
  });
});
