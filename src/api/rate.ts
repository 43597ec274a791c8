// What the API says about the rate limit of a key; the limit itself is `partners/rate-limit.ts`.
import { serializeList } from "structured-headers";
import type { RateAnswer } from "../partners/rate-limit.ts";

export { createRateLimiter, type RateLimiter } from "../partners/rate-limit.ts";

/** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers): quota, window, rest, reset in seconds. */
export function rateHeaders(perMinute: number, answer: RateAnswer): Readonly<Record<string, string>> {
  return {
    "RateLimit-Policy": serializeList([
      [
        "key",
        new Map([
          ["q", perMinute],
          ["w", 60],
        ]),
      ],
    ]),
    RateLimit: serializeList([
      [
        "key",
        new Map([
          ["r", answer.remaining],
          ["t", answer.seconds],
        ]),
      ],
    ]),
  };
}
