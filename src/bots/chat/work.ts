// The work of a chat, one thing at a time: what was asked and not answered, then the messages in the order they came.
import type { ChatNews, ChatStanding } from "../../accounts/chat-types.ts";
import { assert } from "../../base/assert.ts";
import type { RechargeView } from "../../recharges/recharge.ts";
import { awaitedOf, step } from "../dialogue.ts";
import type { DialogueContext, DialogueInput, DialogueState } from "../dialogue-types.ts";
import { outcomeMessage, outcomeParameters } from "../outcome-message.ts";
import { type ChatContext, recordOf } from "./chat-context.ts";
import type { ChatLink, InboxItem } from "./chat-store.ts";
import { codeIn, dropLink, hint, linkByCode } from "./link.ts";
import { ask, type Asked, dueAt, perform } from "./perform.ts";

/** Does all that is due. Throws where an account cannot be asked: what was not done waits, and is done again. */
export async function workOn(chat: ChatContext): Promise<void> {
  for (;;) {
    // oxlint-disable-next-line eslint/no-await-in-loop -- one thing at a time is what keeps the order
    if (await answerAwaited(chat)) continue;
    const item = chat.store.nextIncoming();
    if (item === null) return;
    // oxlint-disable-next-line eslint/no-await-in-loop -- as above
    await workOnItem(chat, item);
  }
}

/** When the next of what was asked is due, epoch ms; null: nothing waits. */
export function awaitedDueAt(chat: ChatContext): number | null {
  const link = chat.store.read()?.link ?? null;
  const dues = link === null ? [] : awaitedOf(link.state).map(dueAt);
  return dues.length === 0 ? null : Math.min(...dues);
}

/** Carries out one command that is due; false: there is none. */
async function answerAwaited(chat: ChatContext): Promise<boolean> {
  const link = chat.store.read()?.link ?? null;
  const now = chat.services.clock.now();
  const due = link === null ? undefined : awaitedOf(link.state).find((one) => dueAt(one) <= now);
  if (link === null || due === undefined) return false;
  await carryOut(chat, link, due.id, due);
  return true;
}

async function carryOut(chat: ChatContext, link: ChatLink, id: string, asked: Asked): Promise<void> {
  const { command } = asked;
  const performed = await perform(chat, link, asked).catch((fault: unknown) => {
    // A `settle` is asked until it is answered; without knowing how the user stands there is nothing to answer with.
    if (command.kind === "settle" || chat.standing === null) throw fault;
    chat.services.log.error("chat.ask", { account: link.account, command: command.kind }, fault);
    return { kind: "answered", answer: { kind: "unavailable" }, shown: null } as const;
  });
  if (performed.kind === "not_linked") return leaveUnlinked(chat, null);
  const at = chat.services.clock.now();
  const input: DialogueInput = { kind: "result", id, at, answer: performed.answer };
  const unlinks = command.kind === "unlink" && performed.answer.kind === "done";
  await takeStep(chat, { input, item: null, shown: performed.shown, unlinks });
}

async function workOnItem(chat: ChatContext, item: InboxItem): Promise<void> {
  const { content } = item;
  if (content.kind === "news") return tellNews(chat, item, content.news);
  const code = content.kind === "text" ? codeIn(content.text) : null;
  const linked = code === null ? null : await linkByCode(chat, code);
  const { link } = recordOf(chat);
  if (link === null) return leaveUnlinked(chat, { item, afterCode: code !== null });
  const reply = await ask(chat, link, { kind: "take", messageId: item.message, ticket: item.ticket });
  if (reply === null) return leaveUnlinked(chat, { item, afterCode: false });
  const { answer } = reply;
  assert(answer.kind === "take", "the answer has the question's kind");
  if (!answer.isFirst) return chat.atomically(() => finish(chat, item));
  const serial = answer.serial.toString(36);
  const at = chat.services.clock.now();
  const input: DialogueInput = linked === null ? inputOf(chat, item, { serial, at }) : { kind: "linked", serial, at };
  return takeStep(chat, { input, item, shown: null, unlinks: false });
}

