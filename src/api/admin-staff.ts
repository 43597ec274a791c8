// Staff tokens, and the audit of what staff did.
import { z } from "@hono/zod-openapi";
import { readAudit } from "../partners/audit.ts";
import { staffScopes } from "../partners/credentials.ts";
import { issueStaffToken, listStaffTokens, revokeStaffToken } from "../partners/staff.ts";
import { adminRoute, adminRouteWithBody, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { actOf } from "./entry.ts";
import { countSchema, momentOf, momentSchema, plainSchema, textSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";
import { presentTime } from "./recharge-schema.ts";

export function addStaffRoutes(api: Api): void {
  addTokenList(api);
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

const tokenSchema = z
  .object({
    token_id: z.string(),
    staff: z.string(),
    scopes: z.array(z.enum(staffScopes)),
    created_at: z.string(),
    expires_at: z.string().nullable(),
    revoked_at: z.string().nullable(),
  })
  .openapi("StaffToken");

function addTokenList(api: Api): void {
  const list = adminRoute(
    "get",
    {
      path: "/admin/v1/staff-tokens",
      operationId: "listStaffTokens",
      summary: "Staff tokens, revoked ones too, without the tokens themselves",
      scope: "admin",
      good: [{ status: 200, what: "The tokens.", schema: z.object({ tokens: z.array(tokenSchema) }) }],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(list, async (c) => {
    const tokens = await listStaffTokens(c.get("services").staff);
    const shown = tokens.map(({ tokenId, staff, scopes, createdAt, expiresAt, revokedAt }) => ({
      token_id: tokenId,
      staff,
      scopes: [...scopes],
      created_at: presentTime(createdAt),
      expires_at: timeOrNull(expiresAt),
      revoked_at: timeOrNull(revokedAt),
    }));
    return c.json({ tokens: shown }, 200);
  });
}

function timeOrNull(at: number | null): string | null {
  return at === null ? null : presentTime(at);
}

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
      summary: "Every write of staff: who, what, before, after",
      scope: "admin",
      good: [
        {
          status: 200,
          what: "A page of the audit.",
          schema: z.object({
            lines: z.array(auditSchema),
            next_cursor: z.int().nullable().openapi({
              description: "Ask again with `cursor`. Oldest first it is always there: later lines come after it.",
            }),
          }),
        },
      ],
    },
    {
      params: nothing,
      query: z.strictObject({
        order: z.enum(["oldest", "newest"]).optional().openapi({ description: "Oldest first by default." }),
        cursor: countSchema(0, 999_999_999).optional(),
        limit: countSchema(1, 500).optional().openapi({ description: "100 by default." }),
        staff: plainSchema(100).optional(),
        verb: textSchema(/^[a-z_]{1,60}$/, "a verb").optional(),
        subject: plainSchema(100).optional().openapi({ description: "Whom or what it was about, such as a partner." }),
        from: momentSchema.optional(),
        to: momentSchema.optional().openapi({ description: "Not included." }),
      }),
    },
  );
  api.openapi(route, async (c) => {
    const { order = "oldest", cursor, limit, staff, verb, subject, from, to } = c.req.valid("query");
    const filter = { staff, verb, subject, from: timeOf(from), to: timeOf(to) };
    const page = { order, cursor: cursor === undefined ? null : Number(cursor), limit: Number(limit ?? 100) };
    const lines = await readAudit(c.get("services").database, filter, page);
    const last = lines.at(-1)?.id ?? page.cursor;
    const isOver = order === "newest" && lines.length < page.limit;
    const shown = lines.map((line) => {
      return { ...line, at: presentTime(line.at), before: read(line.before), after: read(line.after) };
    });
    return c.json({ lines: shown, next_cursor: isOver ? null : last }, 200);
  });
}

function timeOf(moment: string | undefined): number | undefined {
  return moment === undefined ? undefined : momentOf(moment);
}

function read(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}
