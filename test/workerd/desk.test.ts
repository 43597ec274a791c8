// A provider's desk on real storage: what shards are told and when, the ration, and leases.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { minor } from "../../src/base/money.ts";
import { deskSchema, migrateDesk } from "../../src/providers/desk-store.ts";
import { ProviderDesk } from "../../src/providers/provider-desk-object.ts";
import type { ProviderSwitch, RulesTaker, SwitchTaker } from "../../src/recharges/ports.ts";

const noon = Date.UTC(2026, 10, 20, 12);
const dayMs = 86_400_000;

/** What the desks of this file are given: a clock that is set, and three shards of which some may be down. */
const surroundings = {
  now: noon,
  taken: [] as (readonly [number, ProviderSwitch])[],
  down: new Set<number>(),
  lookupsPerDay: 5 as number | null,
  isInstallation: false,
};

class DeskOfTest extends ProviderDesk {
  protected readonly services = {
    clock: { now: () => surroundings.now },
    provider: surroundings.isInstallation
      ? null
      : { id: "first", lookupsPerDay: surroundings.lookupsPerDay, balanceEveryMs: 1_000 },
    lookupCollectMs: 5_000,
    archive: null,
    breaker: { opensAfter: 2, opensAtPercent: 50, window: 50, opensForMs: 60_000, probeEveryMs: 30_000 },
    shards: (): readonly (SwitchTaker & RulesTaker)[] =>
      [0, 1, 2].map((index) => ({
        takeSwitch: async (state) => {
          if (surroundings.down.has(index)) throw new Error("shard is down");
          surroundings.taken.push([index, state]);
        },
        takeRules: async () => undefined,
      })),
  };
}

let desks = 0;
/** Runs at a desk of its own; `wake` makes the object anew on the same storage, as after an eviction. */
function atDesk(run: (wake: () => DeskOfTest, storage: DurableObjectStorage) => Promise<void>): Promise<void> {
  desks += 1;
  Object.assign(surroundings, {
    now: noon,
    taken: [],
    rules: [],
    down: new Set(),
    lookupsPerDay: 5,
    isInstallation: false,
  });
  const stub = env.PROVIDER_DESK.getByName(`desk-test-${desks}`);
  return runInDurableObject(stub, (_object, state) => run(() => new DeskOfTest(state, env), state.storage));
}

const on = { provider: "first", isOff: false, trippedUntil: null, float: null };
const told = () => surroundings.taken.splice(0).map(([index, state]) => [index, state]);
const byAll = (state: ProviderSwitch) => [0, 1, 2].map((index) => [index, state]);

describe("switching a provider", () => {
  it("reaches every shard before it is answered, and again when it is said again", () =>
    atDesk(async (wake, storage) => {
      const off = { ...on, isOff: true, version: 1 };
      expect(await wake().setOff(true)).toEqual({ isComplete: true, missed: [], version: 1 });
      expect(told()).toEqual(byAll(off));
      expect(await storage.getAlarm()).toBeNull();
      expect(await wake().setOff(true)).toEqual({ isComplete: true, missed: [], version: 1 });
      expect(told()).toEqual(byAll(off));
      expect(await wake().setOff(false)).toEqual({ isComplete: true, missed: [], version: 2 });
      expect(told()).toEqual(byAll({ ...on, version: 2 }));
    }));

  it("says which shards missed it, and tells all again until none did", () =>
    atDesk(async (wake, storage) => {
      surroundings.down = new Set([1]);
      expect(await wake().setOff(true)).toEqual({ isComplete: false, missed: [1], version: 1 });
      expect(await storage.getAlarm()).not.toBeNull();
      await wake().alarm();
      expect(await wake().readDesk()).toMatchObject({ isOff: true, version: 1, takenVersion: 0 });
      surroundings.down.clear();
      told();
      await wake().alarm();
      expect(told()).toEqual(byAll({ ...on, isOff: true, version: 1 }));
      expect(await storage.getAlarm()).toBeNull();
      await wake().alarm();
      expect(told()).toEqual([]);
    }));

  it("tells nobody at the desk of the installation", () =>
    atDesk(async (wake) => {
      surroundings.isInstallation = true;
      expect(await wake().setOff(true)).toMatchObject({ isComplete: true });
      expect(told()).toEqual([]);
    }));
});

