// What pages ask the API for: never another path than the one that they were written for.
import { Hono } from "hono";
import { expect, test } from "vitest";
import { z } from "zod";
import { ask } from "../../../src/console/ask.ts";
import type { ConsoleEnv } from "../../../src/console/console-env.ts";

/** Asks for the path out of a page's handler; gives the status that the page gets and the paths that the API heard. */
async function askFor(path: string): Promise<{ readonly status: number; readonly heard: readonly string[] }> {
  const heard: string[] = [];
  let status = 0;
  const gateway = async (request: Request) => {
    heard.push(new URL(request.url).pathname);
    return Response.json({});
  };
  const app = new Hono<ConsoleEnv>();
  app.get("/console", async (c) => {
    c.set("token", "rss_x");
    const asked = await ask(c, gateway, { path, schema: z.unknown() });
    status = asked.ok ? asked.status : asked.refused.status;
    return c.text("");
  });
  await app.request("https://gateway.example/console");
  return { status, heard };
}

test.each(["/admin/v1/audit", "/v1/balance", "/admin/v1/recharges/x/evidence?limit=..%2F..", "/v1/recharges?q=a/../b"])(
  "%s is asked",
  async (path) => {
    expect(await askFor(path)).toEqual({ status: 200, heard: [path.split("?")[0]] });
  },
);

test.each([
  "/admin/v1/partners/../audit",
  "/admin/v1/partners/%2e%2E/audit",
  "/admin/v1/partners/.%2e\\audit",
  "/v1/../admin/v1/audit",
  "/admin/v1/partners/./keys",
  "/console",
  "//elsewhere.example/admin/v1/audit",
  "https://elsewhere.example/v1/balance",
])("%s leads elsewhere and is nothing", async (path) => {
  expect(await askFor(path)).toEqual({ status: 404, heard: [] });
});
