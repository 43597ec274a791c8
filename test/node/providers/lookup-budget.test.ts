// How a ration of lookups is spent: never more than it, hints from a fifth, and the most money at risk × age first.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import {
  comesBackWithinMs,
  decideLookup,
  hintEveryMs,
  type LookupBudget,
  placeKeptMs,
  waitingAtMost,
} from "../../../src/providers/lookup-budget.ts";

const dayMs = 86_400_000;
const day = 20_000;
const midnight = day * dayMs;
const noon = midnight + dayMs / 2;
const rules = { lookupsPerDay: 100, collectMs: 5_000 };
const spentOf = (scheduled: number, hinted = 0) => ({ day, scheduled, hinted });
const budgetOf = (scheduled: number, hinted = 0): LookupBudget => ({ spent: spentOf(scheduled, hinted), waiting: [] });
const ask = (attempt: string, more: { atRisk?: number; openedAt?: number; now?: number; because?: "hint" } = {}) => {
  const { atRisk = 2_000, openedAt = noon - 60_000, now = noon, because = "schedule" as const } = more;
  return { attempt, atRisk: minor(atRisk), openedAt, now, because };
};

describe("a ration of a hundred lookups", () => {
  const plenty = [
    ["the first of all", { spent: null, waiting: [] }, undefined, spentOf(1)],
    ["the first of all, for a hint", { spent: null, waiting: [] }, "hint", spentOf(0, 1)],
    ["the last of the first quarter", budgetOf(20, 4), undefined, spentOf(21, 4)],
    [
      "the first of a new day",
      { spent: { day: day - 1, scheduled: 90, hinted: 10 }, waiting: [] },
      undefined,
      spentOf(1),
    ],
    ["the last hint", budgetOf(79, 19), "hint", spentOf(79, 20)],
  ] as const;
  it.each(plenty)("grants %s", (_name, budget, because, spent) => {
    const permit = decideLookup(budget, ask("1", because === undefined ? {} : { because }), rules);
    expect(permit).toMatchObject({ granted: true, budget: { spent } });
  });

  const over = [
    ["one too many", budgetOf(90, 10), undefined],
    ["one too many for a hint", budgetOf(95, 5), "hint"],
    ["a hint beyond the hints' fifth", budgetOf(0, 20), "hint"],
  ] as const;
  it.each(over)("refuses until midnight %s", (_name, budget, because) => {
    const permit = decideLookup(budget, ask("1", because === undefined ? {} : { because }), rules);
    expect(permit).toMatchObject({ granted: false, retryAt: midnight + dayMs, budget: { spent: budget.spent } });
  });

  it("of fewer than five has none for hints, and one that does not exist refuses nothing", () => {
    const hint = (lookupsPerDay: number | null) =>
      decideLookup(budgetOf(0), ask("1", { because: "hint" }), { ...rules, lookupsPerDay }).granted;
    expect([4, 5, null].map(hint)).toEqual([false, true, true]);
    expect(decideLookup(budgetOf(9_999), ask("1"), { ...rules, lookupsPerDay: null }).granted).toBe(true);
    expect(hintEveryMs).toBe(300_000);
  });
});

describe("a ration that is scarce", () => {
  it("collects asks once a quarter is spent, and grants the weightiest first", () => {
    const first = decideLookup(budgetOf(75), ask("cheap", { atRisk: 1_000 }), rules);
    expect(first).toMatchObject({ granted: false, retryAt: noon + 5_000 });
    const early = decideLookup(first.budget, ask("cheap", { atRisk: 1_000, now: noon + 4_999 }), rules);
    expect(early).toMatchObject({ granted: false, retryAt: noon + 5_000 });
    const second = decideLookup(early.budget, ask("old", { atRisk: 500, openedAt: noon - 200_000 }), rules);
    const third = decideLookup(second.budget, ask("dear", { atRisk: 2_000 }), rules);
    const at = noon + 5_000;
    // 75 may be spent by noon, 76 after it: one is left, for the dear one.
    const refused = decideLookup(third.budget, ask("cheap", { atRisk: 1_000, now: at }), rules);
    expect(refused).toMatchObject({ granted: false });
    expect(
      decideLookup(refused.budget, ask("old", { atRisk: 500, openedAt: noon - 200_000, now: at }), rules),
    ).toMatchObject({ granted: false });
    const granted = decideLookup(refused.budget, ask("dear", { atRisk: 2_000, now: at }), rules);
    expect(granted).toMatchObject({ granted: true, budget: { spent: spentOf(76) } });
    expect(granted.budget.waiting.map(({ attempt }) => attempt)).toEqual(["old", "cheap"]);
  });

  it("tells an ask when its turn may come, within a quarter of an hour", () => {
    const waiting = [{ ...ask("1"), comesAt: noon }];
    expect(decideLookup({ spent: spentOf(76), waiting }, ask("1"), rules)).toMatchObject({
      granted: false,
      retryAt: noon + comesBackWithinMs,
    });
    const soon = midnight + 2 * Math.round(dayMs / 100) - 1;
    const early = { ...ask("1", { now: soon - 30_000, openedAt: midnight }), comesAt: soon - 30_000 };
    expect(decideLookup({ spent: spentOf(51), waiting: [early] }, early, rules)).toMatchObject({
      granted: false,
      retryAt: soon + 2,
    });
  });

  it("forgets an ask that does not come back, and the least of too many", () => {
    const waiting = [{ ...ask("gone", { atRisk: 9_000 }), comesAt: noon - placeKeptMs }];
    const at = (now: number) =>
      decideLookup({ spent: spentOf(30), waiting }, ask("new", { now }), rules).budget.waiting;
    expect(at(noon).map(({ attempt }) => attempt)).toEqual(["gone", "new"]);
    expect(at(noon + 1).map(({ attempt }) => attempt)).toEqual(["new"]);
    const many = Array.from({ length: waitingAtMost }, (_, index) => ({
      ...ask(String(index), { atRisk: 1_000 + index }),
      comesAt: noon,
    }));
    const full = decideLookup({ spent: spentOf(30), waiting: many }, ask("new"), rules).budget.waiting;
    expect(full).toHaveLength(waitingAtMost);
    expect(full.map(({ attempt }) => attempt)).toContain("new");
    expect(full.map(({ attempt }) => attempt)).not.toContain("0");
  });
});

