// `GET /admin/v1/recharges`: recharges of one partner or of all, and what narrows such a list.
import { z } from "@hono/zod-openapi";
import { partnerIdOf } from "../base/id.ts";
import { type BookedRecharge, listRecharges, type RechargeFilter, readCursor } from "../ledger/book.ts";
import { rechargeStates } from "../recharges/recharge.ts";
import { providerIdSchema } from "./admin-health.ts";
import { adminRoute, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { accountOf, partnerParam } from "./admin-schema.ts";
import { countSchema, momentOf, momentSchema, textSchema } from "./parameters.ts";
import { agentIdSchema, bookedRechargeSchema, presentBooked } from "./recharge-schema.ts";

export const listedSchema = bookedRechargeSchema
  .extend({
    partner: z.string(),
    provider: z.string(),
    reference: z.string().openapi({ description: "Ours, as the provider got it." }),
  })
  .openapi("ListedRecharge");

/** What narrows a list, in a query and in a body alike. */
export const listFilter = z.strictObject({
  partner: partnerParam.shape.partner.optional(),
  state: z.enum(rechargeStates).optional(),
  product: textSchema(/^[a-z0-9.-]{3,64}$/, "the id of a product").optional(),
  provider: providerIdSchema.optional(),
  from: momentSchema.optional().openapi({ description: "Placed at this time or later." }),
  to: momentSchema.optional().openapi({ description: "Placed before this time." }),
  cursor: textSchema(/^\d{1,15}\.\d{1,15}\.\d{1,15}$/, "a `next_cursor` of an earlier page").optional(),
});
const listQuery = listFilter.extend({
  agent_id: agentIdSchema.optional(),
  limit: countSchema(1, 500).optional().openapi({ description: "100 by default." }),
});

export function addRechargeList(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: "/admin/v1/recharges",
      operationId: "listAllRecharges",
      summary: "Recharges of one partner or of all, the newest first, read from the ledger",
      scope: "viewer",
      good: [
        {
          status: 200,
          what: "A page of them.",
          schema: z.object({ recharges: z.array(listedSchema), next_cursor: z.string().nullable() }),
        },
      ],
    },
    { params: nothing, query: listQuery },
  );
  api.openapi(route, async (c) => {
    const { limit, agent_id: agentId, ...filter } = c.req.valid("query");
    const page = await listRecharges(c.get("services").database, {
      ...filterOf(filter),
      ...(agentId === undefined ? {} : { agentId }),
      limit: Number(limit ?? 100),
    });
    return c.json({ recharges: page.recharges.map(presentListed), next_cursor: page.nextCursor }, 200);
  });
}

export function filterOf({
  partner,
  state,
  product,
  provider,
  from,
  to,
  cursor,
}: z.infer<typeof listFilter>): Omit<RechargeFilter, "limit"> {
  return {
    ...(partner === undefined ? {} : { account: accountOf(partner) }),
    ...(state === undefined ? {} : { state }),
    ...(product === undefined ? {} : { product }),
    ...(provider === undefined ? {} : { provider }),
    ...(from === undefined ? {} : { from: momentOf(from) }),
    ...(to === undefined ? {} : { to: momentOf(to) }),
    cursor: cursor === undefined ? null : readCursor(cursor),
  };
}

export function presentListed(one: BookedRecharge): z.infer<typeof listedSchema> {
  const { account, provider, reference } = one;
  return { ...presentBooked(one), partner: partnerIdOf(account), provider, reference };
}
