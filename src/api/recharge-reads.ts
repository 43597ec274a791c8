// `GET /v1/recharges`: one recharge from its account, or a list from the ledger.
import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { readRechargeId } from "../base/id.ts";
import { refusal } from "../base/refusal.ts";
import type { RefusalCode } from "../base/refusal.ts";
import { listRecharges, readCursor } from "../ledger/book.ts";
import { rechargeStates } from "../recharges/recharge.ts";
import { requireScope } from "./entry.ts";
import { countSchema, momentOf, momentSchema, textSchema } from "./parameters.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import {
  agentIdSchema,
  bookedRechargeSchema,
  presentBooked,
  presentRecharge,
  rechargeSchema,
} from "./recharge-schema.ts";
import type { ApiEnv } from "./services.ts";

const entryCodes = ["credentials", "address", "scope", "rate"] as const satisfies readonly RefusalCode[];

export function addRechargeReads(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  addFind(api, limiter);
  addList(api, limiter);
}

function addFind(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    method: "get",
    path: "/v1/recharges/{id}",
    operationId: "findRecharge",
    tags: ["Recharges"],
    summary: "One recharge, as its account knows it now",
    security: [{ key: [] }],
    middleware: [requireScope("recharges:read", limiter)],
    request: { params: z.object({ id: z.string().openapi({ example: "rch_000010000001" }) }) },
    responses: answers([{ status: 200, what: "The recharge.", schema: rechargeSchema }], [...entryCodes, "not_found"]),
  });
  api.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    if (readRechargeId(id)?.accountNumber !== c.get("authenticated").account)
      return answerRefusal(c, refusal("not_found", "You have no recharge of this id."));
    return answerFound(c, { id });
  });
}

async function answerFound(
  c: Context<ApiEnv>,
  name: { readonly id: string } | { readonly agentId: string },
): Promise<Response> {
  const { caller, account } = c.get("authenticated");
  const found = await c.get("services").account(account).findRecharge(caller, name);
  if (found.ok) return c.json(presentRecharge(found.value), 200);
  const isUnknownAgentId = "agentId" in name && found.problem.code === "not_found";
  return answerRefusal(c, isUnknownAgentId ? { ...found.problem, retry: "same_reference" } : found.problem);
}

const listSchema = z
  .strictObject({
    agent_id: agentIdSchema.optional().openapi({
      description: "Asks the account for this one recharge, which is then the answer. Goes with no other parameter.",
    }),
    state: z.enum(rechargeStates).optional(),
    from: momentSchema.optional().openapi({ description: "Placed at this time or later." }),
    to: momentSchema.optional().openapi({ description: "Placed before this time." }),
    cursor: textSchema(/^\d{1,15}\.\d{1,15}\.\d{1,15}$/, "a `next_cursor` of an earlier page").optional(),
    limit: countSchema(1, 500).optional().openapi({ description: "100 by default." }),
  })
  .refine((query) => query.agent_id === undefined || Object.keys(query).length === 1, {
    path: ["agent_id"],
    message: "goes with no other parameter",
  });

const pageSchema = z
  .object({
    recharges: z.array(bookedRechargeSchema),
    next_cursor: z.string().nullable(),
    as_of_event: z.int().openapi({ description: "The list is complete up to this event of `GET /v1/events`." }),
  })
  .openapi("RechargePage");

function addList(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    method: "get",
    path: "/v1/recharges",
    operationId: "listRecharges",
    tags: ["Recharges"],
    summary: "One recharge by your agent id, or a list, the newest first",
    description:
      "With `agent_id` the account is asked, and an unknown one may be placed with the same reference. Lists are read from the ledger and say up to which event.",
    security: [{ key: [] }],
    middleware: [requireScope("recharges:read", limiter)],
    request: { query: listSchema },
    responses: answers(
      [{ status: 200, what: "The recharge, or a page of the list.", schema: z.union([rechargeSchema, pageSchema]) }],
      [...entryCodes, "parameter", "not_found"],
    ),
  });
  api.openapi(route, async (c) => {
    const query = c.req.valid("query");
    return query.agent_id === undefined ? answerList(c, query) : answerFound(c, { agentId: query.agent_id });
  });
}

async function answerList(c: Context<ApiEnv>, query: z.infer<typeof listSchema>): Promise<Response> {
  const { caller, account } = c.get("authenticated");
  const services = c.get("services");
  const admitted = await services.account(account).admit(caller);
  if (!admitted.ok) return answerRefusal(c, admitted.problem);
  const page = await listRecharges(services.database, {
    account,
    ...(query.state === undefined ? {} : { state: query.state }),
    ...(query.from === undefined ? {} : { from: momentOf(query.from) }),
    ...(query.to === undefined ? {} : { to: momentOf(query.to) }),
    cursor: query.cursor === undefined ? null : readCursor(query.cursor),
    limit: Number(query.limit ?? 100),
  });
  return c.json(
    {
      recharges: page.recharges.map(presentBooked),
      next_cursor: page.nextCursor,
      as_of_event: page.asOfEvent ?? 0,
    },
    200,
  );
}
