// Commission plans: what is refused, which version applies when, and what planning one twice or giving it up does.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { products } from "../../../src/catalog/products.ts";
import { refusePlan } from "../../../src/partners/plan-rules.ts";
import { cancelPlan, changePlan } from "../../../src/partners/plans.ts";
import { priceOf } from "../../../src/recharges/price.ts";
import { planAt } from "../../../src/recharges/profile.ts";
import type { AccountProfile, CommissionRule } from "../../../src/recharges/profile.ts";

const percent = (basisPoints: number, product = "*"): CommissionRule => ({
  product,
  kind: "basis_points",
  basisPoints,
});
const fixed = (amount: number, product = "*"): CommissionRule => ({ product, kind: "fixed", amount: minor(amount) });
const profile: AccountProfile = {
  account: 1,
  mode: "sandbox",
  name: "p",
  status: "active",
  wallets: ["INR"],
  plan: { version: 1, rules: [percent(100)] },
  limits: [],
  revokedKeys: [],
  version: 1,
};
const now = 1_000;

describe("a plan", () => {
  it.each([
    ["two rules for one product", [percent(1), percent(2)], "/commission/1"],
    ["a product that is not sold", [percent(1, "in.nobody.prepaid")], "/commission/0"],
    ["a fixed amount as high as the smallest recharge", [fixed(1_000, "in.airtel.prepaid")], "/commission/0"],
    ["a share that rounds up to all of the smallest bill", [percent(9_999)], "/commission/0"],
  ])("with %s is refused", (_what, rules, pointer) => {
    expect(refusePlan(rules)).toMatchObject({ code: "parameter", problems: [{ pointer }] });
  });

  it("with a rule of their own for the small ones may give more on all others", () => {
    expect(refusePlan([fixed(999, "in.airtel.prepaid")])).toBeNull();
    expect(refusePlan([percent(100), percent(300, "in.airtel.prepaid")])).toBeNull();
  });

  it("that is not refused leaves every recharge a cost", () => {
    const rule = fc.oneof(
      fc.integer({ min: 0, max: 9_999 }).map((share) => percent(share)),
      fc.integer({ min: 0, max: 1_100 }).map((amount) => fixed(amount)),
    );
    const product = fc.constantFrom(...products);
    fc.assert(
      fc.property(rule, product, fc.nat(5_000), ({ ...any }, { id, minMinor, stepMinor, currency }, steps) => {
        const rules = [{ ...any, product: id }];
        fc.pre(refusePlan(rules) === null);
        const face = minor(minMinor + steps * stepMinor);
        expect(priceOf({ version: 1, rules }, id, face, currency).cost).toBeGreaterThan(0);
      }),
    );
  });
});

describe("changing a plan", () => {
  const planned = changePlan([percent(200)], 5_000, now).change(profile);

  it("from a date leaves the price until then, and the version with it", () => {
    expect(planAt(planned, 4_999)).toEqual(profile.plan);
    expect(planAt(planned, 5_000)).toEqual({ version: 2, rules: [percent(200)], from: 5_000 });
  });

  it("the same way again changes nothing; other rules for the date replace it under a new version", () => {
    expect(changePlan([percent(200)], 5_000, now).change(planned)).toBe(planned);
    const other = changePlan([percent(250)], 5_000, now).change(planned);
    expect(other.laterPlans).toEqual([{ version: 3, rules: [percent(250)], from: 5_000 }]);
  });

  it("at once keeps what is planned, and a plan that has begun becomes the plan", () => {
    const both = changePlan([percent(50)], null, now).change(planned);
    expect(both.plan).toEqual({ version: 3, rules: [percent(50)], from: now });
    expect(planAt(both, 6_000).version).toBe(2);
    const later = changePlan([percent(75)], 9_000, 6_000).change(both);
    expect([later.plan.version, later.laterPlans?.map((plan) => plan.version)]).toEqual([2, [4]]);
    expect(changePlan([percent(200)], null, 6_000).change(both)).toBe(both);
  });

  it("is given up only before its date", () => {
    const cancelled = cancelPlan(2, now).change(planned);
    expect(cancelled).toEqual(profile);
    expect(cancelPlan(2, 5_000).change(planned)).toBe(planned);
  });
});
