// What evidence, rulings and disputes look like to whoever asks an account about them.
import type { Refusal } from "../base/refusal.ts";
import type { Result } from "../base/result.ts";
import type { DisputeState, Disposition } from "../recharges/dispute.ts";
import type { CaseKind } from "../recharges/events.ts";
import type { Evidence } from "../recharges/evidence.ts";
import type { ProofOf } from "../recharges/proof-of.ts";
import type { AttemptState, RechargeState, RechargeView, WalletView } from "../recharges/recharge.ts";
import type { VerdictWord } from "../recharges/verdict.ts";
import type { Caller } from "./caller.ts";

/** A ruling as it was proposed; it decides once another person confirms it. */
export interface RulingRecord {
  readonly recharge: number;
  /** 1, 2 … per recharge. */
  readonly number: number;
  readonly word: "success" | "failure";
  readonly reason: string;
  /** Counters of the attempts that succeeded according to it. */
  readonly succeeded: readonly number[];
  /** The evidence number that its proposer saw. */
  readonly seen: number;
  readonly proposedBy: string;
  readonly proposedAt: number;
  readonly confirmedBy: string | null;
  readonly confirmedAt: number | null;
}

export interface DisputeRecord {
  readonly recharge: number;
  /** 1, 2 … per recharge. */
  readonly number: number;
  readonly disposition: Disposition;
  readonly comment: string;
  readonly openedAt: number;
  /** The evidence number when it was opened; what is heard afterwards comes on top. */
  readonly evidenceNumber: number;
  readonly state: DisputeState;
  readonly reason: string | null;
  readonly closedAt: number | null;
}

export interface PieceView extends Evidence {
  readonly proves: ProofOf;
  /** It decides the verdict on its attempt. */
  readonly decides: boolean;
}

export interface AttemptEvidence {
  readonly reference: string;
  readonly provider: string;
  readonly theirReference: string | null;
  readonly state: AttemptState;
  readonly startedAt: number;
  readonly lookups: number;
  /** Null: nobody is asked any more. */
  readonly nextStepAt: number | null;
  readonly verdict: VerdictWord;
  readonly isContradicted: boolean;
  /** In the order of arrival. */
  readonly evidence: readonly PieceView[];
}

/** `waits` for a second person; `confirmed`; `void`: something newer was heard, or another ruling was made. */
export type RulingState = "waits" | "confirmed" | "void";

export interface RulingView extends Omit<RulingRecord, "recharge" | "succeeded"> {
  /** Our references of the attempts that succeeded according to it. */
  readonly succeeded: readonly string[];
  readonly state: RulingState;
}

export interface DisputeView {
  readonly number: number;
  readonly rechargeId: string;
  readonly disposition: Disposition;
  readonly comment: string;
  readonly state: DisputeState;
  readonly reason: string | null;
  readonly openedAt: number;
  readonly closedAt: number | null;
  /** The evidence number when it was opened. */
  readonly evidenceNumber: number;
}

/** All that is known about one recharge: what a ruling is made from. */
export interface EvidenceView {
  readonly recharge: RechargeView;
  /** How many pieces there are: whoever rules names it, so that nothing newer is ruled over unseen. */
  readonly evidenceNumber: number;
  readonly attempts: readonly AttemptEvidence[];
  /** The case that is open; null: none. */
  readonly openCase: { readonly kind: CaseKind; readonly openedAt: number } | null;
  readonly rulings: readonly RulingView[];
  readonly disputes: readonly DisputeView[];
}

export interface RulingWanted {
  readonly word: "success" | "failure";
  /** For the partner too. */
  readonly reason: string;
  /** The evidence number that was seen. */
  readonly seen: number;
  /** Our references of the attempts that succeeded; null: those that stand as succeeded, else the last one that is open. */
  readonly succeeded: readonly string[] | null;
  readonly staff: string;
}

/** A ruling that nobody has proposed yet. */
export type RulingImagined = Pick<RulingWanted, "word" | "seen" | "succeeded">;

/** What a ruling would do now. */
export interface RulingEffect {
  readonly word: RulingWanted["word"];
  /** Our references of the attempts that would count as succeeded. */
  readonly succeeded: readonly string[];
  readonly state: { readonly before: RechargeState; readonly after: RechargeState };
  readonly wallet: { readonly before: WalletView; readonly after: WalletView };
  /** The case that would still be open; null: none. */
  readonly caseAfter: CaseKind | null;
  /** What becomes of the dispute that is open; null: none is. */
  readonly dispute: DisputeState | null;
}

export interface RulingConfirmed {
  readonly number: number;
  readonly seen: number;
  readonly staff: string;
}

/** What a partner says is wrong. */
export interface DisputeWanted {
  readonly disposition: Disposition;
  readonly comment: string;
}

export interface DisputeAnswer {
  readonly dispute: DisputeView;
  readonly isReplay: boolean;
}

export interface CaseCalls {
  /** For staff; null: the account has no such recharge. */
  readEvidence(rechargeId: string): Promise<EvidenceView | null>;
  /** For the partner, whose surface leaves out what is not its business. */
  findEvidence(caller: Caller, rechargeId: string): Promise<Result<EvidenceView, Refusal>>;
  previewRuling(rechargeId: string, imagined: RulingImagined): Promise<Result<RulingEffect, Refusal>>;
  proposeRuling(rechargeId: string, wanted: RulingWanted): Promise<Result<RulingView, Refusal>>;
  confirmRuling(rechargeId: string, confirmed: RulingConfirmed): Promise<Result<RulingView, Refusal>>;
  openDispute(caller: Caller, rechargeId: string, wanted: DisputeWanted): Promise<Result<DisputeAnswer, Refusal>>;
}
