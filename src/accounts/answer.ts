// The upstream calls of one recharge: each attempt is sent once, after it was written, and its answer becomes evidence.
import { referenceOf } from "../base/id.ts";
import { assert } from "../base/assert.ts";
import { findProduct } from "../catalog/products.ts";
import { claimNumberOf } from "../catalog/check.ts";
import type { Evidence } from "../recharges/evidence.ts";
import type { Outcome } from "../recharges/outcome.ts";
import { evidenceOf, type ExpectedAttempt } from "../recharges/reading.ts";
import { type AccountContext, gatherRecharges, namesOf, profileOf } from "./context.ts";
import type { AttemptRecord, RechargeRecord } from "./records.ts";
import { applyEvidence, type Heard } from "./settle.ts";

/** Runs the calls of a recharge whose first attempt is written as `sent`; resolves when an answer settled or left doubt. */
export async function answerRecharge(
  account: AccountContext,
  recharge: RechargeRecord,
  first: AttemptRecord,
  others: readonly string[],
): Promise<void> {
  const waiting = [...others];
  for (let attempt: AttemptRecord | null = first; attempt !== null; ) {
    const outcome = await submit(account, recharge, attempt);
    const nextProvider = waiting.shift() ?? null;
    await gatherRecharges(account);
    attempt = applyEvidence(account, attempt.counter, heardReply(account, recharge, attempt, outcome, nextProvider));
    if (attempt !== null) await noteSend(account, recharge, attempt.provider);
  }
}

async function submit(account: AccountContext, recharge: RechargeRecord, attempt: AttemptRecord): Promise<Outcome> {
  const { account: number, mode } = profileOf(account);
  try {
    return await account.services.line.submit({
      provider: attempt.provider,
      mode,
      reference: referenceOf(account.services.installation, number, attempt.counter),
      product: recharge.product,
      number: recharge.number,
      amount: recharge.face,
      fields: recharge.fields,
      geocode: recharge.geocode,
      startBy: attempt.startBy,
    });
  } catch (fault) {
    // Once the attempt is written, a throw is silence: it may have been sent.
    const { provider, counter } = attempt;
    const names = namesOf(account, { recharge: recharge.counter, attempt: counter });
    account.services.log.error("submit.threw", { provider, ...names }, fault);
    return { kind: "in_doubt", carried: {}, said: "no answer" };
  }
}

function heardReply(
  account: AccountContext,
  recharge: RechargeRecord,
  attempt: AttemptRecord,
  outcome: Outcome,
  nextProvider: string | null,
): Heard {
  const now = account.services.clock.now();
  if (outcome.kind === "not_started")
    return {
      piece: notStarted(attempt, now),
      providerCommission: null,
      nextProvider,
      isLookup: false,
      isNotStarted: true,
    };
  const heard = { kind: "reply", askedAt: attempt.startedAt, now } as const;
  const { evidence, alarm } = evidenceOf(outcome, expectedOf(account, recharge, attempt), heard);
  if (alarm !== null) warn(account, attempt, alarm);
  const providerCommission = outcome.carried.providerCommission ?? null;
  return { piece: evidence, providerCommission, nextProvider, isLookup: false };
}

/** The line never started the call: proof that nothing was sent, so the order may go on. */
function notStarted(attempt: AttemptRecord, now: number): Evidence {
  return {
    key: `reply:${attempt.startedAt}`,
    kind: "reply",
    word: "declined",
    speaksAt: now,
    receivedAt: now,
    operatorReference: null,
    theirReference: null,
    cause: null,
    said: "not started: nothing was sent",
  };
}

export function expectedOf(account: AccountContext, recharge: RechargeRecord, attempt: AttemptRecord): ExpectedAttempt {
  return {
    reference: referenceOf(account.services.installation, profileOf(account).account, attempt.counter),
    theirReference: attempt.theirReference,
    number: recharge.number,
    amount: recharge.face,
  };
}

/** An alarm for staff: something answered about another attempt, or our own request was wrong. */
export function warn(account: AccountContext, attempt: AttemptRecord, alarm: string): void {
  const { provider, recharge, counter } = attempt;
  const names = namesOf(account, { recharge, attempt: counter });
  account.services.log.warn("provider.alarm", { provider, ...names, alarm });
}

/** Tells the guard of a further send; without it only the provider's own repeat rule is missed, so a failure is logged. */
async function noteSend(account: AccountContext, recharge: RechargeRecord, provider: string): Promise<void> {
  const { mode } = profileOf(account);
  const product = findProduct(recharge.product);
  assert(product !== null, "a recharge has a product");
  try {
    const number = claimNumberOf(product, recharge.number, recharge.fields);
    await account.services.claims.noteSend({ mode, number, amount: recharge.face, provider });
  } catch (fault) {
    account.services.log.error("guard.note_send", { provider }, fault);
  }
}
