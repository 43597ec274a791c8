// What the dialects need to be given: built from the bindings by `services/surfaces.ts`.
import type { AccountCalls } from "../accounts/account.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Authenticate } from "../partners/authenticate.ts";
import type { AuthenticateSigned } from "../partners/signed.ts";
import type { RateLimiter } from "../partners/rate-limit.ts";
import type { Throttle } from "../partners/throttle.ts";

export interface DialectServices {
  readonly clock: Clock;
  readonly log: Log;
  /** How long a dialect waits for the upstream's answer before it says that the recharge is pending, ms. */
  readonly dialectWaitMs: number;
  /** Where a request came from that has no `CF-Connecting-IP`: a local installation listens on this machine alone; null: not known. */
  readonly unnamedAddress: string | null;
  /** Requests that one credential may send per minute. */
  readonly ratePerMinute: number;
  /** Kept for the isolate's life, one for all dialects. */
  readonly limiter: RateLimiter;
  readonly throttle: Throttle;
  readonly authenticate: Authenticate;
  readonly authenticateSigned: AuthenticateSigned;
  /** A fresh stub on each call: one that has thrown may be broken. */
  account(number: number): AccountCalls;
  /** Counts something that staff should see; lost without harm. */
  count(name: "backnpay_duplicate", account: number): Promise<void>;
}

export interface DialectEnv {
  Variables: { services: DialectServices };
}
