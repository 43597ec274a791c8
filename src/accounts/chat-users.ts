// The chat users of a partner: adding, changing and removing them, and the codes that link a chat to one.
import { chatUserIdOf, readChatUserId } from "../base/id.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { keyedHash, newSecret } from "../base/signature.ts";
import { admit } from "./admit.ts";
import type { Caller } from "./caller.ts";
import type { ChatUserRecord } from "./chat-store.ts";
import type { ChatLinking, ChatUserView, ChatUserWanted, ChatUserWish } from "./chat-types.ts";
import { type AccountContext, profileOf } from "./context.ts";

/** Wrong PINs after which none is right any more. */
export const pinTries = 5;
const usersAtMost = 1_000;

/** Refuses revoked keys, `not_found`, and `parameter` for a name in use, a currency without wallet or too many users. */
export function askChatUsers(
  account: AccountContext,
  caller: Caller | null,
  wish: ChatUserWish,
): Result<readonly ChatUserView[], Refusal> {
  const admitted = caller === null ? admitStaff(account) : admit(account, caller);
  if (!admitted.ok) return admitted;
  if (wish.kind === "list") return ok(account.chats.readUsers().map((user) => presentChatUser(account, user)));
  const written = account.atomically(() => carryOut(account, wish));
  return written.ok ? ok([presentChatUser(account, written.value)]) : written;
}

/** Refuses where nobody uses the account. */
function admitStaff(account: AccountContext): Result<null, Refusal> {
  return account.book.readProfile() === null ? refuse(refusal("not_found", "There is no such partner.")) : ok(null);
}

function carryOut(
  account: AccountContext,
  wish: Exclude<ChatUserWish, { kind: "list" }>,
): Result<ChatUserRecord, Refusal> {
  if (wish.kind === "add") return addUser(account, wish.wanted);
  const user = findChatUser(account, wish.id);
  if (user === null) return refuse(refusal("not_found", "There is no such chat user."));
  if (wish.kind === "change") return changeUser(account, user, wish.wanted);
  if (wish.kind === "unblock") return keep(account, { ...user, blockedFor: null, blockedAt: null });
  if (wish.kind === "code") {
    if (user.blockedFor !== null)
      return refuse(refusal("suspended", `Staff let no chat be linked to this user: ${user.blockedFor}`));
    account.chats.writeCode(wish.hash, user.counter, wish.expiresAt);
    return ok(user);
  }
  account.chats.removeCodes(user.counter);
  const now = account.services.clock.now();
  const alone = unlinked(user);
  if (wish.kind === "unlink") return keep(account, alone);
  if (wish.kind === "block") return keep(account, { ...alone, blockedFor: wish.reason, blockedAt: now });
  return keep(account, { ...alone, removedAt: now });
}

function addUser(account: AccountContext, wanted: Omit<ChatUserWanted, "pinHash">): Result<ChatUserRecord, Refusal> {
  const problem = problemOf(account, wanted, null);
  if (problem !== null) return refuse(problem);
  const now = account.services.clock.now();
  return keep(account, {
    ...wanted,
    counter: account.chats.nextUser(),
    pinSalt: null,
    pinHash: null,
    pinFailures: 0,
    pinAt: null,
    chat: null,
    channel: null,
    shownAs: null,
    linkedAt: null,
    blockedFor: null,
    blockedAt: null,
    removedAt: null,
    createdAt: now,
  });
}

function changeUser(
  account: AccountContext,
  user: ChatUserRecord,
  { pinHash, ...wanted }: ChatUserWanted,
): Result<ChatUserRecord, Refusal> {
  const problem = problemOf(account, wanted, user.counter);
  if (problem !== null) return refuse(problem);
  return keep(account, { ...user, ...wanted, ...(pinHash !== undefined && newPin(pinHash)) });
}

function newPin(given: string | null): Pick<ChatUserRecord, "pinSalt" | "pinHash" | "pinFailures" | "pinAt"> {
  const salt = given === null ? null : newSecret();
  const hash = given === null || salt === null ? null : keyedHash(salt, given);
  return { pinSalt: salt, pinHash: hash, pinFailures: 0, pinAt: null };
}

function problemOf(
  account: AccountContext,
  { name, limits }: Pick<ChatUserWanted, "name" | "limits">,
  own: number | null,
): Refusal | null {
  const others = account.chats.readUsers().filter((user) => user.counter !== own);
  if (others.some((user) => user.name === name))
    return wrong("/name", "is in use: change that chat user, or choose another name");
  if (others.length >= usersAtMost) return wrong("/name", `a partner has ${usersAtMost} chat users at most`);
  const { wallets } = profileOf(account);
  const isUnknown = limits.some(({ currency }) => !wallets.includes(currency));
  if (isUnknown || new Set(limits.map(({ currency }) => currency)).size < limits.length)
    return wrong("/limits", "names a currency twice, or one that you have no wallet in");
  return null;
}

function wrong(pointer: string, reason: string): Refusal {
  return refusal("parameter", "A parameter is wrong.", { problems: [{ pointer, reason }] });
}

function keep(account: AccountContext, user: ChatUserRecord): Result<ChatUserRecord, Refusal> {
  account.chats.writeUser(user);
  return ok(user);
}

/** The user as it is without its chat. */
export function unlinked(user: ChatUserRecord): ChatUserRecord {
  return { ...user, chat: null, channel: null, shownAs: null, linkedAt: null, pinAt: null };
}

/** Links a chat by a code that was issued, has not expired and was used by no other chat. One user has one chat. */
export function linkChat(
  account: AccountContext,
  { codeHash, name, channel, shownAs }: ChatLinking,
): ChatUserView | null {
  if (account.book.readProfile() === null) return null;
  return account.atomically(() => {
    const now = account.services.clock.now();
    const code = account.chats.findCode(codeHash);
    const user = code === null ? null : account.chats.findUser(code.user);
    if (code === null || user === null || user.removedAt !== null || user.blockedFor !== null) return null;
    if (code.usedBy !== null) return code.usedBy === name && user.chat === name ? presentChatUser(account, user) : null;
    if (code.expiresAt < now) return null;
    account.chats.useCode(codeHash, name);
    const linked: ChatUserRecord = { ...user, chat: name, channel, shownAs, linkedAt: now, pinAt: null };
    account.chats.writeUser(linked);
    return presentChatUser(account, linked);
  });
}

/** A user of this account that was not removed. */
export function findChatUser(account: AccountContext, id: string): ChatUserRecord | null {
  const name = readChatUserId(id);
  const isOwn = name !== null && name.accountNumber === account.book.readProfile()?.account;
  const user = isOwn ? account.chats.findUser(name.counter) : null;
  return user === null || user.removedAt !== null ? null : user;
}

export function presentChatUser(account: AccountContext, user: ChatUserRecord): ChatUserView {
  return {
    id: chatUserIdOf(profileOf(account).account, user.counter),
    name: user.name,
    language: user.language,
    limits: user.limits,
    hasPin: user.pinHash !== null,
    isPinLocked: user.pinHash !== null && user.pinFailures >= pinTries,
    channel: user.channel,
    shownAs: user.shownAs,
    linkedAt: user.linkedAt,
    blocked: user.blockedFor === null ? null : { reason: user.blockedFor, at: user.blockedAt ?? 0 },
    createdAt: user.createdAt,
  };
}
