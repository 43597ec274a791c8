// What the bots' webhooks need to be given: built from the bindings by `services/`, replaced piece by piece in tests.
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { RateLimiter } from "../partners/rate-limit.ts";
import type { ChatInbox, ChatPlace } from "./channel.ts";
import type { BotSettings } from "./channel-line.ts";

export interface BotServices {
  readonly clock: Clock;
  readonly log: Log;
  readonly limiter: RateLimiter;
  readonly bots: BotSettings;
  /** The object of a chat, under a name that does not tell whose it is. */
  chat(place: ChatPlace): ChatInbox;
}

export interface BotEnv {
  Variables: { services: BotServices };
}
