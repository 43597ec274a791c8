// Applying one piece of evidence: the evidence, the verdict, the money and the facts, in one write (`design.md`, law 4 and 5).
import { assert } from "../base/assert.ts";
import type { Minor } from "../base/money.ts";
import type { CaseKind } from "../recharges/events.ts";
import type { Evidence } from "../recharges/evidence.ts";
import type { Failure, FailureCause } from "../recharges/recharge.ts";
import { absenceSettlesFrom, callEndsBy, nextStepAt } from "../recharges/schedule.ts";
import { attemptTransitions, type Settlement, settlementOf } from "../recharges/states.ts";
import { isExplicit, type Verdict, verdictOf } from "../recharges/verdict.ts";
import { type AccountContext, factsOf, noteOutcome, outcomeOf, scheduleOf } from "./context.ts";
import { moveMoney } from "./move-money.ts";
import type { AttemptRecord, RechargeRecord } from "./records.ts";
import { factsForEvent, presentWallet } from "./views.ts";

export interface Heard {
  readonly piece: Evidence;
  readonly providerCommission: Minor | null;
  /** The provider to try next if this is the first call's `declined`; null: there is none. */
  readonly nextProvider: string | null;
  readonly isLookup: boolean;
  /** The line never started the call: this says nothing about the provider. */
  readonly isNotStarted?: true;
}

interface Judged {
  readonly attempt: AttemptRecord;
  readonly state: AttemptRecord["state"];
  readonly verdict: Verdict;
}

/**
 * Writes one piece of evidence about an attempt and all that follows from it. The same piece again changes nothing.
 * Returns the next attempt, written as `sent`, when the upstream declined and another provider may be tried.
 */
export function applyEvidence(account: AccountContext, counter: number, heard: Heard): AttemptRecord | null {
  return account.atomically(() => {
    if (!account.recharges.insertEvidence(counter, heard.piece)) return null;
    const judged = judge(account, counter, heard);
    if (heard.piece.kind === "reply")
      noteOutcome(
        account,
        judged.attempt.provider,
        heard.isNotStarted === true ? "not_started" : outcomeOf(judged.verdict.word),
        heard.piece.receivedAt,
      );
    const recharge = account.recharges.find(judged.attempt.recharge);
    assert(recharge !== null, "an attempt belongs to a recharge");
    if (mayTryNext(recharge, judged, heard)) return writeNextAttempt(account, recharge, judged.attempt, heard);
    settle(account, recharge, judged, heard);
    return null;
  });
}

/** Brings one attempt to what its evidence adds up to, and writes it. */
function judge(account: AccountContext, counter: number, heard: Heard): Judged {
  const before = account.recharges.findAttempt(counter);
  assert(before !== null, "evidence belongs to an attempt");
  const verdict = verdictFor(account, before);
  const attempt: AttemptRecord = {
    ...before,
    state: attemptTransitions[before.state][verdict.word],
    theirReference: before.theirReference ?? heard.piece.theirReference,
    providerCommission: heard.providerCommission ?? before.providerCommission,
    lookups: before.lookups + (heard.isLookup ? 1 : 0),
  };
  account.recharges.updateAttempt(attempt);
  return { attempt, state: attempt.state, verdict };
}

function verdictFor(account: AccountContext, attempt: AttemptRecord): Verdict {
  const settlesFrom = absenceSettlesFrom(scheduleOf(factsOf(account, attempt.provider)), attempt.startBy);
  return verdictOf(account.recharges.readEvidence(attempt.counter), { settlesFrom });
}

/** Only what the first call itself declined goes on (`design.md`, "Routing"). */
function mayTryNext(recharge: RechargeRecord, { attempt, verdict }: Judged, heard: Heard): boolean {
  return (
    heard.nextProvider !== null &&
    heard.piece.kind === "reply" &&
    verdict.word === "declined" &&
    recharge.state === "pending" &&
    recharge.attempts.at(-1) === attempt.counter
  );
}

function writeNextAttempt(
  account: AccountContext,
  recharge: RechargeRecord,
  declined: AttemptRecord,
  heard: Heard,
): AttemptRecord {
  assert(heard.nextProvider !== null, "there is a next provider");
  const next = sentAttempt(account, recharge.counter, heard.nextProvider);
  account.recharges.insertAttempt(next);
  account.recharges.removeOpen(declined.counter);
  account.recharges.setOpen(openRowOf(account, next));
  account.recharges.updateRecharge({ ...recharge, attempts: [...recharge.attempts, next.counter] });
  return next;
}

/** A new attempt as it is written before the send; its counter makes its reference. */
export function sentAttempt(account: AccountContext, recharge: number, provider: string): AttemptRecord {
  const now = account.services.clock.now();
  return {
    counter: account.recharges.nextCounter("attempts"),
    recharge,
    provider,
    state: "sent",
    startedAt: now,
    startBy: now + account.services.times.startByMs,
    theirReference: null,
    providerCommission: null,
    lookups: 0,
  };
}

