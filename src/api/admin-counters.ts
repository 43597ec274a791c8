// `/admin/v1/counters`: what is counted for staff and no recharge waits for.
import { z } from "@hono/zod-openapi";
import { partnerIdOf } from "../base/id.ts";
import { adminRoute, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";

const counterSchema = z
  .object({
    name: z.string().openapi({
      description:
        "`backnpay_duplicate`: an agent id was sent again after a day, or for another order. `callback_unmatched`: an upstream's callback matched nothing when it came. `float_differs`: a provider's balance was not what the book expects.",
      example: "backnpay_duplicate",
    }),
    partner: z.string().nullable().openapi({ description: "Null where it belongs to none." }),
    day: z.string().openapi({ description: "The UTC day.", example: "2026-11-21" }),
    count: z.int(),
  })
  .openapi("Counter");

const dayMs = 86_400_000;

export function addCounterRoutes(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: "/admin/v1/counters",
      operationId: "readCounters",
      summary: "What was counted in the last 90 days, the newest day first",
      scope: "viewer",
      good: [{ status: 200, what: "The counters.", schema: z.object({ counters: z.array(counterSchema) }) }],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const counters = await c.get("services").readCounters();
    const shown = counters.map(({ name, account, day, count }) => ({
      name,
      partner: account === 0 ? null : partnerIdOf(account),
      day: new Date(day * dayMs).toISOString().slice(0, 10),
      count,
    }));
    return c.json({ counters: shown }, 200);
  });
}
