// Commission plans: the verbs that set one now or from a later time, or give a later one up; and all versions.
import { z } from "zod";
import type { LedgerDatabase } from "../ledger/client.ts";
import { planAt } from "../recharges/profile.ts";
import type { AccountProfile, CommissionPlan, CommissionRule } from "../recharges/profile.ts";
import type { ProfileVerb } from "./manage.ts";
import { ruleSchema } from "./terms-schema.ts";

/** Sets the plan, now or from a later time (epoch ms). The same rules again change nothing; else the version counts up. */
export function changePlan(rules: readonly CommissionRule[], from: number | null, now: number): ProfileVerb {
  return {
    verb: "change_plan",
    change: (profile) => {
      const later = laterThan(profile, now);
      const version = Math.max(profile.plan.version, ...(profile.laterPlans ?? []).map((plan) => plan.version)) + 1;
      const current = planAt(profile, now);
      if (from === null)
        return isSame(current.rules, rules) ? profile : withPlans(profile, { version, rules, from: now }, later);
      if (later.some((plan) => plan.from === from && isSame(plan.rules, rules))) return profile;
      const others = later.filter((plan) => plan.from !== from);
      return withPlans(profile, current, [...others, { version, rules, from }]);
    },
  };
}

/** Gives up a plan that does not apply yet; one that does, or is not there, stays. */
export function cancelPlan(version: number, now: number): ProfileVerb {
  return {
    verb: "cancel_plan",
    change: (profile) => {
      const later = laterThan(profile, now);
      const left = later.filter((plan) => plan.version !== version);
      return left.length === later.length ? profile : withPlans(profile, planAt(profile, now), left);
    },
  };
}

export function laterThan({ laterPlans = [] }: AccountProfile, now: number): readonly CommissionPlan[] {
  return laterPlans.filter((plan) => (plan.from ?? 0) > now);
}

function withPlans(
  { laterPlans: _before, ...profile }: AccountProfile,
  plan: CommissionPlan,
  later: readonly CommissionPlan[],
): AccountProfile {
  if (later.length === 0) return { ...profile, plan };
  return { ...profile, plan, laterPlans: later.toSorted((left, right) => (left.from ?? 0) - (right.from ?? 0)) };
}

function isSame(left: readonly CommissionRule[], right: readonly CommissionRule[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

const planRow = z.object({
  version: z.int(),
  rules: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(ruleSchema)),
  from_at: z.int(),
});

/** Every version of a partner's plan, the latest first, with the epoch ms from which it applies. */
export async function listPlans(
  database: LedgerDatabase,
  account: number,
): Promise<readonly Required<CommissionPlan>[]> {
  const rows = await database.all(
    "select version, rules, from_at from commission_plans where account = ?1 order by from_at desc, version desc",
    [account],
  );
  return rows.map((row) => {
    const { version, rules, from_at: from } = planRow.parse(row);
    return { version, rules, from };
  });
}