/** When somebody must look, should nobody come back to this attempt: after the call can no longer be running. */
export function openRowOf(account: AccountContext, attempt: AttemptRecord) {
  const rules = scheduleOf(factsOf(account, attempt.provider));
  const dueAt = callEndsBy(rules, attempt, account.services.times.resolveMarginMs);
  return { attempt: attempt.counter, recharge: attempt.recharge, dueAt };
}

function settle(account: AccountContext, recharge: RechargeRecord, judged: Judged, heard: Heard): void {
  const all = recharge.attempts.map((counter): Judged => {
    if (counter === judged.attempt.counter) return judged;
    const attempt = account.recharges.findAttempt(counter);
    assert(attempt !== null, "a recharge names its attempts");
    return { attempt, state: attempt.state, verdict: verdictFor(account, attempt) };
  });
  const mayCallbacksReverse = factsOf(account, judged.attempt.provider).callbacks?.mayReverse ?? false;
  const settlement = settlementOf(recharge.state, all, { mayCallbacksReverse });
  const settled = move(account, recharge, all, settlement);
  keepCase(account, settled, judged.attempt, settlement.case);
  const wantsLookup = settlement.wantsLookup && !heard.isLookup;
  planNext(account, settled, judged, { piece: heard.piece, wantsLookup });
}

function move(
  account: AccountContext,
  recharge: RechargeRecord,
  all: readonly Judged[],
  settlement: Settlement,
): RechargeRecord {
  if (settlement.move === "none") return recharge;
  const decider = all.find((one) => one.state === "succeeded") ?? all.at(-1);
  assert(decider !== undefined, "a recharge that settles has an attempt");
  const isSuccess = settlement.move === "post";
  const operatorReference = isSuccess ? operatorReferenceOf(account, decider) : recharge.operatorReference;
  return moveMoney(account, decider.attempt, settlement.move, {
    ...recharge,
    state: settlement.next,
    operatorReference,
    proof: isSuccess ? (operatorReference === null ? "claimed" : "operator_reference") : recharge.proof,
    failure: isSuccess ? null : failureOf(decider.verdict),
    updatedAt: account.services.clock.now(),
  });
}

/** What the deciding word carried, else what any other word of success about the attempt did. */
function operatorReferenceOf(account: AccountContext, { attempt, verdict }: Judged): string | null {
  const said = account.recharges.readEvidence(attempt.counter).filter((piece) => isExplicit(piece));
  const carrying = said.find((piece) => piece.word === "success" && piece.operatorReference !== null);
  return verdict.deciding?.operatorReference ?? carrying?.operatorReference ?? null;
}

const sources = {
  amount: "operator",
  number: "subscriber",
  operator: "operator",
  provider_declined: "provider",
  not_executed: "provider",
  ruled: "gateway",
} as const satisfies Record<FailureCause, Failure["source"]>;

function failureOf({ word, deciding }: Verdict): Failure {
  const cause =
    word === "declined" ? "provider_declined" : deciding?.kind === "absence" ? "not_executed" : deciding?.cause;
  return { source: sources[cause ?? "operator"], cause: cause ?? "operator", text: deciding?.said ?? "" };
}

/** Opens the case that is needed unless one is open; a doubt that evidence has settled is closed. */
function keepCase(
  account: AccountContext,
  recharge: RechargeRecord,
  attempt: AttemptRecord,
  needed: CaseKind | null,
): void {
  if (needed !== null) return openCase(account, recharge, attempt, needed);
  const isDoubt = account.book.findOpenCase(recharge.counter)?.kind === "doubt";
  if (isDoubt && recharge.state !== "pending") account.book.closeCases(recharge.counter, account.services.clock.now());
}

/** Opens a case and numbers the fact; where one is open it stays the only one. Inside a write. */
export function openCase(
  account: AccountContext,
  recharge: RechargeRecord,
  attempt: AttemptRecord,
  kind: CaseKind,
): void {
  if (account.book.findOpenCase(recharge.counter) !== null) return;
  const wallet = account.book.findWallet(recharge.currency);
  assert(wallet !== null, "a recharge has a wallet");
  const now = account.services.clock.now();
  account.book.openCase(recharge.counter, kind, now);
  account.book.appendEvent({
    type: "recharge.case_opened",
    at: now,
    wallet: presentWallet(wallet),
    recharge: factsForEvent(account, recharge, attempt),
    case: kind,
  });
}

function planNext(
  account: AccountContext,
  recharge: RechargeRecord,
  { attempt, verdict }: Judged,
  after: { readonly piece: Evidence; readonly wantsLookup: boolean },
): void {
  const rules = scheduleOf(factsOf(account, attempt.provider));
  const now = account.services.clock.now();
  const { piece } = after;
  const isOpen = verdict.word === "pending" || verdict.word === "doubt";
  const asksAgain = after.wantsLookup && rules.canLookUp && piece.kind !== "ruling";
  if (!isOpen && !asksAgain) return account.recharges.removeOpen(attempt.counter);
  const hasCase = account.book.findOpenCase(recharge.counter) !== null;
  const dueAt = isOpen ? nextStepAt(rules, { ...attempt, hasCase }, now, piece.word) : now;
  account.recharges.setOpen({ attempt: attempt.counter, recharge: recharge.counter, dueAt });
}
