// `/admin/v1/partners/{partner}/copies`: a copy of an account, and its return where the object was lost.
import { z } from "@hono/zod-openapi";
import { copyPartner, healPartner, returnPartner } from "../operations/copies.ts";
import { adminRoute, adminRouteWithBody, noQuery, partnerPath } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { accountOf, partnerParam } from "./admin-schema.ts";
import { actOf } from "./entry.ts";
import { answerRefusal } from "./problem.ts";

const copySchema = z
  .strictObject({
    copy: z.string().openapi({ description: "Lines of JSON: the account, its rows, their number." }),
  })
  .openapi("AccountCopy");

const returnedSchema = z
  .object({
    event: z.int().openapi({ description: "The account's last event." }),
    rows: z.int(),
    held: z.boolean().openapi({
      description: "The ledger knows later events than the copy: the account takes no new recharge and ships nothing.",
    }),
  })
  .openapi("AccountReturned");

const healedSchema = z
  .object({
    behind: z.boolean().openapi({ description: "It was behind its ledger." }),
    from: z.int().nullable().openapi({ description: "Its last event before." }),
    to: z.int().nullable().openapi({ description: "Its last event now." }),
    unsure: z
      .int()
      .openapi({ description: "Recharges that are with a person now: more may have been sent than is known." }),
  })
  .openapi("AccountHealed");

function addHealRoute(api: Api): void {
  const heal = adminRoute(
    "post",
    {
      path: `${partnerPath}/heal`,
      operationId: "healAccount",
      summary: "Book again what the ledger has and the partner's account lost",
      scope: "admin",
      good: [{ status: 200, what: "What was booked again.", schema: healedSchema }],
      refused: ["not_found", "parameter"],
    },
    { params: partnerParam, query: noQuery },
  );
  api.openapi(heal, async (c) => {
    const healed = await healPartner(c.get("services").copies, accountOf(c.req.valid("param").partner), actOf(c));
    if (!healed.ok) return answerRefusal(c, healed.problem);
    const { from = null, to = null, unsure = 0 } = healed.value ?? {};
    return c.json({ behind: healed.value !== null, from, to, unsure }, 200);
  });
}

export function addCopyRoutes(api: Api): void {
  addHealRoute(api);
  const copy = adminRoute(
    "post",
    {
      path: `${partnerPath}/copies`,
      operationId: "copyAccount",
      summary: "A copy of the partner's account, as of one moment, to be kept",
      scope: "admin",
      good: [{ status: 200, what: "The copy; it has full numbers in it.", schema: copySchema }],
      refused: ["not_found", "body_too_large"],
    },
    { params: partnerParam, query: noQuery },
  );
  api.openapi(copy, async (c) => {
    const account = accountOf(c.req.valid("param").partner);
    const copied = await copyPartner(c.get("services").copies, account, actOf(c));
    return copied.ok ? c.json({ copy: copied.value }, 200) : answerRefusal(c, copied.problem);
  });
  const put = adminRouteWithBody(
    "put",
    {
      path: `${partnerPath}/copies`,
      operationId: "returnAccount",
      summary: "Put a copy back into an account whose object was lost",
      scope: "admin",
      good: [{ status: 200, what: "It is back.", schema: returnedSchema }],
      refused: ["not_found"],
    },
    { params: partnerParam, body: copySchema },
  );
  api.openapi(put, async (c) => {
    const asked = { account: accountOf(c.req.valid("param").partner), copy: c.req.valid("json").copy };
    const returned = await returnPartner(c.get("services").copies, asked, actOf(c));
    if (!returned.ok) return answerRefusal(c, returned.problem);
    const { isGoneBack: held, event, rows } = returned.value;
    return c.json({ event, rows, held }, 200);
  });
}
