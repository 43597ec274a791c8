// What a chat says, as calls of the Bot API of Telegram.
import type { InlineKeyboardMarkup } from "grammy/types";
import { z } from "zod";
import { callTelegram, type TelegramAnswer } from "../../wire/telegram.ts";
import type { ChannelOutcome, Outgoing } from "../channel.ts";
import type { Choices } from "../dialogue-types.ts";
import type { TelegramSettings } from "./telegram-settings.ts";

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

const limitMs = 15_000;
const sentSchema = z.looseObject({ message_id: z.int() });

/** Sends one thing; never throws. `fetch` is given, so that tests stand in for Telegram. */
export async function sendToTelegram(
  { token, apiUrl }: TelegramSettings,
  fetch: Fetch,
  { address, outgoing }: { readonly address: string; readonly outgoing: Outgoing },
): Promise<ChannelOutcome> {
  if (outgoing.kind === "template") return { kind: "refused", said: "Telegram has no templates" };
  const calls = { token, apiUrl, limitMs, fetch };
  if (outgoing.kind === "erase")
    // A message that is gone, or too old to be deleted, is no reason to try again.
    return outcomeOf(
      await callTelegram(calls, "deleteMessage", { chat_id: Number(address), message_id: Number(outgoing.messageId) }),
    );
  const { text, choices } = outgoing.message;
  const said = await callTelegram(calls, "sendMessage", {
    chat_id: Number(address),
    text,
    link_preview_options: { is_disabled: true },
    ...(choices !== null && { reply_markup: keyboardOf(choices) }),
  });
  return outcomeOf(said);
}

/** One button in a row: their titles are words, and a phone is narrow. */
function keyboardOf(choices: Choices): InlineKeyboardMarkup {
  const rows =
    choices.kind === "buttons"
      ? choices.buttons
      : choices.rows.map(({ id, title, description }) => ({
          id,
          title: description === null ? title : `${title} · ${description}`,
        }));
  return { inline_keyboard: rows.map(({ id, title }) => [{ text: title, callback_data: id }]) };
}

/** 400 and 403 stay what they are (a text that is refused, a user who has blocked the bot); the rest is tried again. */
function outcomeOf(answer: TelegramAnswer): ChannelOutcome {
  if (answer.kind === "unheard") return { kind: "later", afterMs: null, said: "Telegram was not heard" };
  if (answer.kind === "done") {
    const sent = sentSchema.safeParse(answer.result);
    return { kind: "sent", messageId: sent.success ? String(sent.data.message_id) : null };
  }
  const said = `${answer.code} ${answer.said}`.slice(0, 200);
  if (answer.code === 400 || answer.code === 403) return { kind: "refused", said };
  return { kind: "later", afterMs: answer.retryAfterMs, said };
}
