// `/admin/v1/partners/{partner}/keys`: issuing, listing and revoking keys.
import { z } from "@hono/zod-openapi";
import { issueKey, listKeys, revokeKey } from "../partners/keys.ts";
import { adminRoute, adminRouteWithBody, noQuery, partnerPath } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { accountOf, partnerParam } from "./admin-schema.ts";
import { actOf } from "./entry.ts";
import { issuedKeySchema, keySchema, newKeySchema, presentKey } from "./key-schema.ts";
import { momentOf, textSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";

export function addKeyRoutes(api: Api): void {
  addKeys(api);
  addRevoke(api);
}

function addKeys(api: Api): void {
  const issue = adminRouteWithBody(
    "post",
    {
      path: `${partnerPath}/keys`,
      operationId: "issueKey",
      summary: "Issue a key; its secrets are shown once",
      scope: "admin",
      good: [{ status: 201, what: "The key with its secrets.", schema: issuedKeySchema }],
      refused: ["not_found"],
    },
    { params: partnerParam, body: newKeySchema },
  );
  api.openapi(issue, async (c) => {
    const body = c.req.valid("json");
    const wanted = {
      surface: body.surface ?? "api",
      name: body.name,
      scopes: body.scopes,
      addresses: body.addresses ?? [],
      doubtAnswer: body.doubt_answer ?? null,
      expiresAt: body.expires_at === undefined ? null : momentOf(body.expires_at),
    } as const;
    const issued = await issueKey(c.get("services").manage, accountOf(c.req.valid("param").partner), wanted, actOf(c));
    if (!issued.ok) return answerRefusal(c, issued.problem);
    return c.json({ ...presentKey(issued.value.credential), secrets: { ...issued.value.secrets } }, 201);
  });
}

function addRevoke(api: Api): void {
  const list = adminRoute(
    "get",
    {
      path: `${partnerPath}/keys`,
      operationId: "listKeys",
      summary: "Keys of a partner, revoked ones too, without their secrets",
      scope: "viewer",
      good: [{ status: 200, what: "The keys.", schema: z.object({ keys: z.array(keySchema) }) }],
    },
    { params: partnerParam, query: noQuery },
  );
  api.openapi(list, async (c) => {
    const keys = await listKeys(c.get("services").manage, accountOf(c.req.valid("param").partner));
    return c.json({ keys: keys.map(presentKey) }, 200);
  });
  const revoke = adminRoute(
    "delete",
    {
      path: `${partnerPath}/keys/{key}`,
      operationId: "revokeKey",
      summary: "Revoke a key: the account refuses it before this answers",
      scope: "operator",
      good: [{ status: 204, what: "Revoked." }],
      refused: ["not_found"],
    },
    {
      params: partnerParam.extend({ key: textSchema(/^key_[a-z0-9_]{1,40}$/, "the id of a key") }),
      query: noQuery,
    },
  );
  api.openapi(revoke, async (c) => {
    const { partner, key } = c.req.valid("param");
    const revoked = await revokeKey(c.get("services").manage, accountOf(partner), key, actOf(c));
    return revoked.ok ? c.body(null, 204) : answerRefusal(c, revoked.problem);
  });
}
