import { expect, test } from "vitest";
import { presentRefusal } from "../../../src/api/problem.ts";
import { problemSchema } from "../../../src/api/problem-schema.ts";
import { refusal, refusals } from "../../../src/base/refusal.ts";

test.each(Object.entries(refusals))("%s has the status, retry and source of the closed list", (code, rule) => {
  const body = presentRefusal(refusal(code as keyof typeof refusals, "why"), "req_1");
  expect(body).toEqual({
    type: `urn:recharge-gateway:problem:${code}`,
    title: rule.title,
    status: rule.status,
    detail: "why",
    code,
    retry: rule.retry,
    source: rule.source,
    request_id: "req_1",
  });
  expect(problemSchema.safeParse(body).success).toBe(true);
});

test("a repeat names the earlier recharge, and when to come back in whole seconds", () => {
  const repeat = refusal("repeat", "again", {
    retryAfterSeconds: 899.2,
    earlier: { id: "rch_000010000001", agentId: "a", state: "pending" },
  });
  expect(presentRefusal(repeat, "req_1")).toMatchObject({
    status: 409,
    retry: "after",
    retry_after: 900,
    earlier: { id: "rch_000010000001", agent_id: "a", state: "pending" },
  });
});

test("at once is said as one second", () => {
  expect(presentRefusal(refusal("rate", "x", { retryAfterSeconds: 0 }), "r").retry_after).toBe(1);
});

test("an unknown agent id may be placed with the same reference", () => {
  expect(presentRefusal(refusal("not_found", "x", { retry: "same_reference" }), "r")).toMatchObject({
    status: 404,
    retry: "same_reference",
  });
});

test("wrong parameters are named", () => {
  const problems = [{ pointer: "/amount", reason: "is missing" }];
  expect(presentRefusal(refusal("parameter", "x", { problems }), "r").errors).toEqual(problems);
});
