// `/admin/v1/number-rules` and `/admin/v1/blocked-numbers`: how often a number is recharged, and which is not.
import { z } from "@hono/zod-openapi";
import { type BlockedNumber, blockNumber, changeVelocity, listBlockedNumbers } from "../partners/staff-rules.ts";
import type { StaffRules } from "../recharges/ports.ts";
import { adminRoute, adminRouteWithBody, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { actOf } from "./entry.ts";
import { countSchema, lengthSchema, plainSchema, textSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";
import { presentTime } from "./recharge-schema.ts";
import type { ApiServices } from "./services.ts";

export function addNumberRoutes(api: Api): void {
  addRules(api);
  addBlocked(api);
  addBlock(api);
}

const rulesSchema = z
  .object({
    velocity_per_day: z.int().openapi({ description: "Recharges that one number may have, over all partners." }),
    velocity_is_set_by: z.enum(["staff", "settings"]),
    velocity_window_seconds: z.number().openapi({ description: "The time in which they count; of the settings." }),
    repeat_window_seconds: z
      .number()
      .openapi({ description: "How long the same number and amount are refused; of the settings." }),
  })
  .openapi("NumberRules");

function addRules(api: Api): void {
  const path = "/admin/v1/number-rules";
  const good = [{ status: 200, what: "The rules.", schema: rulesSchema }];
  const read = adminRoute(
    "get",
    { path, operationId: "readNumberRules", summary: "What holds of every number", scope: "viewer", good },
    { params: nothing, query: noQuery },
  );
  api.openapi(read, async (c) => {
    const { staffRules, numberSettings } = c.get("services");
    return c.json(presentRules(await staffRules.readRules(), numberSettings), 200);
  });
  const change = adminRouteWithBody(
    "put",
    {
      path,
      operationId: "changeNumberRules",
      summary: "Say how often one number may be recharged; it holds before this answers",
      scope: "operator",
      good,
    },
    {
      params: nothing,
      body: z
        .strictObject({
          velocity_per_day: z.int().min(1).max(1_000).nullable().openapi({ description: "null: as the settings say." }),
        })
        .openapi("NewNumberRules"),
    },
  );
  api.openapi(change, async (c) => {
    const { staffRules, numberSettings } = c.get("services");
    const rules = await changeVelocity(staffRules, c.req.valid("json").velocity_per_day, actOf(c));
    return c.json(presentRules(rules, numberSettings), 200);
  });
}

function presentRules({ velocityPerDay }: StaffRules, settings: ApiServices["numberSettings"]) {
  return {
    velocity_per_day: velocityPerDay ?? settings.velocityPerDay,
    velocity_is_set_by: velocityPerDay === null ? ("settings" as const) : ("staff" as const),
    velocity_window_seconds: settings.velocityWindowMs / 1_000,
    repeat_window_seconds: settings.repeatWindowMs / 1_000,
  };
}

const blockedSchema = z
  .object({
    number: z.string().openapi({ description: "Canonical; of a biller with the fields that tell accounts apart." }),
    reason: z.string(),
    blocked_at: z.string(),
    blocked_by: z.string(),
  })
  .openapi("BlockedNumber");

function presentBlocked({ number, reason, blockedAt, blockedBy }: BlockedNumber): z.infer<typeof blockedSchema> {
  return { number, reason, blocked_at: presentTime(blockedAt), blocked_by: blockedBy };
}

const blockedPath = "/admin/v1/blocked-numbers";

function addBlocked(api: Api): void {
  const list = adminRoute(
    "get",
    {
      path: blockedPath,
      operationId: "listBlockedNumbers",
      summary: "Numbers to which nothing is sent",
      scope: "viewer",
      good: [
        {
          status: 200,
          what: "A page of them.",
          schema: z.object({ numbers: z.array(blockedSchema), next_offset: z.int().nullable() }),
        },
      ],
    },
    {
      params: nothing,
      query: z.strictObject({ offset: countSchema(0, 999_999).optional(), limit: countSchema(1, 500).optional() }),
    },
  );
  api.openapi(list, async (c) => {
    const query = c.req.valid("query");
    const page = { offset: Number(query.offset ?? 0), limit: Number(query.limit ?? 100) };
    const numbers = await listBlockedNumbers(c.get("services").database, page);
    const nextOffset = numbers.length < page.limit ? null : page.offset + numbers.length;
    return c.json({ numbers: numbers.map(presentBlocked), next_offset: nextOffset }, 200);
  });
}

function addBlock(api: Api): void {
  const route = adminRouteWithBody(
    "put",
    {
      path: blockedPath,
      operationId: "blockNumber",
      summary: "Send nothing to a number any more, or free it; it holds before this answers",
      scope: "operator",
      good: [{ status: 200, what: "How it stands.", schema: z.object({ blocked: blockedSchema.nullable() }) }],
      refused: ["number", "field"],
    },
    {
      params: nothing,
      body: z
        .strictObject({
          product: textSchema(/^[a-z0-9.-]{3,64}$/, "the id of a product").openapi({
            description: "Any product of the number's kind: the block holds for all of them.",
          }),
          number: lengthSchema(1, 64, "text of 1 to 64 characters"),
          fields: z.record(z.string(), z.string()).optional(),
          is_blocked: z.boolean(),
          reason: plainSchema(200),
        })
        .openapi("NumberBlock"),
    },
  );
  api.openapi(route, async (c) => {
    const { product, number, fields = {}, is_blocked: isBlocked, reason } = c.req.valid("json");
    const wanted = { product, number, fields, isBlocked, reason };
    const blocked = await blockNumber(c.get("services").staffRules, wanted, actOf(c));
    if (!blocked.ok) return answerRefusal(c, blocked.problem);
    return c.json({ blocked: blocked.value === null ? null : presentBlocked(blocked.value) }, 200);
  });
}
