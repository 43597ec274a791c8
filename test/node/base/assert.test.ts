// Broken invariants, results and the clock.
import { describe, expect, it } from "vitest";
import { assert, unreachable } from "../../../src/base/assert.ts";
import { systemClock } from "../../../src/base/clock.ts";
import { ok, refuse } from "../../../src/base/result.ts";

describe("an invariant", () => {
  it("that holds says nothing", () => {
    expect(() => assert(true, "it holds")).not.toThrow();
  });

  it("that is broken throws its name", () => {
    expect(() => assert(false, "money is whole")).toThrow(new Error("invariant broken: money is whole"));
  });

  it("of a closed set names the type of what is outside, not the value", () => {
    const outside: unknown = "9812345678";
    expect(() => unreachable(outside as never)).toThrow(new Error("invariant broken: unexpected string"));
  });
});

describe("a result", () => {
  it("is a value or a problem", () => {
    expect(ok(1)).toEqual({ ok: true, value: 1 });
    expect(refuse("no")).toEqual({ ok: false, problem: "no" });
  });
});

describe("the system's clock", () => {
  it("counts epoch milliseconds", () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});
