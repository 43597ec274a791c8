// What every request passes, in the order of the checks: request id, body, credentials (1), scope (2), rate (3).
import type { Context, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { refusal } from "../base/refusal.ts";
import { refuseWithoutScope } from "../partners/authenticate.ts";
import { bearerOf } from "../partners/credentials.ts";
import type { Scope, StaffScope } from "../partners/credentials.ts";
import type { StaffAct } from "../partners/partner.ts";
import { refuseWithoutStaffScope } from "../partners/staff.ts";
import { answerRefusal, answerThrown } from "./problem.ts";
import { rateHeaders } from "./rate.ts";
import type { RateLimiter } from "./rate.ts";
import type { ApiEnv } from "./services.ts";

/** Gives the request its id, and logs what is refused. Answers about money are never stored. */
export const openRequest: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const requestId = `req_${crypto.randomUUID().replaceAll("-", "")}`;
  c.set("requestId", requestId);
  c.set("answerThrown", (thrown) => answerThrown(c, thrown));
  c.header("X-Request-Id", requestId);
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Cache-Control", "no-store");
  await next();
  const { status } = c.res;
  if (status >= 400 && status < 500)
    c.get("services").log.info("refused", {
      request_id: requestId,
      method: c.req.method,
      route: routePath(c),
      status,
    });
};

/** Checks 1 and 2 for partners, but for the scope. Nothing of the request is believed before. */
export const requirePartner: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const key = bearerOf(c.req.header("Authorization"));
  if (key === null) return answerRefusal(c, refusal("credentials", "Send Authorization: Bearer with your API key."));
  const address = c.req.header("CF-Connecting-IP") ?? null;
  const found = await c.get("services").authenticate({ surface: "api", parts: [key] }, address);
  if (!found.ok) return answerRefusal(c, found.problem);
  c.set("authenticated", found.value);
  await next();
  return undefined;
};

/** Check 2 (scope; null: any key) and check 3. */
export function requireScope(scope: Scope | null, limiter: RateLimiter): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const authenticated = c.get("authenticated");
    const lacking = scope === null ? null : refuseWithoutScope(authenticated, scope);
    if (lacking !== null) return answerRefusal(c, lacking);
    const { clock, ratePerMinute } = c.get("services");
    const rate = limiter.take(authenticated.caller.keyId, ratePerMinute, clock.now());
    const { policy, limit } = rateHeaders(ratePerMinute, rate);
    c.header("RateLimit-Policy", policy);
    c.header("RateLimit", limit);
    if (!rate.isAllowed)
      return answerRefusal(
        c,
        refusal("rate", "The key has sent too many requests.", { retryAfterSeconds: rate.seconds }),
      );
    await next();
    return undefined;
  };
}

/** Checks 1 and 2 for staff. */
export function requireStaff(scope: StaffScope): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const token = bearerOf(c.req.header("Authorization"));
    if (token === null)
      return answerRefusal(c, refusal("credentials", "Send Authorization: Bearer with your staff token."));
    const found = await c.get("services").authenticateStaff(token);
    if (!found.ok) return answerRefusal(c, found.problem);
    const lacking = refuseWithoutStaffScope(found.value, scope);
    if (lacking !== null) return answerRefusal(c, lacking);
    c.set("staff", found.value);
    await next();
    return undefined;
  };
}

/** Who does it, for the audit. */
export function actOf(c: Context<ApiEnv>): StaffAct {
  return { staff: c.get("staff").staff, requestId: c.get("requestId") };
}
