// The zod schema of the bots' settings: all of a bot's, or none, and then there is no such bot.
import { z } from "zod";
import { describeIssue } from "../config.ts";

const secret = z.string().min(8, "at least 8 characters");
const apiUrl = (standard: string) =>
  z
    .url()
    .transform((url) => url.replace(/\/+$/, ""))
    .default(standard);

const telegramSchema = z.object({
  TELEGRAM_BOT_TOKEN: z.string().regex(/^\d{5,20}:[\w-]{20,100}$/, "the token that BotFather gave"),
  TELEGRAM_WEBHOOK_SECRET: z.string().regex(/^[\w-]{16,256}$/, "16 to 256 of A-Z, a-z, 0-9, _ and -"),
  TELEGRAM_BOT_USERNAME: z.string().regex(/^\w{5,32}$/, "the bot's name without @"),
  TELEGRAM_API_URL: apiUrl("https://api.telegram.org"),
});

const whatsappSchema = z.object({
  WHATSAPP_TOKEN: secret,
  WHATSAPP_APP_SECRET: secret,
  WHATSAPP_VERIFY_TOKEN: secret,
  WHATSAPP_PHONE_NUMBER_ID: z.string().regex(/^\d{5,30}$/, "the id of the phone number, not the number"),
  WHATSAPP_API_URL: apiUrl("https://graph.facebook.com"),
});

/** Reads both. Throws one error that names each setting that is wrong or missing beside the others, never its value. */
export function readBotSettings(env: Readonly<Record<string, unknown>>) {
  const telegram = readAll(telegramSchema, env);
  const whatsapp = readAll(whatsappSchema, env);
  return {
    telegram:
      telegram === null
        ? null
        : {
            token: telegram.TELEGRAM_BOT_TOKEN,
            webhookSecret: telegram.TELEGRAM_WEBHOOK_SECRET,
            username: telegram.TELEGRAM_BOT_USERNAME,
            apiUrl: telegram.TELEGRAM_API_URL,
          },
    whatsapp:
      whatsapp === null
        ? null
        : {
            token: whatsapp.WHATSAPP_TOKEN,
            appSecret: whatsapp.WHATSAPP_APP_SECRET,
            verifyToken: whatsapp.WHATSAPP_VERIFY_TOKEN,
            phoneNumberId: whatsapp.WHATSAPP_PHONE_NUMBER_ID,
            apiUrl: whatsapp.WHATSAPP_API_URL,
          },
  };
}

function readAll<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  env: Readonly<Record<string, unknown>>,
): z.infer<z.ZodObject<Shape>> | null {
  const names = Object.keys(schema.shape).filter((name) => env[name] !== undefined && env[name] !== "");
  if (names.every((name) => name.endsWith("_API_URL"))) return null;
  const read = schema.safeParse(Object.fromEntries(names.map((name) => [name, env[name]])));
  if (!read.success) throw new Error(`wrong settings: ${read.error.issues.map(describeIssue).join("; ")}`);
  return read.data;
}
