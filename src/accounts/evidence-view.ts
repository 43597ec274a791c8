// The evidence of one recharge as people read it: a timeline per attempt, what it adds up to, and what was decided about it.
import type { AttemptEvidence, RulingView, DisputeView, EvidenceView } from "./case-types.ts";
import type { DisputeRecord, RulingRecord } from "./case-types.ts";
import { rechargeIdOf, referenceOf } from "../base/id.ts";
import { proofOf } from "../recharges/proof-of.ts";
import { absenceSettlesFrom } from "../recharges/schedule.ts";
import { verdictOf } from "../recharges/verdict.ts";
import { type AccountContext, factsOf, profileOf, scheduleOf } from "./context.ts";
import type { RechargeRecord } from "./records.ts";
import { presentRecharge } from "./views.ts";

export function readEvidence(account: AccountContext, recharge: RechargeRecord): EvidenceView {
  const open = account.book.findOpenCase(recharge.counter);
  return {
    recharge: presentRecharge(account, recharge),
    evidenceNumber: account.attempts.countEvidence(recharge.attempts),
    attempts: recharge.attempts.flatMap((counter) => presentAttemptEvidence(account, counter)),
    openCase: open === null ? null : { kind: open.kind, openedAt: open.openedAt },
    rulings: account.cases.readRulings(recharge.counter).map((ruling) => presentRuling(account, recharge, ruling)),
    disputes: account.cases.readDisputes(recharge.counter).map((dispute) => presentDispute(account, dispute)),
  };
}

function presentAttemptEvidence(account: AccountContext, counter: number): AttemptEvidence[] {
  const attempt = account.attempts.find(counter);
  if (attempt === null) return [];
  const evidence = account.attempts.readEvidence(counter);
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
      nextStepAt: account.attempts.readOpen().find((open) => open.attempt === counter)?.dueAt ?? null,
      verdict: verdict.word,
      isContradicted: verdict.isContradicted,
      evidence: evidence.map((piece) => ({ ...piece, proves: proofOf(piece), decides: piece === verdict.deciding })),
    },
  ];
}

export function presentRuling(account: AccountContext, recharge: RechargeRecord, ruling: RulingRecord): RulingView {
  const { recharge: _counter, succeeded, ...same } = ruling;
  const isVoid = ruling.seen !== account.attempts.countEvidence(recharge.attempts);
  const state = ruling.confirmedBy !== null ? "confirmed" : isVoid ? "void" : "waits";
  return { ...same, succeeded: succeeded.map((counter) => ourReference(account, counter)), state };
}

export function presentDispute(account: AccountContext, dispute: DisputeRecord): DisputeView {
  const { recharge, ...same } = dispute;
  return { ...same, rechargeId: rechargeIdOf(profileOf(account).account, recharge) };
}

export function ourReference(account: AccountContext, attempt: number): string {
  return referenceOf(account.services.installation, profileOf(account).account, attempt);
}
