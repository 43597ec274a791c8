// Staff tokens, and the audit of what staff did.
import { z } from "@hono/zod-openapi";
import { readAudit } from "../partners/audit.ts";
import { staffScopes } from "../partners/credentials.ts";
import { issueStaffToken, revokeStaffToken } from "../partners/staff.ts";
import { adminRoute, adminRouteWithBody, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { actOf } from "./entry.ts";
import { countSchema, momentOf, momentSchema, plainSchema, textSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";
import { presentTime } from "./recharge-schema.ts";

export function addStaffRoutes(api: Api): void {
  addStaffTokens(api);
  addAudit(api);
}

const newTokenSchema = z
  .strictObject({
    staff: plainSchema(100),
    scopes: z.array(z.enum(staffScopes)).min(1),
    expires_at: momentSchema.optional(),
  })
  .openapi("NewStaffToken");

function addStaffTokens(api: Api): void {
  const issue = adminRouteWithBody(
    "post",
    {
      path: "/admin/v1/staff-tokens",
      operationId: "issueStaffToken",
      summary: "Issue a staff token; it is shown once",
      scope: "admin",
      good: [{ status: 201, what: "The token.", schema: z.object({ token_id: z.string(), token: z.string() }) }],
    },
    { params: nothing, body: newTokenSchema },
  );
  api.openapi(issue, async (c) => {
    const { staff, scopes, expires_at: expires } = c.req.valid("json");
    const wanted = { staff, scopes, expiresAt: expires === undefined ? null : momentOf(expires) };
    const { tokenId, token } = await issueStaffToken(c.get("services").staff, wanted, actOf(c));
    return c.json({ token_id: tokenId, token }, 201);
  });
  const revoke = adminRoute(
    "delete",
    {
      path: "/admin/v1/staff-tokens/{token}",
      operationId: "revokeStaffToken",
      summary: "Revoke a staff token at once",
      scope: "admin",
      good: [{ status: 204, what: "Revoked." }],
      refused: ["not_found"],
    },
    { params: z.object({ token: textSchema(/^tok_[a-z0-9]{1,40}$/, "the id of a staff token") }), query: noQuery },
  );
  api.openapi(revoke, async (c) => {
    const revoked = await revokeStaffToken(c.get("services").staff, c.req.valid("param").token, actOf(c));
    return revoked.ok ? c.body(null, 204) : answerRefusal(c, revoked.problem);
  });
}

const auditSchema = z
  .object({
    id: z.int(),
    at: z.string(),
    staff: z.string(),
    verb: z.string(),
    subject: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    request_id: z.string(),
  })
  .openapi("AuditLine");

function addAudit(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: "/admin/v1/audit",
      operationId: "readAudit",
      summary: "Every write of staff, oldest first",
      scope: "admin",
      good: [{ status: 200, what: "A page of the audit.", schema: z.object({ lines: z.array(auditSchema) }) }],
    },
    {
      params: nothing,
      query: z.strictObject({ after: countSchema(0, 999_999_999).optional(), limit: countSchema(1, 500).optional() }),
    },
  );
  api.openapi(route, async (c) => {
    const { after, limit } = c.req.valid("query");
    const page = { after: Number(after ?? 0), limit: Number(limit ?? 100) };
    const lines = await readAudit(c.get("services").database, page);
    return c.json(
      {
        lines: lines.map((line) => ({
          ...line,
          at: presentTime(line.at),
          before: read(line.before),
          after: read(line.after),
        })),
      },
      200,
    );
  });
}

function read(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}
