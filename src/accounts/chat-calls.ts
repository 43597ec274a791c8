// What a chat asks of the account of its user. The link is looked at each time: unlinked is unlinked at once.
import { refuse } from "../base/result.ts";
import { equalInConstantTime, keyedHash } from "../base/signature.ts";
import { foldDigits } from "../catalog/digits.ts";
import { findProduct } from "../catalog/products.ts";
import { dayOf } from "../recharges/day.ts";
import { priceOf } from "../recharges/price.ts";
import type { RechargeView } from "../recharges/recharge.ts";
import type { RechargeName } from "./account.ts";
import { chatCaller, refuseAboveLimits, usedToday } from "./chat-orders.ts";
import type { ChatUserRecord } from "./chat-store.ts";
import type { ChatAnswer, ChatAsker, ChatDayTotal, ChatQuestion, ChatReply, ChatStanding } from "./chat-types.ts";
import { findChatUser, pinTries, presentChatUser, unlinked } from "./chat-users.ts";
import { type AccountContext, profileOf } from "./context.ts";
import { findNamed } from "./find-recharge.ts";
import { placeRecharge } from "./place.ts";
import { quoteRecharge } from "./quote.ts";
import { presentRecharge, presentWallet } from "./views.ts";

/** Answers for the user whose chat asks, with how that user stands afterwards. Null: they are not linked. */
export async function askFromChat(
  account: AccountContext,
  asker: ChatAsker,
  question: ChatQuestion,
): Promise<ChatReply | null> {
  const user = findLinked(account, asker);
  if (user === null) return null;
  const answer = await answerFor(account, { ...asker, user }, question);
  return { standing: standingOf(account, account.chats.findUser(user.counter) ?? user), answer };
}

interface Asker {
  readonly user: ChatUserRecord;
  readonly chat: string;
}

async function answerFor(account: AccountContext, asker: Asker, question: ChatQuestion): Promise<ChatAnswer> {
  if (question.kind === "quote") return quote(account, asker.user, question.order);
  if (question.kind === "place") return place(account, asker, question);
  if (question.kind === "find") return { kind: "find", recharge: await findOwn(account, asker.user, question.by) };
  return answerNow(account, asker, question);
}

/** What is answered without waiting for anybody. */
function answerNow(
  account: AccountContext,
  { user, chat }: Asker,
  question: Exclude<ChatQuestion, { kind: "quote" | "place" | "find" }>,
): ChatAnswer {
  const wallets = () => account.book.readWallets().map(presentWallet);
  const write = (changed: ChatUserRecord) => account.atomically(() => account.chats.writeUser(changed));
  switch (question.kind) {
    case "take": {
      const claim = account.atomically(() => account.chats.claimMessage(chat, question.messageId, question.ticket));
      return { kind: "take", isFirst: claim.ticket === question.ticket, serial: claim.serial };
    }
    case "recent":
      return { kind: "recent", recharges: recentOf(account, user, question) };
    case "wallets":
      return { kind: "wallets", wallets: wallets() };
    case "today":
      return { kind: "today", totals: totalsOf(account, user), wallets: wallets() };
    case "set_language":
      write({ ...user, language: question.language });
      return { kind: "set_language" };
    case "check_pin":
      return checkPin(account, user, question.pinHash);
    case "unlink":
      write(unlinked(user));
  }
  return { kind: "unlink" };
}

function findLinked(account: AccountContext, asker: ChatAsker): ChatUserRecord | null {
  const user = findChatUser(account, asker.user);
  return user?.chat === asker.chat ? user : null;
}

function standingOf(account: AccountContext, user: ChatUserRecord): ChatStanding {
  const { mode, wallets } = profileOf(account);
  return {
    mode,
    currencies: wallets,
    user: presentChatUser(account, user),
    usedToday: wallets.map((currency) => ({ currency, used: usedToday(account, user, currency) })),
  };
}

async function quote(
  account: AccountContext,
  user: ChatUserRecord,
  order: Extract<ChatQuestion, { kind: "quote" }>["order"],
): Promise<ChatAnswer> {
  const quoted = await quoteRecharge(account, { caller: chatCaller(account, user), order });
  const product = findProduct(order.product);
  if (!quoted.ok || product === null) return { kind: "quote", quote: quoted };
  const price = priceOf(profileOf(account).plan, product.id, order.amount, product.currency);
  const limited = refuseAboveLimits(account, user, price);
  return { kind: "quote", quote: limited === null ? quoted : refuse(limited) };
}

async function place(
  account: AccountContext,
  { user, chat }: Asker,
  { order, waitMs, notAfter }: Extract<ChatQuestion, { kind: "place" }>,
): Promise<ChatAnswer> {
  const isKnown = account.recharges.findByAgentId(order.agentId) !== null || account.placing.has(order.agentId);
  if (!isKnown && account.services.clock.now() > notAfter) return { kind: "place", placed: null };
  const request = { caller: chatCaller(account, user), order, waitMs, chat: { user: user.counter, chat } };
  return { kind: "place", placed: await placeRecharge(account, request) };
}

/** Five wrong ones lock it; a right one is good for one order. */
function checkPin(account: AccountContext, user: ChatUserRecord, given: string): ChatAnswer {
  if (user.pinSalt === null || user.pinHash === null || user.pinFailures >= pinTries)
    return { kind: "check_pin", verdict: "locked" };
  const isRight = equalInConstantTime(keyedHash(user.pinSalt, given), user.pinHash);
  const pinFailures = isRight ? 0 : user.pinFailures + 1;
  const pinAt = isRight ? account.services.clock.now() : null;
  account.atomically(() => account.chats.writeUser({ ...user, pinFailures, pinAt }));
  if (isRight) return { kind: "check_pin", verdict: "right" };
  return { kind: "check_pin", verdict: pinFailures >= pinTries ? "locked" : "wrong" };
}

/** So many are looked through for those of one number. */
const searched = 200;

/** Equal for every way in which one number is typed, with its country's code or without. */
function tailOf(number: string): string {
  return foldDigits(number)
    .replace(/[^0-9A-Za-z]/g, "")
    .slice(-10);
}

function recentOf(
  account: AccountContext,
  user: ChatUserRecord,
  { limit, number }: { readonly limit: number; readonly number: string | null },
): readonly RechargeView[] {
  const counters = account.chats.readRecharges(user.counter, number === null ? limit : searched);
  return counters
    .flatMap((counter) => account.recharges.find(counter) ?? [])
    .filter((recharge) => number === null || tailOf(recharge.number) === tailOf(number))
    .slice(0, limit)
    .map((recharge) => presentRecharge(account, recharge));
}

async function findOwn(account: AccountContext, user: ChatUserRecord, by: RechargeName): Promise<RechargeView | null> {
  // What is being placed at this moment is there, or refused, in a moment.
  if ("agentId" in by) await account.placing.get(by.agentId);
  const recharge = findNamed(account, by);
  if (recharge === null || account.chats.findRecharge(recharge.counter)?.user !== user.counter) return null;
  return presentRecharge(account, recharge);
}

function totalsOf(account: AccountContext, user: ChatUserRecord): readonly ChatDayTotal[] {
  const now = account.services.clock.now();
  return profileOf(account).wallets.flatMap((currency) =>
    account.chats.readDay(user.counter, currency, dayOf(currency, now)),
  );
}
