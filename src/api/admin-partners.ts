// `/admin/v1/partners`: creating and reading partners.
import { z } from "@hono/zod-openapi";
import { refusal } from "../base/refusal.ts";
import { createPartner } from "../partners/manage.ts";
import { findPartner, listPartners } from "../partners/profile-change.ts";
import { adminRoute, adminRouteWithBody, noQuery, nothing, partnerPath, partnersPath } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import {
  accountOf,
  newPartnerOf,
  newPartnerSchema,
  partnerParam,
  partnerSchema,
  presentPartner,
} from "./admin-schema.ts";
import { actOf } from "./entry.ts";
import { countSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";

export function addPartnerRoutes(api: Api): void {
  addCreate(api);
  addReads(api);
}

function addCreate(api: Api): void {
  const route = adminRouteWithBody(
    "post",
    {
      path: partnersPath,
      operationId: "createPartner",
      summary: "Create a partner; one of the same name and mode is found again",
      scope: "admin",
      good: [
        { status: 200, what: "It was there.", schema: partnerSchema },
        { status: 201, what: "Created.", schema: partnerSchema },
      ],
    },
    { params: nothing, body: newPartnerSchema },
  );
  api.openapi(route, async (c) => {
    const created = await createPartner(c.get("services").manage, newPartnerOf(c.req.valid("json")), actOf(c));
    if (!created.ok) return answerRefusal(c, created.problem);
    return c.json(presentPartner(created.value.partner), created.value.isReplay ? 200 : 201);
  });
}

function addReads(api: Api): void {
  const list = adminRoute(
    "get",
    {
      path: partnersPath,
      operationId: "listPartners",
      summary: "Partners by account number",
      scope: "viewer",
      good: [
        {
          status: 200,
          what: "A page of partners.",
          schema: z.object({ partners: z.array(partnerSchema), next_after: z.int().nullable() }),
        },
      ],
    },
    {
      params: nothing,
      query: z.strictObject({ after: countSchema(0, 99_999_999).optional(), limit: countSchema(1, 500).optional() }),
    },
  );
  api.openapi(list, async (c) => {
    const query = c.req.valid("query");
    const limit = Number(query.limit ?? 100);
    const page = await listPartners(c.get("services").database, { after: Number(query.after ?? 0), limit });
    const nextAfter = page.length < limit ? null : (page.at(-1)?.account ?? null);
    return c.json({ partners: page.map(presentPartner), next_after: nextAfter }, 200);
  });
  const find = adminRoute(
    "get",
    {
      path: partnerPath,
      operationId: "findPartner",
      summary: "One partner, as its account works by it",
      scope: "viewer",
      good: [{ status: 200, what: "The partner.", schema: partnerSchema }],
      refused: ["not_found"],
    },
    { params: partnerParam, query: noQuery },
  );
  api.openapi(find, async (c) => {
    const account = accountOf(c.req.valid("param").partner);
    const { database, ...services } = c.get("services");
    const partner =
      (await findPartner(database, account)) === null ? null : await services.account(account).readProfile();
    if (partner === null) return answerRefusal(c, refusal("not_found", "There is no such partner."));
    return c.json(presentPartner(partner), 200);
  });
}
