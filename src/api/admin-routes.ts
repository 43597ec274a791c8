// How a route of `/admin/v1` is declared: staff scope, body, answers.
import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { RefusalCode } from "../base/refusal.ts";
import type { StaffScope } from "../partners/credentials.ts";
import { requireJson } from "./body.ts";
import { requireStaff } from "./entry.ts";
import { answers } from "./problem-schema.ts";
import type { ApiEnv } from "./services.ts";

export type Api = OpenAPIHono<ApiEnv>;

export const partnersPath = "/admin/v1/partners";
export const partnerPath = `${partnersPath}/{partner}`;
/** A path without parameters, a route without a query. */
export const nothing = z.object({});
export const noQuery = z.strictObject({});

interface AdminRoute {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly scope: StaffScope;
  readonly good: Parameters<typeof answers>[0];
  readonly refused?: readonly RefusalCode[];
}

const entryCodes = ["credentials", "scope"] as const;
const bodyCodes = ["content_type", "body_too_large", "body_malformed"] as const;

/** A route without a body; `method` says whether it reads or writes. */
export function adminRoute<Params extends z.ZodObject, Query extends z.ZodObject>(
  method: "get" | "post" | "delete",
  route: AdminRoute,
  request: { readonly params: Params; readonly query: Query },
) {
  return createRoute({
    ...describe(route),
    method,
    middleware: [requireStaff(route.scope)],
    request: { params: request.params, query: request.query },
    responses: answers(route.good, [...entryCodes, "parameter", ...(route.refused ?? [])]),
  });
}

/** A route with a JSON body. */
export function adminRouteWithBody<Params extends z.ZodObject, Body extends z.ZodType>(
  method: "post" | "put",
  route: AdminRoute,
  request: { readonly params: Params; readonly body: Body },
) {
  return createRoute({
    ...describe(route),
    method,
    middleware: [requireStaff(route.scope), requireJson],
    request: {
      params: request.params,
      body: { required: true, content: { "application/json": { schema: request.body } } },
    },
    responses: answers(route.good, [...entryCodes, ...bodyCodes, "parameter", ...(route.refused ?? [])]),
  });
}

function describe({ path, operationId, summary, scope }: AdminRoute) {
  return {
    path,
    operationId,
    summary,
    description: `Staff scope: \`${scope}\`.`,
    tags: ["Staff"],
    security: [{ staff: [] }],
  };
}
