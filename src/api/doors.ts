// The two ways to what is a partner's: its own key under `/v1`, and a staff token under `/admin/v1`. Routes are written once for both.
import { createRoute, type z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import type { RefusalCode } from "../base/refusal.ts";
import type { Scope } from "../partners/credentials.ts";
import { nothing, partnerPath } from "./admin-routes.ts";
import { partnerParam } from "./admin-schema.ts";
import { requireJson } from "./body.ts";
import { requireScope, requireStaff } from "./entry.ts";
import { answers } from "./problem-schema.ts";
import type { RateLimiter } from "./rate.ts";
import type { ApiEnv } from "./services.ts";

type Access = "read" | "write";

export interface Door {
  readonly path: string;
  /** What stands for the partner in names of operations. */
  readonly infix: string;
  readonly params: typeof nothing;
  readonly tag: string;
  readonly security: Record<string, string[]>;
  readonly codes: readonly RefusalCode[];
  note(access: Access): string;
  guard(access: Access): MiddlewareHandler<ApiEnv>;
}

export interface PartnersOwn {
  /** What follows `/v1`, and the partner under `/admin/v1`. */
  readonly path: string;
  readonly tag: string;
  readonly scopes: Readonly<Record<Access, Scope>>;
}

export function partnerDoor({ path, tag, scopes }: PartnersOwn, limiter: RateLimiter): Door {
  return {
    path: `/v1${path}`,
    infix: "",
    params: nothing,
    tag,
    security: { key: [] },
    codes: ["credentials", "address", "scope", "rate"],
    note: (access) => `Scope: \`${scopes[access]}\`.`,
    guard: (access) => requireScope(scopes[access], limiter),
  };
}

export function staffDoor({ path }: Pick<PartnersOwn, "path">): Door {
  return {
    path: `${partnerPath}${path}`,
    infix: "Partner",
    params: partnerParam,
    tag: "Staff",
    security: { staff: [] },
    codes: ["credentials", "scope"],
    note: (access) => `Staff scope: \`${access === "read" ? "viewer" : "operator"}\`.`,
    guard: (access) => requireStaff(access === "read" ? "viewer" : "operator"),
  };
}

export interface DoorRoute {
  /** After the door's path. */
  readonly path: string;
  readonly verb: string;
  readonly noun: string;
  readonly summary: string;
  /** Beside the scope. */
  readonly description?: string;
  readonly access: Access;
  readonly good: Parameters<typeof answers>[0];
  readonly refused?: readonly RefusalCode[];
}

export function doorRoute<Params extends z.ZodObject, Query extends z.ZodObject>(
  door: Door,
  method: "get" | "post" | "delete",
  route: DoorRoute,
  request: { readonly params: Params; readonly query: Query },
) {
  return createRoute({
    ...describeRoute(door, route),
    method,
    middleware: [door.guard(route.access)],
    request: { params: request.params, query: request.query },
    responses: answers(route.good, [...door.codes, "parameter", ...(route.refused ?? [])]),
  });
}

export function doorRouteWithBody<Params extends z.ZodObject, Body extends z.ZodType>(
  door: Door,
  method: "post" | "put",
  route: DoorRoute,
  request: { readonly params: Params; readonly body: Body },
) {
  const bodyCodes = ["content_type", "body_too_large", "body_malformed"] as const;
  return createRoute({
    ...describeRoute(door, route),
    method,
    middleware: [door.guard(route.access), requireJson],
    request: {
      params: request.params,
      body: { required: true, content: { "application/json": { schema: request.body } } },
    },
    responses: answers(route.good, [...door.codes, ...bodyCodes, "parameter", ...(route.refused ?? [])]),
  });
}

/** All of a route but what it takes and answers. */
export function describeRoute(
  door: Door,
  { path, verb, noun, summary, description, access }: Omit<DoorRoute, "good" | "refused">,
) {
  return {
    path: `${door.path}${path}`,
    operationId: `${verb}${door.infix}${noun}`,
    summary,
    description: [description, door.note(access)].filter((text) => text !== undefined).join(" "),
    tags: [door.tag],
    security: [door.security],
  };
}
