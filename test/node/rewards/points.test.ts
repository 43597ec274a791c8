// Points by rule, and the levels that they reach.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minor } from "../../../src/base/money.ts";
import type { Level, PointsRule } from "../../../src/recharges/reward.ts";
import { levelOf, pointsOf } from "../../../src/rewards/points.ts";

const rules: readonly PointsRule[] = [
  { product: "*", kind: "basis_points", basisPoints: 50 },
  { product: "in.airtel.prepaid", kind: "basis_points", basisPoints: 100 },
  { product: "bd.skitto.prepaid", kind: "fixed", pointsHundredths: 7 },
];

describe("pointsOf", () => {
  test.each([
    ["the sample's 0.10 for 20.00", "bd.grameenphone.prepaid", 2_000, 10],
    ["the product's own rule before `*`", "in.airtel.prepaid", 2_000, 20],
    ["a fixed number, whatever the amount", "bd.skitto.prepaid", 9_900, 7],
    ["a half goes to the even hundredth, down", "bd.robi.prepaid", 100, 0],
    ["a half goes to the even hundredth, up", "bd.robi.prepaid", 300, 2],
  ])("gives %s", (_, product, face, points) => {
    expect(pointsOf(rules, product, minor(face))).toBe(points);
  });

  test("gives none where no rule is for the product", () => {
    expect(pointsOf(rules.slice(1), "bd.robi.prepaid", minor(2_000))).toBe(0);
    expect(pointsOf([], "bd.robi.prepaid", minor(2_000))).toBe(0);
  });
});

const levels: readonly Level[] = [
  { id: 3, key: "platinum", fromHundredths: 10_000 },
  { id: 1, key: "silver", fromHundredths: 10 },
  { id: 2, key: "gold", fromHundredths: 500 },
];

describe("levelOf", () => {
  test.each([
    [0, null],
    [9, null],
    [10, { id: 1, key: "silver" }],
    [499, { id: 1, key: "silver" }],
    [500, { id: 2, key: "gold" }],
    [9_999, { id: 2, key: "gold" }],
    [10_000, { id: 3, key: "platinum" }],
    [99_999, { id: 3, key: "platinum" }],
  ])("%i hundredths of a point reach %j", (total, level) => {
    expect(levelOf(levels, total)).toEqual(level);
  });

  test("has none without levels", () => {
    expect(levelOf([], 1_000_000)).toBeNull();
  });

  test("more points never reach a lower level, in whatever order the levels are listed", () => {
    const thresholdOf = (id: number | undefined) => levels.find((level) => level.id === id)?.fromHundredths ?? -1;
    fc.assert(
      fc.property(fc.shuffledSubarray([...levels]), fc.nat(12_000), fc.nat(12_000), (some, total, more) => {
        const before = thresholdOf(levelOf(some, total)?.id);
        expect(thresholdOf(levelOf(some, total + more)?.id)).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
