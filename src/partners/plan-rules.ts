// What a commission plan may say.
import { refusal } from "../base/refusal.ts";
import type { Refusal } from "../base/refusal.ts";
import { products } from "../catalog/products.ts";
import { commissionOf } from "../recharges/price.ts";
import type { CommissionRule } from "../recharges/profile.ts";

/**
 * Null where every recharge would still cost something (`design.md`, "Money": 0 < cost ≤ face). A rule gives most, in
 * proportion, on the smallest amount of a product.
 */
export function refusePlan(rules: readonly CommissionRule[]): Refusal | null {
  const problems = rules.flatMap((rule, index) => {
    const reason = reasonAgainst(rule, rules.slice(0, index), rules);
    return reason === null ? [] : [{ pointer: `/commission/${index}`, reason }];
  });
  return problems.length === 0 ? null : refusal("parameter", "The commission plan cannot be used.", { problems });
}

function reasonAgainst(
  rule: CommissionRule,
  before: readonly CommissionRule[],
  all: readonly CommissionRule[],
): string | null {
  if (before.some((other) => other.product === rule.product)) return "is a second rule for its product";
  const decided = products.filter(({ id }) =>
    rule.product === "*" ? all.every((other) => other.product !== id) : id === rule.product,
  );
  if (decided.length === 0 && rule.product !== "*") return "names no product";
  const given = decided.find(({ id, minMinor }) => commissionOf([rule], id, minMinor) >= minMinor);
  return given === undefined ? null : `would give the smallest recharge of ${given.id} away`;
}
