// Setting a bot of Telegram up: its name is looked at, its webhook and its commands are registered. May be done again.
import type { ApiMethods, Opts } from "grammy/types";
import { z } from "zod";
import { callTelegram } from "../../wire/telegram.ts";
import type { Language } from "../dialogue-types.ts";
import type { TelegramSettings } from "./telegram-settings.ts";

/** What Telegram offers behind "/": the first words of the dialogue, and what each does, at most 256 characters. */
const commands = {
  balance: { en: "Your balance", bn: "আপনার ব্যালেন্স", hi: "आपका बैलेंस" },
  last: { en: "Your last recharges", bn: "আপনার শেষ রিচার্জগুলো", hi: "आपके पिछले रीचार्ज" },
  today: { en: "What was recharged today", bn: "আজকের রিচার্জ", hi: "आज के रीचार्ज" },
  cancel: { en: "Forget what is being asked", bn: "যা চলছে তা বাতিল করুন", hi: "जो चल रहा है उसे रद्द करें" },
  language: { en: "Another language", bn: "ভাষা বদলান", hi: "भाषा बदलें" },
  help: { en: "How to recharge", bn: "কীভাবে রিচার্জ করবেন", hi: "रीचार्ज कैसे करें" },
  unlink: { en: "Unlink this chat", bn: "এই চ্যাট বিচ্ছিন্ন করুন", hi: "यह चैट अलग करें" },
} as const satisfies Record<string, Record<Language, string>>;

/** So many updates at once; the rest waits at Telegram. */
const connections = 40;
const limitMs = 60_000;

/** Registers webhook and commands. Throws where the token is another bot's than the settings name, or Telegram refuses. */
export async function setUpTelegram(
  settings: TelegramSettings,
  call: typeof fetch,
  gatewayUrl: string,
): Promise<{ readonly webhook: string; readonly commands: number }> {
  const ask = askTelegram(settings, call);
  const { username } = z.looseObject({ username: z.string() }).parse(await ask("getMe", {}));
  if (username !== settings.username)
    throw new Error(`the token is of @${username}, TELEGRAM_BOT_USERNAME says another`);
  const webhook = new URL("/bots/telegram", gatewayUrl).href;
  await ask("setWebhook", {
    url: webhook,
    secret_token: settings.webhookSecret,
    allowed_updates: ["message", "callback_query"],
    max_connections: connections,
  });
  for (const language of ["en", "bn", "hi"] as const) {
    const named = Object.entries(commands).map(([command, what]) => ({ command, description: what[language] }));
    const scope = { type: "all_private_chats" } as const;
    // English is for everybody whose language has no list of its own.
    // oxlint-disable-next-line eslint/no-await-in-loop -- three calls, once
    await ask("setMyCommands", { commands: named, scope, ...(language !== "en" && { language_code: language }) });
  }
  return { webhook, commands: Object.keys(commands).length };
}

/** The result of a call; a refusal, or no answer, is thrown in Telegram's words. */
function askTelegram({ token, apiUrl }: TelegramSettings, call: typeof fetch) {
  return async <Method extends keyof ApiMethods>(method: Method, parameters: Opts<Method>): Promise<unknown> => {
    const answer = await callTelegram({ token, apiUrl, limitMs, fetch: call }, method, parameters);
    if (answer.kind === "done") return answer.result;
    const said = answer.kind === "refused" ? `${answer.code} ${answer.said}` : "no answer of Telegram's";
    throw new Error(`${method}: ${said}`);
  };
}
