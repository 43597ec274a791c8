// Sending what a chat has to say, in order: again and again where the platform does not take it, and given up visibly.
import type { ChannelOutcome, DeliveryStatus, Outgoing } from "../channel.ts";
import { type ChatContext, recordOf } from "./chat-context.ts";
import type { OutboxItem } from "./chat-store.ts";

/** A message that no platform took for a day is of no use to its reader any more. */
const givenUpAfterMs = 86_400_000;
const retryAtMostMs = 600_000;
/** After this long without a message of the user WhatsApp takes templates only; a little less, for the way there. */
const windowMs = 86_400_000 - 300_000;

/** Sends what is due. A message that must wait holds up those behind it, so that they arrive in order. */
export async function sendDue(chat: ChatContext): Promise<void> {
  for (;;) {
    const item = chat.store.nextOutgoing();
    if (item === null || item.dueAt > chat.services.clock.now()) return;
    // oxlint-disable-next-line eslint/no-await-in-loop -- messages arrive in the order in which they are sent
    await sendOne(chat, item);
  }
}

async function sendOne(chat: ChatContext, item: OutboxItem): Promise<void> {
  const { channel, address, heardAt } = recordOf(chat);
  const isClosed = channel === "whatsapp" && chat.services.clock.now() - heardAt > windowMs;
  const outgoing = isClosed ? asTemplate(item.content) : item.content;
  if (outgoing === null) return giveUp(chat, item, "the user has not written for a day");
  const outcome = await chat.services.line
    .send({ channel, address, outgoing })
    .catch((): ChannelOutcome => ({ kind: "later", afterMs: null, said: "the line was not heard" }));
  if (outcome.kind === "sent") return noteSent(chat, item, outcome.messageId);
  if (outcome.kind === "refused") return giveUp(chat, item, outcome.said);
  if (outcome.kind === "window_closed") return retryAsTemplate(chat, item);
  return sendLater(chat, item, outcome);
}

/** What can go out without an open window; null: it cannot. */
function asTemplate(content: Outgoing): Outgoing | null {
  if (content.kind === "template" || content.kind === "erase") return content;
  return content.kind === "news"
    ? { kind: "template", language: content.language, parameters: content.parameters }
    : null;
}

function noteSent(chat: ChatContext, item: OutboxItem, messageId: string | null): void {
  chat.atomically(() => {
    chat.store.removeOutgoing(item.number);
    if (messageId !== null && item.content.kind === "news")
      chat.store.noteSent(messageId, item.content, chat.services.clock.now());
  });
}

function retryAsTemplate(chat: ChatContext, item: OutboxItem): Promise<void> | void {
  const template = item.content.kind === "template" ? null : asTemplate(item.content);
  if (template === null) return giveUp(chat, item, "the window is closed");
  return chat.atomically(() => chat.store.replaceOutgoing(item.number, template));
}

function sendLater(
  chat: ChatContext,
  item: OutboxItem,
  outcome: Extract<ChannelOutcome, { kind: "later" }>,
): Promise<void> | void {
  const now = chat.services.clock.now();
  if (now - item.writtenAt > givenUpAfterMs) return giveUp(chat, item, outcome.said);
  const backOffMs = Math.min(chat.services.times.chatRetryMs * 2 ** item.tries, retryAtMostMs);
  const { channel } = recordOf(chat);
  chat.services.log.warn("chat.send_later", { channel, tries: item.tries + 1, said: outcome.said });
  return chat.atomically(() => chat.store.postpone(item.number, now + Math.max(outcome.afterMs ?? 0, backOffMs)));
}

async function giveUp(chat: ChatContext, item: OutboxItem, said: string): Promise<void> {
  const { channel, link } = recordOf(chat);
  const account = link?.account ?? 0;
  chat.services.log.warn("chat.given_up", { channel, account, kind: item.content.kind, tries: item.tries, said });
  chat.atomically(() => chat.store.removeOutgoing(item.number));
  await chat.services
    .countGivenUp()
    .catch((fault: unknown) => chat.services.log.error("chat.count", { account }, fault));
}

/** What the platform says of a message that it took: news that met a closed window goes out again as a template. */
export function takeStatus(chat: ChatContext, { messageId, status, isWindowClosed, said }: DeliveryStatus): void {
  chat.atomically(() => {
    const content = chat.store.takeSent(messageId);
    if (content === null || status === "delivered") return;
    const template = asTemplate(content);
    chat.services.log.warn("chat.not_delivered", { channel: recordOf(chat).channel, said });
    if (isWindowClosed && template !== null) chat.store.addOutgoing(template, chat.services.clock.now());
  });
}
