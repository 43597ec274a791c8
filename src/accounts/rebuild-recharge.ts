// A recharge as the ledger's events tell of it, written again into an account that lost it. Called inside a write.
import { assert } from "../base/assert.ts";
import { readRechargeId, readReference } from "../base/id.ts";
import { dayOf } from "../recharges/day.ts";
import type { AccountEvent, RechargeFacts } from "../recharges/events.ts";
import type { Evidence, Word } from "../recharges/evidence.ts";
import { attemptTransitions } from "../recharges/states.ts";
import { verdictOf } from "../recharges/verdict.ts";
import { type AccountContext, profileOf } from "./context.ts";
import { orderKeyOf } from "./order-key.ts";
import type { AttemptRecord, RechargeRecord } from "./records.ts";

export type RechargeEvent = Extract<AccountEvent, { readonly recharge: RechargeFacts }>;

/** Agent ids that we gave ourselves, to plain orders of protocols without a reference. */
const ownAgentId = /^(aopay|nurr):[0-9a-f-]{36}$/;

/** Brings recharge, attempts and evidence to where they were after the event. What was heard is not in it: a piece of evidence says what it came to. */
export function rebuildRecharge(account: AccountContext, event: RechargeEvent): void {
  const attempt = rebuildAttempt(account, event);
  const counter = counterOf(account, event.recharge.id);
  const known = account.recharges.find(counter);
  if (known === null) insertRecharge(account, event, attempt.counter);
  else updateRecharge(account, event, known, attempt.counter);
  if (event.type === "recharge.case_ruled" && event.ruling !== null) return;
  const word = wordOf(event);
  if (word === null) return hearReply(account, event, attempt);
  const recharge = account.recharges.find(counter);
  assert(recharge !== null, "it was written");
  const isDecided = (one: number): boolean => one === attempt.counter || word !== "success";
  for (const one of recharge.attempts) {
    const before = account.attempts.find(one);
    assert(before !== null, "a recharge names its attempts");
    const wasDeclined = one !== attempt.counter && event.recharge.declinedBy?.includes(before.provider) === true;
    if (wasDeclined) hear(account, before, pieceOf(event, "declined"));
    else if (isDecided(one)) hear(account, before, pieceOf(event, word));
    account.attempts.close(one);
  }
}

/** Adds a piece of evidence, and brings the attempt to what all of it adds up to. */
export function hear(account: AccountContext, attempt: AttemptRecord, piece: Evidence): void {
  if (!account.attempts.insertEvidence(attempt.counter, piece)) return;
  const verdict = verdictOf(account.attempts.readEvidence(attempt.counter), { settlesFrom: null });
  account.attempts.update({ ...attempt, state: attemptTransitions[attempt.state][verdict.word] });
}

/** The attempt is open still: what its reply said, where the event tells it and nothing of it is known. */
function hearReply(account: AccountContext, event: RechargeEvent, attempt: AttemptRecord): void {
  const { answer } = event.recharge;
  const isKnown = account.attempts.readEvidence(attempt.counter).some((piece) => piece.kind === "reply");
  if (answer !== undefined && !isKnown) hear(account, attempt, pieceOf(event, answer.word));
}

/** What an event says of the attempt that decided; null: nothing was decided. */
function wordOf({ type, recharge }: RechargeEvent): Word | null {
  if (type === "recharge.succeeded") return "success";
  if (type === "recharge.reversed") return "failure";
  if (type === "recharge.failed") return recharge.failure?.cause === "provider_declined" ? "declined" : "failure";
  return null;
}

function pieceOf({ number, type, at, recharge }: RechargeEvent, word: Word): Evidence {
  return {
    key: `ledger:${number}`,
    // Only a lookup, a statement or a ruling reverses; what else decided is understated, and never overrides more.
    kind: type === "recharge.reversed" ? "lookup" : "reply",
    word,
    speaksAt: at,
    receivedAt: at,
    operatorReference: word === "success" ? recharge.operatorReference : null,
    theirReference: null,
    cause: word === "failure" ? (recharge.failure?.cause ?? null) : null,
    said: `the ledger's event ${number}, ${type}: what was heard was lost with the account`,
  };
}

function rebuildAttempt(account: AccountContext, { at, recharge }: RechargeEvent): AttemptRecord {
  const { installation, clock, times } = account.services;
  const reference = readReference(installation, recharge.reference);
  assert(
    reference !== null && reference.accountNumber === profileOf(account).account,
    "an event's reference is its account's",
  );
  const known = account.attempts.find(reference.counter);
  const { provider, providerCommission } = recharge;
  if (known !== null) {
    const attempt = { ...known, providerCommission: providerCommission ?? known.providerCommission };
    account.attempts.update(attempt);
    return attempt;
  }
  const attempt: AttemptRecord = {
    counter: reference.counter,
    recharge: counterOf(account, recharge.id),
    provider,
    state: "sent",
    startedAt: at,
    startBy: at + times.startByMs,
    theirReference: null,
    providerCommission,
    lookups: 0,
  };
  account.attempts.insert(attempt, clock.now());
  return attempt;
}

function insertRecharge(account: AccountContext, event: RechargeEvent, attempt: number): void {
  const { recharge: facts, number, at } = event;
  const { state, proof, operatorReference, failure, agentId, product, fields, createdAt } = facts;
  const recharge: RechargeRecord = {
    counter: counterOf(account, facts.id),
    agentId,
    product,
    number: facts.number,
    fields,
    geocode: null,
    repeatOf: facts.repeatOf === null ? null : counterOf(account, facts.repeatOf),
    face: facts.face,
    commission: facts.commission,
    cost: facts.cost,
    currency: facts.currency,
    planVersion: facts.planVersion,
    state,
    proof,
    operatorReference,
    failure,
    attempts: [attempt],
    day: dayOf(facts.currency, createdAt),
    event: number,
    createdAt,
    updatedAt: at,
  };
  account.recharges.insertRecharge(recharge);
  const { face: amount } = facts;
  if (ownAgentId.test(agentId))
    account.unreferenced.name(orderKeyOf({ product, number: facts.number, amount, fields }), recharge.counter);
}

function updateRecharge(account: AccountContext, event: RechargeEvent, known: RechargeRecord, attempt: number): void {
  const { state, proof, operatorReference, failure } = event.recharge;
  const attempts = known.attempts.includes(attempt) ? known.attempts : [...known.attempts, attempt];
  const moves = event.type !== "recharge.case_opened" && event.type !== "recharge.case_ruled";
  const moved = moves ? { event: event.number, updatedAt: event.at } : {};
  account.recharges.updateRecharge({ ...known, state, proof, operatorReference, failure, attempts, ...moved });
}

export function counterOf(account: AccountContext, id: string): number {
  const name = readRechargeId(id);
  assert(
    name !== null && name.accountNumber === profileOf(account).account,
    "an event's recharge belongs to its account",
  );
  return name.counter;
}
