// The HTTP API: `/v1` for partners, `/admin/v1` for staff, and the pages that describe them.
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { refusal } from "../base/refusal.ts";
import { addAccountRoutes } from "./account.ts";
import { addAlertRoutes } from "./admin-alerts.ts";
import { addActivityRoute } from "./admin-activity.ts";
import { addStaffBulks } from "./admin-bulk.ts";
import { addStaffChatUsers } from "./admin-chat-users.ts";
import { addCopyRoutes } from "./admin-copies.ts";
import { addCounterRoutes } from "./admin-counters.ts";
import { addCaseRoutes } from "./admin-cases.ts";
import { addDifferenceRoute } from "./admin-differences.ts";
import { addFloatRoutes } from "./admin-floats.ts";
import { addKeyRoutes } from "./admin-keys.ts";
import { addNumberRoutes } from "./admin-numbers.ts";
import { addOperationRoutes } from "./admin-operations.ts";
import { addPartnerChanges } from "./admin-partner-changes.ts";
import { addPartnerStatementRoute } from "./admin-partner-statement.ts";
import { addPartnerRoutes } from "./admin-partners.ts";
import { addPlanRoutes } from "./admin-plans.ts";
import { addCodeRoutes } from "./admin-codes.ts";
import { addProviderRoutes } from "./admin-providers.ts";
import { addReportRoutes } from "./admin-reports.ts";
import { addRewards } from "./admin-rewards.ts";
import { addRechargeBook } from "./admin-recharge-book.ts";
import { addRechargeList } from "./admin-recharge-list.ts";
import { addRechargeSearch } from "./admin-recharge-search.ts";
import { addRechargeInsides } from "./admin-recharges.ts";
import { addRunRoute } from "./admin-runs.ts";
import { addSegmentRoutes } from "./admin-segments.ts";
import { addTestRoutes } from "./admin-tests.ts";
import { addPeopleRoutes, addSignInRoutes } from "./admin-sign-in.ts";
import { addStaffRoutes } from "./admin-staff.ts";
import { addStatementPreview } from "./admin-statement-preview.ts";
import { addProviderStatements } from "./admin-statements.ts";
import { takeBody } from "./body.ts";
import { addBulkRoutes } from "./bulk.ts";
import { addCatalogRoutes } from "./catalog.ts";
import { addChatUserRoutes } from "./chat-users.ts";
import { addOwnDisputes, addPartnerDisputes } from "./dispute-list.ts";
import { addDisputeRoutes } from "./disputes.ts";
import { addOwnKeys } from "./own-keys.ts";
import { addDocsRoutes } from "./docs.ts";
import { openRequest, requirePartner } from "./entry.ts";
import { addEvidenceRoute } from "./evidence.ts";
import { addMetricsRoute } from "./metrics.ts";
import { answerInvalid } from "./parameters.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import { createRateLimiter, type RateLimiter } from "./rate.ts";
import { addRechargeReads } from "./recharge-reads.ts";
import { addRechargeRoutes } from "./recharges.ts";
import type { ApiEnv } from "./services.ts";
import { addOwnReports } from "./reports.ts";
import { addStatementRoute } from "./statement.ts";
import { addWebhookDeliveries } from "./webhook-deliveries.ts";
import { partnerWebhooks, staffWebhooks } from "./webhook-doors.ts";
import { addWebhookEndpoints } from "./webhook-endpoints.ts";
import { webhookHeaders, webhookSchema } from "./webhook-schema.ts";

const ownPaths = ["/v1/*", "/admin/v1/*", "/healthz", "/metrics", "/openapi.json", "/docs", "/docs/*"];

/**
 * All routes of the API. Whoever mounts it sets the variable `services` before, and gives what is thrown to the variable
 * `answerThrown`: of an app with an `onError` of its own Hono wraps each handler, which costs more than the handlers do. It
 * touches no other path, so that other surfaces can be mounted beside it at `/`.
 */
