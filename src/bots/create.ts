// The webhooks of the bots; a bot that is not set up answers 404.
import { Hono } from "hono";
import type { BotEnv } from "./services.ts";
import { addTelegramRoutes } from "./telegram/telegram-routes.ts";
import { addWhatsappRoutes } from "./whatsapp/whatsapp-routes.ts";

/** Whoever mounts them sets the variable `services` before. */
export function createBots(): Hono<BotEnv> {
  const bots = new Hono<BotEnv>();
  bots.use("/bots/*", async (c, next) => {
    c.header("Cache-Control", "no-store");
    await next();
  });
  addTelegramRoutes(bots);
  addWhatsappRoutes(bots);
  return bots;
}
