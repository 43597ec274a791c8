// `/v1/balance` and `/v1/events`: asked of the account itself.
import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { requireScope } from "./entry.ts";
import { eventSchema, presentEvent, presentWallets, walletSchema } from "./events-schema.ts";
import { countSchema } from "./parameters.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import type { ApiEnv } from "./services.ts";

export function addAccountRoutes(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  addBalance(api, limiter);
  addEvents(api, limiter);
}

function addBalance(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    method: "get",
    path: "/v1/balance",
    operationId: "readBalance",
    tags: ["Account"],
    summary: "Your wallets now",
    security: [{ key: [] }],
    middleware: [requireScope("account:read", limiter)],
    responses: answers(
      [{ status: 200, what: "The wallets.", schema: z.object({ wallets: z.array(walletSchema) }) }],
      ["credentials", "address", "scope", "rate"],
    ),
  });
  api.openapi(route, async (c) => {
    const { caller, account } = c.get("authenticated");
    const wallets = await c.get("services").account(account).readWallets(caller);
    return wallets.ok ? c.json({ wallets: presentWallets(wallets.value) }, 200) : answerRefusal(c, wallets.problem);
  });
}

function addEvents(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    method: "get",
    path: "/v1/events",
    operationId: "readEvents",
    tags: ["Account"],
    summary: "The numbered facts of your account, oldest first",
    description: "Keep `next_after` and ask with it again: nothing is missed and nothing comes twice.",
    security: [{ key: [] }],
    middleware: [requireScope("account:read", limiter)],
    request: {
      query: z.strictObject({
        after: countSchema(0, 999_999_999_999).optional().openapi({ description: "0 by default: from the beginning." }),
        limit: countSchema(1, 500).optional().openapi({ description: "100 by default." }),
      }),
    },
    responses: answers(
      [
        {
          status: 200,
          what: "The events after `after`.",
          schema: z.object({ events: z.array(eventSchema), next_after: z.int() }),
        },
      ],
      ["credentials", "address", "scope", "rate", "parameter", "unavailable"],
    ),
  });
  api.openapi(route, async (c) => {
    const { caller, account } = c.get("authenticated");
    const query = c.req.valid("query");
    const page = { after: Number(query.after ?? 0), limit: Number(query.limit ?? 100) };
    const read = await c.get("services").account(account).readEvents(caller, page);
    if (!read.ok) return answerRefusal(c, read.problem);
    return c.json({ events: read.value.events.map(presentEvent), next_after: read.value.nextAfter }, 200);
  });
}
