// `/metrics`: how the installation stands, in OpenMetrics text, for a scraper with a token of its own or for staff.
import { createRoute, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { equalInConstantTime } from "../base/signature.ts";
import { openMetricsType } from "../operations/exposition.ts";
import { bearerOf } from "../partners/credentials.ts";
import type { Api } from "./admin-routes.ts";
import { requireStaff } from "./entry.ts";
import { answers } from "./problem-schema.ts";
import type { ApiEnv } from "./services.ts";

const viewer = requireStaff("viewer");

/** The scraper's own token is asked of nobody, so that metrics are there while the ledger, which knows the staff, is down. */
const requireScraper: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const { token } = c.get("services").metrics;
  const given = bearerOf(c.req.header("Authorization"));
  if (token === null || given === null || !equalInConstantTime(given, token)) return viewer(c, next);
  return next();
};

export function addMetricsRoute(api: Api): void {
  const route = createRoute({
    method: "get",
    path: "/metrics",
    operationId: "readMetrics",
    tags: ["Gateway"],
    summary: "How the installation stands, as OpenMetrics text",
    description: "With the token of the setting `METRICS_TOKEN`, or a staff token. Staff scope: `viewer`.",
    security: [{ staff: [] }],
    middleware: [requireScraper],
    responses: {
      ...answers([], ["credentials", "scope"]),
      200: {
        description: "The families of metrics, as of the last scheduled run.",
        content: { [openMetricsType]: { schema: z.string() } },
      },
    },
  });
  api.openapi(route, async (c) => {
    c.header("Content-Type", openMetricsType);
    return c.body(await c.get("services").metrics.read());
  });
}
