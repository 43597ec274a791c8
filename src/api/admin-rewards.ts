// `/admin/v1/partners/{partner}/rewards`: the partner's reward programme.
import { z } from "@hono/zod-openapi";
import { applyToPartner, changeRewards } from "../partners/manage.ts";
import { adminRouteWithBody, partnerPath } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { accountOf, partnerParam, partnerSchema, presentPartner } from "./admin-schema.ts";
import { actOf } from "./entry.ts";
import { answerRefusal } from "./problem.ts";
import { programmeOf, programmeSchema } from "./rewards-schema.ts";

const newProgrammeSchema = z
  .strictObject({ rewards: programmeSchema.nullable() })
  .openapi("NewRewards", { description: "null turns the programme off." });

export function addRewards(api: Api): void {
  const route = adminRouteWithBody(
    "put",
    {
      path: `${partnerPath}/rewards`,
      operationId: "changeRewards",
      summary: "Replace the reward programme, or turn it off",
      scope: "finance",
      good: [{ status: 200, what: "The partner now.", schema: partnerSchema }],
      refused: ["not_found"],
    },
    { params: partnerParam, body: newProgrammeSchema },
  );
  api.openapi(route, async (c) => {
    const { rewards } = c.req.valid("json");
    const verb = changeRewards(rewards === null ? null : programmeOf(rewards));
    const account = accountOf(c.req.valid("param").partner);
    const changed = await applyToPartner(c.get("services").manage, account, verb, actOf(c));
    return changed.ok ? c.json(presentPartner(changed.value), 200) : answerRefusal(c, changed.problem);
  });
}
