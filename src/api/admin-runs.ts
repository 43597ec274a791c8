// `GET /admin/v1/reconciliation-runs`: the last runs, and how far the one at work is.
import { z } from "@hono/zod-openapi";
import { runStates } from "../reconciliation/kept-runs.ts";
import { adminRoute, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { presentTime } from "./recharge-schema.ts";

const runsSchema = z
  .object({
    runs: z.array(
      z.object({
        started_at: z.string(),
        ended_at: z.string().nullable().openapi({ description: "null: it is at work, or broke off unheard." }),
        state: z.enum(runStates),
        is_thorough: z.boolean().openapi({ description: "It added up every wallet and compared the floats." }),
        asked_by: z.string().nullable().openapi({ description: "null: the schedule." }),
        partners: z.int().openapi({ description: "Asked so far." }),
        differences: z.int(),
        floats: z.int().openapi({ description: "Providers whose float differs." }),
        faults: z.int().openapi({ description: "Accounts that could not be asked." }),
      }),
    ),
  })
  .openapi("Runs");

export function addRunRoute(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: "/admin/v1/reconciliation-runs",
      operationId: "listRuns",
      summary:
        "The last runs of the reconciliation, the newest first (at most 100; of scheduled ones without a finding, 20)",
      scope: "viewer",
      good: [{ status: 200, what: "The runs.", schema: runsSchema }],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const kept = await c.get("services").readRuns();
    const runs = kept.map((run) => ({
      started_at: presentTime(run.startedAt),
      ended_at: run.endedAt === null ? null : presentTime(run.endedAt),
      state: run.state,
      is_thorough: run.isThorough,
      asked_by: run.askedBy,
      partners: run.partners,
      differences: run.differences,
      floats: run.floats,
      faults: run.faults,
    }));
    return c.json({ runs }, 200);
  });
}
