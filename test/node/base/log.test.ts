// Lines of the log, and what they say of a fault.
import { describe, expect, it } from "vitest";
import { createLog, describeFault } from "../../../src/base/log.ts";

function logged() {
  const lines: unknown[] = [];
  const log = createLog({ now: () => 0 }, (line) => lines.push(JSON.parse(line)));
  return { log, lines };
}

const at = "1970-01-01T00:00:00.000Z";

function faultOf(message: string, stack: string, cause?: unknown): Error {
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), { stack });
}

describe("the log", () => {
  it("writes level, time, event and facts as one line of JSON", () => {
    const { log, lines } = logged();
    log.info("started");
    log.info("started", { port: 8787 });
    log.warn("slow");
    log.warn("slow", { ms: 3, isLate: true });
    expect(lines).toEqual([
      { level: "info", at, event: "started" },
      { level: "info", at, event: "started", port: 8787 },
      { level: "warn", at, event: "slow" },
      { level: "warn", at, event: "slow", ms: 3, isLate: true },
    ]);
  });

  it("writes a fault beside the facts", () => {
    const { log, lines } = logged();
    log.error("broke", { attempt: 7 }, faultOf("down", "Error: down\n    at here.ts:1"));
    expect(lines).toEqual([{ level: "error", at, event: "broke", attempt: 7, fault: "Error: down (at here.ts:1)" }]);
  });
});

describe("a fault", () => {
  it.each([
    ["with its first place", faultOf("a", "Error: a\n    at one.ts:1\n    at two.ts:2"), "Error: a (at one.ts:1)"],
    ["whose message has lines", faultOf("a\nb", "Error: a\nb\n    at one.ts:1"), "Error: a\nb (at one.ts:1)"],
    ["without a place", faultOf("a", "Error: a"), "Error: a"],
    ["with its cause", faultOf("a", "", faultOf("b", "Error: b\n  at x:1")), "Error: a <- Error: b (at x:1)"],
    ["whose cause is no error", faultOf("a", "", { pass: "x" }), "Error: a <- thrown: object"],
    ["that is no error", "9812345678", "thrown: string"],
    ["that is null", null, "thrown: object"],
    ["of a kind", Object.assign(new TypeError("t"), { stack: "" }), "TypeError: t"],
  ])("%s is described", (_name, fault, text) => {
    expect(describeFault(fault)).toBe(text);
  });

  it("without a stack has no place", () => {
    const fault = new Error("a");
    delete fault.stack;
    expect(describeFault(fault)).toBe("Error: a");
  });

  it("is followed five causes deep", () => {
    const deep = [1, 2, 3, 4, 5, 6].reduceRight<Error | undefined>(
      (cause, depth) => faultOf(String(depth), "", cause),
      undefined,
    );
    expect(describeFault(deep)).toBe("Error: 1 <- Error: 2 <- Error: 3 <- Error: 4 <- Error: 5");
  });
});
