// `/admin/v1` about the installation: providers, reconciliation, sandbox.
import { z } from "@hono/zod-openapi";
import { switchProvider } from "../partners/manage.ts";
import { seedSandbox } from "../partners/sandbox.ts";
import { adminRoute, adminRouteWithBody, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { partnerSchema, presentPartner } from "./admin-schema.ts";
import { actOf } from "./entry.ts";
import { textSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";

export function addOperationRoutes(api: Api): void {
  addProviderSwitch(api);
  addRuns(api);
}

function addProviderSwitch(api: Api): void {
  const route = adminRouteWithBody(
    "put",
    {
      path: "/admin/v1/providers/{provider}",
      operationId: "switchProvider",
      summary: "Switch a provider off or on for every account, before this answers",
      scope: "operator",
      good: [{ status: 204, what: "Switched." }],
      refused: ["not_found"],
    },
    {
      params: z.object({ provider: textSchema(/^[a-z0-9_-]{1,40}$/, "the id of a provider") }),
      body: z.strictObject({ is_off: z.boolean() }).openapi("ProviderSwitch"),
    },
  );
  api.openapi(route, async (c) => {
    const { provider } = c.req.valid("param");
    const switched = await switchProvider(c.get("services").manage, provider, c.req.valid("json").is_off, actOf(c));
    return switched.ok ? c.body(null, 204) : answerRefusal(c, switched.problem);
  });
}

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

function addRuns(api: Api): void {
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
    return c.json({ ...(await c.get("services").reconcileNow()) }, 200);
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
