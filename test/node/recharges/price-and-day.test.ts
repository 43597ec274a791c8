// Prices by plan, and the days on which limits count.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { dayOf, nextDayAt } from "../../../src/recharges/day.ts";
import { priceOf } from "../../../src/recharges/price.ts";

const percent = { product: "*", kind: "basis_points", basisPoints: 100 } as const;
const jio = { product: "in.jio.prepaid", kind: "fixed", amount: minor(50) } as const;
const planOf = (...rules: Parameters<typeof priceOf>[0]["rules"]) => ({ version: 7, rules });

describe("a price", () => {
  it("of 20.00 at 1 % is 19.80", () => {
    expect(priceOf(planOf(percent), "in.airtel.prepaid", minor(2_000), "INR")).toEqual({
      face: 2_000,
      commission: 20,
      cost: 1_980,
      currency: "INR",
      planVersion: 7,
    });
  });

  it.each([
    ["the product's own rule", planOf(percent, jio), "in.jio.prepaid", 50],
    ["the product's own rule, wherever it stands", planOf(jio, percent), "in.jio.prepaid", 50],
    ["the rule for all products", planOf(jio, percent), "in.airtel.prepaid", 20],
    ["no rule", planOf(jio), "in.airtel.prepaid", 0],
    ["an empty plan", planOf(), "in.airtel.prepaid", 0],
  ])("goes by %s", (_name, plan, product, commission) => {
    expect(priceOf(plan, product, minor(2_000), "BDT")).toMatchObject({
      commission,
      cost: 2_000 - commission,
      currency: "BDT",
    });
  });

  it.each([
    [1_250, 12],
    [1_350, 14],
    [1_251, 13],
    [50, 0],
    [150, 2],
  ])("of %d rounds halves to the even unit: commission %d", (face, commission) => {
    expect(priceOf(planOf(percent), "x", minor(face), "INR").commission).toBe(commission);
  });

  it.each([
    ["nothing left", { product: "*", kind: "fixed", amount: minor(2_000) }],
    ["less than nothing left", { product: "*", kind: "fixed", amount: minor(2_001) }],
    ["more than the face", { product: "*", kind: "fixed", amount: minor(-1) }],
    ["all of it", { product: "*", kind: "basis_points", basisPoints: 10_000 }],
  ] as const)("with %s is a fault", (_name, rule) => {
    expect(() => priceOf(planOf(rule), "x", minor(2_000), "INR")).toThrow("invariant broken: 0 < cost ≤ face");
  });

  it("may be one unit, or the whole face", () => {
    expect(priceOf(planOf({ product: "*", kind: "fixed", amount: minor(1_999) }), "x", minor(2_000), "INR").cost).toBe(
      1,
    );
    expect(priceOf(planOf(), "x", minor(2_000), "INR").cost).toBe(2_000);
  });
});

const at = (text: string) => Date.parse(text);

describe("a day", () => {
  it.each([
    ["INR", "2026-03-01T18:29:59.999Z", "2026-03-01"],
    ["INR", "2026-03-01T18:30:00.000Z", "2026-03-02"],
    ["BDT", "2026-03-01T17:59:59.999Z", "2026-03-01"],
    ["BDT", "2026-03-01T18:00:00.000Z", "2026-03-02"],
    ["INR", "1970-01-01T00:00:00.000Z", "1970-01-01"],
  ] as const)("in the zone of %s at %s is %s", (currency, moment, day) => {
    expect(dayOf(currency, at(moment))).toBe(at(`${day}T00:00:00Z`) / 86_400_000);
  });

  it.each([
    ["INR", "2026-03-01T18:29:59.999Z", "2026-03-01T18:30:00.000Z"],
    ["INR", "2026-03-01T18:30:00.000Z", "2026-03-02T18:30:00.000Z"],
    ["BDT", "2026-03-01T17:59:59.999Z", "2026-03-01T18:00:00.000Z"],
    ["BDT", "2026-03-01T18:00:00.000Z", "2026-03-02T18:00:00.000Z"],
  ] as const)("in the zone of %s ends, for %s, at %s", (currency, moment, end) => {
    expect(nextDayAt(currency, at(moment))).toBe(at(end));
  });

  it("ends at the first moment of the next", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("INR" as const, "BDT" as const),
        fc.integer({ min: 0, max: 4e12 }),
        (currency, now) => {
          const next = nextDayAt(currency, now);
          expect([dayOf(currency, next) - 1, dayOf(currency, next - 1)]).toEqual([
            dayOf(currency, now),
            dayOf(currency, now),
          ]);
          expect(next - now).toBeLessThanOrEqual(86_400_000);
        },
      ),
    );
  });
});
