// Takes what a chat says to its platform: one call, one answer, a time limit. Chats try again, this never does.
import type { ChannelCall, ChannelOutcome } from "./channel.ts";
import { sendToTelegram } from "./telegram/telegram-sender.ts";
import type { TelegramSettings } from "./telegram/telegram-settings.ts";
import { sendToWhatsapp } from "./whatsapp/whatsapp-sender.ts";
import type { WhatsappSettings } from "./whatsapp/whatsapp-settings.ts";

/** What the bots are set up with; null: there is no such bot. */
export interface BotSettings {
  readonly telegram: TelegramSettings | null;
  readonly whatsapp: WhatsappSettings | null;
}

export interface ChannelLineParts {
  readonly bots: BotSettings;
  fetch(input: string, init?: RequestInit): Promise<Response>;
}

/** Sends one thing; never throws. A bot that was taken out of the settings sends nothing more. */
export async function sendOnLine(parts: ChannelLineParts, call: ChannelCall): Promise<ChannelOutcome> {
  const { bots } = parts;
  const fetch = (input: string, init?: RequestInit) => parts.fetch(input, init);
  if (call.channel === "telegram" && bots.telegram !== null) return sendToTelegram(bots.telegram, fetch, call);
  if (call.channel === "whatsapp" && bots.whatsapp !== null) return sendToWhatsapp(bots.whatsapp, fetch, call);
  return { kind: "refused", said: "this bot is not set up" };
}
