// Applying one piece of evidence: the evidence, the verdict, the money and the facts, in one write (`design.md`, law 4 and 5).
import { assert } from "../base/assert.ts";
import type { Minor } from "../base/money.ts";
import type { CaseKind, RulingFacts } from "../recharges/events.ts";
import type { Evidence } from "../recharges/evidence.ts";
import { absenceSettlesFrom, callEndsBy, nextStepAt } from "../recharges/schedule.ts";
import { attemptTransitions, type Settlement, settlementOf } from "../recharges/states.ts";
import { isExplicit, type Verdict, verdictOf } from "../recharges/verdict.ts";
import { type AccountContext, factsOf, noteOutcome, outcomeOf, scheduleOf } from "./context.ts";
import { failureOf, operatorReferenceOf } from "./decided-facts.ts";
import { isAskedForDispute, settleDispute } from "./dispute.ts";
import { keepCase, tellRuling } from "./keep-case.ts";
import { moveMoney } from "./move-money.ts";
import type { AttemptRecord, RechargeRecord } from "./records.ts";
import { hasUnansweredHint } from "./unanswered-hint.ts";

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

/** A ruling that two persons have made; whether it takes money again is for settlement to say. */
export type RulingGiven = Omit<RulingFacts, "takesAgain">;

interface Settled {
  readonly all: readonly Judged[];
  /** One of those about which something was heard. */
  readonly first: Judged;
  readonly settlement: Settlement;
  readonly ruling: RulingGiven | null;
}

/**
 * Writes one piece of evidence about an attempt and all that follows from it. The same piece again changes nothing.
 * Returns the next attempt, written as `sent`, when the upstream declined and another provider may be tried.
 */
export function applyEvidence(account: AccountContext, counter: number, heard: Heard): AttemptRecord | null {
  return account.atomically(() => {
    if (!account.attempts.insertEvidence(counter, heard.piece)) return null;
    const judged = judge(account, counter, heard);
    const kind = heard.isNotStarted === true ? "not_started" : outcomeOf(judged.verdict.word);
    if (heard.piece.kind === "reply") noteOutcome(account, judged.attempt, kind, heard.piece);
    const recharge = account.recharges.find(judged.attempt.recharge);
    assert(recharge !== null, "an attempt belongs to a recharge");
    if (mayTryNext(recharge, judged, heard)) return writeNextAttempt(account, recharge, judged.attempt, heard);
    settle(account, recharge, [judged], { piece: heard.piece, isLookup: heard.isLookup, ruling: null });
    return null;
  });
}

/** A piece for each attempt of a recharge, all of one ruling: one write with all that follows. Called inside it. */
export function applyRuling(
  account: AccountContext,
  recharge: RechargeRecord,
  pieces: readonly { readonly attempt: number; readonly piece: Evidence }[],
  ruling: RulingGiven,
): void {
  const [first] = pieces;
  assert(first !== undefined, "a ruling is about an attempt");
  const judged = pieces.map(({ attempt, piece }) => {
    account.attempts.insertEvidence(attempt, piece);
    return judge(account, attempt, { piece, providerCommission: null, nextProvider: null, isLookup: false });
  });
  settle(account, recharge, judged, { piece: first.piece, isLookup: false, ruling });
}

/** Brings one attempt to what its evidence adds up to, and writes it. */
function judge(account: AccountContext, counter: number, heard: Heard): Judged {
  const before = account.attempts.find(counter);
  assert(before !== null, "evidence belongs to an attempt");
  const verdict = verdictFor(account, before);
  const attempt: AttemptRecord = {
    ...before,
    state: attemptTransitions[before.state][verdict.word],
    theirReference: before.theirReference ?? heard.piece.theirReference,
    providerCommission: heard.providerCommission ?? before.providerCommission,
    lookups: before.lookups + (heard.isLookup ? 1 : 0),
  };
  account.attempts.update(attempt);
  return { attempt, state: attempt.state, verdict };
}

function verdictFor(account: AccountContext, attempt: AttemptRecord): Verdict {
  const settlesFrom = absenceSettlesFrom(scheduleOf(factsOf(account, attempt.provider)), attempt.startBy);
  return verdictOf(account.attempts.readEvidence(attempt.counter), { settlesFrom });
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
  account.attempts.insert(next, firstStepAt(account, next));
  account.attempts.close(declined.counter);
  account.recharges.updateRecharge({ ...recharge, attempts: [...recharge.attempts, next.counter] });
  return next;
}

