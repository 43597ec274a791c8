// What a difference between a provider's balance and the book means.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { checkFloat, type FloatCommission, type FloatReading } from "../../../src/recharges/float-check.ts";
import { isBetterBaseline, type RecordedMovement } from "../../../src/recharges/float-check.ts";

const readingOf = (more: Partial<Record<keyof FloatReading, number>>): FloatReading => ({
  balance: minor(more.balance ?? 100_000),
  at: more.at ?? 1_000,
  book: more.book ?? 0,
  open: minor(more.open ?? 0),
  spentSince: minor(more.spentSince ?? 0),
  returnedSince: minor(more.returnedSince ?? 0),
});
const knownOf = (commission: FloatCommission = "told", movements: readonly RecordedMovement[] = []) => ({
  movements,
  commission,
  now: 9_000,
});
const baseline = checkFloat(readingOf({}), null, knownOf());
const later = { at: 2_000, book: -5_000, balance: 95_000 };
const twoPercent = { leastBasisPoints: 200, mostBasisPoints: 200 };
const oneOrThree = { leastBasisPoints: 100, mostBasisPoints: 300 };
const topUp = { from: 1_200, until: 1_300, change: minor(7_000) };

describe("a comparison of a float", () => {
  it("starts with what is there", () => {
    expect(baseline).toMatchObject({ finding: "baseline", expected: null, difference: null, checkedAt: 9_000 });
  });

  const cases = [
    ["what was spent is gone", later, knownOf(), "agrees", 0],
    ["a minor unit is missing", { ...later, balance: 94_999 }, knownOf(), "differs", -1],
    ["a minor unit is there too many", { ...later, balance: 95_001 }, knownOf(), "differs", 1],
    ["an open attempt was taken", { ...later, balance: 93_000, open: 2_000 }, knownOf(), "in_flight", -2_000],
    ["more than is open was taken", { ...later, balance: 92_999, open: 2_000 }, knownOf(), "differs", -2_001],
    ["it did not know the last one", { ...later, balance: 97_000, spentSince: 2_000 }, knownOf(), "in_flight", 2_000],
    ["a refund is still to come", { ...later, balance: 93_000, returnedSince: 2_000 }, knownOf(), "in_flight", -2_000],
    ["staff recorded a top-up", { ...later, balance: 102_000 }, knownOf("told", [topUp]), "agrees", 0],
    ["nobody recorded the top-up", { ...later, balance: 102_000 }, knownOf(), "differs", 7_000],
    [
      "a top-up may or may not show yet",
      { ...later, balance: 102_000 },
      knownOf("told", [{ ...topUp, until: 2_500 }]),
      "in_flight",
      7_000,
    ],
    ["a top-up was before", later, knownOf("told", [{ ...topUp, from: 100, until: 900 }]), "agrees", 0],
    ["it kept its rate", { ...later, balance: 95_100 }, knownOf(twoPercent), "agrees", 0],
    ["it did not keep its rate", { ...later, balance: 95_000 }, knownOf(twoPercent), "differs", -100],
    ["its rate was rounded", { ...later, balance: 95_051 }, knownOf(twoPercent), "in_flight", -49],
    ["it kept one of two rates", { ...later, balance: 95_150 }, knownOf(oneOrThree), "in_flight", 100],
    ["it kept more than both rates", { ...later, balance: 95_201 }, knownOf(oneOrThree), "differs", 151],
    ["nobody knows its rate", { ...later, balance: 95_100 }, knownOf("unknown"), "in_flight", 100],
    ["it took more than the face value", { ...later, balance: 94_999 }, knownOf("unknown"), "differs", -1],
  ] as const;
  it.each(cases)("when %s", (_name, reading, known, finding, difference) => {
    expect(checkFloat(readingOf(reading), baseline, known)).toMatchObject({ finding, difference });
  });

  it("remembers what was open when it started", () => {
    const loose = checkFloat(readingOf({ open: 3_000 }), null, knownOf());
    expect(checkFloat(readingOf({ ...later, balance: 98_000 }), loose, knownOf()).finding).toBe("in_flight");
    expect(checkFloat(readingOf({ ...later, balance: 98_001 }), loose, knownOf()).finding).toBe("differs");
  });

  it("starts anew only from one that agrees and leaves no more open", () => {
    const next = (more: Partial<Record<keyof FloatReading, number>>) =>
      isBetterBaseline(checkFloat(readingOf({ ...later, ...more }), baseline, knownOf()), baseline);
    expect(isBetterBaseline(baseline, null)).toBe(true);
    expect([next({}), next({ open: 1 }), next({ balance: 94_999, open: 1 }), next({ balance: 1 })]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

const attempts = fc.array(
  fc
    .record({
      face: fc.integer({ min: 1, max: 9_000 }),
      sentAt: fc.integer({ min: 0, max: 900 }),
      takes: fc.integer({ min: 1, max: 300 }),
      isTold: fc.integer({ min: 0, max: 300 }),
      isSuccess: fc.boolean(),
    })
    .map(({ face, sentAt, takes, isTold, isSuccess }) => ({
      face,
      sentAt,
      executedAt: isSuccess ? sentAt + takes : Number.POSITIVE_INFINITY,
      decidedAt: sentAt + takes + isTold,
      isSuccess,
    })),
  { maxLength: 20 },
);
const sumOf = (all: readonly { readonly face: number }[]) => all.reduce((sum, { face }) => sum + face, 0);

describe("against a model of a provider", () => {
  const moments = fc.record({
    first: fc.integer({ min: 0, max: 400 }),
    second: fc.integer({ min: 500, max: 1_300 }),
    pass: fc.integer({ min: 0, max: 100 }),
    gone: fc.integer({ min: 1, max: 50_000 }),
  });
  it("an honest provider never differs, and what nobody can explain always does", () => {
    fc.assert(
      fc.property(attempts, moments, (all, { first, second, pass, gone }) => {
        const readingAt = (at: number): FloatReading => {
          const until = at + pass;
          const decided = all.filter((one) => one.isSuccess && one.decidedAt <= until);
          return readingOf({
            at,
            balance: 1_000_000 - sumOf(all.filter((one) => one.executedAt <= at)),
            book: -sumOf(decided),
            open: sumOf(all.filter((one) => one.sentAt <= until && one.decidedAt > until)),
            spentSince: sumOf(decided.filter((one) => one.decidedAt >= at)),
          });
        };
        const from = checkFloat(readingAt(first), null, knownOf());
        const check = checkFloat(readingAt(second), from, knownOf());
        expect(check.finding).not.toBe("differs");
        const stolen = { ...readingAt(second), balance: minor(readingAt(second).balance - gone) };
        const explains = check.difference !== null && check.difference - gone >= check.least;
        expect(checkFloat(stolen, from, knownOf()).finding === "differs").toBe(!explains);
      }),
    );
  });
});
