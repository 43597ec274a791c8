// A partner as staff keep it: the profile that its account works by, and what the ledger's database adds.
import type { Currency } from "../base/money.ts";
import { partnerIdOf } from "../base/id.ts";
import type { AccountProfile, CommissionPlan, Limits } from "../recharges/profile.ts";
import type { Mode } from "../recharges/recharge.ts";
import type { RewardProgramme } from "../recharges/reward.ts";

export interface Partner {
  readonly account: number;
  readonly mode: Mode;
  readonly name: string;
  readonly status: AccountProfile["status"];
  readonly wallets: readonly Currency[];
  readonly plan: CommissionPlan;
  readonly laterPlans?: readonly CommissionPlan[];
  readonly limits: readonly Limits[];
  /** Left out: the programme is off. */
  readonly rewards?: RewardProgramme;
  /** Epoch ms. */
  readonly createdAt: number;
  /** Version of the profile that the database has seen. */
  readonly profileVersion: number;
}

/** Who does it, and in which request: goes into the audit with every write. */
export interface StaffAct {
  readonly staff: string;
  readonly requestId: string;
}

/** The profile that a row of the database stands for, with the keys that the database knows to be revoked. */
export function profileOf(partner: Partner, revokedKeys: readonly string[]): AccountProfile {
  return {
    account: partner.account,
    mode: partner.mode,
    name: partner.name,
    status: partner.status,
    wallets: partner.wallets,
    plan: partner.plan,
    ...(partner.laterPlans !== undefined && { laterPlans: partner.laterPlans }),
    limits: partner.limits,
    revokedKeys,
    ...(partner.rewards !== undefined && { rewards: partner.rewards }),
    version: partner.profileVersion,
  };
}

/** What the audit keeps of a partner before and after a change. */
export function auditedPartner(profile: AccountProfile): Readonly<Record<string, unknown>> {
  return {
    partner: partnerIdOf(profile.account),
    status: profile.status,
    wallets: profile.wallets,
    plan: profile.plan,
    later_plans: profile.laterPlans ?? [],
    limits: profile.limits,
    revoked_keys: profile.revokedKeys,
    rewards: profile.rewards ?? null,
    version: profile.version,
  };
}
