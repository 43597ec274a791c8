// A callback at its account: an authenticated one is evidence, any other a hint that buys one lookup and moves nothing.
import type { Evidence, EvidenceKind } from "../recharges/evidence.ts";
import type { LookupAnswer } from "../recharges/ports.ts";
import { evidenceOf } from "../recharges/reading.ts";
import { callEndsBy } from "../recharges/schedule.ts";
import { standingOf } from "../recharges/states.ts";
import type { CallbackHeard } from "./account.ts";
import { expectedOf, warn } from "./answer.ts";
import { type AccountContext, factsOf, namesOf, scheduleOf } from "./context.ts";
import type { AttemptRecord, RechargeRecord } from "./records.ts";
import { applyEvidence } from "./settle.ts";
import { askProvider, postpone } from "./settlement-run.ts";
import { hasUnansweredHint, isAgainst } from "./unanswered-hint.ts";

type CallbackKind = Extract<EvidenceKind, "hint" | "callback">;

/** Pieces kept per attempt, so that nobody fills an account's storage with forged ones. */
const keptAtMost = { hint: 5, callback: 20 } as const satisfies Record<CallbackKind, number>;
const referenceLength = 64;

/** False: the account has no such attempt at this provider, or is behind its ledger and cannot know. The same callback again is the same piece of evidence. */
export function takeCallback(account: AccountContext, heard: CallbackHeard): boolean {
  const attempt = account.attempts.find(heard.attempt);
  if (attempt === null || attempt.provider !== heard.provider) return false;
  if (account.book.readProfile()?.isGoneBack === true) return false;
  const recharge = account.recharges.find(attempt.recharge);
  if (recharge === null) return false;
  const { piece, alarm } = readPiece(account, recharge, attempt, heard);
  if (heard.isAuthentic) {
    if (alarm !== null) warn(account, attempt, alarm);
    if (mayKeep(account, attempt, piece)) {
      const whole = { piece, providerCommission: null, nextProvider: null, isLookup: false };
      applyEvidence(account, attempt.counter, whole);
    }
    account.wake();
    return true;
  }
  const isAsked = isWorthAsking(account, attempt, piece);
  const isReopened = isAsked && !account.attempts.isOpen(attempt.counter);
  account.atomically(() => {
    if (mayKeep(account, attempt, piece)) account.attempts.insertEvidence(attempt.counter, piece);
    if (isReopened) account.attempts.plan(attempt.counter, askedAgainAt(account, attempt));
  });
  if (isReopened) account.wake();
  if (isAsked) account.keepAlive(askNow(account, recharge, attempt, isReopened));
  return true;
}

/** When the schedule asks, should the object end before the answer, or the answer be lost: after this lookup can be running. */
function askedAgainAt(account: AccountContext, attempt: AttemptRecord): number {
  const { clock, times } = account.services;
  const rules = scheduleOf(factsOf(account, attempt.provider));
  return callEndsBy(rules, { startBy: clock.now() + times.startByMs }, times.resolveMarginMs);
}

/** It counts only if all that it carries is the attempt's. Its key leaves the time out: a replay says nothing new. */
function readPiece(
  account: AccountContext,
  recharge: RechargeRecord,
  attempt: AttemptRecord,
  { outcome, isAuthentic, receivedAt }: CallbackHeard,
): { readonly piece: Evidence; readonly alarm: string | null } {
  const kind: CallbackKind = isAuthentic ? "callback" : "hint";
  const now = account.services.clock.now();
  const read = evidenceOf(outcome, expectedOf(account, recharge, attempt), { kind, askedAt: receivedAt, now });
  const { word, theirReference, operatorReference } = read.evidence;
  const key = `${kind}:${word}:${cut(theirReference)}:${cut(operatorReference)}`;
  return { piece: { ...read.evidence, key }, alarm: read.alarm };
}

function cut(reference: string | null): string {
  return (reference ?? "").slice(0, referenceLength);
}

function mayKeep(account: AccountContext, attempt: AttemptRecord, { kind, key }: Evidence): boolean {
  const kept = account.attempts.readEvidence(attempt.counter).filter((one) => one.kind === kind);
  const most = kind === "hint" ? keptAtMost.hint : keptAtMost.callback;
  return kept.length < most && !kept.some((one) => one.key === key);
}

/**
 * An explicit word about an attempt that is open, or that says the opposite of what the attempt has come to; never while
 * its call may still run (`design.md`, "Settling doubt"). What does not fit the attempt is not worth a lookup.
 */
function isWorthAsking(account: AccountContext, attempt: AttemptRecord, { word }: Evidence): boolean {
  if (word !== "success" && word !== "failure") return false;
  const rules = scheduleOf(factsOf(account, attempt.provider));
  if (!rules.canLookUp || mayStillRun(account, attempt)) return false;
  return standingOf([attempt.state]) === "open" || isAgainst(attempt, word);
}

function mayStillRun(account: AccountContext, attempt: AttemptRecord): boolean {
  if (account.answering.has(attempt.recharge)) return true;
  const rules = scheduleOf(factsOf(account, attempt.provider));
  const isAnswered = account.attempts.readEvidence(attempt.counter).some((piece) => piece.kind === "reply");
  return (
    !isAnswered && account.services.clock.now() < callEndsBy(rules, attempt, account.services.times.resolveMarginMs)
  );
}

/** Asked about after the five minutes, unless the provider has answered the same question since; with the ration spent, never. */
function afterRefusal(
  account: AccountContext,
  attempt: AttemptRecord,
  { isHintAgain, retryAt }: Extract<LookupAnswer, { readonly granted: false }>,
): void {
  if (isHintAgain === true && hasUnansweredHint(account, attempt)) postpone(account, attempt.counter, retryAt);
  else account.atomically(() => account.attempts.close(attempt.counter));
}

async function askNow(
  account: AccountContext,
  recharge: RechargeRecord,
  attempt: AttemptRecord,
  isReopened: boolean,
): Promise<void> {
  try {
    const answer = await askProvider(account, recharge, attempt, "hint");
    if (!answer.granted && isReopened) afterRefusal(account, attempt, answer);
  } catch (fault) {
    const names = namesOf(account, { recharge: recharge.counter, attempt: attempt.counter });
    account.services.log.error("callback.lookup", names, fault);
  }
  account.wake();
}