function inputOf(
  chat: ChatContext,
  item: InboxItem,
  more: { readonly serial: string; readonly at: number },
): DialogueInput {
  const { content, sentAt } = item;
  if (content.kind === "text") return { ...content, ...more, sentAt };
  if (content.kind === "press") return { ...content, ...more };
  const text = content.kind === "secret" ? chat.secrets.get(item.number) : undefined;
  return text === undefined ? { kind: "unreadable", ...more } : { kind: "text", text, ...more, sentAt };
}

interface Stepping {
  readonly input: DialogueInput;
  /** The message that this input is; null: it is an answer. */
  readonly item: InboxItem | null;
  readonly shown: RechargeView | null;
  readonly unlinks: boolean;
}

/** One step of the dialogue: state, messages to send and what was worked on in one write. What is asked besides is asked then. */
async function takeStep(chat: ChatContext, { input, item, shown, unlinks }: Stepping): Promise<void> {
  const now = chat.services.clock.now();
  const record = recordOf(chat);
  const { link } = record;
  const { standing } = chat;
  assert(link !== null && standing !== null, "a step is taken for a user who was asked about");
  const next = step(link.state, input, contextOf(chat, standing));
  const isStillAwaited = input.kind === "result" && awaitedOf(next.state).some(({ id }) => id === input.id);
  assert(!isStillAwaited, "what was answered is not waited for any more");
  chat.atomically(() => {
    chat.store.write({ ...record, link: unlinks ? null : { ...link, state: next.state } });
    for (const output of next.outputs) {
      if (output.kind === "say") chat.store.addOutgoing(output, now);
      if (output.kind === "erase" && item !== null && item.erasableBy !== null)
        chat.store.addOutgoing({ kind: "erase", messageId: item.erasableBy }, now);
    }
    if (shown !== null && shown.state !== "pending") chat.store.writeTold(shown.id, shown.state, now);
    if (item !== null) finish(chat, item);
  });
  if (unlinks) chat.standing = null;
  chat.speak();
  await askUnkept(chat, next.state, next.outputs);
}

/** A PIN is no part of the state: it is asked about now, or typed again. */
async function askUnkept(
  chat: ChatContext,
  state: DialogueState,
  outputs: ReturnType<typeof step>["outputs"],
): Promise<void> {
  const kept = new Set(awaitedOf(state).map(({ id }) => id));
  for (const output of outputs) {
    const { link } = recordOf(chat);
    if (output.kind !== "perform" || kept.has(output.id) || link === null) continue;
    // oxlint-disable-next-line eslint/no-await-in-loop -- each answer is a step of its own
    await carryOut(chat, link, output.id, { command: output.command, since: chat.services.clock.now() });
  }
}

function contextOf(chat: ChatContext, { mode, currencies, user, usedToday }: ChatStanding): DialogueContext {
  const limits = user.limits.map((limit) => {
    const used = usedToday.find(({ currency }) => currency === limit.currency)?.used;
    assert(used !== undefined, "limits are in the partner's currencies");
    return { ...limit, usedToday: used };
  });
  const { id, name, language } = user;
  return {
    user: { id, name, language, limits },
    currencies,
    sells: (product) => chat.services.sells(mode, product),
  };
}

/** News of a recharge that this user ordered here, unless the dialogue has told it already. */
function tellNews(chat: ChatContext, item: InboxItem, { account, user, recharge }: ChatNews): void {
  const { link } = recordOf(chat);
  const now = chat.services.clock.now();
  chat.atomically(() => {
    finish(chat, item);
    if (link === null || link.account !== account || link.user !== user) return;
    if (recharge.state === "pending" || chat.store.readTold(recharge.id) === recharge.state) return;
    chat.store.writeTold(recharge.id, recharge.state, now);
    const { language } = link.state;
    const message = outcomeMessage(recharge, language);
    chat.store.addOutgoing({ kind: "news", message, language, parameters: outcomeParameters(recharge, language) }, now);
  });
}

function leaveUnlinked(
  chat: ChatContext,
  worked: { readonly item: InboxItem; readonly afterCode: boolean } | null,
): void {
  chat.atomically(() => {
    if (recordOf(chat).link !== null) dropLink(chat);
    hint(chat, worked?.afterCode ?? false);
    if (worked !== null) finish(chat, worked.item);
  });
}

function finish(chat: ChatContext, item: InboxItem): void {
  chat.store.finish(item.number, chat.services.clock.now());
  chat.secrets.delete(item.number);
}
