// `POST /bots/telegram`: Telegram's updates, known by the secret that came with `setWebhook`.
import type { Context, Hono } from "hono";
import type { Bot } from "grammy/web";
import type { Update } from "grammy/types";
import { z } from "zod";
import { readRequestBody } from "../../base/body.ts";
import { equalInConstantTime } from "../../base/signature.ts";
import type { BotEnv } from "../services.ts";
import { takeMessage } from "../take-messages.ts";
import type { TelegramSettings } from "./telegram-settings.ts";
import { createTelegramBot } from "./telegram-updates.ts";

const keptAtMost = 1024 * 1024;
const updateSchema = z.looseObject({
  update_id: z.int(),
  callback_query: z.looseObject({ id: z.string() }).optional(),
});

export function addTelegramRoutes(routes: Hono<BotEnv>): void {
  const bots = new WeakMap<BotEnv["Variables"]["services"], Bot>();
  routes.post("/bots/telegram", async (c) => {
    const services = c.get("services");
    const settings = services.bots.telegram;
    const body = await readRequestBody(c.req.raw, keptAtMost);
    if (settings === null) return c.notFound();
    if (!isFromTelegram(c, settings)) {
      services.log.info("telegram.refused");
      return c.body(null, 401);
    }
    const bot =
      bots.get(services) ?? createTelegramBot(settings, (place, message) => takeMessage(services, place, message));
    bots.set(services, bot);
    return body === "too_large" ? c.body(null, 200) : takeUpdate(c, bot, body);
  });
}

function isFromTelegram(c: Context<BotEnv>, { webhookSecret }: TelegramSettings): boolean {
  return equalInConstantTime(c.req.header("X-Telegram-Bot-Api-Secret-Token") ?? "", webhookSecret);
}

/** 200 for all that was taken or is of no use; anything else, and Telegram sends it again. A press is answered with its reply. */
async function takeUpdate(c: Context<BotEnv>, bot: Bot, body: Uint8Array<ArrayBuffer>): Promise<Response> {
  const update = readUpdate(body);
  if (update === null) return c.body(null, 200);
  try {
    await bot.handleUpdate(asUpdate(update));
  } catch (fault) {
    c.get("services").log.error("telegram.update", {}, fault instanceof Error ? (fault.cause ?? fault) : fault);
    return c.body(null, 503);
  }
  const press = update.callback_query;
  if (press === undefined) return c.body(null, 200);
  return c.json({ method: "answerCallbackQuery", callback_query_id: press.id }, 200);
}

function readUpdate(body: Uint8Array<ArrayBuffer>): z.infer<typeof updateSchema> | null {
  try {
    return updateSchema.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    return null;
  }
}

/** Telegram's own shape, behind its own secret: grammY looks at what each part needs. */
function asUpdate(update: z.infer<typeof updateSchema>): Update {
  return update as unknown as Update;
}
