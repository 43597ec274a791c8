// A rate limit per key: a bucket of tokens in this isolate. It shields from abuse; it is no quota that is kept to the unit.
import { forgetOldest } from "../base/forget-oldest.ts";

export interface RateAnswer {
  readonly isAllowed: boolean;
  /** Whole requests left. */
  readonly remaining: number;
  /** Seconds until the bucket is full, or, where it is empty, until the next request is allowed. */
  readonly seconds: number;
}

export interface RateLimiter {
  /** Takes one request of a key. `now` in epoch ms. */
  take(key: string, perMinute: number, now: number): RateAnswer;
}

const bucketsAtMost = 10_000;

/** A limiter with no memory of any key; the fullest memory forgets the key that was seen longest ago. */
export function createRateLimiter(): RateLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key, perMinute, now) {
      const perMs = perMinute / 60_000;
      const bucket = buckets.get(key) ?? { tokens: perMinute, at: now };
      const tokens = Math.min(perMinute, bucket.tokens + Math.max(now - bucket.at, 0) * perMs);
      const isAllowed = tokens >= 1;
      const left = isAllowed ? tokens - 1 : tokens;
      buckets.delete(key);
      buckets.set(key, { tokens: left, at: now });
      if (buckets.size > bucketsAtMost) forgetOldest(buckets);
      const missing = isAllowed ? perMinute - left : 1 - left;
      return { isAllowed, remaining: Math.floor(left), seconds: Math.max(Math.ceil(missing / perMs / 1_000), 1) };
    },
  };
}
