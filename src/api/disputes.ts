// `/v1/recharges/{id}/dispute`: a partner says that a success was none, and reads what came of it.
import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { refusal } from "../base/refusal.ts";
import type { RefusalCode } from "../base/refusal.ts";
import type { Disposition } from "../recharges/dispute.ts";
import { requireJson } from "./body.ts";
import { requireScope } from "./entry.ts";
import {
  dispositionSchema,
  disputeSchema,
  presentDispute,
  presentTimeline,
  timelineSchema,
} from "./evidence-schema.ts";
import { plainSchema } from "./parameters.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import type { ApiEnv } from "./services.ts";

const entryCodes = ["credentials", "address", "scope", "rate"] as const satisfies readonly RefusalCode[];
const path = "/v1/recharges/{id}/dispute";
const params = z.object({ id: z.string().openapi({ example: "rch_000010000001" }) });

const newDisputeSchema = z
  .strictObject({ disposition: dispositionSchema, comment: plainSchema(500).optional() })
  .openapi("NewDispute");

export function addDisputeRoutes(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  addOpen(api, limiter);
  addRead(api, limiter);
}

function addOpen(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    method: "post",
    path,
    operationId: "openDispute",
    tags: ["Recharges"],
    summary: "Dispute a recharge that succeeded",
    description:
      "The evidence is gathered and the provider asked again; it ends with a ruling. The same dispute again is answered with what became of it.",
    security: [{ key: [] }],
    middleware: [requireScope("disputes:write", limiter), requireJson],
    request: { params, body: { required: true, content: { "application/json": { schema: newDisputeSchema } } } },
    responses: answers(
      [
        {
          status: 200,
          what: "It was opened before: its state now, with `Idempotency-Replayed: true`.",
          schema: disputeSchema,
          headers: { "Idempotency-Replayed": "true" },
        },
        { status: 201, what: "Opened.", schema: disputeSchema },
      ],
      [...entryCodes, "content_type", "body_too_large", "body_malformed", "parameter", "not_found"],
    ),
  });
  api.openapi(route, async (c) => {
    const { caller, account } = c.get("authenticated");
    const { disposition, comment = "" } = c.req.valid("json");
    const wanted = { disposition: dispositionOf(disposition), comment };
    const opened = await c.get("services").account(account).openDispute(caller, c.req.valid("param").id, wanted);
    if (!opened.ok) return answerRefusal(c, opened.problem);
    if (opened.value.isReplay) c.header("Idempotency-Replayed", "true");
    return c.json(presentDispute(opened.value.dispute), opened.value.isReplay ? 200 : 201);
  });
}

/** The schema lets only the keys of the list through, whose types `Object.keys` forgets. */
function dispositionOf(code: string): Disposition {
  return code as Disposition;
}

function addRead(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    method: "get",
    path,
    operationId: "readDispute",
    tags: ["Recharges"],
    summary: "The latest dispute of a recharge, with the evidence",
    security: [{ key: [] }],
    middleware: [requireScope("recharges:read", limiter)],
    request: { params },
    responses: answers(
      [{ status: 200, what: "The dispute.", schema: disputeSchema.extend({ evidence: timelineSchema }) }],
      [...entryCodes, "not_found"],
    ),
  });
  api.openapi(route, async (c) => {
    const { caller, account } = c.get("authenticated");
    const found = await c.get("services").account(account).findEvidence(caller, c.req.valid("param").id);
    if (!found.ok) return answerRefusal(c, found.problem);
    const dispute = found.value.disputes.at(-1);
    if (dispute === undefined) return answerRefusal(c, refusal("not_found", "This recharge was never disputed."));
    return c.json({ ...presentDispute(dispute), evidence: presentTimeline(found.value) }, 200);
  });
}
