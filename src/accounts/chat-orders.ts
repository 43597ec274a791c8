// Orders by chat: what their user may order, checked and noted in the write that holds the money.
import { type Currency, formatAmount, type Minor, minor } from "../base/money.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { dayOf, nextDayAt } from "../recharges/day.ts";
import type { Price, RechargeState } from "../recharges/recharge.ts";
import type { ChatUserRecord } from "./chat-store.ts";
import type { ChatOrder } from "./chat-types.ts";
import { type AccountContext, profileOf } from "./context.ts";
import type { RechargeRecord } from "./records.ts";

/** How long a PIN that was given waits for its order: as long as a confirmation. */
const pinLastsMs = 120_000;

/** What counts against the day: what is given back goes to the day it was ordered on. */
const counts = {
  pending: true,
  succeeded: true,
  failed: false,
  reversed: false,
} as const satisfies Record<RechargeState, boolean>;

/** Refuses a chat that is not linked any more, `limit_recharge`, `limit_day`, and an amount whose PIN was not given. */
export function refuseChatOrder(
  account: AccountContext,
  { user: counter, chat }: ChatOrder,
  price: Price,
): Refusal | null {
  const user = account.chats.findUser(counter);
  if (user === null || user.removedAt !== null || user.chat !== chat)
    return refusal("credentials", "The chat is not linked to this user any more.");
  const limited = refuseAboveLimits(account, user, price);
  if (limited !== null) return limited;
  const wasPinGiven = user.pinAt !== null && account.services.clock.now() - user.pinAt <= pinLastsMs;
  return needsPin(user, price) && !wasPinGiven
    ? refusal("credentials", "An order of this amount needs the PIN.")
    : null;
}

/** The user's own limits, beside the partner's. Where no PIN was set, an amount that needs one is above the limit. */
export function refuseAboveLimits(account: AccountContext, user: ChatUserRecord, price: Price): Refusal | null {
  const { currency, face } = price;
  const limits = user.limits.find((one) => one.currency === currency);
  if (limits === undefined) return null;
  const withoutPin = user.pinHash === null ? limits.pinAbove : null;
  const perRecharge = least(limits.perRecharge, withoutPin);
  const print = (amount: Minor) => `${formatAmount(amount)} ${currency}`;
  if (perRecharge !== null && face > perRecharge)
    return refusal("limit_recharge", `At most ${print(perRecharge)} for one recharge of this user.`);
  if (limits.perDay === null) return null;
  const now = account.services.clock.now();
  const used = usedToday(account, user, currency);
  if (used + face <= limits.perDay) return null;
  const retryAfterSeconds = Math.ceil((nextDayAt(currency, now) - now) / 1_000);
  return refusal("limit_day", `At most ${print(limits.perDay)} a day for this user.`, { retryAfterSeconds });
}

/** Face values of what a user ordered today in one currency and what was not given back. */
export function usedToday(account: AccountContext, user: ChatUserRecord, currency: Currency): Minor {
  const totals = account.chats.readDay(user.counter, currency, dayOf(currency, account.services.clock.now()));
  return minor(totals.reduce((sum, total) => sum + (counts[total.state] ? total.face : 0), 0));
}

/** True where an order of this price is placed only with the PIN. */
export function needsPin(user: ChatUserRecord, { currency, face }: Pick<Price, "currency" | "face">): boolean {
  const limits = user.limits.find((one) => one.currency === currency);
  return limits !== undefined && limits.pinAbove !== null && face > limits.pinAbove;
}

/** Notes who ordered a recharge, and that its PIN was used: in the write that places it. */
export function noteChatOrder(account: AccountContext, order: ChatOrder, recharge: RechargeRecord): void {
  const placedBy = { ...order, recharge: recharge.counter };
  account.chats.noteRecharge(placedBy, recharge.day, account.book.lastEventNumber());
  const user = account.chats.findUser(order.user);
  if (user !== null && user.pinAt !== null && needsPin(user, recharge))
    account.chats.writeUser({ ...user, pinAt: null });
}

/** Who asks on behalf of a chat user: no key of the partner stands behind it. */
export function chatCaller(account: AccountContext, user: ChatUserRecord) {
  return { keyId: `chat_user_${user.counter}`, mode: profileOf(account).mode } as const;
}

function least(left: Minor | null, right: Minor | null): Minor | null {
  if (left === null || right === null) return left ?? right;
  return left < right ? left : right;
}
