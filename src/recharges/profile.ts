// What an account knows of its partner: limits, plan and whose keys are revoked. Staff verbs write it; the account has the last word.
import type { Currency, Minor } from "../base/money.ts";
import type { Mode } from "./recharge.ts";
import type { RewardProgramme } from "./reward.ts";

/** `product` is a product id or `*`; the most exact rule counts. Basis points of the face value, or a fixed amount. */
export type CommissionRule =
  | { readonly product: string; readonly kind: "basis_points"; readonly basisPoints: number }
  | { readonly product: string; readonly kind: "fixed"; readonly amount: Minor };

export interface CommissionPlan {
  /** Counts up per partner. Only a version that was given up before it applied may be given again. */
  readonly version: number;
  readonly rules: readonly CommissionRule[];
  /** Epoch ms from which it applies; left out: from the partner's beginning. */
  readonly from?: number;
}

/** Null: no limit. Minor units of the currency; a day is a day in the wallet's zone. */
export interface Limits {
  readonly currency: Currency;
  readonly perRecharge: Minor | null;
  readonly perDay: Minor | null;
  /** Below it the partner is told `account.low_balance`, once per crossing. Left out: never. */
  readonly lowBalance?: Minor;
}

export interface AccountProfile {
  readonly account: number;
  readonly mode: Mode;
  readonly name: string;
  /** `suspended`: no new recharges. `closed`: nothing at all is answered to the partner; what is pending is settled. */
  readonly status: "active" | "suspended" | "closed";
  readonly wallets: readonly Currency[];
  /** The plan when the profile was last changed; `planAt` says which one applies. */
  readonly plan: CommissionPlan;
  /** Plans of a later time, the earliest first; left out where there is none. */
  readonly laterPlans?: readonly CommissionPlan[];
  readonly limits: readonly Limits[];
  readonly revokedKeys: readonly string[];
  /** Left out: the programme is off. */
  readonly rewards?: RewardProgramme;
  /** Counts up with each change, so that an older write never overwrites a newer one. */
  readonly version: number;
  /** In the account alone: the ledger was found ahead of it, and what was placed meanwhile it does not know. */
  readonly isGoneBack?: true;
}

/** The plan that applies at a time (epoch ms): the last one that has begun. */
export function planAt(
  { plan, laterPlans = [] }: Pick<AccountProfile, "plan" | "laterPlans">,
  at: number,
): CommissionPlan {
  return laterPlans.findLast((later) => (later.from ?? 0) <= at) ?? plan;
}
