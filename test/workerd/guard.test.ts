// A shard of the guard on real storage: what survives, what happens while owners are asked, and what is forgotten.
import { describe, expect, it } from "vitest";
import { claimKeptMs } from "../../src/numbers/number-guard.ts";
import { migrateNumbers, numberSchema, readNumber } from "../../src/numbers/number-store.ts";
import { minor } from "../../src/base/money.ts";
import {
  claimed,
  gone,
  inShard,
  never,
  order,
  outOfWindow,
  pending,
  surroundings,
  windowMs,
} from "../support/guard-shard.ts";

describe("a shard", () => {
  it("takes a claim, answers the same one again, and refuses its owner and others while it is pending", () =>
    inShard(async (wake) => {
      const shard = wake();
      expect(await shard.claim(order)).toEqual(claimed);
      expect(await shard.claim(order)).toEqual({ ...claimed, takenAt: expect.any(Number) });
      expect(surroundings.asked).toEqual([]);
      const own = await wake().claim({ ...order, agentId: "A-2" });
      expect(own).toEqual({ kind: "repeat", earlier: pending.earlier, retryAfterMs: windowMs });
      const other = await shard.claim({ ...order, account: 2 });
      expect(other).toEqual({ kind: "repeat", earlier: null, retryAfterMs: windowMs });
      expect(surroundings.asked).toEqual(["1/A-1", "1/A-1"]);
      expect(await shard.claim({ ...order, account: 2, numberHash: "a2" })).toEqual(claimed);
    }));

  it("lets one of many claims at once through, however the owners answer in between", () =>
    inShard(async (wake, { sql }) => {
      const shard = wake();
      await shard.claim(order);
      // The first one crashed; whoever comes next is under way and says so.
      surroundings.confirm = (account) => Promise.resolve(account === 1 ? gone : { ...pending, earlier: null });
      const answers = await Promise.all([2, 3, 4, 5].map((account) => shard.claim({ ...order, account })));
      expect(answers.map(({ kind }) => kind).toSorted()).toEqual(["claimed", "repeat", "repeat", "repeat"]);
      expect(readNumber(sql, "a1").claims.filter(({ isOpen }) => isOpen)).toHaveLength(1);
    }));

  it("counts an owner that throws, or says nothing, as one that holds its claim", () =>
    inShard(async (wake) => {
      const shard = wake();
      await shard.claim(order);
      const repeat = { kind: "repeat", earlier: null, retryAfterMs: windowMs };
      surroundings.confirm = () => Promise.reject(new Error("object reset"));
      expect(await shard.claim({ ...order, account: 2 })).toEqual(repeat);
      surroundings.confirm = () => never;
      expect(await shard.claim({ ...order, agentId: "A-2" })).toEqual(repeat);
    }));

  it("gives up as a repeat where claims change faster than their owners answer", () =>
    inShard(async (wake) => {
      const shard = wake();
      await shard.claim(order);
      surroundings.confirm = async () => {
        await shard.claim(order);
        return gone;
      };
      const answer = await shard.claim({ ...order, account: 2 });
      expect(answer).toEqual({ kind: "repeat", earlier: null, retryAfterMs: windowMs });
      expect(surroundings.asked).toHaveLength(5);
    }));
});

describe("a shard that is asked for several claims at once", () => {
  it("takes what is free, hears nobody, and leaves the rest to be asked alone", () =>
    inShard(async (wake, { sql }) => {
      const shard = wake();
      await shard.claim(order);
      const free = { ...order, numberHash: "a2", agentId: "A-2" };
      const answers = await shard.claimAtOnce([
        free,
        { ...order, agentId: "A-3" },
        { ...free, agentId: "A-4" },
        { ...free, numberHash: "a5", agentId: "A-5" },
        // The very claim that is kept: how old it is must be said.
        order,
      ]);
      expect(answers).toEqual([claimed, null, null, claimed, null]);
      expect(surroundings.asked).toEqual([]);
      expect(readNumber(sql, "a2").claims).toMatchObject([{ agentId: "A-2" }]);
      expect(readNumber(sql, "a1").claims).toMatchObject([{ agentId: "A-1" }]);
      expect(await shard.claim({ ...free, agentId: "A-4" })).toMatchObject({ kind: "repeat" });
    }));

  it("tells each of them that its account was set back, and takes nothing for it", () =>
    inShard(async (wake, { sql }) => {
      const shard = wake();
      await shard.claim({ ...order, counted: { life: "one life", next: 8 } });
      const asked = ["A-2", "A-3"].map((agentId) => ({ ...order, agentId, numberHash: agentId }));
      const answers = await shard.claimAtOnce(
        asked.map((claim) => ({ ...claim, counted: { life: "another", next: 7 } })),
      );
      expect(answers).toEqual([{ kind: "set_back" }, { kind: "set_back" }]);
      expect(readNumber(sql, "A-2").claims).toEqual([]);
      expect(
        await shard.claimAtOnce(asked.map((claim) => ({ ...claim, counted: { life: "another", next: 8 } }))),
      ).toEqual([claimed, claimed]);
    }));
});

