// Rewards as account, ledger and surfaces share them: the programme's settings, and what one recharge was given. Points are hundredths.
import type { Currency, Minor } from "../base/money.ts";

/** `product` is a product id or `*`; the most exact rule counts. Hundredths of a point: a share of the face value, or a fixed number. */
export type PointsRule =
  | { readonly product: string; readonly kind: "basis_points"; readonly basisPoints: number }
  | { readonly product: string; readonly kind: "fixed"; readonly pointsHundredths: number };

/** Reached with this many points; the highest one that is reached is the partner's. */
export interface Level {
  readonly id: number;
  readonly key: string;
  readonly fromHundredths: number;
}

/** Counts for recharges of this product (or `*`), currency and face value that were placed from `startsAt` to before `endsAt`, epoch ms. */
export type CashbackOffer = {
  readonly id: string;
  readonly product: string;
  readonly currency: Currency;
  readonly faceFrom: Minor;
  readonly faceTo: Minor;
  readonly startsAt: number;
  readonly endsAt: number;
  /** At most so much for one recharge, and for all of the partner's together; null: no such cap. */
  readonly perRecharge: Minor | null;
  readonly perPartner: Minor | null;
} & (
  | { readonly kind: "basis_points"; readonly basisPoints: number }
  | { readonly kind: "fixed"; readonly amount: Minor }
);

/** What all offers of a currency together may give this partner. */
export interface CashbackBudget {
  readonly currency: Currency;
  readonly amount: Minor;
}

export interface RewardProgramme {
  readonly points: readonly PointsRule[];
  readonly levels: readonly Level[];
  readonly offers: readonly CashbackOffer[];
  /** A currency that is not named has no budget's limit. */
  readonly budgets: readonly CashbackBudget[];
}

/** The level that the partner has after the recharge; null: none is reached. */
export interface LevelName {
  readonly id: number;
  readonly key: string;
}

export interface Cashback {
  readonly offer: string;
  readonly amount: Minor;
  readonly currency: Currency;
}

/** What a recharge was given and has not lost again. */
export interface RewardView {
  readonly pointsHundredths: number;
  readonly level: LevelName | null;
  readonly cashback: Cashback | null;
}
