// What staff set for the whole installation at its desk: which shards are told, and until when.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { changeRules, readKeptRules, tellRules } from "../../src/providers/desk-rules.ts";
import type { StaffRules } from "../../src/recharges/ports.ts";

const down = new Set<number>();
let told: (readonly [number, StaffRules])[] = [];
const shards = [0, 1, 2].map((index) => ({
  takeRules: async (rules: StaffRules) => {
    if (down.has(index)) throw new Error("shard is down");
    told.push([index, rules]);
  },
}));
const order = { product: "*", providers: ["b", "a"] };
const rules = { order: { "*": ["b", "a"] }, velocityPerDay: null, codes: {}, version: 1 };

it("is told to every shard; what missed one is not taken as told until all have it", () =>
  runInDurableObject(env.PROVIDER_DESK.getByName("desk-rules"), async (_object, { storage: { sql } }) => {
    down.add(2);
    expect(changeRules(sql, { order })).toEqual(rules);
    expect(await tellRules(sql, shards)).toEqual([2]);
    expect(readKeptRules(sql)).toEqual({ rules, taken: 0 });
    down.clear();
    told = [];
    expect(await tellRules(sql, shards)).toEqual([]);
    expect(told).toEqual([0, 1, 2].map((index) => [index, rules]));
    expect(readKeptRules(sql)).toEqual({ rules, taken: 1 });
  }));

it("is a new version only where something changes", () =>
  runInDurableObject(env.PROVIDER_DESK.getByName("desk-rules"), (_object, { storage: { sql } }) => {
    expect(changeRules(sql, { order }).version).toBe(1);
    expect(changeRules(sql, { velocityPerDay: 4 })).toEqual({ ...rules, velocityPerDay: 4, version: 2 });
    expect(changeRules(sql, { order: { product: "*", providers: [] } })).toEqual({
      order: {},
      velocityPerDay: 4,
      codes: {},
      version: 3,
    });
    const code = { provider: "a", product: "in.jio.prepaid" };
    expect(changeRules(sql, { code: { ...code, isCertified: false } }).codes).toEqual({
      a: { "in.jio.prepaid": false },
    });
    expect(changeRules(sql, { code: { ...code, isCertified: null } }).codes).toEqual({ a: {} });
  }));

it("is told again by the alarm of the installation's desk where a shard missed it, and then no more", async () => {
  const desk = env.PROVIDER_DESK.getByName("desk-rules-alarm");
  await runInDurableObject(desk, async (object, { storage }) => {
    changeRules(storage.sql, { velocityPerDay: 4 });
    await object.alarm();
    expect(readKeptRules(storage.sql)).toMatchObject({ taken: 1 });
    expect(await storage.getAlarm()).toBeNull();
  });
});
