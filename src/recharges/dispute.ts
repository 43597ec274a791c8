// Disputes: what a partner may say is wrong with a recharge, and how that ends.

/** NPCI's dispositions for bill payments, by their codes. */
export const dispositions = {
  D11: "service_not_received",
  D12: "service_disconnected",
  D13: "late_payment_surcharge",
  D21: "paid_to_wrong_account",
  D22: "double_payment",
  D23: "wrong_amount",
  D31: "payment_info_delay",
  D32: "account_not_updated",
} as const satisfies Record<`D${number}`, string>;

export type Disposition = keyof typeof dispositions;

/** `won`: the money went back, as the `reversed` transition. `lost`: the recharge stands, and `reason` says why. */
export const disputeStates = ["open", "won", "lost"] as const;
export type DisputeState = (typeof disputeStates)[number];

/** What the events of a dispute carry. */
export interface DisputeFacts {
  /** 1, 2 … per recharge. */
  readonly number: number;
  readonly rechargeId: string;
  readonly disposition: Disposition;
  readonly comment: string;
  /** Why it was won or lost; null while it is open. */
  readonly reason: string | null;
}
