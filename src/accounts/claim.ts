// What an account asks of the number guard, and how it reads the answer; `repeat_of` and the account's own pending recharges.
import { assert } from "../base/assert.ts";
import { readRechargeId } from "../base/id.ts";
import { type EarlierRecharge, type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { claimNumberOf } from "../catalog/check.ts";
import type { ClaimAnswer, ClaimRequest, LeftOut } from "../recharges/ports.ts";
import type { Order } from "../recharges/recharge.ts";
import type { Via } from "./account.ts";
import { type CheckedOrder, unavailable } from "./check-order.ts";
import { type AccountContext, profileOf } from "./context.ts";
import type { RechargeRecord } from "./records.ts";
import { presentEarlier } from "./views.ts";

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
    product: checked.product.id,
    number: checked.claimNumber,
    amount: order.amount,
    account: number,
    agentId: order.agentId,
    candidates: checked.candidates.map((candidate) => ({
      provider: candidate.id,
      repeatWindowMs: candidate.safety.repeatWindowMs,
      ...(candidate.codeOf(checked.product.id) === null && { isUncertified: true }),
    })),
    replaces: repeated?.agentId ?? null,
  };
}

/** A test of staff is there to find out whether a code works, so it needs no certificate. */
export function ignoredBy(via: Via | undefined): Pick<ClaimRequest, "ignores"> {
  if (via === undefined) return {};
  return { ignores: via.evenIfOff ? ["not_certified", "switched_off"] : ["not_certified"] };
}

/** The order with the candidates that may be asked now, or why none may. */
export function readClaim(
  account: AccountContext,
  answer: ClaimAnswer,
  order: Order,
  checked: CheckedOrder,
  via?: Via,
): Result<CheckedOrder, Refusal> {
  assert(answer.kind !== "set_back", "an account that was set back places nothing");
  if (answer.kind === "blocked") return refuse(refusal("number", "Nothing is sent to this number; nothing was done."));
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
  const known = new Map(checked.candidates.map((candidate) => [candidate.id, candidate]));
  const candidates = answer.candidates.flatMap(({ provider, leftOut }) =>
    leftOut === null ? (known.get(provider) ?? []) : [],
  );
  if (candidates.length > 0) return ok({ ...checked, candidates });
  const reason = via === undefined ? null : answer.candidates[0]?.leftOut;
  return refuse(reason ? leftOutRefusal(reason) : unavailable(checked.product));
}

const leftOutWords = {
  switched_off: "it is switched off",
  tripped: "its breaker is open, or it is quiet",
  float_low: "its float is too low",
  not_certified: "its code is not certified",
  repeat_window: "it was sent the same number and amount a short time ago",
} as const satisfies Record<LeftOut, string>;

/** Staff may know why; a partner is told that the product is not available. */
function leftOutRefusal(reason: LeftOut): Refusal {
  const detail = `The provider may not be asked: ${leftOutWords[reason]}. Nothing was done.`;
  return refusal("product_unavailable", detail, { retryAfterSeconds: 60 });
}

function repeatRefusal(account: AccountContext, earlier: EarlierRecharge | null, retryAfterMs: number | null): Refusal {
  const retryAfterSeconds = secondsOf(retryAfterMs ?? account.services.times.repeatWindowMs);
  const detail =
    earlier === null
      ? "This number was recharged with this amount a short time ago; nothing was done."
      : `This number and amount are in recharge ${earlier.id}, which is ${earlier.state}; send repeat_of once it is final to mean a second one.`;
  return refusal("repeat", detail, { retryAfterSeconds, ...(earlier === null ? {} : { earlier }) });
}

export function badRepeat(detail: string): Refusal {
  return refusal("repeat_of", detail, { problems: [{ pointer: "/repeat_of", reason: detail }] });
}

function secondsOf(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
