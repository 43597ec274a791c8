// `/admin/v1` about how the providers do: health by provider and product over a time, from the ledger.
import { z } from "@hono/zod-openapi";
import { type HealthReport, type ProviderHealth, readHealth } from "../ledger/health.ts";
import { adminRoute, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { textSchema } from "./parameters.ts";
import { presentTime } from "./recharge-schema.ts";

const minuteMs = 60_000;
const windows = {
  "15m": 15 * minuteMs,
  "1h": 60 * minuteMs,
  "24h": 24 * 60 * minuteMs,
  "7d": 7 * 24 * 60 * minuteMs,
} as const satisfies Record<string, number>;

const windowSchema = z
  .enum(["15m", "1h", "24h", "7d"], { error: "must be 15m, 1h, 24h or 7d" })
  .optional()
  .openapi({ description: "How far back, by the recharges' creation; 1h by default." });
const productSchema = textSchema(/^[a-z0-9.-]{3,64}$/, "the id of a product").optional();
export const providerIdSchema = textSchema(/^[a-z0-9_-]{1,40}$/, "the id of a provider");

const rate = z.number().min(0).max(1).nullable();
const healthSchema = z
  .object({
    provider: z.string(),
    product: z.string(),
    attempts: z.int(),
    succeeded: z.int(),
    failed: z.int(),
    declined: z.int().openapi({ description: "Refused by the provider itself, nothing done." }),
    reversed: z.int(),
    open: z.int().openapi({ description: "Not decided as far as the ledger knows." }),
    doubtful: z.int().openapi({ description: "Their reply said nothing that counts, or never came." }),
    success_rate: rate.openapi({ description: "succeeded ÷ (succeeded + failed + declined + reversed)." }),
    doubt_rate: rate.openapi({ description: "doubtful ÷ those whose reply, or its absence, is known." }),
    latency_ms: z
      .object({ p50: z.int(), p95: z.int() })
      .nullable()
      .openapi({ description: "From send to reply, over replies with a word." }),
  })
  .openapi("ProviderHealth");
const reportSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    known_until: z.string().nullable().openapi({
      description: "The newest fact that is counted. What happened later the ledger did not know yet.",
    }),
    health: z.array(healthSchema),
  })
  .openapi("HealthReport");

export function addHealthRoutes(api: Api): void {
  const all = adminRoute(
    "get",
    {
      path: "/admin/v1/providers/health",
      operationId: "readProvidersHealth",
      summary: "Success, doubt and latency of each provider and product, from the ledger",
      scope: "viewer",
      good: [{ status: 200, what: "By provider and product.", schema: reportSchema }],
    },
    {
      params: nothing,
      query: z.strictObject({
        window: windowSchema,
        provider: providerIdSchema.optional(),
        product: productSchema,
      }),
    },
  );
  api.openapi(all, async (c) => {
    const { window, provider, product } = c.req.valid("query");
    const { database, clock } = c.get("services");
    const time = timeOf(clock.now(), window);
    const asked = { ...(provider !== undefined && { provider }), ...(product !== undefined && { product }) };
    return c.json(presentReport(time, await readHealth(database, { ...time, ...asked })), 200);
  });
  const one = adminRoute(
    "get",
    {
      path: "/admin/v1/providers/{provider}/health",
      operationId: "readProviderHealth",
      summary: "Success, doubt and latency of one provider by product, from the ledger",
      scope: "viewer",
      good: [{ status: 200, what: "By product.", schema: reportSchema }],
    },
    { params: z.object({ provider: providerIdSchema }), query: z.strictObject({ window: windowSchema }) },
  );
  api.openapi(one, async (c) => {
    const { database, clock } = c.get("services");
    const time = timeOf(clock.now(), c.req.valid("query").window);
    const { provider } = c.req.valid("param");
    return c.json(presentReport(time, await readHealth(database, { ...time, provider })), 200);
  });
}

interface Time {
  readonly from: number;
  readonly to: number;
}

function timeOf(now: number, window: keyof typeof windows = "1h"): Time {
  return { from: now - windows[window], to: now + 1 };
}

function presentReport({ from, to }: Time, { health, knownUntil }: HealthReport): z.infer<typeof reportSchema> {
  return {
    from: presentTime(from),
    to: presentTime(to),
    known_until: knownUntil === null ? null : presentTime(knownUntil),
    health: health.map(presentHealth),
  };
}

function presentHealth(one: ProviderHealth): z.infer<typeof healthSchema> {
  const { successRate, doubtRate, latencyMs, ...same } = one;
  return {
    ...same,
    success_rate: rounded(successRate),
    doubt_rate: rounded(doubtRate),
    latency_ms: latencyMs,
  };
}

/** To a hundredth of a percent. */
function rounded(of: number | null): number | null {
  return of === null ? null : Math.round(of * 10_000) / 10_000;
}
