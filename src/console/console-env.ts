// What the console and the portal are given, and what their requests carry.
import type { Log } from "../base/log.ts";
import type { Clock } from "../base/clock.ts";
import type { FindByAccess } from "../partners/access.ts";
import type { RateLimiter } from "../partners/rate-limit.ts";
import type { Session, SessionParts } from "../partners/sessions.ts";

export interface ConsoleServices {
  readonly clock: Clock;
  readonly log: Log;
  /** Slows down who tries to sign in again and again. */
  readonly limiter: RateLimiter;
  /** For sessions alone: what staff read and do goes over `/admin/v1`. */
  readonly staff: SessionParts;
  /** Null: Cloudflare Access is not set, and staff come by a link. */
  readonly findByAccess: FindByAccess | null;
  /** A file of `public/`, by its path. */
  asset(path: string): Promise<Response>;
}

export interface ConsoleVariables {
  services: ConsoleServices;
  /** Set behind `requireSession`. */
  session: Session;
  /** The session's token: what `/admin/v1` is asked with. */
  token: string;
}

export interface ConsoleEnv {
  // biome-ignore lint/complexity/noBannedTypes: the console reads no binding.
  Bindings: object;
  Variables: ConsoleVariables;
}
