// Disputes of a partner about a success: opened once, asked of the provider again, won as the `reversed` transition or lost by a ruling.
import { assert } from "../base/assert.ts";
import { rechargeIdOf } from "../base/id.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { Evidence } from "../recharges/evidence.ts";
import { isExplicit } from "../recharges/verdict.ts";
import type { DisputeRecord, DisputeWanted } from "./case-types.ts";
import { type AccountContext, factsOf, profileOf, scheduleOf } from "./context.ts";
import type { AttemptRecord, RechargeRecord } from "./records.ts";
import { presentWallet } from "./views.ts";

export interface DisputeOpened {
  readonly dispute: DisputeRecord;
  /** The same was disputed before: this is what became of it. */
  readonly isReplay: boolean;
}

/** Seconds after which a partner may ask again about a recharge that is still pending. */
const pendingRetrySeconds = 60;

/**
 * Opens a dispute about a success; the same one again is the one that exists. Its evidence is that of the recharge, and each
 * attempt whose provider can be asked is asked now. Refuses `parameter` for what is not a success, and for a second dispute
 * while one is open.
 */
export function openDispute(
  account: AccountContext,
  recharge: RechargeRecord,
  wanted: DisputeWanted,
): Result<DisputeOpened, Refusal> {
  return account.atomically(() => {
    const earlier = account.cases.readDisputes(recharge.counter);
    const same = earlier.findLast((one) => one.disposition === wanted.disposition && one.comment === wanted.comment);
    if (same !== undefined) return ok({ dispute: same, isReplay: true });
    const refused = refuseDispute(account, recharge);
    if (refused !== null) return refuse(refused);
    const dispute: DisputeRecord = {
      recharge: recharge.counter,
      number: earlier.length + 1,
      ...wanted,
      openedAt: account.services.clock.now(),
      evidenceNumber: account.attempts.countEvidence(recharge.attempts),
      state: "open",
      reason: null,
      closedAt: null,
    };
    account.cases.insertDispute(dispute);
    tell(account, recharge, dispute);
    askAgain(account, recharge, dispute.openedAt);
    return ok({ dispute, isReplay: false });
  });
}

function refuseDispute(account: AccountContext, recharge: RechargeRecord): Refusal | null {
  if (recharge.state === "pending")
    return wrong("/path/id", "The recharge is pending: wait for its last word.", {
      retry: "after",
      retryAfterSeconds: pendingRetrySeconds,
    });
  if (recharge.state !== "succeeded")
    return wrong(
      "/path/id",
      `The recharge ${recharge.state === "failed" ? "has failed" : "was reversed"}: its money is back.`,
    );
  const open = account.cases.findOpenDispute(recharge.counter);
  if (open === null) return null;
  return wrong("/disposition", `A dispute about this recharge is open, of disposition ${open.disposition}.`);
}

/** The provider is asked about each attempt that may have succeeded, where it can be asked. */
function askAgain(account: AccountContext, recharge: RechargeRecord, now: number): void {
  for (const counter of recharge.attempts) {
    const attempt = account.attempts.find(counter);
    assert(attempt !== null, "a recharge names its attempts");
    if (isAskedForDispute(account, recharge, attempt)) account.attempts.plan(counter, now);
  }
}

/** True while a dispute is open and the provider, which can be asked, has said no explicit word about the success since. */
export function isAskedForDispute(account: AccountContext, recharge: RechargeRecord, attempt: AttemptRecord): boolean {
  const open = account.cases.findOpenDispute(recharge.counter);
  if (open === null || attempt.state !== "succeeded") return false;
  if (!scheduleOf(factsOf(account, attempt.provider)).canLookUp) return false;
  const isAnswer = (piece: Evidence): boolean =>
    piece.kind === "lookup" && isExplicit(piece) && piece.speaksAt >= open.openedAt;
  return !account.attempts.readEvidence(attempt.counter).some(isAnswer);
}

/**
 * Ends the dispute that is open, if one is, by what has just been settled: won where the recharge is reversed, lost where
 * `ruling`, the reason of a ruling, left it as it was. Inside a write.
 */
export function settleDispute(account: AccountContext, recharge: RechargeRecord, ruling: string | null): void {
  const open = account.cases.findOpenDispute(recharge.counter);
  if (open === null) return;
  const isWon = recharge.state === "reversed";
  if (!isWon && ruling === null) return;
  const reason = ruling ?? recharge.failure?.text ?? "";
  const closed = { ...open, state: isWon ? "won" : "lost", reason, closedAt: account.services.clock.now() } as const;
  account.cases.closeDispute(closed);
  tell(account, recharge, closed);
}

function tell(account: AccountContext, recharge: RechargeRecord, dispute: DisputeRecord): void {
  const wallet = account.book.findWallet(recharge.currency);
  assert(wallet !== null, "a recharge has a wallet");
  const { number, disposition, comment, reason, openedAt, closedAt, state } = dispute;
  const rechargeId = rechargeIdOf(profileOf(account).account, recharge.counter);
  account.book.appendEvent({
    type: state === "open" ? "dispute.opened" : state === "won" ? "dispute.won" : "dispute.lost",
    at: closedAt ?? openedAt,
    wallet: presentWallet(wallet),
    dispute: { number, rechargeId, disposition, comment, reason },
  });
}

function wrong(pointer: string, reason: string, more: Pick<Refusal, "retry" | "retryAfterSeconds"> = {}): Refusal {
  return refusal("parameter", reason, { problems: [{ pointer, reason }], ...more });
}
