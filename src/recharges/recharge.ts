// What a partner asks for and what became of it: the types that account, ledger and surfaces share.
import type { Currency, Minor } from "../base/money.ts";

/** A property of partner, credential, account, claim, provider and ledger account; they must be equal. */
export type Mode = "sandbox" | "live";

export const rechargeStates = ["pending", "succeeded", "failed", "reversed"] as const;
export type RechargeState = (typeof rechargeStates)[number];

export const attemptStates = ["sent", "accepted", "in_doubt", "succeeded", "failed", "declined"] as const;
export type AttemptState = (typeof attemptStates)[number];

/** How well a success is evidenced: by the operator's own reference, or by the upstream's word alone. */
export type Proof = "operator_reference" | "claimed";

/** Why a recharge failed: whose fault (`source`), a closed cause, and our own words for it. */
export const failureCauses = ["amount", "number", "operator", "provider_declined", "not_executed", "ruled"] as const;
export type FailureCause = (typeof failureCauses)[number];
export interface Failure {
  readonly source: "subscriber" | "operator" | "provider" | "gateway";
  readonly cause: FailureCause;
  readonly text: string;
}

/** A parsed order, before the account has looked at it. `number` and `fields` are as the partner sent them. */
export interface Order {
  readonly agentId: string;
  readonly product: string;
  readonly number: string;
  readonly amount: Minor;
  readonly currency: string | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly geocode: string | null;
  readonly repeatOf: string | null;
  readonly maxCost: Minor | null;
}

/** What a recharge costs its partner: cost = face − commission, fixed when the money is held. */
export interface Price {
  readonly face: Minor;
  readonly commission: Minor;
  readonly cost: Minor;
  readonly currency: Currency;
  readonly planVersion: number;
}

/** A recharge as every surface presents it to its partner. Times are epoch ms. */
export interface RechargeView extends Price {
  readonly id: string;
  readonly agentId: string;
  readonly mode: Mode;
  readonly product: string;
  readonly number: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly state: RechargeState;
  readonly proof: Proof | null;
  readonly operatorReference: string | null;
  readonly failure: Failure | null;
  readonly repeatOf: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Until when the schedule expects an answer; null when the state is final or a person has the case. */
  readonly resolvesBy: number | null;
  readonly hasOpenCase: boolean;
  /** Number of the last event of this recharge. */
  readonly eventNumber: number;
}

/** One wallet's figures. `spendable = balance`; held money is beside it, not in it. */
export interface WalletView {
  readonly currency: Currency;
  readonly balance: Minor;
  readonly held: Minor;
  readonly debt: Minor;
}
