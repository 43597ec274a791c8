// `GET /v1/recharges/{id}/evidence`: what was said about a recharge, by whom and when, and what it proves.
import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { requireScope } from "./entry.ts";
import { presentTimeline, timelineSchema } from "./evidence-schema.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import type { ApiEnv } from "./services.ts";

export function addEvidenceRoute(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    method: "get",
    path: "/v1/recharges/{id}/evidence",
    operationId: "readTimeline",
    tags: ["Recharges"],
    summary: "The evidence of one recharge, attempt by attempt, in the order of arrival",
    description: "Every state follows from evidence. A piece is never changed and never taken away.",
    security: [{ key: [] }],
    middleware: [requireScope("recharges:read", limiter)],
    request: { params: z.object({ id: z.string().openapi({ example: "rch_000010000001" }) }) },
    responses: answers(
      [{ status: 200, what: "The timeline.", schema: timelineSchema }],
      ["credentials", "address", "scope", "rate", "not_found"],
    ),
  });
  api.openapi(route, async (c) => {
    const { caller, account } = c.get("authenticated");
    const found = await c.get("services").account(account).findEvidence(caller, c.req.valid("param").id);
    return found.ok ? c.json(presentTimeline(found.value), 200) : answerRefusal(c, found.problem);
  });
}