interface Doubt {
  readonly attempt: string;
  readonly atRisk: number;
  readonly openedAt: number;
  nextAt: number;
}

/** A day of attempts in doubt that ask when they were told to, and go on asking; yields each decision. */
function* dayOf(doubts: readonly Omit<Doubt, "nextAt">[], lookupsPerDay: number) {
  const asks = doubts.map((one) => ({ ...one, nextAt: one.openedAt + 10_000 }));
  let budget: LookupBudget = { spent: null, waiting: [] };
  for (;;) {
    const next = asks.reduce((left, right) => (right.nextAt < left.nextAt ? right : left));
    if (next.nextAt >= midnight + dayMs) return;
    const now = next.nextAt;
    const before = budget;
    const { attempt, atRisk, openedAt } = next;
    const permit = decideLookup(budget, ask(attempt, { atRisk, openedAt, now }), { lookupsPerDay, collectMs: 5_000 });
    ({ budget } = permit);
    next.nextAt = permit.granted ? now + 600_000 : permit.retryAt;
    yield { attempt, atRisk, openedAt, now, before, permit };
  }
}

const doubtsOf = fc.uniqueArray(
  fc.record({
    attempt: fc.integer({ min: 1, max: 40 }).map(String),
    atRisk: fc.integer({ min: 1_000, max: 1_000_000 }),
    openedAt: fc.integer({ min: midnight, max: midnight + dayMs / 2 }),
  }),
  { minLength: 1, maxLength: 12, selector: ({ attempt }) => attempt },
);

describe("over a day, whoever asks and whenever", () => {
  it("the ration is never overspent, is wholly spent where there is need, and whoever is refused asks again later", () => {
    fc.assert(
      fc.property(doubtsOf, fc.integer({ min: 1, max: 30 }), (doubts, lookupsPerDay) => {
        let granted = 0;
        for (const { now, permit } of dayOf(doubts, lookupsPerDay)) {
          if (permit.granted) granted += 1;
          expect(permit.granted || permit.retryAt > now).toBe(true);
        }
        expect(granted).toBe(lookupsPerDay);
      }),
      { numRuns: 60 },
    );
  });

  it("nobody is granted a lookup while there are not enough for those that wait with more money at risk × age", () => {
    fc.assert(
      fc.property(doubtsOf, fc.integer({ min: 4, max: 30 }), (doubts, lookupsPerDay) => {
        for (const { attempt, atRisk, openedAt, now, before, permit } of dayOf(doubts, lookupsPerDay)) {
          const spent = (permit.budget.spent?.scheduled ?? 0) - 1;
          if (!permit.granted || spent < Math.floor(lookupsPerDay / 4)) continue;
          const weight = atRisk * (now - openedAt);
          const ahead = before.waiting.filter(
            (one) =>
              one.attempt !== attempt && one.comesAt + placeKeptMs >= now && one.atRisk * (now - one.openedAt) > weight,
          );
          const allowed = Math.ceil(lookupsPerDay * (0.5 + (now - midnight) / dayMs / 2));
          expect(ahead.length).toBeLessThan(allowed - spent);
        }
      }),
      { numRuns: 60 },
    );
  });
});
