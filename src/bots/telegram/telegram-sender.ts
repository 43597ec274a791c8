// What a chat says, as calls of the Bot API of Telegram.
import { Api, GrammyError, InlineKeyboard } from "grammy/web";
import type { ChannelOutcome, Outgoing } from "../channel.ts";
import type { Choices } from "../dialogue-types.ts";
import type { TelegramSettings } from "./telegram-settings.ts";

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

const callLimitSeconds = 15;

/** Sends one thing; never throws. `fetch` is given, so that tests stand in for Telegram. */
export async function sendToTelegram(
  settings: TelegramSettings,
  fetch: Fetch,
  { address, outgoing }: { readonly address: string; readonly outgoing: Outgoing },
): Promise<ChannelOutcome> {
  const api = new Api(settings.token, {
    apiRoot: settings.apiUrl,
    timeoutSeconds: callLimitSeconds,
    fetch: asGrammyFetch(fetch),
  });
  try {
    if (outgoing.kind === "erase") return await erase(api, address, outgoing.messageId);
    if (outgoing.kind === "template") return { kind: "refused", said: "Telegram has no templates" };
    const { text, choices } = outgoing.message;
    const sent = await api.sendMessage(Number(address), text, {
      link_preview_options: { is_disabled: true },
      ...(choices !== null && { reply_markup: keyboardOf(choices) }),
    });
    return { kind: "sent", messageId: String(sent.message_id) };
  } catch (fault) {
    return outcomeOfFault(fault);
  }
}

/** A message that is gone, or too old to be deleted, is no reason to try again. */
async function erase(api: Api, address: string, messageId: string): Promise<ChannelOutcome> {
  await api.deleteMessage(Number(address), Number(messageId));
  return { kind: "sent", messageId: null };
}

/** One button in a row: their titles are words, and a phone is narrow. */
function keyboardOf(choices: Choices): InlineKeyboard {
  const rows =
    choices.kind === "buttons"
      ? choices.buttons
      : choices.rows.map(({ id, title, description }) => ({
          id,
          title: description === null ? title : `${title} · ${description}`,
        }));
  return rows.reduce((keyboard, { id, title }) => keyboard.text(title, id).row(), new InlineKeyboard());
}

/** 400 and 403 stay what they are (a text that is refused, a user who has blocked the bot); the rest is tried again. */
function outcomeOfFault(fault: unknown): ChannelOutcome {
  if (!(fault instanceof GrammyError)) return { kind: "later", afterMs: null, said: "Telegram was not heard" };
  const said = `${fault.error_code} ${fault.description}`.slice(0, 200);
  if (fault.error_code === 400 || fault.error_code === 403) return { kind: "refused", said };
  const seconds = fault.parameters.retry_after;
  return { kind: "later", afterMs: seconds === undefined ? null : seconds * 1_000, said };
}

/** grammY types its `init` as node-fetch does; what it passes is what the platform's takes too. */
function asGrammyFetch(fetch: Fetch): NonNullable<NonNullable<ConstructorParameters<typeof Api>[1]>["fetch"]> {
  const call = (input: unknown, init: unknown) => fetch(String(input), init as RequestInit);
  return call;
}
