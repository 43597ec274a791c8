// What the API says about the rate limit of a key; the limit itself is `partners/rate-limit.ts`.
import { serializeList } from "structured-headers";
import type { RateAnswer } from "../partners/rate-limit.ts";

export { createRateLimiter, type RateLimiter } from "../partners/rate-limit.ts";

/** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers): quota, window, rest, reset in seconds. */
export function rateHeaders(perMinute: number, answer: RateAnswer): Readonly<Record<string, string>> {
  if (policy?.perMinute !== perMinute) policy = { perMinute, text: serializeKey({ q: perMinute, w: 60 }) };
  return {
    "RateLimit-Policy": policy.text,
    RateLimit: serializeKey({ r: answer.remaining, t: answer.seconds }),
  };
}

/** The policy as it was said last: every answer carries it, and it hardly ever changes. */
let policy: { readonly perMinute: number; readonly text: string } | null = null;

function serializeKey(parameters: Readonly<Record<string, number>>): string {
  return serializeList([["key", new Map(Object.entries(parameters))]]);
}
