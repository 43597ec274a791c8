// `GET` and `POST /bots/whatsapp`: Meta's challenge when the webhook is set up, and what it sends from then on.
import type { Context, Hono } from "hono";
import { readRequestBody } from "../../base/body.ts";
import { equalInConstantTime } from "../../base/signature.ts";
import type { BotEnv, BotServices } from "../services.ts";
import { takeMessage } from "../take-messages.ts";
import { isSignedByMeta } from "./whatsapp-signature.ts";
import { type Heard, readWebhook } from "./whatsapp-webhook.ts";

/** Meta's webhooks are 3 MB at most. */
const keptAtMost = 3 * 1024 * 1024;

export function addWhatsappRoutes(routes: Hono<BotEnv>): void {
  routes.get("/bots/whatsapp", (c) => {
    const settings = c.get("services").bots.whatsapp;
    if (settings === null) return c.notFound();
    const { "hub.mode": mode, "hub.verify_token": token = "", "hub.challenge": challenge = "" } = c.req.query();
    const isMeta = mode === "subscribe" && equalInConstantTime(token, settings.verifyToken);
    return isMeta && /^[\w-]{1,200}$/.test(challenge) ? c.text(challenge, 200) : c.body(null, 403);
  });
  routes.post("/bots/whatsapp", async (c) => {
    const services = c.get("services");
    const settings = services.bots.whatsapp;
    const body = await readRequestBody(c.req.raw, keptAtMost);
    if (settings === null) return c.notFound();
    if (body === "too_large") return c.body(null, 200);
    if (!(await isSignedByMeta(settings.appSecret, body, c.req.header("X-Hub-Signature-256")))) {
      services.log.info("whatsapp.refused");
      return c.body(null, 401);
    }
    const heard = readWebhook(new TextDecoder().decode(body), settings.phoneNumberId);
    return heard === null ? c.body(null, 200) : takeAll(c, heard);
  });
}

/** Each chat's in order, the chats side by side. One that fails, and Meta sends the batch again: what was taken is known. */
async function takeAll(c: Context<BotEnv>, { messages, statuses }: Heard): Promise<Response> {
  const services = c.get("services");
  const chats = Map.groupBy(messages, ({ place }) => place.address);
  const taken = await Promise.allSettled([
    ...[...chats.values()].map((ofChat) => takeInOrder(services, ofChat)),
    ...statuses.map(({ place, status }) => services.chat(place).takeStatus(status)),
  ]);
  const faults = taken.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  for (const fault of faults) services.log.error("whatsapp.webhook", {}, fault);
  return c.body(null, faults.length === 0 ? 200 : 503);
}

async function takeInOrder(services: BotServices, messages: Heard["messages"]): Promise<void> {
  // oxlint-disable-next-line eslint/no-await-in-loop -- a chat's messages keep their order
  for (const { place, message } of messages) await takeMessage(services, place, message);
}
