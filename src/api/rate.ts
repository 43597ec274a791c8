// What the API says about the rate limit of a key; the limit itself is `partners/rate-limit.ts`.
import type { RateAnswer } from "../partners/rate-limit.ts";

export { createRateLimiter, type RateLimiter } from "../partners/rate-limit.ts";

/**
 * `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers): quota, window, rest, reset in seconds. They are
 * structured fields; an integer is written there as itself (RFC 9651, 4.1.4).
 */
export function rateHeaders(perMinute: number, { remaining, seconds }: RateAnswer) {
  return { policy: `"key";q=${perMinute};w=60`, limit: `"key";r=${remaining};t=${seconds}` };
}
