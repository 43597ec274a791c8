// What a recharge earns, and what is left when it is taken back.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minor } from "../../../src/base/money.ts";
import type { RewardProgramme } from "../../../src/recharges/reward.ts";
import { rewardOf, unwindPoints } from "../../../src/rewards/reward.ts";

const silver = { id: 1, key: "silver" };
const gold = { id: 2, key: "gold" };
const programme: RewardProgramme = {
  points: [{ product: "*", kind: "basis_points", basisPoints: 50 }],
  levels: [
    { ...silver, fromHundredths: 0 },
    { ...gold, fromHundredths: 100 },
  ],
  offers: [
    {
      id: "summer",
      product: "*",
      currency: "BDT",
      faceFrom: minor(0),
      faceTo: minor(5_000),
      startsAt: 0,
      endsAt: 10,
      perRecharge: null,
      perPartner: minor(50),
      kind: "fixed",
      amount: minor(30),
    },
  ],
  budgets: [],
};
const recharge = {
  product: "bd.grameenphone.prepaid",
  currency: "BDT",
  face: minor(2_000),
  cost: minor(1_980),
} as const;
const none = { totalHundredths: 0, given: new Map() };

describe("rewardOf", () => {
  test("gives the figures of the sample: 0.10 points for 20.00, at silver", () => {
    expect(rewardOf(programme, none, recharge, 10)).toEqual({
      pointsHundredths: 10,
      totalHundredths: 10,
      level: silver,
      hasLevelChanged: false,
      cashback: null,
    });
  });

  test("adds the points to what was there, and tells the level that they reach", () => {
    const standing = { totalHundredths: 90, given: new Map([["summer", minor(40)]]) };
    expect(rewardOf(programme, standing, recharge, 9)).toEqual({
      pointsHundredths: 10,
      totalHundredths: 100,
      level: gold,
      hasLevelChanged: true,
      cashback: { offer: "summer", amount: 10, currency: "BDT" },
    });
  });

  test("tells the first level where none was reached before", () => {
    const later = { ...programme, levels: [{ ...silver, fromHundredths: 5 }] };
    expect(rewardOf(later, none, recharge, 10)).toMatchObject({ level: silver, hasLevelChanged: true });
    expect(rewardOf({ ...programme, levels: [] }, none, recharge, 10)).toMatchObject({
      level: null,
      hasLevelChanged: false,
    });
  });
});

describe("unwindPoints", () => {
  test("takes the points back, and the level with them", () => {
    expect(unwindPoints(programme, 100, 10)).toEqual({
      pointsHundredths: 10,
      totalHundredths: 90,
      level: silver,
      hasLevelChanged: true,
    });
    expect(unwindPoints(programme, 110, 10)).toMatchObject({ level: gold, hasLevelChanged: false });
  });

  test("knows no level where the programme was turned off meanwhile", () => {
    expect(unwindPoints(null, 100, 100)).toEqual({
      pointsHundredths: 100,
      totalHundredths: 0,
      level: null,
      hasLevelChanged: false,
    });
  });

  test("throws where more would be taken than is there", () => {
    expect(() => unwindPoints(programme, 9, 10)).toThrow("points that were given are in the total");
  });

  test("undoes what was given, whatever was given in between", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 20_000 }), fc.nat(500), (total, face, between) => {
        const reward = rewardOf(programme, { ...none, totalHundredths: total }, { ...recharge, face: minor(face) }, 10);
        const after = unwindPoints(programme, reward.totalHundredths + between, reward.pointsHundredths);
        expect(after.totalHundredths).toBe(total + between);
      }),
    );
  });
});
