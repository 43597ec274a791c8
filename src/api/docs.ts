// `/healthz`, `/openapi.json` and the reference page `/docs`, which loads nothing from any other host.
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { ApiEnv } from "./services.ts";

const scriptPath = "/docs/standalone.js";
const assetPath = "/scalar/standalone.js";

const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Settings of Scalar: nothing that leaves the page. */
const pageSettings = {
  url: "/openapi.json",
  telemetry: false,
  withDefaultFonts: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  agent: { disabled: true, hideAddApi: true },
  mcp: { disabled: true },
};

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Recharge Gateway API</title></head>
<body><script id="api-reference" data-configuration="${JSON.stringify(pageSettings).replaceAll('"', "&quot;")}"></script>
<script src="${scriptPath}"></script></body>
</html>
`;

export const documentInfo = {
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

export function addDocsRoutes(api: OpenAPIHono<ApiEnv>): void {
  api.get("/docs", (c) => {
    c.header("Content-Security-Policy", pagePolicy);
    c.header("Referrer-Policy", "no-referrer");
    c.header("Cache-Control", "public, max-age=300");
    return c.html(page);
  });
  api.get(scriptPath, async (c) => {
    const file = await c.get("services").asset(assetPath);
    if (!file.ok) return c.notFound();
    const headers = { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "public, max-age=86400" };
    return c.newResponse(file.body, { headers });
  });
  let document: string | undefined;
  api.get("/openapi.json", (c) => {
    document ??= JSON.stringify(openApiDocument(api));
    c.header("Content-Type", "application/json; charset=utf-8");
    c.header("Cache-Control", "public, max-age=300");
    return c.body(document);
  });
}

/** The OpenAPI 3.1 document of all routes. */
export function openApiDocument(api: OpenAPIHono<ApiEnv>) {
  return api.getOpenAPI31Document(documentInfo);
}
