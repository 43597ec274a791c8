// The few files that pages load, from our own host. They hold nothing that a session protects.
import type { Hono } from "hono";
import type { ConsoleEnv } from "./console-env.ts";

const files = {
  "console.css": "text/css; charset=utf-8",
  "console.js": "text/javascript; charset=utf-8",
  "htmx.js": "text/javascript; charset=utf-8",
  "passkeys.js": "text/javascript; charset=utf-8",
} as const;

export function addStaticFiles(app: Hono<ConsoleEnv>): void {
  for (const [name, type] of Object.entries(files))
    app.get(`/console/static/${name}`, async (c) => {
      const file = await c.get("services").asset(`/console/${name}`);
      if (!file.ok) return c.notFound();
      const headers = { "Content-Type": type, "Cache-Control": "public, max-age=300" };
      return c.newResponse(file.body, { headers });
    });
}
