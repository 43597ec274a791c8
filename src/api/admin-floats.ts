// `/admin/v1/floats`: our money at the providers, compared with what they say of it.
import { z } from "@hono/zod-openapi";
import { formatAmount, minor } from "../base/money.ts";
import type { FloatCheck } from "../recharges/float-check.ts";
import { acceptFloat, listFloats, type ProviderFloat, setFloor } from "../reconciliation/staff-floats.ts";
import { providerIdSchema } from "./admin-health.ts";
import { adminRoute, adminRouteWithBody, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { actOf } from "./entry.ts";
import { amountOf, amountSchema, momentOf, momentSchema, plainSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";
import { presentTime } from "./recharge-schema.ts";

const signed = z.string().openapi({ example: "-19.60", description: "May be below zero." });
const checkSchema = z
  .object({
    checked_at: z.string(),
    finding: z.enum(["baseline", "agrees", "in_flight", "differs"]).openapi({
      description:
        "`baseline`: the first, which later ones start from. `in_flight`: open attempts explain it. `differs`: nothing does.",
    }),
    balance: signed.openapi({ description: "What the provider said." }),
    balance_at: z.string(),
    book: signed.openapi({ description: "The ledger account of the float: below zero by what was spent." }),
    open: z.string().openapi({ description: "Face values of attempts that are not decided." }),
    expected: signed.nullable(),
    difference: signed.nullable().openapi({ description: "The balance less what was expected." }),
    explained_from: signed,
    explained_to: signed,
  })
  .openapi("FloatCheck");
const floatSchema = z
  .object({
    provider: z.string(),
    currency: z.string(),
    floor: z
      .string()
      .nullable()
      .openapi({ description: "Kept back; null: the float leaves this provider out of nothing." }),
    balance: z.string().nullable().openapi({ description: "The newest that is known." }),
    balance_at: z.string().nullable(),
    baseline: checkSchema.nullable(),
    checks: z.array(checkSchema).openapi({ description: "The newest first, at most 20." }),
  })
  .openapi("Float");

const shownChecks = 20;
const path = "/admin/v1/floats";
const params = z.object({ provider: providerIdSchema });

export function addFloatRoutes(api: Api): void {
  const list = adminRoute(
    "get",
    {
      path,
      operationId: "listFloats",
      summary: "Our money at each provider, and how it compared with the book",
      scope: "viewer",
      good: [
        { status: 200, what: "In the order of the settings.", schema: z.object({ floats: z.array(floatSchema) }) },
      ],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(list, async (c) => {
    const floats = await listFloats(c.get("services").floats);
    return c.json({ floats: floats.map(presentFloat) }, 200);
  });
  addFloor(api);
  addAccept(api);
}

function addFloor(api: Api): void {
  const route = adminRouteWithBody(
    "put",
    {
      path: `${path}/{provider}`,
      operationId: "setFloor",
      summary: "Keep some of a float back: a provider is left out of what would go below it",
      scope: "finance",
      good: [{ status: 200, what: "The float.", schema: floatSchema }],
      refused: ["not_found"],
    },
    {
      params,
      body: z
        .strictObject({
          floor: amountSchema.nullable(),
          balance: amountSchema.optional().openapi({
            description: "What the provider's own site shows now, where it cannot be asked.",
          }),
        })
        .openapi("NewFloor"),
    },
  );
  api.openapi(route, async (c) => {
    const { floor, balance } = c.req.valid("json");
    const wanted = {
      floor: floor === null ? null : amountOf(floor),
      balance: balance === undefined ? null : amountOf(balance),
    };
    const set = await setFloor(c.get("services").floats, c.req.valid("param").provider, wanted, actOf(c));
    return set.ok ? c.json(presentFloat(set.value), 200) : answerRefusal(c, set.problem);
  });
}

function addAccept(api: Api): void {
  const route = adminRouteWithBody(
    "post",
    {
      path: `${path}/{provider}/accept`,
      operationId: "acceptFloat",
      summary: "Take the newest comparison as it is, once seen: later ones start from it",
      scope: "finance",
      good: [{ status: 200, what: "The float.", schema: floatSchema }],
      refused: ["not_found"],
    },
    {
      params,
      body: z
        .strictObject({
          checked_at: momentSchema.openapi({
            description: "Of the comparison that was seen; refused where a newer one is there.",
          }),
          reason: plainSchema(200).openapi({ description: "What explains the difference." }),
        })
        .openapi("FloatAccepted"),
    },
  );
  api.openapi(route, async (c) => {
    const { checked_at: checkedAt, reason } = c.req.valid("json");
    const seen = { checkedAt: momentOf(checkedAt), reason };
    const taken = await acceptFloat(c.get("services").floats, c.req.valid("param").provider, seen, actOf(c));
    return taken.ok ? c.json(presentFloat(taken.value), 200) : answerRefusal(c, taken.problem);
  });
}

function presentFloat(float: ProviderFloat): z.infer<typeof floatSchema> {
  const { provider, currency, floor, balance, baseline, checks } = float;
  return {
    provider,
    currency,
    floor: floor === null ? null : formatAmount(floor),
    balance: balance === null ? null : formatAmount(balance.amount),
    balance_at: balance === null ? null : presentTime(balance.at),
    baseline: baseline === null ? null : presentCheck(baseline),
    checks: checks.slice(0, shownChecks).map(presentCheck),
  };
}

function presentCheck(check: FloatCheck): z.infer<typeof checkSchema> {
  return {
    checked_at: presentTime(check.checkedAt),
    finding: check.finding,
    balance: formatAmount(check.balance),
    balance_at: presentTime(check.at),
    book: signedOf(check.book),
    open: formatAmount(check.open),
    expected: check.expected === null ? null : signedOf(check.expected),
    difference: check.difference === null ? null : signedOf(check.difference),
    explained_from: signedOf(check.least),
    explained_to: signedOf(check.most),
  };
}

function signedOf(amount: number): string {
  return formatAmount(minor(amount));
}
