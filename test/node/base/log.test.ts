import { expect, test } from "vitest";
import { createLog, describeFault } from "../../../src/base/log.ts";

const lines: string[] = [];
const log = createLog({ now: () => Date.UTC(2026, 10, 2, 10) }, (line) => lines.push(line));

test("a line is JSON: level, time, event, facts", () => {
  lines.length = 0;
  log.info("started", { shards: 16 });
  log.warn("slow");
  expect(lines).toEqual([
    '{"level":"info","at":"2026-11-02T10:00:00.000Z","event":"started","shards":16}',
    '{"level":"warn","at":"2026-11-02T10:00:00.000Z","event":"slow"}',
  ]);
});

test("a fault is told with its causes and places", () => {
  lines.length = 0;
  log.error("fault", { request_id: "req_1" }, new Error("outer", { cause: new TypeError("inner") }));
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    level: "error",
    event: "fault",
    request_id: "req_1",
    fault: expect.stringMatching(/^Error: outer \(at .*log\.test\.ts.*\) <- TypeError: inner \(at .*\)$/s),
  });
});

test("what was thrown and is no error is told by its type only, since it may be data", () => {
  expect(describeFault("9876543210")).toBe("thrown: string");
  expect(describeFault(new Error("x", { cause: { number: "9876543210" } }))).not.toContain("9876543210");
});

test("five causes are enough", () => {
  const endless = new Error("again");
  endless.cause = endless;
  expect(describeFault(endless).split(" <- ")).toHaveLength(5);
});

test("an error without a stack is told without a place", () => {
  const bare = new Error("bare");
  delete bare.stack;
  expect(describeFault(bare)).toBe("Error: bare");
});
