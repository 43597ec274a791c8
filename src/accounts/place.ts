// Placing a recharge: agent id first, then the checks, the guard, the checks again, and one write before the send.
import { assert } from "../base/assert.ts";
import type { Refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { RechargeView } from "../recharges/recharge.ts";
import type { Placed } from "./account.ts";
import { admit } from "./admit.ts";
import { noteSetBack } from "./outbox.ts";
import { checkOrder } from "./check-order.ts";
import { claimOf, findRepeated, ignoredBy, readClaim, refuseOwnPending } from "./claim.ts";
import { type AccountContext, accountNow, gatherRecharges } from "./context.ts";
import type { RechargeRecord } from "./records.ts";
import { conflictOf } from "./replay.ts";
import { presentRecharge } from "./views.ts";
import { wasLost } from "./unsure.ts";
import { type Placing, writePlaced } from "./write-placed.ts";

/** Places an order, or answers with the recharge that its agent id names already (`design.md`, "Order of work"). */
export async function placeRecharge(account: AccountContext, request: Placing): Promise<Result<Placed, Refusal>> {
  const { caller, order, waitMs } = request;
  let hasJoined = false;
  for (;;) {
    const admitted = admit(account, caller);
    if (!admitted.ok) return admitted;
    const known = account.recharges.findByAgentId(order.agentId);
    if (known !== null) {
      const conflict = conflictOf(order, known);
      if (conflict !== null) return refuse(conflict);
      const isInFlight = hasJoined || account.answering.has(known.counter);
      return ok({ recharge: await answerWithin(account, known.counter, waitMs), isReplay: !isInFlight });
    }
    const first = account.placing.get(order.agentId);
    if (first === undefined) break;
    hasJoined = true;
    await first;
  }
  const placed = await claimAndWrite(account, request);
  if (!placed.ok) return placed;
  return ok({ recharge: await answerWithin(account, placed.value.counter, waitMs), isReplay: false });
}

/** The recharge as soon as its call has answered, or as it is after `waitMs`. */
export async function answerWithin(account: AccountContext, counter: number, waitMs: number): Promise<RechargeView> {
  const running = account.answering.get(counter);
  if (running !== undefined && waitMs > 0) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([running, new Promise((resolve) => (timer = setTimeout(resolve, waitMs)))]);
    clearTimeout(timer);
  }
  const recharge = account.recharges.find(counter);
  assert(recharge !== null, "a placed recharge is found");
  return presentRecharge(account, recharge);
}

/** Holds the agent id in memory until the row holds it; nothing was sent before that, so a crash needs no repair. */
async function claimAndWrite(account: AccountContext, request: Placing): Promise<Result<RechargeRecord, Refusal>> {
  const { promise, resolve } = Promise.withResolvers<void>();
  account.placing.set(request.order.agentId, promise);
  try {
    return await claimThenWrite(account, request);
  } finally {
    account.placing.delete(request.order.agentId);
    resolve();
  }
}

async function claimThenWrite(account: AccountContext, request: Placing): Promise<Result<RechargeRecord, Refusal>> {
  const { order, via } = request;
  const checked = checkOrder(order, accountNow(account), via);
  if (!checked.ok) return checked;
  const repeated = findRepeated(account, order, checked.value);
  if (!repeated.ok) return repeated;
  const own = refuseOwnPending(account, checked.value);
  if (own !== null) return refuse(own);
  // Whoever waits together asks the guard together, and writes together what follows.
  await gatherRecharges(account);
  const counted = { life: account.life, next: account.attempts.nextCounter() };
  const claim = { ...claimOf(account, order, checked.value, repeated.value), ...ignoredBy(via), counted };
  const answer = await account.services.claims.claim(claim);
  if (answer.kind === "set_back") noteSetBack(account);
  const isUnsure = answer.kind === "claimed" && wasLost(account, answer.takenAt);
  // Nothing is sent of an order that may have been sent: whoever may be asked now, nobody says that nothing was done.
  const usable = isUnsure ? checked : readClaim(account, answer, order, checked.value, via);
  // A fault may mean that the account was just found behind its ledger: what the guard remembers from before is not given back.
  let mayGiveBack = answer.kind === "claimed" && answer.takenAt === undefined;
  try {
    const written = usable.ok ? writePlaced(account, { ...request, isUnsure }, usable.value, repeated.value) : usable;
    mayGiveBack = answer.kind === "claimed" && !isUnsure && !written.ok;
    return written;
  } finally {
    // Waited for, or it might overtake the claim of the same agent id that comes next; a lost one does no harm.
    if (mayGiveBack) await account.services.claims.release(claim).catch(() => undefined);
  }
}
