// Updates of Telegram: private chats only; each message or press goes to its chat, everything else is let go.
import { z } from "zod";
import type { ChatPlace, Incoming, IncomingMessage } from "../channel.ts";

const chatSchema = z.looseObject({ id: z.int(), type: z.string() });

/** What of an update cannot be read is not there: Telegram would send it for ever. */
const updateSchema = z.looseObject({
  update_id: z.int(),
  message: z
    .looseObject({ message_id: z.int(), date: z.int(), chat: chatSchema, text: z.string().optional() })
    .optional()
    .catch(undefined),
  callback_query: z
    .looseObject({
      id: z.string(),
      data: z.string().optional(),
      message: z.looseObject({ chat: chatSchema }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

export interface TelegramUpdate {
  /** The press that waits for an answer, wherever it was; null: none. */
  readonly press: string | null;
  /** What is for a chat of ours; null: nothing. */
  readonly taken: { readonly place: ChatPlace; readonly message: IncomingMessage } | null;
}

/** `now` is epoch ms; a press has no time of its own. Null where the text is no update. */
export function readUpdate(text: string, now: number): TelegramUpdate | null {
  const read = updateSchema.safeParse(parseJson(text));
  if (!read.success) return null;
  const { update_id, message, callback_query: press } = read.data;
  const messageId = `telegram ${update_id}`;
  if (message !== undefined) {
    const content: Incoming =
      message.text === undefined ? { kind: "unreadable" } : { kind: "text", text: message.text };
    const erasableBy = String(message.message_id);
    return { press: null, taken: inPrivate(message, { messageId, sentAt: message.date * 1_000, content, erasableBy }) };
  }
  if (press === undefined) return { press: null, taken: null };
  const { data, message: pressed } = press;
  if (data === undefined || pressed === undefined) return { press: press.id, taken: null };
  const content: Incoming = { kind: "press", payload: data };
  return { press: press.id, taken: inPrivate(pressed, { messageId, sentAt: now, content, erasableBy: null }) };
}

function inPrivate(
  at: { readonly chat: z.infer<typeof chatSchema> },
  message: IncomingMessage,
): TelegramUpdate["taken"] {
  if (at.chat.type !== "private") return null;
  return { place: { channel: "telegram", address: String(at.chat.id) }, message };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
