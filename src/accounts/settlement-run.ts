// Settlement of what is open, from the account's alarm: lookups on the provider's schedule and quota, then a case.
import { assert } from "../base/assert.ts";
import { referenceOf } from "../base/id.ts";
import type { LookupOutcome } from "../recharges/outcome.ts";
import type { Evidence } from "../recharges/evidence.ts";
import type { LookupAnswer } from "../recharges/ports.ts";
import { evidenceOf } from "../recharges/reading.ts";
import { caseAt, nextStepAt } from "../recharges/schedule.ts";
import { standingOf } from "../recharges/states.ts";
import { expectedOf, warn } from "./answer.ts";
import { type AccountContext, factsOf, namesOf, profileOf, scheduleOf } from "./context.ts";
import type { AttemptRecord, OpenRecord, RechargeRecord } from "./records.ts";
import { openCase } from "./keep-case.ts";
import { applyEvidence } from "./settle.ts";

/** At once in one run of the alarm; the rest has its turn in the next. */
const batchSize = 20;

/** Takes the next step for each open attempt that is due. Each attempt has its own `try`: one fault holds up no other. */
export async function settleDue(account: AccountContext): Promise<void> {
  const now = account.services.clock.now();
  const all = account.attempts.readOpen().filter((open) => open.dueAt !== null && open.dueAt <= now);
  // Its call should have ended by now: whoever waits for it tells; until then nobody asks, and the alarm does not spin.
  for (const open of all.filter(({ recharge }) => account.answering.has(recharge)))
    postpone(account, open.attempt, now + account.services.times.outboxRetryMs);
  const due = all.filter(({ recharge }) => !account.answering.has(recharge)).slice(0, batchSize);
  await Promise.all(
    due.map((open) =>
      settleOne(account, open).catch((fault: unknown) => {
        account.services.log.error("settlement.step", namesOf(account, open), fault);
        postpone(account, open.attempt, account.services.clock.now() + account.services.times.outboxRetryMs);
      }),
    ),
  );
}

async function settleOne(account: AccountContext, open: OpenRecord): Promise<void> {
  const attempt = account.attempts.find(open.attempt);
  const recharge = account.recharges.find(open.recharge);
  assert(attempt !== null && recharge !== null, "what is open exists");
  if (attempt.state === "sent") return noteSilence(account, attempt);
  const rules = scheduleOf(factsOf(account, attempt.provider));
  if (caseAt(rules, attempt) <= account.services.clock.now()) openDoubt(account, recharge, attempt);
  if (rules.canLookUp) await askProvider(account, recharge, attempt, "schedule");
  else plan(account, attempt, null);
}

/** The object was reset between send and answer, or the answer never came: from now on it is in doubt. */
function noteSilence(account: AccountContext, attempt: AttemptRecord): void {
  const now = account.services.clock.now();
  const piece: Evidence = {
    key: `reply:${attempt.startedAt}`,
    kind: "reply",
    word: "unclear",
    speaksAt: now,
    receivedAt: now,
    operatorReference: null,
    theirReference: null,
    cause: null,
    said: "no answer",
  };
  applyEvidence(account, attempt.counter, { piece, providerCommission: null, nextProvider: null, isLookup: false });
}

function openDoubt(account: AccountContext, recharge: RechargeRecord, attempt: AttemptRecord): void {
  if (recharge.state !== "pending") return;
  account.atomically(() => openCase(account, recharge, attempt, "doubt"));
}

/** One lookup now, if it is granted. A hint that is refused its lookup changes nothing. */
export async function askProvider(
  account: AccountContext,
  recharge: RechargeRecord,
  attempt: AttemptRecord,
  because: "schedule" | "hint",
): Promise<LookupAnswer> {
  const permit = await account.services.permits(attempt.provider).takeLookup({
    attempt: referenceOf(account.services.installation, profileOf(account).account, attempt.counter),
    atRisk: recharge.cost,
    openedAt: attempt.startedAt,
    because,
  });
  const isScheduled = because === "schedule";
  if (!permit.granted) {
    if (isScheduled) waitForRation(account, attempt, permit.retryAt);
    return permit;
  }
  const askedAt = account.services.clock.now();
  const outcome = await lookUp(account, attempt, askedAt);
  if (outcome.kind === "not_started") {
    if (isScheduled) plan(account, attempt, null);
    return permit;
  }
  const heard = { kind: "lookup", askedAt, now: account.services.clock.now() } as const;
  // Read again: the upstream's own id may have been learnt while it was asked.
  const known = account.attempts.find(attempt.counter) ?? attempt;
  const { evidence, alarm } = evidenceOf(outcome, expectedOf(account, recharge, known), heard);
  if (alarm !== null) warn(account, attempt, alarm);
  const providerCommission = outcome.carried.providerCommission ?? null;
  applyEvidence(account, attempt.counter, { piece: evidence, providerCommission, nextProvider: null, isLookup: true });
  return permit;
}

async function lookUp(account: AccountContext, attempt: AttemptRecord, askedAt: number): Promise<LookupOutcome> {
  try {
    return await account.services.line.lookUp({
      provider: attempt.provider,
      reference: referenceOf(account.services.installation, profileOf(account).account, attempt.counter),
      theirReference: attempt.theirReference,
      startBy: askedAt + account.services.times.startByMs,
    });
  } catch (fault) {
    const { provider, recharge, counter } = attempt;
    const names = namesOf(account, { recharge, attempt: counter });
    account.services.log.error("lookup.threw", { provider, ...names }, fault);
    return { kind: "in_doubt", carried: {}, said: "no answer" };
  }
}

/** Plans the next step of an attempt about which nothing new was heard. */
function plan(account: AccountContext, attempt: AttemptRecord, last: Evidence["word"] | null): void {
  const rules = scheduleOf(factsOf(account, attempt.provider));
  // What is settled becomes no case of doubt, so no such moment cuts its waits short.
  const hasCase = standingOf([attempt.state]) !== "open" || account.book.findOpenCase(attempt.recharge) !== null;
  const dueAt = nextStepAt(rules, { ...attempt, hasCase }, account.services.clock.now(), last);
  postpone(account, attempt.counter, dueAt);
}

/** A spent ration puts off the lookup, never the case. */
function waitForRation(account: AccountContext, attempt: AttemptRecord, retryAt: number): void {
  const caseOpensAt = caseAt(scheduleOf(factsOf(account, attempt.provider)), attempt);
  const isCaseFirst = account.services.clock.now() < caseOpensAt && caseOpensAt < retryAt;
  postpone(account, attempt.counter, isCaseFirst ? caseOpensAt : retryAt);
}

/** Moves the step of an attempt that is still open; one that was settled meanwhile stays closed. */
export function postpone(account: AccountContext, attempt: number, dueAt: number | null): void {
  if (account.attempts.isOpen(attempt)) account.atomically(() => account.attempts.plan(attempt, dueAt));
}
