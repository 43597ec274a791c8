// What a call may have cost, over every commission that a provider has been seen to take.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { basisPointsOf, minor } from "../../../src/base/money.ts";
import { costsOf, distinctCommissions } from "../../../src/recharges/segment-costs.ts";

const seen = (...pairs: (readonly [number, number])[]) =>
  distinctCommissions(pairs.map(([face, commission]) => ({ face: minor(face), commission: minor(commission) })));

describe("costsOf", () => {
  it.each([
    ["nothing was seen", [], 2_000, []],
    ["one rate", [[2_000, 20]], 5_000, [4_950]],
    [
      "one rate, whatever was seen of it",
      [
        [2_000, 20],
        [3_000, 30],
        [1_050, 10],
        [1_050, 11],
      ],
      5_000,
      [4_950],
    ],
    ["a rate that must be rounded here", [[2_000, 20]], 1_050, [1_039, 1_040]],
    [
      "two rates",
      [
        [2_000, 20],
        [2_000, 40],
      ],
      1_000,
      [980, 990],
    ],
    ["no commission at all", [[2_000, 0]], 1_000, [1_000]],
    [
      "a fixed one beside a rate",
      [
        [2_000, 20],
        [3_000, 20],
      ],
      3_000,
      [2_970, 2_980],
    ],
    ["the same face, rounded there", [[1_033, 7]], 1_033, [1_026]],
    ["a commission that takes everything", [[2_000, 2_000]], 2_000, []],
    ["too rough a figure for so large a face", [[1_033, 7]], 100_000, []],
  ] as const)("with %s", (_, pairs, face, costs) => {
    expect(costsOf(minor(face), seen(...pairs))).toEqual(costs);
  });
});

describe("costsOf, whatever the rate is,", () => {
  it("has the true cost of every face once a rate was seen exactly, however it rounds elsewhere", () => {
    const face = fc.integer({ min: 1_000, max: 5_000 });
    const rounding = fc.constantFrom(Math.floor, Math.ceil, Math.round);
    fc.assert(
      fc.property(
        fc.array(face, { minLength: 1, maxLength: 5 }),
        fc.nat({ max: 900 }),
        face,
        rounding,
        (faces, rate, lost, round) => {
          const commissionOf = (amount: number) => round((amount * rate) / 10_000);
          const costs = costsOf(
            minor(lost),
            seen(...[...faces, 10_000].map((one) => [one, commissionOf(one)] as const)),
          );
          expect(costs.length === 0 || costs.includes(minor(lost - commissionOf(lost)))).toBe(true);
        },
      ),
    );
  });

  it("has the bankers' rounding of a whole rate", () => {
    fc.assert(
      fc.property(fc.nat({ max: 9_000 }), fc.integer({ min: 1, max: 1_000_000 }), (rate, face) => {
        const costs = costsOf(minor(face), seen([10_000, rate]));
        const cost = minor(face - basisPointsOf(minor(face), rate));
        expect(cost === 0 || costs.includes(cost)).toBe(true);
      }),
    );
  });
});
