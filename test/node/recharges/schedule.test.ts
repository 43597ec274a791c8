// When an open attempt is asked about, and when a person gets it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  absenceSettlesFrom,
  callEndsBy,
  caseAt,
  nextStepAt,
  type ScheduleRules,
} from "../../../src/recharges/schedule.ts";

const rules: ScheduleRules = {
  lookupScheduleMs: [10_000, 30_000, 60_000],
  callLimitMs: 10_000,
  caseAfterMs: 86_400_000,
  notFoundSettlesAfterMs: 60_000,
  canLookUp: true,
};
const blind: ScheduleRules = { ...rules, canLookUp: false, notFoundSettlesAfterMs: null };
const attempt = { startedAt: 1_000_000, startBy: 1_005_000, lookups: 0, hasCase: false };
const caseTime = 87_400_000;

describe("the moments of an attempt", () => {
  it("absence counts from startBy, the call's limit and the provider's wait on", () => {
    expect(absenceSettlesFrom(rules, attempt.startBy)).toBe(1_075_000);
    expect(absenceSettlesFrom({ ...rules, notFoundSettlesAfterMs: 0 }, attempt.startBy)).toBe(1_015_000);
  });

  it("absence never counts where the provider's setting says so", () => {
    expect(absenceSettlesFrom({ ...rules, notFoundSettlesAfterMs: null }, attempt.startBy)).toBeNull();
  });

  it("a person gets it after the provider's time, from the start of the attempt", () => {
    expect(caseAt(rules, attempt)).toBe(caseTime);
  });

  it("the call is over after startBy, its limit and the margin", () => {
    expect(callEndsBy(rules, attempt, 2_000)).toBe(1_017_000);
  });

  it("absence never counts while the call may still run, nor before the provider's wait has passed after it", () => {
    const ms = fc.integer({ min: 0, max: 1e9 });
    fc.assert(
      fc.property(ms, ms, ms, (startBy, callLimitMs, notFoundSettlesAfterMs) => {
        const some = { ...rules, callLimitMs, notFoundSettlesAfterMs };
        const from = absenceSettlesFrom(some, startBy) ?? Number.NaN;
        expect(from - callEndsBy(some, { startBy }, 0)).toBe(notFoundSettlesAfterMs);
      }),
    );
  });
});

describe("the next lookup", () => {
  const now = 1_002_000;
  it.each([
    [0, 10_000],
    [1, 30_000],
    [2, 60_000],
    [3, 60_000],
    [50, 60_000],
  ])("after %d lookups waits %d ms", (lookups, wait) => {
    expect(nextStepAt(rules, { ...attempt, lookups }, now, "unclear")).toBe(now + wait);
    expect(nextStepAt(rules, { ...attempt, lookups }, now, null)).toBe(now + wait);
    expect(nextStepAt(rules, { ...attempt, lookups }, now, "pending")).toBe(now + wait);
  });

  it("without a schedule is due at once", () => {
    expect(nextStepAt({ ...rules, lookupScheduleMs: [] }, attempt, now, "unclear")).toBe(now);
    expect(nextStepAt({ ...rules, lookupScheduleMs: [] }, attempt, 1_080_000, "absent")).toBe(1_080_000);
  });

  const absences = [
    ["keeps to the schedule where that is sooner", 1_002_000, 0, 1_012_000],
    ["meets the moment from which absence settles", 1_020_000, 2, 1_075_000],
    ["waits at least the first wait", 1_070_000, 2, 1_080_000],
    ["comes again after the first wait once absence settles", 1_080_000, 2, 1_090_000],
    ["is not earlier than the first wait on the moment itself", 1_075_000, 1, 1_085_000],
  ] as const;
  it.each(absences)("after an absence %s", (_name, at, lookups, due) => {
    expect(nextStepAt(rules, { ...attempt, lookups }, at, "absent")).toBe(due);
  });

  it("after an absence that means nothing keeps to the schedule", () => {
    const some = { ...rules, notFoundSettlesAfterMs: null };
    expect(nextStepAt(some, { ...attempt, lookups: 2 }, 1_020_000, "absent")).toBe(1_080_000);
  });

  it("does not meet that moment for any other word", () => {
    expect(nextStepAt(rules, { ...attempt, lookups: 2 }, 1_020_000, "unclear")).toBe(1_080_000);
  });
});

describe("the person's turn", () => {
  it.each([
    ["just before it", caseTime - 30_000, caseTime],
    ["as it comes", caseTime, caseTime],
    ["late", caseTime + 5, caseTime + 5],
    ["long before, after the lookup", caseTime - 60_001, caseTime - 1],
  ])("goes before the next lookup: %s", (_name, now, due) => {
    expect(nextStepAt(rules, { ...attempt, lookups: 9 }, now, "unclear")).toBe(due);
  });

  it("comes once: with a case the lookups go on, and never end in a failure", () => {
    const withCase = { ...attempt, lookups: 9, hasCase: true };
    expect(nextStepAt(rules, withCase, caseTime + 5, "unclear")).toBe(caseTime + 60_005);
    expect(nextStepAt(rules, withCase, caseTime - 30_000, "unclear")).toBe(caseTime + 30_000);
  });

  it("is all there is where the provider cannot be asked", () => {
    expect(nextStepAt(blind, attempt, 1_002_000, "unclear")).toBe(caseTime);
    expect(nextStepAt(blind, attempt, caseTime + 5, null)).toBe(caseTime + 5);
    expect(nextStepAt(blind, { ...attempt, hasCase: true }, 1_002_000, "unclear")).toBeNull();
  });
});

describe("any schedule", () => {
  const wait = fc.integer({ min: 1, max: 86_400_000 });
  const question = fc.record({
    waits: fc.array(wait, { minLength: 1, maxLength: 5 }),
    caseAfterMs: wait,
    notFoundSettlesAfterMs: fc.option(wait),
    lookups: fc.integer({ min: 0, max: 8 }),
    hasCase: fc.boolean(),
    elapsed: fc.integer({ min: 0, max: 200_000_000 }),
    last: fc.constantFrom("absent" as const, "unclear" as const, "pending" as const, null),
  });

  it("never lies in the past, never ends, and brings a person in time", () => {
    fc.assert(
      fc.property(question, ({ waits, caseAfterMs, notFoundSettlesAfterMs, lookups, hasCase, elapsed, last }) => {
        const some = { ...rules, lookupScheduleMs: waits, caseAfterMs, notFoundSettlesAfterMs };
        const now = attempt.startedAt + elapsed;
        const due = nextStepAt(some, { ...attempt, lookups, hasCase }, now, last) ?? Number.NaN;
        const smallest = Math.min(...waits);
        const isCaseDue = !hasCase && due === Math.max(now, attempt.startedAt + caseAfterMs);
        expect(isCaseDue || due >= now + smallest).toBe(true);
        expect(due).toBeLessThanOrEqual(hasCase ? Number.MAX_SAFE_INTEGER : Math.max(now, caseAt(some, attempt)));
        expect(due).toBeLessThanOrEqual(now + Math.max(...waits));
      }),
      { numRuns: 500 },
    );
  });
});
