// From an account's rows to what is shown of them.
import { referenceOf, rechargeIdOf } from "../base/id.ts";
import type { EarlierRecharge } from "../base/refusal.ts";
import type { RechargeFacts } from "../recharges/events.ts";
import type { RechargeView, WalletView } from "../recharges/recharge.ts";
import { caseAt } from "../recharges/schedule.ts";
import type { AttemptView, CaseView } from "./account.ts";
import type { CaseRecord, WalletRecord } from "./book-store.ts";
import { type AccountContext, factsOf, profileOf, scheduleOf } from "./context.ts";
import type { AttemptRecord, RechargeRecord } from "./records.ts";

/** What every picture of a recharge has in common. */
function shownOf(account: AccountContext, recharge: RechargeRecord) {
  const { account: number, mode } = profileOf(account);
  return {
    id: rechargeIdOf(number, recharge.counter),
    agentId: recharge.agentId,
    mode,
    product: recharge.product,
    number: recharge.number,
    fields: recharge.fields,
    face: recharge.face,
    commission: recharge.commission,
    cost: recharge.cost,
    currency: recharge.currency,
    planVersion: recharge.planVersion,
    state: recharge.state,
    proof: recharge.proof,
    operatorReference: recharge.operatorReference,
    failure: recharge.failure,
    repeatOf: recharge.repeatOf === null ? null : rechargeIdOf(number, recharge.repeatOf),
    createdAt: recharge.createdAt,
  };
}

export function presentRecharge(account: AccountContext, recharge: RechargeRecord): RechargeView {
  const hasOpenCase = account.book.findOpenCase(recharge.counter) !== null;
  const isWaiting = recharge.state === "pending" && !hasOpenCase;
  const open = isWaiting ? lastAttempt(account, recharge) : null;
  return {
    ...shownOf(account, recharge),
    updatedAt: recharge.updatedAt,
    resolvesBy: open === null ? null : caseAt(scheduleOf(factsOf(account, open.provider)), open),
    hasOpenCase,
    eventNumber: recharge.event,
  };
}

/** What the events of a recharge carry; `attempt` is the one that decided, or that is open. */
export function factsForEvent(
  account: AccountContext,
  recharge: RechargeRecord,
  attempt: AttemptRecord,
): RechargeFacts {
  const { account: number } = profileOf(account);
  return {
    ...shownOf(account, recharge),
    provider: attempt.provider,
    reference: referenceOf(account.services.installation, number, attempt.counter),
    providerCommission: attempt.providerCommission,
    ...answersOf(account, recharge, attempt),
  };
}

/** What the attempt's reply said, and who declined before it. */
function answersOf(
  account: AccountContext,
  recharge: RechargeRecord,
  attempt: AttemptRecord,
): Pick<RechargeFacts, "answer" | "declinedBy"> {
  const reply = account.attempts.readEvidence(attempt.counter).find((piece) => piece.kind === "reply");
  const answer = reply && { word: reply.word, ms: Math.max(0, reply.receivedAt - attempt.startedAt) };
  const earlier = recharge.attempts.filter((counter) => counter < attempt.counter);
  const declinedBy = earlier.flatMap((counter) => {
    const one = account.attempts.find(counter);
    return one?.state === "declined" ? [one.provider] : [];
  });
  return { ...(answer !== undefined && { answer }), ...(declinedBy.length > 0 && { declinedBy }) };
}

export function presentWallet({ currency, balance, held, debt }: WalletRecord): WalletView {
  return { currency, balance, held, debt };
}

export function presentEarlier(account: AccountContext, recharge: RechargeRecord): EarlierRecharge {
  const { account: number } = profileOf(account);
  return { id: rechargeIdOf(number, recharge.counter), agentId: recharge.agentId, state: recharge.state };
}

/** The attempts of a recharge, the oldest first; none where there is no such recharge. */
export function presentAttempts(account: AccountContext, recharge: RechargeRecord | null): readonly AttemptView[] {
  const attempts = (recharge?.attempts ?? []).map((counter) => account.attempts.find(counter));
  return attempts.flatMap((attempt) => (attempt === null ? [] : [presentAttempt(account, attempt)]));
}

function presentAttempt(account: AccountContext, attempt: AttemptRecord): AttemptView {
  return {
    reference: referenceOf(account.services.installation, profileOf(account).account, attempt.counter),
    provider: attempt.provider,
    state: attempt.state,
    startedAt: attempt.startedAt,
    evidence: account.attempts.readEvidence(attempt.counter),
  };
}

export function lastAttempt(account: AccountContext, recharge: RechargeRecord): AttemptRecord | null {
  const counter = recharge.attempts.at(-1);
  return counter === undefined ? null : account.attempts.find(counter);
}

export function presentCase(account: AccountContext, { recharge, kind, openedAt, closedAt }: CaseRecord): CaseView {
  return { kind, rechargeId: rechargeIdOf(profileOf(account).account, recharge), openedAt, closedAt };
}
