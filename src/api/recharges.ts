// `POST /v1/recharges` and its quote.
import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { RefusalCode } from "../base/refusal.ts";
import { requireJson } from "./body.ts";
import { requireScope } from "./entry.ts";
import { readPrefer } from "./prefer.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import {
  orderOf,
  orderSchema,
  presentQuote,
  presentRecharge,
  quoteSchema,
  rechargeSchema,
  unheardSchema,
} from "./recharge-schema.ts";
import type { ApiEnv } from "./services.ts";

const entryCodes = ["credentials", "address", "scope", "rate"] as const satisfies readonly RefusalCode[];
const bodyCodes = ["content_type", "body_too_large", "body_malformed", "parameter"] as const;
const orderCodes = [
  "agent_id_conflict",
  "suspended",
  "product_unknown",
  "product_unavailable",
  "number",
  "number_operator",
  "field",
  "amount_range",
  "amount_step",
  "currency",
  "max_cost",
  "limit_recharge",
  "limit_day",
  "balance",
  "repeat",
  "repeat_of",
  "velocity",
] as const;
const security = [{ key: [] }];
const body = { required: true, content: { "application/json": { schema: orderSchema } } };
const preferText = "`wait=20`: wait so many seconds for a final state. `respond-async`: do not wait.";
/** Described and not validated, since no value of it is refused: a schema of headers reads them all for each request. */
const preferParameter = {
  schema: { type: "string", description: preferText, example: "wait=20" },
  required: false,
  description: preferText,
  name: "prefer",
  in: "header",
} as const;

export function addRechargeRoutes(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  addPlace(api, limiter);
  addQuote(api, limiter);
}

function addPlace(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    method: "post",
    path: "/v1/recharges",
    operationId: "placeRecharge",
    tags: ["Recharges"],
    summary: "Place a recharge",
    description:
      "The same agent id with the same order is the same recharge, for ever. When an answer is lost, send the same request again.",
    security,
    parameters: [preferParameter],
    middleware: [requireScope("recharges:write", limiter), requireJson],
    request: { body },
    responses: answers(
      [
        {
          status: 200,
          what: "It was placed before: its state now, with `Idempotency-Replayed: true`.",
          schema: rechargeSchema,
          headers: { "Idempotency-Replayed": "true" },
        },
        { status: 201, what: "Final.", schema: rechargeSchema, headers: { Location: "Where to find it." } },
        {
          status: 202,
          what: "Pending: the money is held. Ask again at `Location`, or send the same request again.",
          schema: z.union([rechargeSchema, unheardSchema]),
          headers: { Location: "Where to find it." },
        },
      ],
      [...entryCodes, ...bodyCodes, ...orderCodes],
    ),
  });
  api.openapi(route, async (c) => placeRecharge(c, orderOf(c.req.valid("json"))));
}

async function placeRecharge(c: Context<ApiEnv>, order: ReturnType<typeof orderOf>): Promise<Response> {
  const { waitDefaultMs, waitMaxMs } = c.get("services");
  const { caller, account } = c.get("authenticated");
  const prefer = readPrefer(c.req.header("Prefer"), { defaultMs: waitDefaultMs, maxMs: waitMaxMs });
  if (prefer.applied !== null) c.header("Preference-Applied", prefer.applied);
  const request = { caller, order, waitMs: prefer.waitMs };
  const placed = await askTwice(c, () => c.get("services").account(account).place(request));
  if (placed === null)
    return c.json({ agent_id: order.agentId, state: "pending", id: null, retry: "same_reference" }, 202);
  if (!placed.ok) return answerRefusal(c, placed.problem);
  const { recharge, isReplay } = placed.value;
  if (isReplay) c.header("Idempotency-Replayed", "true");
  else c.header("Location", `/v1/recharges/${recharge.id}`);
  return c.json(presentRecharge(recharge), isReplay ? 200 : recharge.state === "pending" ? 202 : 201);
}

/** A call of the account that throws may have been carried out: it is asked once more, then nothing is claimed (null). */
async function askTwice<Answer>(c: Context<ApiEnv>, ask: () => Promise<Answer>): Promise<Answer | null> {
  for (const attempt of [1, 2])
    try {
      return await ask();
    } catch (fault) {
      c.get("services").log.error("account_not_heard", { request_id: c.get("requestId"), attempt }, fault);
    }
  return null;
}

function addQuote(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    method: "post",
    path: "/v1/recharges/quote",
    operationId: "quoteRecharge",
    tags: ["Recharges"],
    summary: "What a recharge would cost, and whether it would be refused",
    description: "Everything but the send. It sees your own recharges only, so a later order may still be refused.",
    security,
    middleware: [requireScope("recharges:write", limiter), requireJson],
    request: { body },
    responses: answers(
      [{ status: 200, what: "It would be placed.", schema: quoteSchema }],
      [...entryCodes, ...bodyCodes, ...orderCodes],
    ),
  });
  api.openapi(route, async (c) => {
    const { caller, account } = c.get("authenticated");
    const order = orderOf(c.req.valid("json"));
    const quoted = await c.get("services").account(account).quote({ caller, order });
    return quoted.ok ? c.json(presentQuote(quoted.value), 200) : answerRefusal(c, quoted.problem);
  });
}
