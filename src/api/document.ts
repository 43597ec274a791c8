// The OpenAPI document of the API, as `scripts/openapi.ts` writes it.
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { ApiEnv } from "./services.ts";

const documentInfo = {
  openapi: "3.1.0",
  info: {
    title: "Recharge Gateway",
    version: "1.0.0",
    description:
      "Airtime and bill payments. Money is a decimal string with its currency, times are ISO 8601 in UTC. A lost answer is asked for again with the same agent id.",
    license: { name: "Proprietary", identifier: "LicenseRef-Proprietary" },
  },
  servers: [{ url: "/" }],
  tags: [
    { name: "Recharges", description: "Place, quote, find and list." },
    { name: "Catalogue", description: "Products and numbers." },
    { name: "Account", description: "Balance, statement and events." },
    { name: "Chat users", description: "Who recharges by chat for you, and what they may spend." },
    { name: "Webhooks", description: "Be told what happens; `/v1/events` has the same, in order." },
    { name: "Staff", description: "What console and command line call, with a staff token." },
    { name: "Gateway", description: "About the gateway itself." },
  ],
};

/** The OpenAPI 3.1 document of all routes. */
export function openApiDocument(api: OpenAPIHono<ApiEnv>) {
  return api.getOpenAPI31Document(documentInfo);
}
