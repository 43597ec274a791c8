// The two ways to a partner's webhook endpoints: its own key under `/v1`, and a staff token under `/admin/v1`.
import { createRoute, z } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { partnerIdOf, readPartnerId } from "../base/id.ts";
import { type Refusal, refusal, type RefusalCode } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { auditWrite } from "../partners/audit.ts";
import type { WebhookOwner } from "../webhooks/verbs.ts";
import { nothing, partnerPath } from "./admin-routes.ts";
import { partnerParam } from "./admin-schema.ts";
import { requireJson } from "./body.ts";
import { actOf, requireScope, requireStaff } from "./entry.ts";
import { textSchema } from "./parameters.ts";
import { answers } from "./problem-schema.ts";
import type { RateLimiter } from "./rate.ts";
import type { ApiEnv } from "./services.ts";

type Access = "read" | "write";

export interface WebhookDoor {
  readonly path: string;
  /** What stands for the partner in names of operations. */
  readonly infix: string;
  readonly params: typeof nothing;
  readonly tag: string;
  readonly security: Record<string, string[]>;
  readonly codes: readonly RefusalCode[];
  note(access: Access): string;
  guard(access: Access): MiddlewareHandler<ApiEnv>;
  /** Whose endpoints they are. Asks the account: a cached key is only a hint. */
  owner(c: Context<ApiEnv>): Promise<Result<WebhookOwner, Refusal>>;
  /** Staff's writes go into the audit; a partner's are its own business. */
  noteWrite(
    c: Context<ApiEnv>,
    account: number,
    write: { readonly verb: string; readonly after: unknown },
  ): Promise<void>;
}

export function partnerDoor(limiter: RateLimiter): WebhookDoor {
  const scopes = { read: "account:read", write: "webhooks:write" } as const;
  return {
    path: "/v1/webhook-endpoints",
    infix: "",
    params: nothing,
    tag: "Webhooks",
    security: { key: [] },
    codes: ["credentials", "address", "scope", "rate"],
    note: (access) => `Scope: \`${scopes[access]}\`.`,
    guard: (access) => requireScope(scopes[access], limiter),
    owner: async (c) => {
      const { caller, account } = c.get("authenticated");
      const admitted = await c.get("services").account(account).admit(caller);
      return admitted.ok ? ok({ account, mode: caller.mode, host: hostOf(c) }) : admitted;
    },
    noteWrite: async () => undefined,
  };
}

export const staffDoor: WebhookDoor = {
  path: `${partnerPath}/webhook-endpoints`,
  infix: "Partner",
  params: partnerParam,
  tag: "Staff",
  security: { staff: [] },
  codes: ["credentials", "scope"],
  note: (access) => `Staff scope: \`${access === "read" ? "viewer" : "operator"}\`.`,
  guard: (access) => requireStaff(access === "read" ? "viewer" : "operator"),
  owner: async (c) => {
    const account = readPartnerId(c.req.param("partner") ?? "") ?? 0;
    const profile = account === 0 ? null : await c.get("services").account(account).readProfile();
    if (profile === null) return refuse(refusal("not_found", "There is no such partner."));
    return ok({ account, mode: profile.mode, host: hostOf(c) });
  },
  noteWrite: async (c, account, { verb, after }) => {
    const { manage } = c.get("services");
    await auditWrite(manage, actOf(c), { verb, subject: partnerIdOf(account), before: null, after });
  },
};

function hostOf(c: Context<ApiEnv>): string {
  return new URL(c.req.url).host;
}

export interface DoorRoute {
  /** After the door's path. */
  readonly path: string;
  readonly verb: string;
  readonly noun: string;
  readonly summary: string;
  readonly access: Access;
  readonly good: Parameters<typeof answers>[0];
  readonly refused?: readonly RefusalCode[];
}

export const endpointPath = "/{endpoint}";

export function endpointParams(door: WebhookDoor) {
  return door.params.extend({ endpoint: textSchema(/^whe_[0-9a-z]{16}$/, "the id of an endpoint") });
}

export function doorRoute<Params extends z.ZodObject, Query extends z.ZodObject>(
  door: WebhookDoor,
  method: "get" | "post" | "delete",
  route: DoorRoute,
  request: { readonly params: Params; readonly query: Query },
) {
  return createRoute({
    ...describe(door, route),
    method,
    middleware: [door.guard(route.access)],
    request: { params: request.params, query: request.query },
    responses: answers(route.good, [...door.codes, "parameter", ...(route.refused ?? [])]),
  });
}

export function doorRouteWithBody<Params extends z.ZodObject, Body extends z.ZodType>(
  door: WebhookDoor,
  method: "post" | "put",
  route: DoorRoute,
  request: { readonly params: Params; readonly body: Body },
) {
  const bodyCodes = ["content_type", "body_too_large", "body_malformed"] as const;
  return createRoute({
    ...describe(door, route),
    method,
    middleware: [door.guard(route.access), requireJson],
    request: {
      params: request.params,
      body: { required: true, content: { "application/json": { schema: request.body } } },
    },
    responses: answers(route.good, [...door.codes, ...bodyCodes, "parameter", ...(route.refused ?? [])]),
  });
}

function describe(door: WebhookDoor, { path, verb, noun, summary, access }: DoorRoute) {
  return {
    path: `${door.path}${path}`,
    operationId: `${verb}${door.infix}${noun}`,
    summary,
    description: door.note(access),
    tags: [door.tag],
    security: [door.security],
  };
}
