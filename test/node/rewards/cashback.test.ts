// Which offer a recharge gets, and how much the caps and the budget leave of it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Minor, minor } from "../../../src/base/money.ts";
import type { CashbackOffer } from "../../../src/recharges/reward.ts";
import { cashbackOf, type Rewarded } from "../../../src/rewards/cashback.ts";

const base = {
  id: "summer",
  product: "in.airtel.prepaid",
  currency: "INR",
  faceFrom: minor(1_000),
  faceTo: minor(5_000),
  startsAt: 1_000,
  endsAt: 2_000,
  perRecharge: null,
  perPartner: null,
} as const;
const offer: CashbackOffer = { ...base, kind: "fixed", amount: minor(100) };
const share: CashbackOffer = { ...base, kind: "basis_points", basisPoints: 500 };

const recharge: Rewarded = {
  product: "in.airtel.prepaid",
  currency: "INR",
  face: minor(2_000),
  cost: minor(1_980),
};

function given(amounts: Readonly<Record<string, number>>): ReadonlyMap<string, Minor> {
  return new Map(Object.entries(amounts).map(([id, amount]) => [id, minor(amount)]));
}

function amountOf(
  offers: readonly CashbackOffer[],
  more: { readonly given?: Readonly<Record<string, number>>; readonly at?: number; readonly budget?: number } = {},
  changed: Partial<Rewarded> = {},
): number | null {
  const budgets = more.budget === undefined ? [] : [{ currency: "INR" as const, amount: minor(more.budget) }];
  const wanted = { ...recharge, ...changed };
  return cashbackOf({ offers, budgets }, given(more.given ?? {}), wanted, more.at ?? 1_500)?.amount ?? null;
}

describe("an offer counts", () => {
  test.each([
    ["from its first millisecond", {}, 1_000, 100],
    ["not before", {}, 999, null],
    ["to its last millisecond", {}, 1_999, 100],
    ["not when it has ended", {}, 2_000, null],
    ["from its lowest amount", { face: minor(1_000) }, 1_500, 100],
    ["not below", { face: minor(999) }, 1_500, null],
    ["to its highest amount", { face: minor(5_000) }, 1_500, 100],
    ["not above", { face: minor(5_001) }, 1_500, null],
    ["not for another product", { product: "in.jio.prepaid" }, 1_500, null],
    ["not in another currency", { currency: "BDT" as const }, 1_500, null],
  ])("%s", (_, changed, at, expected) => {
    expect(amountOf([offer], { at }, changed)).toBe(expected);
  });

  test("for every product as `*`", () => {
    expect(amountOf([{ ...offer, product: "*" }], {}, { product: "in.jio.prepaid" })).toBe(100);
  });
});

describe("the amount", () => {
  test("names offer and currency", () => {
    expect(cashbackOf({ offers: [offer], budgets: [] }, given({}), recharge, 1_500)).toEqual({
      offer: "summer",
      amount: 100,
      currency: "INR",
    });
  });

  test.each([
    ["a share of the face value", share, {}, 100],
    ["cut to the cap per recharge", { ...share, perRecharge: minor(60) }, {}, 60],
    ["a fixed one, cut to the cap per recharge", { ...offer, perRecharge: minor(99) }, {}, 99],
    ["what the cap per partner leaves", { ...offer, perPartner: minor(250) }, { given: { summer: 200 } }, 50],
    [
      "whole while the cap per partner covers it",
      { ...offer, perPartner: minor(300) },
      { given: { summer: 200 } },
      100,
    ],
    [
      "nothing once the cap per partner is used up",
      { ...offer, perPartner: minor(200) },
      { given: { summer: 200 } },
      null,
    ],
    [
      "nothing when the cap was lowered below its use",
      { ...offer, perPartner: minor(100) },
      { given: { summer: 200 } },
      null,
    ],
    ["what the budget leaves", offer, { budget: 130, given: { summer: 100 } }, 30],
    ["nothing without budget", offer, { budget: 0 }, null],
    ["whole while the use of removed offers is not counted", offer, { budget: 100, given: { winter: 900 } }, 100],
    ["never more than the recharge cost", { ...offer, amount: minor(9_000) }, {}, 1_980],
  ] as const)("is %s", (_, one, more, expected) => {
    expect(amountOf([one], more)).toBe(expected);
  });

  test("is measured against the budget of its own currency alone", () => {
    const other: CashbackOffer = { ...offer, id: "dhaka", currency: "BDT" };
    expect(amountOf([offer, other], { budget: 100, given: { dhaka: 500 } })).toBe(100);
    const budgets = [{ currency: "BDT" as const, amount: minor(0) }];
    expect(cashbackOf({ offers: [offer], budgets }, given({}), recharge, 1_500)?.amount).toBe(100);
  });

  test("is measured against what all offers of the currency gave", () => {
    const other: CashbackOffer = { ...offer, id: "jio", product: "in.jio.prepaid" };
    expect(amountOf([offer, other], { budget: 100, given: { jio: 70, summer: 10 } })).toBe(20);
  });
});

function chosen(offers: readonly CashbackOffer[], used: Readonly<Record<string, number>> = {}): string | null {
  return cashbackOf({ offers, budgets: [] }, given(used), recharge, 1_500)?.offer ?? null;
}

describe("of several offers", () => {
  const any: CashbackOffer = { ...offer, id: "any", product: "*", amount: minor(900), kind: "fixed" };
  const second: CashbackOffer = { ...offer, id: "second", amount: minor(500), kind: "fixed" };
  test("the product's own goes before `*`", () => {
    expect(chosen([any, offer])).toBe("summer");
  });

  test("the first in the programme counts, and a recharge gets one", () => {
    expect(chosen([offer, second])).toBe("summer");
    expect(chosen([second, offer])).toBe("second");
  });

  test("one with nothing left is passed over", () => {
    expect(chosen([{ ...offer, perPartner: minor(10) }, second, any], { summer: 10 })).toBe("second");
    expect(chosen([{ ...offer, perPartner: minor(10) }, any], { summer: 10 })).toBe("any");
  });
});

test("no run of recharges gives more than the cap per partner, the budget, or its cost", () => {
  const capped = fc.option(fc.integer({ min: 1, max: 5_000 }));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6_000 })), capped, capped, capped, (faces, one, partner, budget) => {
      const perRecharge = one === null ? null : minor(one);
      const perPartner = partner === null ? null : minor(partner);
      const offers = [
        { ...share, perRecharge, perPartner },
        { ...offer, id: "any", product: "*" },
      ];
      const budgets = budget === null ? [] : [{ currency: "INR" as const, amount: minor(budget) }];
      const used = new Map<string, Minor>();
      for (const face of faces) {
        const cost = minor(Math.ceil(face * 0.99));
        const cashback = cashbackOf({ offers, budgets }, used, { ...recharge, face: minor(face), cost }, 1_500);
        if (cashback === null) continue;
        expect(cashback.amount).toBeGreaterThan(0);
        expect(cashback.amount).toBeLessThanOrEqual(cost);
        const cap = cashback.offer === "summer" ? perRecharge : null;
        expect(cashback.amount).toBeLessThanOrEqual(cap ?? Infinity);
        used.set(cashback.offer, minor((used.get(cashback.offer) ?? 0) + cashback.amount));
      }
      expect(used.get("summer") ?? 0).toBeLessThanOrEqual(perPartner ?? Infinity);
      expect([...used.values()].reduce((sum: number, amount) => sum + amount, 0)).toBeLessThanOrEqual(
        budget ?? Infinity,
      );
    }),
  );
});
