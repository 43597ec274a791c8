import fc from "fast-check";
import { parseList } from "structured-headers";
import { describe, expect, test } from "vitest";
import { createRateLimiter, rateHeaders } from "../../../src/api/rate.ts";

describe("a bucket", () => {
  test("lets as many through as it holds, then one for each token that comes back", () => {
    const limiter = createRateLimiter();
    expect(limiter.take("a", 2, 0)).toEqual({ isAllowed: true, remaining: 1, seconds: 30 });
    expect(limiter.take("a", 2, 0)).toEqual({ isAllowed: true, remaining: 0, seconds: 60 });
    expect(limiter.take("a", 2, 0)).toEqual({ isAllowed: false, remaining: 0, seconds: 30 });
    expect(limiter.take("a", 2, 29_999).isAllowed).toBe(false);
    expect(limiter.take("a", 2, 30_000).isAllowed).toBe(true);
    expect(limiter.take("a", 2, 30_000).isAllowed).toBe(false);
  });

  test("is full again after a minute and never fuller", () => {
    const limiter = createRateLimiter();
    limiter.take("a", 2, 0);
    limiter.take("a", 2, 0);
    expect(limiter.take("a", 2, 10 * 60_000).remaining).toBe(1);
  });

  test("is one per key", () => {
    const limiter = createRateLimiter();
    limiter.take("a", 1, 0);
    expect(limiter.take("b", 1, 0).isAllowed).toBe(true);
    expect(limiter.take("a", 1, 0).isAllowed).toBe(false);
  });

  test("a clock that goes back gives nothing", () => {
    const limiter = createRateLimiter();
    limiter.take("a", 1, 60_000);
    expect(limiter.take("a", 1, 0).isAllowed).toBe(false);
  });

  test("of the key seen longest ago is forgotten when there are too many", () => {
    const limiter = createRateLimiter();
    for (let key = 0; key <= 10_000; key++) limiter.take(`key ${key}`, 1, 0);
    expect(limiter.take("key 1", 1, 0).isAllowed).toBe(false);
    expect(limiter.take("key 0", 1, 0).isAllowed).toBe(true);
  });
});

test("in no minute does a key get more than twice its rate", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 300 }),
      (rate, times) => {
        const limiter = createRateLimiter();
        const allowed = times.toSorted((a, b) => a - b).filter((now) => limiter.take("a", rate, now).isAllowed);
        expect(allowed.length).toBeLessThanOrEqual(2 * rate);
      },
    ),
  );
});

/** The items of a structured field, each with its parameters. */
function itemsOf(text: string) {
  return parseList(text).map(([item, parameters]) => [item, Object.fromEntries(parameters)]);
}

test("headers are structured fields", () => {
  expect(rateHeaders(100, { isAllowed: true, remaining: 7, seconds: 3 })).toEqual({
    policy: '"key";q=100;w=60',
    limit: '"key";r=7;t=3',
  });
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), (rate, remaining, seconds) => {
      const { policy, limit } = rateHeaders(rate, { isAllowed: true, remaining, seconds });
      expect(itemsOf(policy)).toEqual([["key", { q: rate, w: 60 }]]);
      expect(itemsOf(limit)).toEqual([["key", { r: remaining, t: seconds }]]);
    }),
  );
});
