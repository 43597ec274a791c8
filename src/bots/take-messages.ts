// From a webhook to the objects of its chats: written down there before the platform is answered.
import type { ChatPlace, IncomingMessage } from "./channel.ts";
import type { BotServices } from "./services.ts";

/** Messages of one chat in a minute; nobody types faster. */
const perMinute = 60;

/** Hands one message to its chat. Throws where the chat cannot take it: then the platform must send it again. */
export async function takeMessage(services: BotServices, place: ChatPlace, message: IncomingMessage): Promise<void> {
  const { limiter, clock, log } = services;
  if (!limiter.take(`chat ${place.channel} ${place.address}`, perMinute, clock.now()).isAllowed)
    return log.info("chat.dropped", { channel: place.channel });
  return services.chat(place).take(place, message);
}
