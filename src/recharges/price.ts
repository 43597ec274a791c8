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
  const commission = commissionOf(plan.rules, product, face);
  const cost = subtract(face, commission);
  assert(cost > 0 && cost <= face, "0 < cost ≤ face");
  return { face, commission, cost, currency, planVersion: plan.version };
}

/** What the most exact rule gives on a face value, in minor units; none without a rule. */
export function commissionOf(rules: readonly CommissionRule[], product: string, face: Minor): Minor {
  const rule =
    rules.find((candidate) => candidate.product === product) ?? rules.find((candidate) => candidate.product === "*");
  if (rule === undefined) return minor(0);
  return rule.kind === "fixed" ? rule.amount : basisPointsOf(face, rule.basisPoints);
}
