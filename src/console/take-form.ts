// What a form may send: read whole before anything is answered, and never more kept than its page takes.
import type { MiddlewareHandler } from "hono";
import { readRequestBody } from "../base/body.ts";
import type { ConsoleEnv } from "./console-env.ts";

/** Reads the body of a write, at most `keptAtMost` bytes of it, and leaves it where `parseBody` looks; more is 413. */
export function takeForm(keptAtMost: number): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") {
      const body = await readRequestBody(c.req.raw, keptAtMost);
      if (body === "too_large") return c.text("This is more than the page takes.", 413);
      Object.assign(c.req.bodyCache, { arrayBuffer: Promise.resolve(body.buffer) });
    }
    await next();
    return undefined;
  };
}
