// Telling chats how their recharges ended, from the account's alarm: the events are read with a watermark of their own.
import { chatUserIdOf, readRechargeId } from "../base/id.ts";
import type { AccountEvent } from "../recharges/events.ts";
import { type AccountContext, profileOf } from "./context.ts";
import { presentRecharge } from "./views.ts";

const pageSize = 200;

/** True when there are events that may concern a chat and were not looked at yet. */
export function hasChatNews(account: AccountContext): boolean {
  return account.chats.hasRecharges() && account.chats.readTold() < account.book.lastEventNumber();
}

/**
 * Tells each chat what came to its end since the last time. Throws where a chat cannot be told: it is told again, and
 * nothing is passed over.
 */
export async function tellChats(account: AccountContext): Promise<void> {
  while (hasChatNews(account))
    for (const event of account.book.readEvents(account.chats.readTold(), pageSize)) {
      // oxlint-disable-next-line eslint/no-await-in-loop -- what is told must be told in order
      if (await tellOne(account, event)) account.chats.writeTold(event.number);
      else account.chats.passOver(event.number);
    }
}

/** True where a chat was told. A chat that is not linked to its user any more learns nothing. */
async function tellOne(account: AccountContext, event: AccountEvent): Promise<boolean> {
  if (event.type !== "recharge.succeeded" && event.type !== "recharge.failed" && event.type !== "recharge.reversed")
    return false;
  const counter = readRechargeId(event.recharge.id)?.counter ?? 0;
  const ordered = account.chats.findRecharge(counter);
  const recharge = ordered === null ? null : account.recharges.find(counter);
  const user = ordered === null ? null : account.chats.findUser(ordered.user);
  if (ordered === null || recharge === null || user?.chat !== ordered.chat) return false;
  const number = profileOf(account).account;
  await account.services.chat(ordered.chat).tell({
    account: number,
    user: chatUserIdOf(number, ordered.user),
    recharge: presentRecharge(account, recharge),
  });
  return true;
}