describe("a shard that only looks", () => {
  it("takes nothing and sees the asking account's claims only", () =>
    inShard(async (wake) => {
      const shard = wake();
      expect(await shard.peek(order)).toEqual(claimed);
      await shard.claim(order);
      expect(await shard.peek({ ...order, account: 2 })).toEqual(claimed);
      expect(surroundings.asked).toEqual([]);
      expect(await shard.peek({ ...order, agentId: "A-2" })).toMatchObject({
        kind: "repeat",
        earlier: pending.earlier,
      });
    }));
});

describe("a shard that is told", () => {
  it("of a release, frees number, provider and velocity; a second one changes nothing", () =>
    inShard(async (wake, { sql }) => {
      const shard = wake();
      await shard.claim(order);
      await shard.release(order);
      await shard.release(order);
      expect(sql.exec("SELECT * FROM numbers").toArray()).toEqual([]);
      expect(await shard.claim({ ...order, account: 2 })).toMatchObject(claimed);
      expect(surroundings.asked).toEqual([]);
    }));

  it("of a further send, leaves that provider out for its window, and for that amount only", () =>
    inShard(async (wake) => {
      await wake().noteSend({ numberHash: "a1", amount: minor(2000), provider: "first" });
      expect(await wake().claim(order)).toMatchObject(outOfWindow);
      expect(await wake().claim({ ...order, amount: minor(2001), agentId: "A-2" })).toMatchObject(claimed);
      surroundings.now += windowMs;
      expect(await wake().claim(order)).toMatchObject(claimed);
    }));

  it("of a switch, remembers the newest one over a restart", () =>
    inShard(async (wake) => {
      const state = { provider: "first", isOff: true, trippedUntil: null, float: null, version: 2 };
      const shard = wake();
      await shard.takeSwitch(state);
      await shard.takeSwitch({ ...state, isOff: false, version: 1 });
      const off = { kind: "claimed", candidates: [{ provider: "first", leftOut: "switched_off" }] };
      expect(await shard.claim(order)).toMatchObject(off);
      expect(await wake().claim(order)).toMatchObject(off);
      await shard.takeSwitch({ ...state, isOff: false, version: 3 });
      expect(await shard.claim(order)).toMatchObject(claimed);
    }));
});

describe("a shard whose provider has an open breaker", () => {
  it("asks the desk who may try once its time is over, and counts a desk that says nothing as a no", () =>
    inShard(async (wake) => {
      const trippedUntil = surroundings.now + 1_000;
      const shard = wake();
      await shard.takeSwitch({ provider: "first", isOff: false, trippedUntil, float: null, version: 1 });
      const tripped = { kind: "claimed", candidates: [{ provider: "first", leftOut: "tripped" }] };
      expect(await shard.claim(order)).toMatchObject(tripped);
      surroundings.now = trippedUntil;
      expect(await shard.peek({ ...order, numberHash: "b0" })).toMatchObject(claimed);
      surroundings.probe = () => Promise.reject(new Error("desk is down"));
      expect(await shard.claim({ ...order, numberHash: "b1" })).toMatchObject(tripped);
      surroundings.probe = () => Promise.resolve({ granted: true });
      expect(await shard.claim({ ...order, numberHash: "b2" })).toMatchObject(claimed);
      surroundings.probe = () => Promise.resolve({ granted: false, retryAt: trippedUntil + 500 });
      expect(await shard.claim({ ...order, numberHash: "b3" })).toMatchObject(tripped);
      expect(await shard.claim({ ...order, numberHash: "b4" })).toMatchObject(tripped);
      expect(surroundings.asked).toEqual(["first 1:A-1", "first 1:A-1", "first 1:A-1"]);
    }));
});

describe("the tables of a shard", () => {
  it("forget numbers when their time is over, and keep the others", () =>
    inShard(async (wake, storage) => {
      const shard = wake();
      await shard.claim(order);
      await shard.claim({ ...order, numberHash: "fe" });
      expect(await storage.getAlarm()).not.toBeNull();
      surroundings.now += claimKeptMs - 1;
      await shard.claim({ ...order, numberHash: "01", agentId: "A-2" });
      await shard.alarm();
      expect(storage.sql.exec("SELECT * FROM numbers").toArray()).toHaveLength(3);
      surroundings.now += 1;
      await shard.alarm();
      expect(storage.sql.exec("SELECT number_hash FROM numbers").toArray()).toEqual([{ number_hash: "01" }]);
    }));

  it("migrate from each earlier version, once, and refuse a later one", () =>
    inShard(async (wake, storage) => {
      await wake().claim(order);
      const steps = [...numberSchema, "ALTER TABLE numbers ADD COLUMN note TEXT"];
      migrateNumbers(storage, steps);
      migrateNumbers(storage, steps);
      expect(storage.sql.exec("SELECT number_hash, note FROM numbers").toArray()).toEqual([
        { number_hash: "a1", note: null },
      ]);
      expect(() => wake()).toThrow("the tables of the guard are not newer than its code");
    }));
});
