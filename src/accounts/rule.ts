// Rulings of staff on a recharge: one person proposes, another confirms, both having seen the same evidence.
import type { RulingWanted, RulingConfirmed } from "./case-types.ts";
import type { RulingRecord, RulingView } from "./case-types.ts";
import { assert } from "../base/assert.ts";
import { readReference } from "../base/id.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { Evidence } from "../recharges/evidence.ts";
import { isSamePerson } from "../recharges/person.ts";
import { type AccountContext, profileOf } from "./context.ts";
import { presentRuling } from "./evidence-view.ts";
import type { AttemptRecord, RechargeRecord } from "./records.ts";
import { applyRuling } from "./settle.ts";

/**
 * Keeps a proposal; nothing is moved by it. The same one again is the one that waits. Refuses `not_found` where there is no
 * open case or dispute, `parameter` where other evidence was seen than there is or an attempt is not the recharge's.
 */
export function proposeRuling(
  account: AccountContext,
  recharge: RechargeRecord,
  wanted: RulingWanted,
): Result<RulingView, Refusal> {
  return account.atomically(() => {
    const refused = refuseRuling(account, recharge, wanted.seen);
    if (refused !== null) return refuse(refused);
    const succeeded = succeededBy(account, recharge, wanted);
    if (!succeeded.ok) return succeeded;
    const earlier = account.cases.readRulings(recharge.counter);
    const proposal: RulingRecord = {
      recharge: recharge.counter,
      number: earlier.length + 1,
      word: wanted.word,
      reason: wanted.reason,
      succeeded: succeeded.value,
      seen: wanted.seen,
      proposedBy: wanted.staff,
      proposedAt: account.services.clock.now(),
      confirmedBy: null,
      confirmedAt: null,
    };
    const same = earlier.find((one) => isSameProposal(one, proposal));
    if (same === undefined) account.cases.insertRuling(proposal);
    return ok(presentRuling(account, recharge, same ?? proposal));
  });
}

/**
 * Makes the ruling: evidence of each attempt, money, case and dispute in one write. Confirmed again by the same person it is
 * the ruling that was made. Refuses `not_found` for a proposal that is not there or has nothing to rule any more, `scope`
 * for the person who proposed it, `parameter` where newer evidence has voided it.
 */
export function confirmRuling(
  account: AccountContext,
  recharge: RechargeRecord,
  confirmed: RulingConfirmed,
): Result<RulingView, Refusal> {
  return account.atomically(() => {
    const proposal = account.cases.readRulings(recharge.counter).find((one) => one.number === confirmed.number);
    if (proposal === undefined) return refuse(refusal("not_found", "There is no such proposal of a ruling."));
    if (isSamePerson(proposal.proposedBy, confirmed.staff))
      return refuse(refusal("scope", "Another person must confirm a ruling than the one who proposed it."));
    if (proposal.confirmedBy !== null)
      return isSamePerson(proposal.confirmedBy, confirmed.staff)
        ? ok(presentRuling(account, recharge, proposal))
        : refuse(refusal("not_found", "The ruling was confirmed before."));
    if (confirmed.seen !== proposal.seen)
      return refuse(wrong("/seen", `The proposal was made on evidence number ${proposal.seen}.`));
    const refused = refuseRuling(account, recharge, proposal.seen);
    if (refused !== null) return refuse(refused);
    const by = { staff: confirmed.staff, at: account.services.clock.now() };
    account.cases.confirmRuling(proposal, by);
    rule(account, recharge, proposal, by);
    return ok(presentRuling(account, recharge, { ...proposal, confirmedBy: by.staff, confirmedAt: by.at }));
  });
}

/** What is wrong with ruling a recharge on this evidence; null: nothing. */
export function refuseRuling(account: AccountContext, recharge: RechargeRecord, seen: number): Refusal | null {
  const isForPeople =
    account.book.findOpenCase(recharge.counter) !== null || account.cases.findOpenDispute(recharge.counter) !== null;
  if (!isForPeople) return refusal("not_found", "The recharge has no open case and no open dispute to rule.");
  const number = account.attempts.countEvidence(recharge.attempts);
  if (seen === number) return null;
  return wrong("/seen", `The evidence number is ${number} now: read the evidence and propose anew.`);
}

/** Counters of the attempts that succeeded according to it. Refuses `parameter` for what is no attempt of the recharge. */
export function succeededBy(
  account: AccountContext,
  recharge: RechargeRecord,
  { word, succeeded }: Pick<RulingWanted, "word" | "succeeded">,
): Result<readonly number[], Refusal> {
  if (word === "failure" && succeeded !== null)
    return refuse(wrong("/succeeded", "A failure has no attempt that succeeded."));
  if (word === "failure") return ok([]);
  if (succeeded === null) return ok(likelySucceeded(account, recharge));
  const { installation } = account.services;
  const counters = succeeded.map((reference) => readReference(installation, reference));
  const isOwn = counters.every(
    (one) => one?.accountNumber === profileOf(account).account && recharge.attempts.includes(one.counter),
  );
  if (!isOwn || counters.length === 0)
    return refuse(wrong("/succeeded", "Name references of this recharge's own attempts, at least one."));
  return ok(counters.flatMap((one) => one?.counter ?? []));
}

/** Those that stand as succeeded; else the last one about which nobody has said a last word; else the last one. */
function likelySucceeded(account: AccountContext, recharge: RechargeRecord): readonly number[] {
  const attempts = recharge.attempts.map((counter): AttemptRecord => {
    const attempt = account.attempts.find(counter);
    assert(attempt !== null, "a recharge names its attempts");
    return attempt;
  });
  const standing = attempts.filter((attempt) => attempt.state === "succeeded");
  if (standing.length > 0) return standing.map((attempt) => attempt.counter);
  const last = attempts.findLast(({ state }) => state !== "failed" && state !== "declined") ?? attempts.at(-1);
  assert(last !== undefined, "a recharge has an attempt");
  return [last.counter];
}

/** Makes a proposal true. Called inside a write. */
export function rule(
  account: AccountContext,
  recharge: RechargeRecord,
  proposal: RulingRecord,
  by: { readonly staff: string; readonly at: number },
): void {
  const { number, word, reason, proposedBy, succeeded } = proposal;
  const before = recharge.attempts.map((attempt) => ({ attempt, seen: account.attempts.readEvidence(attempt) }));
  const latest = Math.max(...before.flatMap(({ seen }) => seen.map((piece) => piece.speaksAt)));
  // Later than all that was seen, however far another clock went ahead.
  const speaksAt = Math.max(by.at, latest + 1);
  const pieces = before.map(({ attempt, seen }) => {
    const says = succeeded.includes(attempt) ? "success" : "failure";
    const piece: Evidence = {
      key: `ruling:${number}`,
      kind: "ruling",
      word: says,
      speaksAt,
      receivedAt: by.at,
      operatorReference: null,
      theirReference: null,
      cause: says === "failure" ? "ruled" : null,
      said: reason,
      answers: seen.map((one) => one.key),
    };
    return { attempt, piece };
  });
  applyRuling(account, recharge, pieces, { number, word, reason, proposedBy, confirmedBy: by.staff });
}

function isSameProposal(one: RulingRecord, other: RulingRecord): boolean {
  return (
    one.confirmedBy === null &&
    isSamePerson(one.proposedBy, other.proposedBy) &&
    one.word === other.word &&
    one.reason === other.reason &&
    one.seen === other.seen &&
    one.succeeded.join() === other.succeeded.join()
  );
}

function wrong(pointer: string, reason: string): Refusal {
  return refusal("parameter", reason, { problems: [{ pointer, reason }] });
}
