// Which lost attempts a sum of money can have paid.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { type Costed, fitOf, mostAdditions } from "../../../src/recharges/segment-subsets.ts";

const costed = (id: string, ...costs: readonly number[]): Costed => ({ id, costs: costs.map(minor) });
const keyOf = ({ costs }: Costed) => [...costs].toSorted((left, right) => left - right).join();
const dear = (count: number) => Array.from({ length: count }, (_, place) => costed(`d${place}`, 1_000 + place));
const known = (count: number): readonly Costed[] => [
  { id: "k", costs: Array.from({ length: count }, (_, place) => minor(place + 1)) },
];
const powers = (count: number) => Array.from({ length: count }, (_, place) => costed(`p${place}`, 2 ** place));
const anyCosted = fc
  .array(fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 2 }), { maxLength: 5 })
  .map((rows) => rows.map((costs, place) => costed(`i${place}`, ...costs)));

/** Every subset of `lost` that fits, by trying each of them with each of its costs. */
function fittingSubsets(target: number, surely: readonly Costed[], lost: readonly Costed[]): readonly string[] {
  const start = [{ sum: 0, ids: [] as readonly string[] }];
  const sure = surely.reduce(
    (all, item) => all.flatMap((one) => item.costs.map((cost) => ({ ...one, sum: one.sum + cost }))),
    start,
  );
  const tried = lost.reduce(
    (all, { id, costs }) =>
      all.flatMap((one) => [one, ...costs.map((cost) => ({ sum: one.sum + cost, ids: [...one.ids, id] }))]),
    sure,
  );
  return [...new Set(tried.filter(({ sum }) => sum === target).map(({ ids }) => ids.join()))];
}

describe("the subsets that fit a sum", () => {
  it("are those that trying each of them finds, equal costs taken as one", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 30 }), anyCosted, anyCosted, (target, sure, lost) => {
        const keys = new Map(lost.map((item) => [item.id, keyOf(item)]));
        const shapes = fittingSubsets(target, sure, lost).map((ids) =>
          ids
            .split(",")
            .map((id) => keys.get(id) ?? "")
            .toSorted((left, right) => left.localeCompare(right))
            .join(";"),
        );
        const fit = fitOf(minor(target), sure, lost);
        const expected = ["none", "one"][new Set(shapes).size] ?? "several";
        expect(fit.kind).toBe(expected);
        if (fit.kind !== "one") return;
        const shape = fit.groups.flatMap(({ ids, succeeded }) =>
          ids.slice(0, succeeded).map((id) => keys.get(id) ?? ""),
        );
        expect(shape.toSorted((left, right) => left.localeCompare(right)).join(";")).toBe(shapes[0]);
        expect(fit.groups.flatMap(({ ids }) => ids)).toHaveLength(lost.length);
      }),
      { numRuns: 3_000 },
    );
  });

  it("name each group of equal costs with how many of it succeeded", () => {
    const lost = [costed("a", 10, 9), costed("b", 50), costed("c", 9, 10), costed("d", 50), costed("e", 700)];
    expect(fitOf(minor(761), [costed("k", 1)], lost).kind).toBe("one");
    expect(fitOf(minor(774), [costed("k", 1)], lost)).toEqual({ kind: "none" });
    expect(fitOf(minor(760), [costed("k", 3, 4)], lost)).toEqual({ kind: "none" });
    expect(fitOf(minor(762), [costed("k", 1, 2)], lost)).toEqual({
      kind: "one",
      groups: [
        { ids: ["a", "c"], succeeded: 1 },
        { ids: ["b", "d"], succeeded: 1 },
        { ids: ["e"], succeeded: 1 },
      ],
    });
  });

  it("are one where two commissions lead to the same attempts", () => {
    expect(fitOf(minor(30), [], [costed("a", 10, 20), costed("b", 10, 20)])).toEqual({
      kind: "one",
      groups: [{ ids: ["a", "b"], succeeded: 2 }],
    });
  });

  it("stay several however the search goes on", () => {
    const lost = [costed("a", 300), costed("b", 100), costed("c", 200), costed("d", 5_000)];
    expect(fitOf(minor(5_300), [], lost)).toEqual({ kind: "several" });
  });
});

describe("the bound of the search", () => {
  it("lets seventeen attempts of different cost in and not one more", () => {
    expect(mostAdditions).toBe(131_072);
    expect(fitOf(minor(2 ** 17 - 1), [], powers(17)).kind).toBe("one");
    expect(fitOf(minor(2 ** 18 - 1), [], powers(18))).toEqual({ kind: "too_many" });
  });

  it("counts each commission of each attempt", () => {
    expect(fitOf(minor(1), known(mostAdditions), []).kind).toBe("one");
    expect(fitOf(minor(1), known(mostAdditions + 1), []).kind).toBe("too_many");
  });

  it("lets any number of equal attempts in as long as their sums coincide", () => {
    const equal = Array.from({ length: 300 }, (_, place) => costed(`e${place}`, 990));
    expect(fitOf(minor(990 * 100), [], equal)).toMatchObject({ kind: "one", groups: [{ succeeded: 100 }] });
  });

  it("does not count what is dearer than the sum", () => {
    const fit = fitOf(minor(2), [], powers(25));
    expect(fit.kind === "one" ? fit.groups.flatMap(({ ids, succeeded }) => (succeeded > 0 ? ids : [])) : []).toEqual([
      "p1",
    ]);
  });

  it("refuses what safe integers cannot number, even where few sums are small enough", () => {
    expect(fitOf(minor(0), [], dear(52)).kind).toBe("one");
    expect(fitOf(minor(0), [], dear(53)).kind).toBe("too_many");
  });

  it.each([{ costs: [] }, { costs: [0] }, { costs: [5, -1] }])(
    "takes no attempt with the costs $costs",
    ({ costs }) => {
      expect(() => fitOf(minor(5), [], [costed("a", ...costs)])).toThrow(
        "each attempt of a segment has costs above zero",
      );
    },
  );
});
