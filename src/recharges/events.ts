// The numbered facts of an account: the closed list of types, and what each carries.
import type { Currency, Minor } from "../base/money.ts";
import type { DisputeFacts } from "./dispute.ts";
import type { Evidence } from "./evidence.ts";
import type { Failure, Mode, Price, Proof, RechargeState, WalletView } from "./recharge.ts";
import type { Cashback, LevelName } from "./reward.ts";

/** What every event of a recharge carries: enough for the ledger to write the recharge's current state from it alone. */
export interface RechargeFacts extends Price {
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
  /** Of the attempt that decided, or that is open. */
  readonly provider: string;
  readonly reference: string;
  /** What the provider kept back for us, where its reply said so; else null. */
  readonly providerCommission: Minor | null;
  /** What that provider's reply to the attempt came to; left out while none is known. */
  readonly answer?: ProviderAnswer;
  /** Providers that declined before it, in order; left out where none did. */
  readonly declinedBy?: readonly string[];
}

/** The reply to a submit: its word (`unclear`: doubt), and how long after the send it came, ms. */
export interface ProviderAnswer {
  readonly word: Evidence["word"];
  readonly ms: number;
}

export interface WalletMovement {
  readonly amount: Minor;
  readonly currency: Currency;
  readonly reason: string;
  /** The staff's or bank's own reference; unique per account, so that a repeated credit happens once. */
  readonly externalReference: string;
  readonly staff: string;
}

/** What two persons decided about a recharge. */
export interface RulingFacts {
  /** 1, 2 … per recharge: that of the proposal. */
  readonly number: number;
  readonly word: "success" | "failure";
  readonly reason: string;
  readonly proposedBy: string;
  readonly confirmedBy: string;
  /** Money that was given back is set aside again by this event, for the `recharge.succeeded` that follows. */
  readonly takesAgain: boolean;
}

/** `wallet` is the wallet after the event; the ledger compares at equal event numbers. */
interface Numbered {
  /** 1, 2, 3 … per account, without a gap. */
  readonly number: number;
  readonly at: number;
  readonly wallet: WalletView;
}

export type AccountEvent = Numbered &
  (
    | { readonly type: "recharge.placed"; readonly recharge: RechargeFacts }
    | {
        readonly type: "recharge.succeeded" | "recharge.failed" | "recharge.reversed";
        readonly recharge: RechargeFacts;
        /** The case that evidence has settled with it. */
        readonly closesCase?: CaseKind;
      }
    | {
        readonly type: "recharge.case_ruled";
        readonly recharge: RechargeFacts;
        /** Null: evidence has settled the case, and no money moved. */
        readonly ruling: RulingFacts | null;
        /** Left out: there was no case, but a dispute. */
        readonly closesCase?: CaseKind;
      }
    | { readonly type: "recharge.case_opened"; readonly recharge: RechargeFacts; readonly case: CaseKind }
    | { readonly type: "wallet.credited" | "wallet.debited"; readonly movement: WalletMovement }
    | {
        readonly type: "debt.opened" | "debt.paid";
        readonly debt: { readonly amount: Minor; readonly currency: Currency; readonly rechargeId: string | null };
      }
    | {
        readonly type: "reward.points_earned" | "reward.points_unwound";
        readonly reward: {
          readonly rechargeId: string;
          readonly pointsHundredths: number;
          /** The partner's points after it. */
          readonly totalHundredths: number;
        };
      }
    | {
        readonly type: "reward.level_reached" | "reward.level_unwound";
        /** `level` is the one after it; null: none. */
        readonly reward: { readonly rechargeId: string; readonly level: LevelName | null };
      }
    | {
        readonly type: "reward.cashback_paid" | "reward.cashback_unwound";
        readonly reward: Cashback & { readonly rechargeId: string };
      }
    | { readonly type: "dispute.opened" | "dispute.won" | "dispute.lost"; readonly dispute: DisputeFacts }
    | { readonly type: "account.low_balance" }
    | {
        readonly type: "account.webhook_stopped";
        readonly webhook: {
          readonly endpointId: string;
          readonly state: "paused" | "disabled";
          readonly cause: "failing" | "gone";
        };
      }
  );

export type EventType = AccountEvent["type"];

export const caseKinds = ["doubt", "contradiction", "late_success", "two_successes", "reversal_disputed"] as const;
/** Why a person is needed. `doubt`: the schedule is exhausted and the money is still held. */
export type CaseKind = (typeof caseKinds)[number];
