// Headers of every page: nothing from another host, in no frame, kept by no cache; forms come from our own pages only.
import type { MiddlewareHandler } from "hono";
import { csrf } from "hono/csrf";
import type { ConsoleEnv } from "./console-env.ts";

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "Content-Security-Policy": policy,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
} as const;

export const securePage: MiddlewareHandler<ConsoleEnv> = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  if (new URL(c.req.url).protocol === "https:") c.header("Strict-Transport-Security", "max-age=31536000");
  if (c.res.headers.get("Cache-Control") === null) c.header("Cache-Control", "no-store");
};

/** Refuses a write that another site's page sends: by its origin, and where that is missing, by the fetch metadata. */
export const sameOriginOnly: MiddlewareHandler<ConsoleEnv> = csrf();
