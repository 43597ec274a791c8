// Orders of protocols without a reference: the same order within the window is the same recharge (`design.md`, "The same thing twice").
import { readRechargeId } from "../base/id.ts";
import { type EarlierRecharge, type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { findProduct } from "../catalog/products.ts";
import type { WalletView } from "../recharges/recharge.ts";
import type { UnreferencedAnswer, UnreferencedRequest } from "./account.ts";
import { admit } from "./admit.ts";
import { type AccountContext, profileOf } from "./context.ts";
import { findEvent } from "./kept-events.ts";
import { orderKeyOf } from "./order-key.ts";
import { answerWithin, placeRecharge } from "./place.ts";
import type { RechargeRecord } from "./records.ts";
import { presentWallet } from "./views.ts";

/** Counter of the recharge that the request is answered with. */
type Decision = Result<{ readonly counter: number; readonly isReplay: boolean }, Refusal>;

/** Answers with the recharge that the order is, or that it makes. Refuses what `place` refuses, and a used signature. */
export async function placeUnreferenced(
  account: AccountContext,
  request: UnreferencedRequest,
): Promise<UnreferencedAnswer> {
  const { caller, order, waitMs } = request;
  const admitted = admit(account, caller);
  if (!admitted.ok) return { placed: admitted, partner: "", wallet: null };
  const orderKey = orderKeyOf(order);
  const decided = await inTurn(account, orderKey, () => decide(account, request, orderKey));
  const { name: partner } = profileOf(account);
  if (!decided.ok) return { placed: decided, partner, wallet: walletNow(account, order.product) };
  const { counter, isReplay } = decided.value;
  const recharge = await answerWithin(account, counter, waitMs);
  const event = await findEvent(account, recharge.eventNumber);
  return { placed: ok({ recharge, isReplay }), partner, wallet: event?.wallet ?? null };
}

/** One at a time of the same order, until it is written; fifty that come at once are one recharge. */
async function inTurn<Value>(account: AccountContext, orderKey: string, act: () => Promise<Value>): Promise<Value> {
  for (let other = account.ordering.get(orderKey); other !== undefined; other = account.ordering.get(orderKey))
    await other;
  const { promise, resolve } = Promise.withResolvers<void>();
  account.ordering.set(orderKey, promise);
  try {
    return await act();
  } finally {
    account.ordering.delete(orderKey);
    resolve();
  }
}

/** A signature is good for one order: asked again, it tells of that order's recharge, and of a refused one nothing. */
async function decide(account: AccountContext, request: UnreferencedRequest, orderKey: string): Promise<Decision> {
  const { signature } = request;
  const used = signature === null ? null : account.unreferenced.findSignature(signature.text);
  if (used !== null)
    return used.recharge === null
      ? refuse(refusal("credentials", "The signature was used before, for an order that was refused."))
      : ok({ counter: used.recharge, isReplay: true });
  const decided = findSame(account, request, orderKey) ?? (await placeNew(account, request, orderKey));
  if (signature !== null) {
    const recharge = decided.ok ? decided.value.counter : null;
    const now = account.services.clock.now();
    account.unreferenced.useSignature(signature.text, { recharge, expiresAt: signature.expiresAt }, now);
  }
  return decided;
}

/** The recharge that a plain order is already: pending, or final for less than the window, however it ended. */
function findSame(account: AccountContext, { agentId }: UnreferencedRequest, orderKey: string): Decision | null {
  const counter = agentId === null ? account.unreferenced.find(orderKey) : null;
  const known = counter === null ? null : account.recharges.find(counter);
  if (known === null) return null;
  const { clock, times } = account.services;
  const isStill = known.state === "pending" || clock.now() < known.updatedAt + times.repeatWindowMs;
  return isStill ? repeatOf(account, known) : null;
}

function repeatOf(account: AccountContext, known: RechargeRecord): Decision {
  return ok({ counter: known.counter, isReplay: !account.answering.has(known.counter) });
}

async function placeNew(account: AccountContext, request: UnreferencedRequest, orderKey: string): Promise<Decision> {
  const isKnown = request.agentId !== null && account.recharges.findByAgentId(request.agentId) !== null;
  const barred = isKnown ? null : barredFromNew(account, request);
  if (barred !== null) return refuse(barred);
  const agentId = request.agentId ?? `${request.surface}:${crypto.randomUUID()}`;
  const first = await placeAs(account, request, orderKey, { agentId, repeatOf: null });
  if (first.ok || first.problem.code !== "repeat" || first.problem.earlier === undefined) return first;
  const { earlier } = first.problem;
  const same = findEarlier(account, earlier, orderKey);
  if (same !== null && (request.agentId === null || same.state === "pending")) return repeatOf(account, same);
  if (request.agentId === null || earlier.state === "pending") return first;
  return placeAs(account, request, orderKey, { agentId, repeatOf: earlier.id });
}

/** What stands in the way of a new recharge, and of nothing that is there. */
function barredFromNew(account: AccountContext, request: UnreferencedRequest): Refusal | null {
  if (request.isTooFast) return refusal("rate", "Too many requests; nothing was done.");
  const { mode, limits } = profileOf(account);
  const currency = findProduct(request.order.product)?.currency;
  const hasDayLimit = limits.some((limit) => limit.currency === currency && limit.perDay !== null);
  if (!request.isByAddressAlone || mode !== "live" || hasDayLimit) return null;
  return refusal("address", "An address alone orders nothing without a limit per day.");
}

async function placeAs(
  account: AccountContext,
  { caller, order, agentId: given }: UnreferencedRequest,
  orderKey: string,
  named: { readonly agentId: string; readonly repeatOf: string | null },
): Promise<Decision> {
  const plain = given === null ? { orderKey } : {}; // a second order that was meant is known by its agent id
  const placed = await placeRecharge(account, { caller, order: { ...order, ...named }, waitMs: 0, ...plain });
  if (!placed.ok) return placed;
  const read = readRechargeId(placed.value.recharge.id);
  if (read === null) throw new Error("a placed recharge has an id");
  return ok({ counter: read.counter, isReplay: placed.value.isReplay });
}

/** The blocking recharge, where it is the same order: placed over another surface, or as a second one. */
function findEarlier(account: AccountContext, earlier: EarlierRecharge, orderKey: string): RechargeRecord | null {
  const known = account.recharges.findByAgentId(earlier.agentId);
  if (known === null) return null;
  const { product, number, face: amount, fields } = known;
  return orderKeyOf({ product, number, amount, fields }) === orderKey ? known : null;
}

function walletNow(account: AccountContext, product: string): WalletView | null {
  const currency = findProduct(product)?.currency;
  const wallet = account.book.readWallets().find((one) => one.currency === currency);
  return wallet === undefined ? null : presentWallet(wallet);
}
