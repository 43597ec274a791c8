// `/v1/keys`: a partner's own keys, without their secrets.
import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { listKeys } from "../partners/keys.ts";
import { requireScope } from "./entry.ts";
import { keySchema, presentKey } from "./key-schema.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import type { ApiEnv } from "./services.ts";

export function addOwnKeys(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    method: "get",
    path: "/v1/keys",
    operationId: "listOwnKeys",
    tags: ["Account"],
    summary: "Your keys, revoked ones too, without their secrets",
    description: "Whoever runs the gateway issues and revokes them.",
    security: [{ key: [] }],
    middleware: [requireScope("account:read", limiter)],
    responses: answers(
      [{ status: 200, what: "The keys.", schema: z.object({ keys: z.array(keySchema) }) }],
      ["credentials", "address", "scope", "rate"],
    ),
  });
  api.openapi(route, async (c) => {
    const { caller, account } = c.get("authenticated");
    const { manage, ...services } = c.get("services");
    const admitted = await services.account(account).admit(caller);
    if (!admitted.ok) return answerRefusal(c, admitted.problem);
    return c.json({ keys: (await listKeys(manage, account)).map(presentKey) }, 200);
  });
}