describe("what accounts tell", () => {
  it("opens the breaker after refusals in a row and closes it after a success", () =>
    atDesk(async (wake) => {
      const sentAt = noon - 1_000;
      await wake().reportOutcomes([{ kind: "declined", at: noon, sentAt }]);
      expect(told()).toEqual([]);
      await wake().reportOutcomes([{ kind: "in_doubt", at: noon + 5, sentAt }]);
      expect(told()).toEqual(byAll({ ...on, trippedUntil: noon + 60_005, version: 1 }));
      const good = { kind: "succeeded", at: noon + 60_005 } as const;
      await wake().reportOutcomes([{ ...good, sentAt }]);
      expect(told()).toEqual([]);
      await wake().reportOutcomes([{ ...good, sentAt: good.at }]);
      expect(told()).toEqual(byAll({ ...on, version: 2 }));
    }));

  it("lets one recharge through a half-open breaker, over restarts", () =>
    atDesk(async (wake) => {
      await wake().reportOutcomes([0, 1].map(() => ({ kind: "in_doubt", at: noon, sentAt: noon })));
      surroundings.now += 60_000;
      const answers = await Promise.all(["1:A", "2:B", "3:C", "1:A"].map((by) => wake().takeProbe(by)));
      expect(answers).toMatchObject([{ granted: true }, { granted: false }, { granted: false }, { granted: true }]);
    }));

  it("about the float counts once staff set a floor", () =>
    atDesk(async (wake) => {
      await wake().takeBalance(minor(10_000), noon);
      expect(told()).toEqual([]);
      expect(await wake().setFloor(minor(4_000))).toEqual({ isComplete: true, missed: [], version: 1 });
      expect(told()).toEqual(byAll({ ...on, float: minor(6_000), version: 1 }));
      await wake().takeBalance(minor(9_500), noon + 1);
      await wake().takeBalance(minor(1), noon);
      expect(told()).toEqual([]);
      await wake().takeBalance(minor(5_000), noon + 2);
      expect(told()).toEqual(byAll({ ...on, float: minor(1_000), version: 2 }));
    }));
});

describe("lookups", () => {
  const request = { atRisk: minor(2000), openedAt: noon } as const;
  const tomorrow = Math.floor(noon / dayMs + 1) * dayMs;

  const askFor = (desk: DeskOfTest, attempt: string) => desk.takeLookup({ ...request, attempt, because: "schedule" });

  it("are granted until the day's ration is spent, over restarts", () =>
    atDesk(async (wake) => {
      surroundings.lookupsPerDay = 4;
      expect(await askFor(wake(), "1")).toEqual({ granted: true });
      surroundings.lookupsPerDay = 1;
      expect(await askFor(wake(), "3")).toEqual({ granted: false, retryAt: tomorrow });
      expect(await wake().readDesk()).toMatchObject({
        lookups: { day: tomorrow / dayMs - 1, scheduled: 1, hinted: 0 },
      });
    }));

  it("for hints come once per attempt in five minutes, from a fifth of the ration", () =>
    atDesk(async (wake) => {
      surroundings.lookupsPerDay = 10;
      const desk = wake();
      const ask = (attempt: string) => desk.takeLookup({ ...request, attempt, because: "hint" });
      expect(await ask("1")).toEqual({ granted: true });
      surroundings.now += 299_999;
      expect(await ask("1")).toEqual({ granted: false, retryAt: noon + 300_000, isHintAgain: true });
      surroundings.now += 1;
      expect(await ask("1")).toEqual({ granted: true });
      expect(await ask("2")).toEqual({ granted: false, retryAt: tomorrow });
    }));

  it("without a ration write nothing", () =>
    atDesk(async (wake) => {
      surroundings.lookupsPerDay = null;
      expect(await wake().takeLookup({ ...request, attempt: "1", because: "schedule" })).toEqual({ granted: true });
      expect(await wake().readDesk()).toMatchObject({ lookups: null });
    }));
});

describe("a lease", () => {
  it("keeps two holders apart until it is over or ended by its own holder", () =>
    atDesk(async (wake) => {
      expect(await wake().takeLease("sweep", "a", 1_000)).toEqual({ granted: true, until: noon + 1_000 });
      expect(await wake().takeLease("sweep", "b", 1_000)).toEqual({ granted: false, until: noon + 1_000 });
      expect(await wake().takeLease("compare", "b", 1_000)).toMatchObject({ granted: true });
      await wake().endLease("sweep", "b");
      expect(await wake().takeLease("sweep", "b", 1_000)).toMatchObject({ granted: false });
      await wake().endLease("sweep", "a");
      expect(await wake().takeLease("sweep", "b", 1_000)).toMatchObject({ granted: true });
      surroundings.now += 1_000;
      expect(await wake().takeLease("sweep", "a", 1_000)).toEqual({ granted: true, until: noon + 2_000 });
    }));
});

describe("the tables of a desk", () => {
  it("migrate from each earlier version, once, and refuse a later one", () =>
    atDesk(async (wake, storage) => {
      await wake().setOff(true);
      const steps = [...deskSchema, "ALTER TABLE desk ADD COLUMN note TEXT"];
      migrateDesk(storage, steps);
      migrateDesk(storage, steps);
      expect(storage.sql.exec("SELECT id, note FROM desk").toArray()).toEqual([{ id: 1, note: null }]);
      expect(() => wake()).toThrow("the tables of the desk are not newer than its code");
    }));
});
