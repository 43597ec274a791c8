// `/admin/v1` about the installation: reconciliation, sandbox.
import { z } from "@hono/zod-openapi";
import { seedSandbox } from "../partners/sandbox.ts";
import { reconcileByStaff } from "../reconciliation/staff-run.ts";
import { adminRoute, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { partnerSchema, presentPartner } from "./admin-schema.ts";
import { actOf } from "./entry.ts";
import { answerRefusal } from "./problem.ts";

const runSchema = z
  .object({
    kind: z.enum(["done", "kept_apart"]).openapi({ description: "`kept_apart`: another run is at work." }),
    partners: z.int().optional(),
    woken: z.int().optional(),
    differences: z.int().optional(),
    forgotten: z.int().optional(),
    faults: z.int().optional(),
  })
  .openapi("Run");

export function addOperationRoutes(api: Api): void {
  const reconcile = adminRoute(
    "post",
    {
      path: "/admin/v1/reconcile",
      operationId: "reconcileNow",
      summary: "Run the scheduled reconciliation now",
      scope: "operator",
      good: [{ status: 200, what: "What the run found.", schema: runSchema }],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(reconcile, async (c) => {
    return c.json({ ...(await reconcileByStaff(c.get("services"), actOf(c))) }, 200);
  });
  const seed = adminRoute(
    "post",
    {
      path: "/admin/v1/sandbox",
      operationId: "seedSandbox",
      summary: "Make the sandbox partner of a local installation, once",
      scope: "admin",
      good: [{ status: 200, what: "The sandbox partner.", schema: partnerSchema }],
      refused: ["not_found"],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(seed, async (c) => {
    const seeded = await seedSandbox(c.get("services").manage, actOf(c));
    return seeded.ok ? c.json(presentPartner(seeded.value), 200) : answerRefusal(c, seeded.problem);
  });
}
