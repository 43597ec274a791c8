// Lists of a partner's disputes: its own under `/v1`, and any partner's under `/admin/v1`.
import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { formatAmount } from "../base/money.ts";
import type { RefusalCode } from "../base/refusal.ts";
import { type DisputePage, type DisputeQuestion, listDisputes, readDisputeCursor } from "../ledger/disputes.ts";
import { disputeStates } from "../recharges/dispute.ts";
import { adminRoute, type Api, partnerPath } from "./admin-routes.ts";
import { accountOf, partnerParam } from "./admin-schema.ts";
import { requireScope } from "./entry.ts";
import { disputeSchema, presentDispute } from "./evidence-schema.ts";
import { countSchema, textSchema } from "./parameters.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import { rechargeSchema } from "./recharge-schema.ts";
import type { ApiEnv } from "./services.ts";

const entryCodes = ["credentials", "address", "scope", "rate"] as const satisfies readonly RefusalCode[];

const querySchema = z.strictObject({
  state: z.enum(disputeStates).optional(),
  cursor: textSchema(/^\d{1,15}\.\d{1,4}$/, "a `next_cursor` of an earlier page").optional(),
  limit: countSchema(1, 500).optional().openapi({ description: "100 by default." }),
});
const pageSchema = z
  .object({
    disputes: z.array(
      disputeSchema
        .extend({
          product: z.string(),
          amount: z.string(),
          cost: z.string().openapi({ description: "What comes back where it is won." }),
          currency: rechargeSchema.shape.currency,
          recharge_state: rechargeSchema.shape.state,
        })
        .openapi("ListedDispute"),
    ),
    next_cursor: z.string().nullable(),
    as_of_event: z.int().openapi({ description: "The list is complete up to this event of the account." }),
  })
  .openapi("DisputePage");
const summary = "Disputes, those of the newest recharges first, read from the ledger";

/** `GET /v1/disputes`. */
export function addOwnDisputes(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    method: "get",
    path: "/v1/disputes",
    operationId: "listOwnDisputes",
    tags: ["Recharges"],
    summary: `Your ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`,
    description: "What one of them has come to now, with its evidence: `GET /v1/recharges/{id}/dispute`.",
    security: [{ key: [] }],
    middleware: [requireScope("recharges:read", limiter)],
    request: { query: querySchema },
    responses: answers([{ status: 200, what: "A page of them.", schema: pageSchema }], [...entryCodes, "parameter"]),
  });
  api.openapi(route, async (c) => {
    const { caller, account } = c.get("authenticated");
    const services = c.get("services");
    const admitted = await services.account(account).admit(caller);
    if (!admitted.ok) return answerRefusal(c, admitted.problem);
    return c.json(presentPage(await listDisputes(services.database, questionOf(account, c.req.valid("query")))), 200);
  });
}

/** `GET /admin/v1/partners/{partner}/disputes`. */
export function addPartnerDisputes(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: `${partnerPath}/disputes`,
      operationId: "listPartnerDisputes",
      summary: `A partner's ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`,
      scope: "viewer",
      good: [{ status: 200, what: "A page of them.", schema: pageSchema }],
    },
    { params: partnerParam, query: querySchema },
  );
  api.openapi(route, async (c) => {
    const account = accountOf(c.req.valid("param").partner);
    const { database } = c.get("services");
    return c.json(presentPage(await listDisputes(database, questionOf(account, c.req.valid("query")))), 200);
  });
}

function questionOf(account: number, { state, cursor, limit }: z.infer<typeof querySchema>): DisputeQuestion {
  return {
    account,
    state: state ?? null,
    cursor: cursor === undefined ? null : readDisputeCursor(cursor),
    limit: Number(limit ?? 100),
  };
}

function presentPage({ disputes, nextCursor, asOfEvent }: DisputePage): z.infer<typeof pageSchema> {
  return {
    disputes: disputes.map((one) => ({
      ...presentDispute(one),
      product: one.product,
      amount: formatAmount(one.face),
      cost: formatAmount(one.cost),
      currency: one.currency,
      recharge_state: one.rechargeState,
    })),
    next_cursor: nextCursor,
    as_of_event: asOfEvent,
  };
}
