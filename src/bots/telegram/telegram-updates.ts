// Updates of Telegram: private chats only; each message or press goes to its chat, everything else is let go.
import { Bot, type Context } from "grammy/web";
import type { UserFromGetMe } from "grammy/types";
import type { ChatPlace, Incoming, IncomingMessage } from "../channel.ts";
import type { TelegramSettings } from "./telegram-settings.ts";

type Take = (place: ChatPlace, message: IncomingMessage) => Promise<void>;

/** A bot that hands what it is sent to `take`, and asks nothing of Telegram. */
export function createTelegramBot(settings: TelegramSettings, take: Take): Bot {
  const bot = new Bot(settings.token, { botInfo: botInfoOf(settings) });
  const chats = bot.chatType("private");
  chats.on("message", async (c) => {
    const { text } = c.message;
    const content: Incoming = text === undefined ? { kind: "unreadable" } : { kind: "text", text };
    const sentAt = c.message.date * 1_000;
    await take(placeOf(c), { messageId: idOf(c), sentAt, content, erasableBy: String(c.message.message_id) });
  });
  chats.on("callback_query:data", async (c) => {
    const content: Incoming = { kind: "press", payload: c.callbackQuery.data };
    await take(placeOf(c), { messageId: idOf(c), sentAt: Date.now(), content, erasableBy: null });
  });
  return bot;
}

function placeOf(c: Context & { readonly chat: { readonly id: number } }): ChatPlace {
  return { channel: "telegram", address: String(c.chat.id) };
}

function idOf(c: Context): string {
  return `telegram ${c.update.update_id}`;
}

/** What `getMe` would answer: asked once when the bot is set up, not by each isolate. */
function botInfoOf({ token, username }: TelegramSettings): UserFromGetMe {
  return {
    id: Number(token.split(":")[0]),
    is_bot: true,
    first_name: username,
    username,
    can_join_groups: false,
    can_read_all_group_messages: false,
    can_manage_bots: false,
    supports_inline_queries: false,
    supports_join_request_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
  };
}
