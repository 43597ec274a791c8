// What a desk keeps beside its provider: callbacks that matched nothing, and counts for staff; both are bounded.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
  countCallbacks,
  dropCallback,
  keepCallback,
  keptAtMost,
  keptForMs,
  type KeptCallback,
  takeDueCallbacks,
} from "../../src/providers/desk-callbacks.ts";
import { archiveOldCallbacks } from "../../src/providers/archive-callbacks.ts";
import { addToCounter, readCounters } from "../../src/providers/desk-counters.ts";

import { openMemoryArchive } from "../support/memory-archive.ts";

const noon = Date.UTC(2026, 10, 20, 12);
const minuteMs = 60_000;
const dayMs = 86_400_000;

let desks = 0;
function atDesk(run: (sql: SqlStorage) => void | Promise<void>): Promise<void> {
  desks += 1;
  const stub = env.PROVIDER_DESK.getByName(`desk-kept-${desks}`);
  return runInDurableObject(stub, (_, { storage }) => run(storage.sql));
}

function kept(key: string, more: Partial<KeptCallback> = {}): KeptCallback {
  const callback = { status: "SUCCESS", rpid: null, mobile: null, amount: null, agentid: "A", opid: null };
  return { key, callback, isAuthentic: false, receivedAt: noon, ...more };
}

const keysOf = (all: readonly KeptCallback[]): string[] => all.map(({ key }) => key);

describe("kept callbacks", () => {
  it("are tried after a minute, then each time after twice as long, at most six hours", () =>
    atDesk((sql) => {
      keepCallback(sql, kept("a", { isAuthentic: true }));
      expect(takeDueCallbacks(sql, noon + minuteMs - 1, 9)).toEqual([]);
      expect(takeDueCallbacks(sql, noon + minuteMs, 9)).toEqual([kept("a", { isAuthentic: true })]);
      const waits: number[] = [];
      for (let now = noon + minuteMs, last = now; waits.length < 10; now += minuteMs) {
        if (takeDueCallbacks(sql, now, 9).length === 0) continue;
        waits.push((now - last) / minuteMs);
        last = now;
      }
      expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
    }));

  it("are handed out in the order of their turns, and go when they found their attempt or are seven days old", () =>
    atDesk((sql) => {
      for (const [index, key] of ["a", "b", "c"].entries()) keepCallback(sql, kept(key, { receivedAt: noon + index }));
      expect(keysOf(takeDueCallbacks(sql, noon + 2 * minuteMs, 2))).toEqual(["a", "b"]);
      expect(keysOf(takeDueCallbacks(sql, noon + 2 * minuteMs, 2))).toEqual(["c"]);
      dropCallback(sql, "b");
      expect(countCallbacks(sql)).toBe(2);
      expect(keysOf(takeDueCallbacks(sql, noon + keptForMs, 9))).toEqual(["c"]);
      expect(countCallbacks(sql)).toBe(1);
    }));

  it("are kept once, and at most 500 of each kind: the oldest lets go", () =>
    atDesk((sql) => {
      keepCallback(sql, kept("authentic", { isAuthentic: true }));
      for (let n = 0; n <= keptAtMost; n += 1) keepCallback(sql, kept(`${n}`, { receivedAt: noon + n }));
      keepCallback(sql, kept("7", { receivedAt: noon + dayMs }));
      expect(countCallbacks(sql)).toBe(501);
      const keys = keysOf(takeDueCallbacks(sql, noon + dayMs, 1_000));
      expect([keys.includes("authentic"), keys.includes("0"), keys.includes("1"), keys.includes("500")]).toEqual([
        true,
        false,
        true,
        true,
      ]);
    }));
});

describe("authenticated callbacks that matched nothing", () => {
  it("go to the archive after seven days, are tried no more, and stay where there is none or it does not answer", () =>
    atDesk(async (sql) => {
      const archive = openMemoryArchive();
      const now = noon + keptForMs;
      for (const key of ["a", "b"]) keepCallback(sql, kept(key, { isAuthentic: true }));
      keepCallback(sql, kept("young", { isAuthentic: true, receivedAt: noon + dayMs }));
      expect(keysOf(takeDueCallbacks(sql, now, 9))).toEqual(["young"]);
      await archiveOldCallbacks(sql, null, { provider: "p", now });
      archive.become("down");
      await expect(archiveOldCallbacks(sql, archive, { provider: "p", now })).rejects.toThrow("down");
      archive.become("forgetful");
      await expect(archiveOldCallbacks(sql, archive, { provider: "p", now })).rejects.toThrow("does not hold");
      expect(countCallbacks(sql)).toBe(3);
      archive.become("up");
      await archiveOldCallbacks(sql, archive, { provider: "p", now });
      expect(countCallbacks(sql)).toBe(1);
      const [[name, text] = ["", ""]] = archive.texts;
      expect(name).toMatch(/^callbacks\/p\/2026-11-20T12/);
      expect(
        text
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line).key),
      ).toEqual(["a", "b"]);
    }));
});

describe("counters", () => {
  it("count by name, account and UTC day, newest first, for ninety days", () =>
    atDesk((sql) => {
      addToCounter(sql, "backnpay_duplicate", 7, noon);
      addToCounter(sql, "backnpay_duplicate", 7, noon + dayMs / 2 - 1);
      addToCounter(sql, "backnpay_duplicate", 7, noon + dayMs / 2);
      addToCounter(sql, "callback_unmatched", 0, noon);
      const day = noon / dayMs - 0.5;
      const today = [
        { name: "backnpay_duplicate", account: 7, day, count: 2 },
        { name: "callback_unmatched", account: 0, day, count: 1 },
      ];
      expect(readCounters(sql)).toEqual([{ name: "backnpay_duplicate", account: 7, day: day + 1, count: 1 }, ...today]);
      addToCounter(sql, "backnpay_duplicate", 8, noon + 90 * dayMs);
      expect(readCounters(sql)).toHaveLength(4);
      addToCounter(sql, "backnpay_duplicate", 8, noon + 91 * dayMs);
      expect(readCounters(sql).map((one) => one.day - day)).toEqual([91, 90, 1]);
    }));
});
