// `/healthz`, `/openapi.json` and the reference page `/docs`, which loads nothing from any other host.
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { ApiEnv } from "./services.ts";

const scriptPath = "/docs/standalone.js";

/** The script of the reference page, and what it shows; `scripts/assets.ts` puts both there. */
const files = [
  {
    path: scriptPath,
    asset: "/scalar/standalone.js",
    headers: { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "public, max-age=86400" },
  },
  {
    path: "/openapi.json",
    asset: "/openapi.json",
    headers: { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "public, max-age=300" },
  },
];

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

export function addDocsRoutes(api: OpenAPIHono<ApiEnv>): void {
  api.get("/docs", (c) => {
    c.header("Content-Security-Policy", pagePolicy);
    c.header("Referrer-Policy", "no-referrer");
    c.header("Cache-Control", "public, max-age=300");
    return c.html(page);
  });
  for (const { path, asset, headers } of files)
    api.get(path, async (c) => {
      const file = await c.get("services").asset(asset);
      return file.ok ? c.newResponse(file.body, { headers }) : c.notFound();
    });
}
