// `POST /bots/telegram`: Telegram's updates, known by the secret that came with `setWebhook`.
import type { Context, Hono } from "hono";
import { readRequestBody } from "../../base/body.ts";
import { equalInConstantTime } from "../../base/signature.ts";
import type { BotEnv } from "../services.ts";
import { takeMessage } from "../take-messages.ts";
import type { TelegramSettings } from "./telegram-settings.ts";
import { readUpdate } from "./telegram-updates.ts";

const keptAtMost = 1024 * 1024;

export function addTelegramRoutes(routes: Hono<BotEnv>): void {
  routes.post("/bots/telegram", async (c) => {
    const { bots, log } = c.get("services");
    const body = await readRequestBody(c.req.raw, keptAtMost);
    if (bots.telegram === null) return c.notFound();
    if (!isFromTelegram(c, bots.telegram)) {
      log.info("telegram.refused");
      return c.body(null, 401);
    }
    return body === "too_large" ? c.body(null, 200) : takeUpdate(c, new TextDecoder().decode(body));
  });
}

function isFromTelegram(c: Context<BotEnv>, { webhookSecret }: TelegramSettings): boolean {
  return equalInConstantTime(c.req.header("X-Telegram-Bot-Api-Secret-Token") ?? "", webhookSecret);
}

/** 200 for all that was taken or is of no use; anything else, and Telegram sends it again. A press is answered with its reply. */
async function takeUpdate(c: Context<BotEnv>, body: string): Promise<Response> {
  const services = c.get("services");
  const update = readUpdate(body, services.clock.now());
  if (update === null) return c.body(null, 200);
  try {
    if (update.taken !== null) await takeMessage(services, update.taken.place, update.taken.message);
  } catch (fault) {
    services.log.error("telegram.update", {}, fault);
    return c.body(null, 503);
  }
  if (update.press === null) return c.body(null, 200);
  return c.json({ method: "answerCallbackQuery", callback_query_id: update.press }, 200);
}
