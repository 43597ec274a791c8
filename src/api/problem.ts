// Refusals and faults as `application/problem+json` (RFC 9457).
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { refusal, refusals } from "../base/refusal.ts";
import type { Refusal, RefusalCode } from "../base/refusal.ts";
import type { ApiEnv } from "./services.ts";
import type { Problem } from "./problem-schema.ts";

/** Answers a refusal. `retry_after` is in seconds and stands in `Retry-After` too. */
export function answerRefusal(c: Context<ApiEnv>, problem: Refusal): Response {
  const rule = refusals[problem.code];
  const body = presentRefusal(problem, c.get("requestId"));
  c.header("Content-Type", "application/problem+json");
  if (body.retry_after !== undefined) c.header("Retry-After", String(body.retry_after));
  if (rule.status === 401) c.header("WWW-Authenticate", 'Bearer realm="recharge-gateway"');
  return c.body(JSON.stringify(body), rule.status);
}

/** The body of a refusal. */
export function presentRefusal(problem: Refusal, requestId: string): Problem {
  const rule = refusals[problem.code];
  const retry = problem.retry ?? rule.retry;
  return {
    type: problemType(problem.code),
    title: rule.title,
    status: rule.status,
    detail: problem.detail,
    code: problem.code,
    retry,
    ...(problem.retryAfterSeconds === undefined
      ? {}
      : { retry_after: Math.max(Math.ceil(problem.retryAfterSeconds), 1) }),
    source: rule.source,
    request_id: requestId,
    ...(problem.problems === undefined ? {} : { errors: problem.problems.map((one) => ({ ...one })) }),
    ...(problem.earlier === undefined
      ? {}
      : {
          earlier: { id: problem.earlier.id, agent_id: problem.earlier.agentId, state: problem.earlier.state },
        }),
  };
}

/** Answers what was thrown: what the framework says of a body it cannot read is a refusal, the rest is a fault. */
export function answerThrown(c: Context<ApiEnv>, thrown: unknown): Response {
  if (thrown instanceof HTTPException && thrown.status === 400)
    return answerRefusal(c, refusal("body_malformed", "The body is not JSON."));
  if (thrown instanceof HTTPException && thrown.status === 415)
    return answerRefusal(c, refusal("content_type", "Send the body as application/json."));
  const requestId = c.get("requestId");
  c.get("services").log.error("fault", { request_id: requestId, method: c.req.method }, thrown);
  const body: Problem = {
    type: problemType("fault"),
    title: "Something is wrong with the gateway",
    status: 500,
    detail:
      "The request could not be answered. Whether it had an effect is not known: ask again with the same reference.",
    code: "fault",
    retry: "same_reference",
    source: "gateway",
    request_id: requestId,
  };
  c.header("Content-Type", "application/problem+json");
  return c.body(JSON.stringify(body), 500);
}

function problemType(code: RefusalCode | "fault"): string {
  return `urn:recharge-gateway:problem:${code}`;
}
