// What an account knows of its partner: limits, plan and whose keys are revoked. Staff verbs write it; the account has the last word.
import type { Currency, Minor } from "../base/money.ts";
import type { Mode } from "./recharge.ts";
import type { RewardProgramme } from "./reward.ts";

/** `product` is a product id or `*`; the most exact rule counts. Basis points of the face value, or a fixed amount. */
export type CommissionRule =
  | { readonly product: string; readonly kind: "basis_points"; readonly basisPoints: number }
  | { readonly product: string; readonly kind: "fixed"; readonly amount: Minor };

export interface CommissionPlan {
  readonly version: number;
  readonly rules: readonly CommissionRule[];
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
  readonly status: "active" | "suspended";
  readonly wallets: readonly Currency[];
  readonly plan: CommissionPlan;
  readonly limits: readonly Limits[];
  readonly revokedKeys: readonly string[];
  /** Left out: the programme is off. */
  readonly rewards?: RewardProgramme;
  /** Counts up with each change, so that an older write never overwrites a newer one. */
  readonly version: number;
}
