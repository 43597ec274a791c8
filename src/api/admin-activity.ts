// `GET /admin/v1/activity`: what goes on now, beside the same hours of last week.
import { z } from "@hono/zod-openapi";
import { currencies, formatAmount } from "../base/money.ts";
import { readActivity } from "../ledger/activity.ts";
import { adminRoute, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { presentTime } from "./recharge-schema.ts";

const currency = z.enum(currencies);
const figures = {
  week: z.enum(["this", "last"]).openapi({ description: "`last`: the same hours, seven days before." }),
  currency,
  recharges: z.int(),
  face: z.string().openapi({ example: "20.00" }),
  succeeded: z.int(),
  failed: z.int(),
  reversed: z.int(),
  pending: z.int(),
  at_risk: z.string().openapi({ description: "Cost of what is pending." }),
};
const activitySchema = z
  .object({
    read_at: z.string(),
    known_until: z.string().nullable().openapi({ description: "The newest fact that is counted." }),
    hours: z
      .array(z.object({ hours_ago: z.int().openapi({ description: "0: the last sixty minutes." }), ...figures }))
      .openapi({ description: "Hours in which recharges were placed, of the last 24." }),
    lines: z
      .array(
        z.object({
          provider: z.string(),
          product: z.string(),
          ...figures,
          last_hour: z.int().openapi({ description: "Of `recharges`: those of the last sixty minutes." }),
          spent: z.string().openapi({ description: "Face value of what succeeded or may have." }),
        }),
      )
      .openapi({ description: "The last 24 hours by provider and product." }),
    held: z.array(z.object({ currency, amount: z.string() })).openapi({ description: "Set aside in all wallets." }),
    cases: z
      .array(z.object({ currency, count: z.int(), amount: z.string() }))
      .openapi({ description: "Open cases, and the cost of their recharges." }),
  })
  .openapi("Activity");

export function addActivityRoute(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: "/admin/v1/activity",
      operationId: "readActivity",
      summary: "Volume, outcomes and money at risk of the last 24 hours beside those of last week, from the ledger",
      scope: "viewer",
      good: [{ status: 200, what: "By hour, and by provider and product.", schema: activitySchema }],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const { database, clock } = c.get("services");
    const now = clock.now();
    const { hours, lines, held, cases, knownUntil } = await readActivity(database, now);
    const shown: z.infer<typeof activitySchema> = {
      read_at: presentTime(now),
      known_until: knownUntil === null ? null : presentTime(knownUntil),
      hours: hours.map(({ hoursAgo, face, atRisk, ...same }) => {
        return { ...same, hours_ago: hoursAgo, face: formatAmount(face), at_risk: formatAmount(atRisk) };
      }),
      lines: lines.map(({ face, atRisk, lastHour, spent, ...same }) => ({
        ...same,
        face: formatAmount(face),
        at_risk: formatAmount(atRisk),
        last_hour: lastHour,
        spent: formatAmount(spent),
      })),
      held: held.map((one) => ({ ...one, amount: formatAmount(one.amount) })),
      cases: cases.map((one) => ({ ...one, amount: formatAmount(one.amount) })),
    };
    return c.json(shown, 200);
  });
}
