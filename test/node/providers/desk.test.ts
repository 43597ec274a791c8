// What a desk decides about lookups and leases.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hintEveryMs, leaseAfter, takeFromRation } from "../../../src/providers/desk.ts";
import type { LookupsSpent } from "../../../src/providers/desk.ts";

const dayMs = 86_400_000;
const day = 20_000;
const noon = day * dayMs + dayMs / 2;

const rations = [
  ["the first of all", null, "schedule", { day, scheduled: 1, hinted: 0 }],
  ["the first of all, for a hint", null, "hint", { day, scheduled: 0, hinted: 1 }],
  ["the last of the day", { day, scheduled: 8, hinted: 1 }, "schedule", { day, scheduled: 9, hinted: 1 }],
  ["one too many", { day, scheduled: 8, hinted: 2 }, "schedule", null],
  ["one too many for a hint", { day, scheduled: 10, hinted: 0 }, "hint", null],
  ["a hint within the hints' fifth", { day, scheduled: 0, hinted: 1 }, "hint", { day, scheduled: 0, hinted: 2 }],
  ["a hint beyond the hints' fifth", { day, scheduled: 0, hinted: 2 }, "hint", null],
  ["after hints spent theirs", { day, scheduled: 0, hinted: 2 }, "schedule", { day, scheduled: 1, hinted: 2 }],
  ["the first of a new day", { day: day - 1, scheduled: 10, hinted: 0 }, "hint", { day, scheduled: 0, hinted: 1 }],
] as const;

describe("a ration of ten lookups", () => {
  it.each(rations)("%s", (_name, spent, because, expected) => {
    expect(takeFromRation(spent, { because, now: noon, lookupsPerDay: 10 })).toEqual(
      expected === null ? { granted: false, retryAt: (day + 1) * dayMs } : { granted: true, spent: expected },
    );
  });

  it("is renewed at midnight UTC", () => {
    const spent = { day, scheduled: 10, hinted: 0 };
    const take = (now: number) => takeFromRation(spent, { because: "schedule", now, lookupsPerDay: 10 }).granted;
    expect([take((day + 1) * dayMs - 1), take((day + 1) * dayMs)]).toEqual([false, true]);
  });

  it("of fewer than five has none for hints", () => {
    const permits = [4, 5].map((lookupsPerDay) => takeFromRation(null, { because: "hint", now: noon, lookupsPerDay }));
    expect(permits.map(({ granted }) => granted)).toEqual([false, true]);
  });

  it("is never overspent, nor is the hints' fifth, in whatever order they come", () => {
    const course = fc.array(fc.constantFrom("schedule" as const, "hint" as const), { maxLength: 60 });
    fc.assert(
      fc.property(course, fc.integer({ min: 1, max: 40 }), (requests, lookupsPerDay) => {
        let spent: LookupsSpent = { day, scheduled: 0, hinted: 0 };
        for (const because of requests) {
          const permit = takeFromRation(spent, { because, now: noon, lookupsPerDay });
          if (permit.granted) spent = permit.spent;
        }
        const asked = requests.filter((because) => because === "schedule").length;
        expect(spent.hinted).toBeLessThanOrEqual(lookupsPerDay / 5);
        expect(spent.scheduled + spent.hinted).toBeLessThanOrEqual(lookupsPerDay);
        expect(spent.scheduled).toBeGreaterThanOrEqual(Math.min(asked, Math.ceil((lookupsPerDay * 4) / 5)));
      }),
    );
  });

  it("that does not exist refuses nothing", () => {
    const spent = { day, scheduled: 1_000_000, hinted: 1_000_000 };
    for (const because of ["schedule", "hint"] as const) {
      expect(takeFromRation(spent, { because, now: noon, lookupsPerDay: null }).granted).toBe(true);
    }
  });

  it("gives an attempt one hint in five minutes", () => {
    expect(hintEveryMs).toBe(300_000);
  });
});

const leases = [
  ["a free lease", null, true],
  ["a lease that is over", { holder: "other", until: noon }, true],
  ["one's own lease, which renews it", { holder: "me", until: noon + 1 }, true],
  ["a lease that another holds", { holder: "other", until: noon + 1 }, false],
] as const;

describe("a lease", () => {
  it.each(leases)("asked for: %s", (_name, held, granted) => {
    const lease = granted ? { holder: "me", until: noon + 500 } : held;
    expect(leaseAfter(held, { holder: "me", ms: 500, now: noon })).toEqual({ granted, lease });
  });
});
