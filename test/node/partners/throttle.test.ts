import { describe, expect, test } from "vitest";
import { createThrottle, type SignIn } from "../../../src/partners/throttle.ts";

const from = (address: string | null, name = "shop"): SignIn => ({ surface: "backnpay", name, address });

function failing(times: number, signIn: SignIn, throttle = createThrottle(), now = 0) {
  for (let n = 0; n < times; n += 1) throttle.noteFailure(signIn, now);
  return throttle;
}

describe("a name", () => {
  test("is throttled from an address after ten failures there, and not from others", () => {
    const throttle = failing(9, from("192.0.2.1"));
    expect(throttle.isThrottled(from("192.0.2.1"), 0)).toBe(false);
    throttle.noteFailure(from("192.0.2.1"), 0);
    expect(throttle.isThrottled(from("192.0.2.1"), 0)).toBe(true);
    expect(throttle.isThrottled(from("192.0.2.2"), 0)).toBe(false);
    expect(throttle.isThrottled(from(null), 0)).toBe(false);
  });

  test("is throttled from everywhere after three hundred, from wherever they came", () => {
    const throttle = createThrottle();
    for (let n = 0; n < 299; n += 1) throttle.noteFailure(from(`192.0.2.${n}`), 0);
    expect(throttle.isThrottled(from("198.51.100.1"), 0)).toBe(false);
    throttle.noteFailure(from("192.0.2.0"), 0);
    expect(throttle.isThrottled(from("198.51.100.1"), 0)).toBe(true);
    expect(throttle.isThrottled(from(null), 0)).toBe(true);
  });

  test("is throttled alone: not another name, not the same one of another surface", () => {
    const throttle = failing(10, from(null));
    expect(throttle.isThrottled(from(null, "other"), 0)).toBe(false);
    expect(throttle.isThrottled({ ...from(null), surface: "nurr" }, 0)).toBe(false);
  });

  test("gets one attempt back every six seconds", () => {
    const throttle = failing(10, from(null));
    expect(throttle.isThrottled(from(null), 5_999)).toBe(true);
    expect(throttle.isThrottled(from(null), 6_000)).toBe(false);
    throttle.noteFailure(from(null), 6_000);
    expect(throttle.isThrottled(from(null), 11_999)).toBe(true);
    expect(throttle.isThrottled(from(null), 12_000)).toBe(false);
  });

  test("that is longer than any real one counts by its first 64 characters", () => {
    const throttle = failing(10, from(null, "x".repeat(10_000)));
    expect(throttle.isThrottled(from(null, `${"x".repeat(64)}y`), 0)).toBe(true);
    expect(throttle.isThrottled(from(null, "x".repeat(63)), 0)).toBe(false);
  });
});

describe("an address", () => {
  test("is throttled after thirty failures, whatever the names", () => {
    const throttle = createThrottle();
    for (let n = 0; n < 29; n += 1) throttle.noteFailure(from("192.0.2.1", `name ${n}`), 0);
    expect(throttle.isThrottled(from("192.0.2.1", "mine"), 0)).toBe(false);
    throttle.noteFailure(from("192.0.2.1", "name 29"), 0);
    expect(throttle.isThrottled(from("192.0.2.1", "mine"), 0)).toBe(true);
    expect(throttle.isThrottled(from("192.0.2.2", "mine"), 0)).toBe(false);
  });

  test("that nobody knows is not counted", () => {
    const throttle = createThrottle();
    for (let n = 0; n < 100; n += 1) throttle.noteFailure(from(null, `name ${n}`), 0);
    expect(throttle.isThrottled(from(null, "mine"), 0)).toBe(false);
  });

  test("that has succeeded with a name is not locked out of it by others, nor by itself", () => {
    const throttle = createThrottle();
    throttle.noteSuccess(from("192.0.2.1"));
    failing(300, from("203.0.113.9"), throttle);
    failing(300, from("192.0.2.1"), throttle);
    expect(throttle.isThrottled(from("192.0.2.1"), 0)).toBe(false);
    expect(throttle.isThrottled(from("192.0.2.2"), 0)).toBe(true);
    expect(throttle.isThrottled(from("192.0.2.1", "other"), 0)).toBe(true);
  });
});

test("the memory is bounded: what was noted longest ago is forgotten", () => {
  const throttle = failing(10, from(null, "first"));
  throttle.noteSuccess(from("192.0.2.1"));
  for (let n = 0; n < 10_000; n += 1) {
    throttle.noteFailure(from(null, `name ${n}`), 0);
    throttle.noteSuccess(from("192.0.2.9", `name ${n}`));
  }
  expect(throttle.isThrottled(from(null, "first"), 0)).toBe(false);
  failing(300, from("203.0.113.9"), throttle);
  expect(throttle.isThrottled(from("192.0.2.1"), 0)).toBe(true);
});
