// The one write before the send: hold, recharge and attempt `sent` together; then the call is started.
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { dayOf } from "../recharges/day.ts";
import type { Order } from "../recharges/recharge.ts";
import type { PlaceRequest } from "./account.ts";
import { admit } from "./admit.ts";
import { answerRecharge } from "./answer.ts";
import { noteChatOrder, refuseChatOrder } from "./chat-orders.ts";
import type { ChatOrder } from "./chat-types.ts";
import { type CheckedOrder, checkMoney, unavailable } from "./check-order.ts";
import { badRepeat } from "./claim.ts";
import { type AccountContext, accountNow, namesOf } from "./context.ts";
import { assertKnowsAll } from "./gone-back.ts";
import type { AttemptRecord, RechargeRecord } from "./records.ts";
import { firstStepAt, sentAttempt } from "./settle.ts";
import { factsForEvent, presentWallet } from "./views.ts";
import { giveUnsent } from "./unsure.ts";
import { hold } from "./wallet-moves.ts";

/** `orderKey`: what an order without a reference is known by; `chat`: whose chat it came by. Written with the recharge. */
export interface Placing extends PlaceRequest {
  readonly orderKey?: string;
  readonly chat?: ChatOrder;
  /** It may have been sent before the account was lost: it is written, nothing is sent, and a person has it. */
  readonly isUnsure?: boolean;
}

/** Writes the order and starts its call. What may have changed while the guard was asked is checked again in the write. */
export function writePlaced(
  account: AccountContext,
  { caller, order, orderKey, chat, isUnsure = false }: Placing,
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
    const refused = chat === undefined ? null : refuseChatOrder(account, chat, again.value.price);
    if (refused !== null) return refuse(refused);
    const placed = insertPlaced(account, order, again.value, { provider: provider.id, repeated });
    if (chat !== undefined) noteChatOrder(account, chat, placed.recharge);
    if (orderKey !== undefined) account.unreferenced.name(orderKey, placed.recharge.counter);
    if (isUnsure) giveUnsent(account, placed.attempt);
    return ok(placed);
  });
  if (!written.ok) return written;
  account.wake();
  const { recharge, attempt } = written.value;
  if (isUnsure) return ok(recharge);
  const ids = others.map((other) => other.id);
  const running = answerRecharge(account, recharge, attempt, ids)
    .catch((fault: unknown) => {
      const names = namesOf(account, { recharge: recharge.counter, attempt: attempt.counter });
      account.services.log.error("recharge.answer", names, fault);
    })
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
  assertKnowsAll(now.profile);
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
  const counter = account.recharges.nextCounter();
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
  account.attempts.insert(attempt, firstStepAt(account, attempt));
  account.book.appendEvent({
    type: "recharge.placed",
    at: now,
    wallet: presentWallet(wallet),
    recharge: factsForEvent(account, recharge, attempt),
  });
  return { recharge, attempt };
}
