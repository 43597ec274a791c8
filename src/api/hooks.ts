// `/hooks/{provider}`: what upstreams send by themselves. The answer is the same whatever becomes of it.
import { type Context, Hono } from "hono";
import type { CallbackRequest } from "../accounts/route-callback.ts";
import { readRequestBody } from "../base/body.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { RateLimiter } from "../partners/rate-limit.ts";
import { readFormFields } from "../wire/form.ts";

export interface HookServices {
  readonly clock: Clock;
  readonly log: Log;
  readonly limiter: RateLimiter;
  /** Callbacks that one address may send to one provider's hook per minute. */
  readonly ratePerMinute: number;
  takeCallback(request: CallbackRequest): Promise<void>;
}

export interface HookEnv {
  Variables: { services: HookServices };
}

/** The hooks; whoever mounts them sets the variable `services` before. */
export function createHooks(): Hono<HookEnv> {
  const hooks = new Hono<HookEnv>();
  hooks.all("/hooks/:provider", serve);
  return hooks;
}

async function serve(c: Context<HookEnv>): Promise<Response> {
  c.header("Cache-Control", "no-store");
  const { method } = c.req;
  if (method !== "GET" && method !== "POST") {
    c.header("Allow", "GET, POST, OPTIONS");
    return c.body(null, method === "OPTIONS" ? 204 : 405);
  }
  const provider = c.req.param("provider") ?? "";
  const { log } = c.get("services");
  try {
    const params = await readParams(c);
    if (params !== null) await take(c, { provider, params });
  } catch (fault) {
    // Only the path may be logged: the query carries a subscriber's number.
    log.error("callback.fault", { provider: provider.slice(0, 32) }, fault);
  }
  return c.text("OK", 200);
}

async function take(c: Context<HookEnv>, { provider, params }: Pick<CallbackRequest, "provider" | "params">) {
  const services = c.get("services");
  const { clock, log, limiter, ratePerMinute } = services;
  const address = c.req.header("CF-Connecting-IP") ?? null;
  const who = `hook ${provider.slice(0, 32)} ${address?.slice(0, 64) ?? "unknown"}`;
  if (!limiter.take(who, ratePerMinute, clock.now()).isAllowed)
    return log.info("callback.dropped", { provider: provider.slice(0, 32) });
  return services.takeCallback({ provider, params, address, authorization: c.req.header("Authorization") ?? null });
}

/** The query and, posted, the form's fields after it. Null: a body that cannot be read, or larger than 64 KiB. */
async function readParams(c: Context<HookEnv>): Promise<URLSearchParams | null> {
  const params = new URL(c.req.url).searchParams;
  const body = await readRequestBody(c.req.raw);
  if (c.req.method === "GET") return params;
  const fields = body === "too_large" ? null : await readFormFields(body, c.req.header("Content-Type") ?? null);
  if (fields === null) return null;
  for (const [name, value] of fields) params.append(name, value);
  return params;
}