/** A new attempt as it is written before the send; its counter makes its reference. */
export function sentAttempt(account: AccountContext, recharge: number, provider: string): AttemptRecord {
  const now = account.services.clock.now();
  return {
    counter: account.attempts.nextCounter(),
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
export function firstStepAt(account: AccountContext, attempt: AttemptRecord): number {
  const rules = scheduleOf(factsOf(account, attempt.provider));
  return callEndsBy(rules, attempt, account.services.times.resolveMarginMs);
}

/** What was heard about some attempts of a recharge, or ruled about all of them. */
interface News {
  readonly piece: Evidence;
  readonly isLookup: boolean;
  readonly ruling: RulingGiven | null;
}

function settle(account: AccountContext, recharge: RechargeRecord, heardOf: readonly Judged[], news: News): void {
  const all = recharge.attempts.map((counter): Judged => {
    const known = heardOf.find((one) => one.attempt.counter === counter);
    if (known !== undefined) return known;
    const attempt = account.attempts.find(counter);
    assert(attempt !== null, "a recharge names its attempts");
    return { attempt, state: attempt.state, verdict: verdictFor(account, attempt) };
  });
  const [first] = heardOf;
  assert(first !== undefined, "something was heard of an attempt");
  const mayCallbacksReverse = factsOf(account, first.attempt.provider).callbacks?.mayReverse ?? false;
  const settlement = settlementOf(recharge.state, all, { mayCallbacksReverse });
  const settled = moveAndTell(account, recharge, { all, first, settlement, ruling: news.ruling });
  const isAnswered = news.isLookup && isExplicit(news.piece);
  const wantsLookup = settlement.wantsLookup && !isAnswered;
  for (const one of heardOf) planNext(account, settled, one, { ...news, wantsLookup });
}

/** The ruling, the money, the case and the dispute, in this order. A case that nothing needs any more is closed by what settled it. */
function moveAndTell(
  account: AccountContext,
  recharge: RechargeRecord,
  { all, first, settlement, ruling }: Settled,
): RechargeRecord {
  const needed = settlement.case;
  const open = account.book.findOpenCase(recharge.counter)?.kind ?? null;
  const isStillDoubt = open === "doubt" && settlement.next === "pending" && ruling === null;
  const closes = needed === null && !isStillDoubt ? open : null;
  const takesAgain = settlement.move === "take_again";
  assert(!takesAgain || ruling !== null, "money is taken again only by a ruling");
  const decider = all.find((one) => one.state === "succeeded") ?? first;
  if (ruling !== null || (closes !== null && settlement.move === "none"))
    tellRuling(account, recharge, decider.attempt, { ruling: ruling && { ...ruling, takesAgain }, closesCase: closes });
  const settled = move(account, recharge, all, { settlement, closesCase: ruling === null ? closes : null });
  if (closes !== null) account.book.closeCases(recharge.counter, account.services.clock.now());
  if (needed !== null) keepCase(account, settled, first.attempt, needed);
  // Only what is final can be disputed.
  if (recharge.state !== "pending") settleDispute(account, settled, ruling?.reason ?? null);
  return settled;
}

function move(
  account: AccountContext,
  recharge: RechargeRecord,
  all: readonly Judged[],
  { settlement, closesCase }: { readonly settlement: Settlement; readonly closesCase: CaseKind | null },
): RechargeRecord {
  if (settlement.move === "none") return recharge;
  const decider = all.find((one) => one.state === "succeeded") ?? all.at(-1);
  assert(decider !== undefined, "a recharge that settles has an attempt");
  const isSuccess = settlement.next === "succeeded";
  const operatorReference = isSuccess ? operatorReferenceOf(account, decider) : recharge.operatorReference;
  const next: RechargeRecord = {
    ...recharge,
    state: settlement.next,
    operatorReference,
    proof: isSuccess ? (operatorReference === null ? "claimed" : "operator_reference") : recharge.proof,
    failure: isSuccess ? null : failureOf(decider.verdict),
    updatedAt: account.services.clock.now(),
  };
  return moveMoney(account, decider.attempt, settlement.move, next, closesCase);
}

function planNext(
  account: AccountContext,
  recharge: RechargeRecord,
  { attempt, verdict }: Judged,
  after: Pick<News, "piece" | "isLookup"> & { readonly wantsLookup: boolean },
): void {
  const rules = scheduleOf(factsOf(account, attempt.provider));
  const now = account.services.clock.now();
  const { piece } = after;
  const isOpen = verdict.word === "pending" || verdict.word === "doubt";
  const asksAgain = after.wantsLookup && rules.canLookUp && piece.kind !== "ruling";
  const isHinted = piece.kind !== "ruling" && hasUnansweredHint(account, attempt);
  const isQuestioned = isHinted || isAskedForDispute(account, recharge, attempt);
  if (!isOpen && !asksAgain && !isQuestioned) return account.attempts.close(attempt.counter);
  const hasCase = isQuestioned || account.book.findOpenCase(recharge.counter) !== null;
  const isLater = isOpen || after.isLookup;
  const dueAt = isLater ? nextStepAt(rules, { ...attempt, hasCase }, now, piece.word) : now;
  account.attempts.plan(attempt.counter, dueAt);
}
