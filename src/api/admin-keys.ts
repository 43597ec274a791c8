// `/admin/v1/partners/{partner}/keys`: issuing, listing, rotating and revoking keys, and their addresses.
import { z } from "@hono/zod-openapi";
import { changeAddresses, rotateKey } from "../partners/key-changes.ts";
import { issueKey, listKeys, revokeKey } from "../partners/keys.ts";
import { adminRoute, adminRouteWithBody, noQuery, partnerPath } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { accountOf, nameSchema, partnerParam } from "./admin-schema.ts";
import { actOf } from "./entry.ts";
import { addressesSchema, issuedKeySchema, keySchema, newKeySchema, presentKey } from "./key-schema.ts";
import { momentOf, textSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";

export function addKeyRoutes(api: Api): void {
  addKeys(api);
  addRevoke(api);
  addRotate(api);
  addAddresses(api);
}

const keyPath = `${partnerPath}/keys/{key}`;
const keyParam = partnerParam.extend({ key: textSchema(/^key_[a-z0-9_]{1,40}$/, "the id of a key") });

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
      path: keyPath,
      operationId: "revokeKey",
      summary: "Revoke a key: the account refuses it before this answers",
      scope: "operator",
      good: [{ status: 204, what: "Revoked." }],
      refused: ["not_found"],
    },
    { params: keyParam, query: noQuery },
  );
  api.openapi(revoke, async (c) => {
    const { partner, key } = c.req.valid("param");
    const revoked = await revokeKey(c.get("services").manage, accountOf(partner), key, actOf(c));
    return revoked.ok ? c.body(null, 204) : answerRefusal(c, revoked.problem);
  });
}

const dayInSeconds = 86_400;

function addRotate(api: Api): void {
  const route = adminRouteWithBody(
    "post",
    {
      path: `${keyPath}/rotate`,
      operationId: "rotateKey",
      summary: "Issue a key like this one, which goes on for an overlap and then expires",
      scope: "admin",
      good: [{ status: 201, what: "The new key with its secrets.", schema: issuedKeySchema }],
      refused: ["not_found"],
    },
    {
      params: keyParam,
      body: z
        .strictObject({
          name: nameSchema.openapi({ description: "Of the new key. The same name again is refused: no second key." }),
          overlap_seconds: z
            .union([
              z.literal(0),
              z
                .int()
                .min(60)
                .max(30 * dayInSeconds),
            ])
            .optional()
            .openapi({ description: "How long the old key goes on; one day by default, 0: it is revoked at once." }),
        })
        .openapi("KeyRotation"),
    },
  );
  api.openapi(route, async (c) => {
    const { partner, key } = c.req.valid("param");
    const { name, overlap_seconds: overlap = dayInSeconds } = c.req.valid("json");
    const wanted = { name, overlapMs: overlap * 1_000 };
    const rotated = await rotateKey(c.get("services").manage, accountOf(partner), key, wanted, actOf(c));
    if (!rotated.ok) return answerRefusal(c, rotated.problem);
    return c.json({ ...presentKey(rotated.value.credential), secrets: { ...rotated.value.secrets } }, 201);
  });
}

function addAddresses(api: Api): void {
  const route = adminRouteWithBody(
    "put",
    {
      path: `${keyPath}/addresses`,
      operationId: "changeAddresses",
      summary: "Replace the addresses from which a key may be used; it holds within 30 seconds",
      scope: "admin",
      good: [{ status: 200, what: "The key now.", schema: keySchema }],
      refused: ["not_found"],
    },
    { params: keyParam, body: z.strictObject({ addresses: addressesSchema }).openapi("NewAddresses") },
  );
  api.openapi(route, async (c) => {
    const { partner, key } = c.req.valid("param");
    const { addresses } = c.req.valid("json");
    const changed = await changeAddresses(c.get("services").manage, accountOf(partner), key, addresses, actOf(c));
    return changed.ok ? c.json(presentKey(changed.value), 200) : answerRefusal(c, changed.problem);
  });
}
