// Balance segments at an account: its calls to a provider, and the words that segments say of them.
import { rechargeIdOf, referenceOf } from "../base/id.ts";
import { assert } from "../base/assert.ts";
import type { Evidence } from "../recharges/evidence.ts";
import { absenceSettlesFrom, callEndsBy } from "../recharges/schedule.ts";
import { heardOf, type ToldCall } from "../recharges/segment-calls.ts";
import { standingOf } from "../recharges/states.ts";
import { type AccountContext, factsOf, profileOf, scheduleOf } from "./context.ts";
import { openCase } from "./keep-case.ts";
import type { AttemptRecord, RechargeRecord } from "./records.ts";
import type { CallQuestion, SegmentWordGiven } from "./segment-types.ts";
import { applyEvidence } from "./settle.ts";

/** The account's calls that a segment must know, oldest first; empty before the first `configure`. */
export function readWalletCalls(account: AccountContext, question: CallQuestion): readonly ToldCall[] {
  if (account.book.readProfile() === null) return [];
  return account.scans.readHeard(question).map((attempt) => tellCall(account, attempt));
}

function tellCall(account: AccountContext, attempt: AttemptRecord): ToldCall {
  const number = profileOf(account).account;
  const recharge = rechargeOf(account, attempt);
  const rules = scheduleOf(factsOf(account, attempt.provider));
  const heard = heardOf(account.attempts.readEvidence(attempt.counter), {
    endsBy: callEndsBy(rules, attempt, account.services.times.resolveMarginMs),
    providerCommission: attempt.providerCommission,
    absence: { settlesFrom: absenceSettlesFrom(rules, attempt.startBy) },
  });
  return {
    ...heard,
    id: referenceOf(account.services.installation, number, attempt.counter),
    account: number,
    attempt: attempt.counter,
    rechargeId: rechargeIdOf(number, recharge.counter),
    face: recharge.face,
    sentAt: attempt.startedAt,
    isOpen: standingOf([attempt.state]) === "open",
  };
}

/**
 * Takes the words of segments, all in one write. A word about an attempt of another provider is left out; what the
 * attempt has heard of a segment before is not heard again. Answers how many attempts were settled.
 */
export function takeSegmentWords(
  account: AccountContext,
  provider: string,
  words: readonly SegmentWordGiven[],
): number {
  return account.atomically(() => words.filter((word) => takeWord(account, provider, word)).length);
}

function takeWord(account: AccountContext, provider: string, given: SegmentWordGiven): boolean {
  const attempt = account.attempts.find(given.attempt);
  if (attempt === null || attempt.provider !== provider || isKnown(account, given)) return false;
  const piece = pieceOf(given, account.services.clock.now());
  applyEvidence(account, given.attempt, { piece, providerCommission: null, nextProvider: null, isLookup: false });
  const recharge = rechargeOf(account, attempt);
  const isOfKind = given.opens === (recharge.state === "pending" ? "doubt" : "contradiction");
  if (given.opens !== null && isOfKind) openCase(account, recharge, attempt, given.opens);
  return given.word !== "unclear";
}

/** A segment that says the same as one before, between other balances, says nothing new. */
function isKnown(account: AccountContext, { attempt, word, key }: SegmentWordGiven): boolean {
  return account.attempts
    .readEvidence(attempt)
    .some(
      (piece) => piece.kind === "balance_segment" && (piece.key === key || (piece.word === word && word !== "unclear")),
    );
}

function pieceOf({ key, word, speaksAt, said }: SegmentWordGiven, now: number): Evidence {
  return {
    key,
    kind: "balance_segment",
    word,
    speaksAt,
    receivedAt: now,
    operatorReference: null,
    theirReference: null,
    cause: word === "failure" ? "not_executed" : null,
    said: said.slice(0, 500),
  };
}

function rechargeOf(account: AccountContext, attempt: AttemptRecord): RechargeRecord {
  const recharge = account.recharges.find(attempt.recharge);
  assert(recharge !== null, "an attempt belongs to a recharge");
  return recharge;
}
