// Placing a recharge: agent id first, then the checks, the guard, the checks again, and one write before the send.
import { readRechargeId } from "../base/id.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { claimNumberOf } from "../catalog/check.ts";
import type { ClaimAnswer, ClaimRequest } from "../recharges/ports.ts";
import { dayOf } from "../recharges/day.ts";
import type { Order } from "../recharges/recharge.ts";
import type { Placed, PlaceRequest } from "./account.ts";
import { admit } from "./admit.ts";
import { answerRecharge } from "./answer.ts";
import { type CheckedOrder, checkMoney, checkOrder, unavailable } from "./check-order.ts";
import { type AccountContext, profileOf } from "./context.ts";
import type { AttemptRecord, RechargeRecord } from "./records.ts";
import { conflictOf } from "./replay.ts";
import { openRowOf, sentAttempt } from "./settle.ts";
import { factsForEvent, presentEarlier, presentRecharge, presentWallet } from "./views.ts";
import { hold } from "./wallet-moves.ts";

/** Places an order, or answers with the recharge that its agent id names already (`design.md`, "Order of work"). */
export async function placeRecharge(account: AccountContext, request: PlaceRequest): Promise<Result<Placed, Refusal>> {
  const { caller, order, waitMs } = request;
  let hasJoined = false;
  for (;;) {
    const admitted = admit(account, caller);
    if (!admitted.ok) return admitted;
    const known = account.recharges.findByAgentId(order.agentId);
    if (known !== null) {
      const conflict = conflictOf(order, known);
      if (conflict !== null) return refuse(conflict);
      return ok({ recharge: await answerWithin(account, known.counter, waitMs), isReplay: !hasJoined });
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
async function answerWithin(account: AccountContext, counter: number, waitMs: number) {
  const running = account.answering.get(counter);
  if (running !== undefined && waitMs > 0) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([running, new Promise((resolve) => (timer = setTimeout(resolve, waitMs)))]);
    clearTimeout(timer);
  }
  const recharge = account.recharges.find(counter);
  if (recharge === null) throw new Error("invariant broken: a placed recharge is found");
  return presentRecharge(account, recharge);
}

/** Holds the agent id in memory until the row holds it; nothing was sent before that, so a crash needs no repair. */
async function claimAndWrite(account: AccountContext, request: PlaceRequest): Promise<Result<RechargeRecord, Refusal>> {
  const { promise, resolve } = Promise.withResolvers<void>();
  account.placing.set(request.order.agentId, promise);
  try {
    return await claimThenWrite(account, request);
  } finally {
    account.placing.delete(request.order.agentId);
    resolve();
  }
}

async function claimThenWrite(
  account: AccountContext,
  request: PlaceRequest,
): Promise<Result<RechargeRecord, Refusal>> {
  const { order } = request;
  const checked = checkOrder(order, accountNow(account));
  if (!checked.ok) return checked;
  const repeated = findRepeated(account, order, checked.value);
  if (!repeated.ok) return repeated;
  const own = refuseOwnPending(account, checked.value);
  if (own !== null) return refuse(own);
  const claim = claimOf(account, order, checked.value, repeated.value);
  const answer = await account.services.claims.claim(claim);
  const usable = readClaim(account, answer, order, checked.value);
  const written = usable.ok ? writePlaced(account, request, usable.value, repeated.value) : usable;
  if (written.ok || answer.kind !== "claimed") return written;
  account.keepAlive(account.services.claims.release(claim).catch(() => undefined)); // a lost release does no harm
  return written;
}

export function accountNow(account: AccountContext) {
  const { providers, clock } = account.services;
  return { profile: profileOf(account), wallets: account.book.readWallets(), providers, now: clock.now() };
}

/** The recharge that `repeat_of` names: final, of the same number and amount, and not named before; null without one. */
export function findRepeated(
  account: AccountContext,
  order: Order,
  checked: CheckedOrder,
): Result<RechargeRecord | null, Refusal> {
  if (order.repeatOf === null) return ok(null);
  const name = readRechargeId(order.repeatOf);
  const isOwn = name !== null && name.accountNumber === profileOf(account).account;
  const named = isOwn ? account.recharges.find(name.counter) : null;
  if (named === null) return refuse(badRepeat("repeat_of names no recharge of this partner."));
  const isSame =
    named.face === order.amount && claimNumberOf(checked.product, named.number, named.fields) === checked.claimNumber;
  if (!isSame) return refuse(badRepeat("repeat_of names a recharge of another number or amount."));
  if (named.state === "pending") return refuse(badRepeat("The recharge that repeat_of names is not final yet."));
  if (account.recharges.wasRepeated(named.counter))
    return refuse(badRepeat("The recharge that repeat_of names was repeated once already."));
  return ok(named);
}

/** To its own partner a pending recharge blocks as long as it is pending, whatever the guard remembers. */
export function refuseOwnPending(account: AccountContext, checked: CheckedOrder): Refusal | null {
  const pending = account.recharges
    .findPending(checked.number, checked.price.face)
    .find((one) => claimNumberOf(checked.product, one.number, one.fields) === checked.claimNumber);
  return pending === undefined ? null : repeatRefusal(account, presentEarlier(account, pending), null);
}

export function claimOf(
  account: AccountContext,
  order: Order,
  checked: CheckedOrder,
  repeated: RechargeRecord | null,
): ClaimRequest {
  const { account: number, mode } = profileOf(account);
  return {
    mode,
    number: checked.claimNumber,
    amount: order.amount,
    account: number,
    agentId: order.agentId,
    candidates: checked.candidates.map(({ id, safety }) => ({ provider: id, repeatWindowMs: safety.repeatWindowMs })),
    replaces: repeated?.agentId ?? null,
  };
}

/** The order with the candidates that may be asked now, or why none may. */
export function readClaim(
  account: AccountContext,
  answer: ClaimAnswer,
  order: Order,
  checked: CheckedOrder,
): Result<CheckedOrder, Refusal> {
  if (answer.kind === "velocity")
    return refuse(
      refusal("velocity", "This number was recharged too often; nothing was done.", {
        retryAfterSeconds: secondsOf(answer.retryAfterMs),
      }),
    );
  if (answer.kind === "repeat") {
    if (order.repeatOf !== null && answer.earlier !== null)
      return refuse({ ...badRepeat("repeat_of does not name the latest blocking recharge."), earlier: answer.earlier });
    return refuse(repeatRefusal(account, answer.earlier, answer.retryAfterMs));
  }
  const free = new Set(answer.candidates.flatMap((one) => (one.leftOut === null ? [one.provider] : [])));
  const candidates = checked.candidates.filter((candidate) => free.has(candidate.id));
  return candidates.length === 0 ? refuse(unavailable(checked.product)) : ok({ ...checked, candidates });
}

function repeatRefusal(account: AccountContext, earlier: Refusal["earlier"] | null, retryAfterMs: number | null) {
  const retryAfterSeconds = secondsOf(retryAfterMs ?? account.services.times.repeatWindowMs);
  const detail =
    earlier === null || earlier === undefined
      ? "This number was recharged with this amount a short time ago; nothing was done."
      : `This number and amount are in recharge ${earlier.id}, which is ${earlier.state}; send repeat_of once it is final to mean a second one.`;
  return refusal("repeat", detail, { retryAfterSeconds, ...(earlier ? { earlier } : {}) });
}

function badRepeat(detail: string): Refusal {
  return refusal("repeat_of", detail, { problems: [{ pointer: "/repeat_of", reason: detail }] });
}

function secondsOf(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}

/** The one write before the send: hold, recharge and attempt `sent`. What may have changed meanwhile is checked again in it. */
function writePlaced(
  account: AccountContext,
  { caller, order }: PlaceRequest,
  checked: CheckedOrder,
  repeated: RechargeRecord | null,
): Result<RechargeRecord, Refusal> {
  const [provider, ...others] = checked.candidates;
  if (provider === undefined) return refuse(unavailable(checked.product));
  const written = account.atomically((): Result<{ recharge: RechargeRecord; attempt: AttemptRecord }, Refusal> => {
    const admitted = admit(account, caller);
    if (!admitted.ok) return admitted;
    const again = recheck(account, order, checked, repeated);
    if (!again.ok) return again;
    return ok(insertPlaced(account, order, again.value, { provider: provider.id, repeated }));
  });
  if (!written.ok) return written;
  account.wake();
  const { recharge, attempt } = written.value;
  const ids = others.map((other) => other.id);
  const running = answerRecharge(account, recharge, attempt, ids)
    .catch((fault: unknown) => account.services.log.error("recharge.answer", { attempt: attempt.counter }, fault))
    .finally(() => {
      account.answering.delete(recharge.counter);
      account.wake();
    });
  account.answering.set(recharge.counter, running);
  account.keepAlive(running);
  return ok(recharge);
}

function recheck(
  account: AccountContext,
  order: Order,
  checked: CheckedOrder,
  repeated: RechargeRecord | null,
): Result<CheckedOrder, Refusal> {
  const now = accountNow(account);
  if (now.profile.status === "suspended") return refuse(refusal("suspended", "The partner is suspended."));
  if (repeated !== null && account.recharges.wasRepeated(repeated.counter))
    return refuse(badRepeat("The recharge that repeat_of names was repeated once already."));
  const wallet = now.wallets.find((one) => one.currency === checked.price.currency);
  const money = checkMoney(order, checked.price, wallet, now);
  return money.ok ? ok({ ...checked, wallet: money.value }) : money;
}

function insertPlaced(
  account: AccountContext,
  order: Order,
  { product, number, fields, price, wallet: before }: CheckedOrder,
  route: { readonly provider: string; readonly repeated: RechargeRecord | null },
): { recharge: RechargeRecord; attempt: AttemptRecord } {
  const now = account.services.clock.now();
  const counter = account.recharges.nextCounter("recharges");
  const attempt = sentAttempt(account, counter, route.provider);
  const recharge: RechargeRecord = {
    ...price,
    counter,
    agentId: order.agentId,
    product: product.id,
    number,
    fields,
    geocode: order.geocode,
    repeatOf: route.repeated?.counter ?? null,
    state: "pending",
    proof: null,
    operatorReference: null,
    failure: null,
    attempts: [attempt.counter],
    day: dayOf(price.currency, now),
    event: account.book.lastEventNumber() + 1,
    createdAt: now,
    updatedAt: now,
  };
  const wallet = hold(before, recharge, now);
  account.book.writeWallet(wallet);
  account.recharges.insertRecharge(recharge);
  account.recharges.insertAttempt(attempt);
  account.recharges.setOpen(openRowOf(account, attempt));
  account.book.appendEvent({
    type: "recharge.placed",
    at: now,
    wallet: presentWallet(wallet),
    recharge: factsForEvent(account, recharge, attempt),
  });
  return { recharge, attempt };
}