export function createApi(): OpenAPIHono<ApiEnv> {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: answerInvalid });
  const limiter = createRateLimiter();
  api.openAPIRegistry.registerComponent("securitySchemes", "key", {
    type: "http",
    scheme: "bearer",
    description: "An API key: `rk_test_…` for sandbox, `rk_live_…` for live.",
  });
  api.openAPIRegistry.registerComponent("securitySchemes", "staff", {
    type: "http",
    scheme: "bearer",
    description: "A staff token: `rs_…`.",
  });
  for (const path of ownPaths) api.use(path, openRequest);
  api.use("/v1/*", takeBody, requirePartner);
  api.use("/admin/v1/*", takeBody);
  addRechargeRoutes(api, limiter);
  addRechargeReads(api, limiter);
  addEvidenceRoute(api, limiter);
  addDisputeRoutes(api, limiter);
  addOwnDisputes(api, limiter);
  addOwnKeys(api, limiter);
  addCatalogRoutes(api, limiter);
  addAccountRoutes(api, limiter);
  addChatUserRoutes(api, limiter);
  addStatementRoute(api, limiter);
  addOwnReports(api, limiter);
  addBulkRoutes(api, limiter);
  addWebhooks(api, limiter);
  addStaffPaths(api);
  addHealth(api);
  addMetricsRoute(api);
  addDocsRoutes(api);
  for (const path of ["/v1/*", "/admin/v1/*"])
    api.all(path, (c) => answerRefusal(c, refusal("not_found", "There is no such path, or not with this method.")));
  return api;
}

function addStaffPaths(api: OpenAPIHono<ApiEnv>): void {
  addPartnerRoutes(api);
  addPartnerChanges(api);
  addPlanRoutes(api);
  addPartnerStatementRoute(api);
  addRewards(api);
  addKeyRoutes(api);
  addActivityRoute(api);
  addRechargeList(api);
  addRechargeInsides(api);
  addRechargeSearch(api);
  addRechargeBook(api);
  addCaseRoutes(api);
  addPartnerDisputes(api);
  addStaffBulks(api);
  addStaffChatUsers(api);
  addOperationRoutes(api);
  addProviderRoutes(api);
  addCodeRoutes(api);
  addTestRoutes(api);
  addFloatRoutes(api);
  addDifferenceRoute(api);
  addRunRoute(api);
  addNumberRoutes(api);
  addCounterRoutes(api);
  addAlertRoutes(api);
  addCopyRoutes(api);
  addProviderStatements(api);
  addStatementPreview(api);
  addSegmentRoutes(api);
  addReportRoutes(api);
  addStaffRoutes(api);
  addSignInRoutes(api);
  addPeopleRoutes(api);
}

function addWebhooks(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  for (const door of [partnerWebhooks(limiter), staffWebhooks]) {
    addWebhookEndpoints(api, door);
    addWebhookDeliveries(api, door);
  }
  api.openAPIRegistry.registerWebhook({
    method: "post",
    path: "event",
    operationId: "receiveWebhook",
    tags: ["Webhooks"],
    summary: "What your endpoint is told, signed by Standard Webhooks; any 2xx ends it",
    security: [],
    request: {
      headers: webhookHeaders,
      body: { required: true, content: { "application/json": { schema: webhookSchema } } },
    },
    responses: { 204: { description: "Taken." }, 410: { description: "Never again: the endpoint is disabled." } },
  });
}

const healthSchema = z.object({ status: z.enum(["ok", "degraded"]), ledger: z.enum(["ok", "down"]) }).openapi("Health");
const ledgerWaitMs = 2_000;

function addHealth(api: OpenAPIHono<ApiEnv>): void {
  const route = createRoute({
    method: "get",
    path: "/healthz",
    operationId: "readHealth",
    tags: ["Gateway"],
    summary: "Is the gateway up; and its ledger, without which recharges go on",
    security: [],
    responses: answers([{ status: 200, what: "It is up.", schema: healthSchema }], []),
  });
  api.openapi(route, async (c) => {
    const { database } = c.get("services");
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), ledgerWaitMs));
    const asked = database.all("select 1", []).then(
      () => true,
      () => false,
    );
    const isUp = await Promise.race([asked, late]);
    return c.json(
      { status: isUp ? ("ok" as const) : ("degraded" as const), ledger: isUp ? ("ok" as const) : ("down" as const) },
      200,
    );
  });
}
