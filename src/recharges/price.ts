// What a recharge costs its partner.
import { assert } from "../base/assert.ts";
import { basisPointsOf, type Currency, type Minor, minor, subtract } from "../base/money.ts";
import type { CommissionPlan, CommissionRule } from "./profile.ts";
import type { Price } from "./recharge.ts";

/**
 * Cost = face − commission by the plan's rule for this product, else its `*` rule, else none (`design.md`, "Money").
 * All in minor units of the currency. A plan that would make the cost zero or less is a fault.
 */
export function priceOf(plan: CommissionPlan, product: string, face: Minor, currency: Currency): Price {
  const rule =
    plan.rules.find((candidate) => candidate.product === product) ??
    plan.rules.find((candidate) => candidate.product === "*");
  const commission = rule === undefined ? minor(0) : commissionOf(rule, face);
  const cost = subtract(face, commission);
  assert(cost > 0 && cost <= face, "0 < cost ≤ face");
  return { face, commission, cost, currency, planVersion: plan.version };
}

function commissionOf(rule: CommissionRule, face: Minor): Minor {
  return rule.kind === "fixed" ? rule.amount : basisPointsOf(face, rule.basisPoints);
}
