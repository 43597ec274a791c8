// The evidence of one recharge as people read it: a timeline per attempt, what it adds up to, and what was decided about it.
import { rechargeIdOf, referenceOf } from "../base/id.ts";
import type { CaseKind } from "../recharges/events.ts";
import type { Evidence } from "../recharges/evidence.ts";
import type { DisputeState, Disposition } from "../recharges/dispute.ts";
import { type ProofOf, proofOf } from "../recharges/proof-of.ts";
import type { AttemptState, RechargeView } from "../recharges/recharge.ts";
import { absenceSettlesFrom } from "../recharges/schedule.ts";
import { type VerdictWord, verdictOf } from "../recharges/verdict.ts";
import type { DisputeRecord, RulingRecord } from "./case-store.ts";
import { type AccountContext, factsOf, profileOf, scheduleOf } from "./context.ts";
import type { RechargeRecord } from "./records.ts";
import { presentRecharge } from "./views.ts";

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

export function readEvidence(account: AccountContext, recharge: RechargeRecord): EvidenceView {
  const open = account.book.findOpenCase(recharge.counter);
  return {
    recharge: presentRecharge(account, recharge),
    evidenceNumber: account.recharges.countEvidence(recharge.attempts),
    attempts: recharge.attempts.flatMap((counter) => presentAttemptEvidence(account, counter)),
    openCase: open === null ? null : { kind: open.kind, openedAt: open.openedAt },
    rulings: account.cases.readRulings(recharge.counter).map((ruling) => presentRuling(account, recharge, ruling)),
    disputes: account.cases.readDisputes(recharge.counter).map((dispute) => presentDispute(account, dispute)),
  };
}

function presentAttemptEvidence(account: AccountContext, counter: number): AttemptEvidence[] {
  const attempt = account.recharges.findAttempt(counter);
  if (attempt === null) return [];
  const evidence = account.recharges.readEvidence(counter);
  const settlesFrom = absenceSettlesFrom(scheduleOf(factsOf(account, attempt.provider)), attempt.startBy);
  const verdict = verdictOf(evidence, { settlesFrom });
  return [
    {
      reference: ourReference(account, counter),
      provider: attempt.provider,
      theirReference: attempt.theirReference,
      state: attempt.state,
      startedAt: attempt.startedAt,
      lookups: attempt.lookups,
      nextStepAt: account.recharges.readOpen().find((open) => open.attempt === counter)?.dueAt ?? null,
      verdict: verdict.word,
      isContradicted: verdict.isContradicted,
      evidence: evidence.map((piece) => ({ ...piece, proves: proofOf(piece), decides: piece === verdict.deciding })),
    },
  ];
}

export function presentRuling(account: AccountContext, recharge: RechargeRecord, ruling: RulingRecord): RulingView {
  const { recharge: _counter, succeeded, ...same } = ruling;
  const isVoid = ruling.seen !== account.recharges.countEvidence(recharge.attempts);
  const state = ruling.confirmedBy !== null ? "confirmed" : isVoid ? "void" : "waits";
  return { ...same, succeeded: succeeded.map((counter) => ourReference(account, counter)), state };
}

export function presentDispute(account: AccountContext, dispute: DisputeRecord): DisputeView {
  const { recharge, ...same } = dispute;
  return { ...same, rechargeId: rechargeIdOf(profileOf(account).account, recharge) };
}

function ourReference(account: AccountContext, attempt: number): string {
  return referenceOf(account.services.installation, profileOf(account).account, attempt);
}
