// `/admin/v1/partners/{partner}/plan…`: commission plans, from a date, previewed on real recharges before they apply.
import { z } from "@hono/zod-openapi";
import { formatAmount, subtract } from "../base/money.ts";
import { refusal } from "../base/refusal.ts";
import { applyToPartner } from "../partners/manage.ts";
import { type PreviewLine, previewPlan } from "../partners/plan-preview.ts";
import { refusePlan } from "../partners/plan-rules.ts";
import { cancelPlan, changePlan, laterThan, listPlans } from "../partners/plans.ts";
import { adminRoute, adminRouteWithBody, noQuery, partnerPath } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { accountOf, partnerParam, partnerSchema, planSchema, presentPartner, presentPlan } from "./admin-schema.ts";
import { ruleOf, ruleSchema } from "./admin-schema.ts";
import { actOf } from "./entry.ts";
import { countSchema, momentOf, momentSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";
import { presentTime } from "./recharge-schema.ts";

const dayMs = 86_400_000;
const rulesSchema = z.array(ruleSchema).max(200);

export function addPlanRoutes(api: Api): void {
  addPreview(api);
  addChange(api);
  addList(api);
  addCancel(api);
}

const previewLineSchema = z.object({
  product: z.string(),
  currency: z.string(),
  recharges: z.int(),
  amount: z.string(),
  commission: z.string().openapi({ description: "What was given." }),
  commission_then: z.string().openapi({ description: "What the plan would have given." }),
  difference: z.string().openapi({ description: "commission_then − commission; with a minus where it is less." }),
});
const previewSchema = z
  .object({
    from: z.string().openapi({ format: "date-time" }),
    to: z.string().openapi({ format: "date-time" }),
    lines: z.array(previewLineSchema),
  })
  .openapi("PlanPreview");

function addPreview(api: Api): void {
  const route = adminRouteWithBody(
    "post",
    {
      path: `${partnerPath}/plan/preview`,
      operationId: "previewPlan",
      summary: "What a plan would have come to on the partner's recharges that succeeded; changes nothing",
      scope: "viewer",
      good: [{ status: 200, what: "By product.", schema: previewSchema }],
      refused: ["not_found"],
    },
    {
      params: partnerParam,
      body: z
        .strictObject({
          commission: rulesSchema,
          days: z.int().min(1).max(366).optional().openapi({ description: "So many days back; 30 by default." }),
        })
        .openapi("PlanQuestion"),
    },
  );
  api.openapi(route, async (c) => {
    const { commission, days = 30 } = c.req.valid("json");
    const rules = commission.map(ruleOf);
    const unfit = refusePlan(rules);
    if (unfit !== null) return answerRefusal(c, unfit);
    const { database, clock } = c.get("services");
    const to = clock.now() + 1;
    const period = { account: accountOf(c.req.valid("param").partner), from: to - days * dayMs, to };
    const lines = await previewPlan(database, period, rules);
    return c.json({ from: presentTime(period.from), to: presentTime(to), lines: lines.map(presentLine) }, 200);
  });
}

function presentLine({ product, currency, recharges, face, given, wouldGive }: PreviewLine) {
  const isLess = wouldGive < given;
  const difference = formatAmount(isLess ? subtract(given, wouldGive) : subtract(wouldGive, given));
  return {
    product,
    currency,
    recharges,
    amount: formatAmount(face),
    commission: formatAmount(given),
    commission_then: formatAmount(wouldGive),
    difference: isLess ? `-${difference}` : difference,
  };
}

function addChange(api: Api): void {
  const route = adminRouteWithBody(
    "put",
    {
      path: `${partnerPath}/plan`,
      operationId: "changePlan",
      summary: "Set the commission plan, at once or from a date; what was placed keeps its price",
      scope: "finance",
      good: [{ status: 200, what: "The partner now.", schema: partnerSchema }],
      refused: ["not_found"],
    },
    {
      params: partnerParam,
      body: z
        .strictObject({
          commission: rulesSchema,
          from: momentSchema.optional().openapi({ description: "In the future; left out: at once." }),
        })
        .openapi("NewPlan"),
    },
  );
  api.openapi(route, async (c) => {
    const { commission, from } = c.req.valid("json");
    const { manage, clock } = c.get("services");
    const now = clock.now();
    const at = from === undefined ? null : momentOf(from);
    const rules = commission.map(ruleOf);
    const unfit = refusePlan(rules) ?? (at !== null && at <= now ? pastDate : null);
    if (unfit !== null) return answerRefusal(c, unfit);
    const account = accountOf(c.req.valid("param").partner);
    const changed = await applyToPartner(manage, account, changePlan(rules, at, now), actOf(c));
    return changed.ok ? c.json(presentPartner(changed.value), 200) : answerRefusal(c, changed.problem);
  });
}

const pastDate = refusal("parameter", "A parameter is wrong.", {
  problems: [{ pointer: "/from", reason: "must be in the future: what was placed keeps its price" }],
});

function addList(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: `${partnerPath}/plans`,
      operationId: "listPlans",
      summary: "Every version of the commission plan, the latest first",
      scope: "viewer",
      good: [{ status: 200, what: "The plans.", schema: z.object({ plans: z.array(planSchema) }) }],
    },
    { params: partnerParam, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const plans = await listPlans(c.get("services").database, accountOf(c.req.valid("param").partner));
    return c.json({ plans: plans.map(presentPlan) }, 200);
  });
}

function addCancel(api: Api): void {
  const route = adminRoute(
    "delete",
    {
      path: `${partnerPath}/plans/{version}`,
      operationId: "cancelPlan",
      summary: "Give up a plan whose date has not come",
      scope: "finance",
      good: [{ status: 200, what: "The partner now.", schema: partnerSchema }],
      refused: ["not_found"],
    },
    { params: partnerParam.extend({ version: countSchema(1, 999_999) }), query: noQuery },
  );
  api.openapi(route, async (c) => {
    const { partner, version } = c.req.valid("param");
    const { manage, clock, ...services } = c.get("services");
    const account = accountOf(partner);
    const now = clock.now();
    const profile = await services.account(account).readProfile();
    const isPlanned = profile !== null && laterThan(profile, now).some((plan) => plan.version === Number(version));
    if (!isPlanned) return answerRefusal(c, refusal("not_found", "The partner has no such plan of a later time."));
    const changed = await applyToPartner(manage, account, cancelPlan(Number(version), now), actOf(c));
    return changed.ok ? c.json(presentPartner(changed.value), 200) : answerRefusal(c, changed.problem);
  });
}
