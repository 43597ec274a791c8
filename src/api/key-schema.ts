// Keys of partners on the wire of `/admin/v1`.
import { z } from "@hono/zod-openapi";
import { isAddressRange } from "../partners/addresses.ts";
import { doubtAnswers, scopes, surfaces } from "../partners/credentials.ts";
import type { Credential } from "../partners/rows.ts";
import { nameSchema } from "./admin-schema.ts";
import { momentSchema } from "./parameters.ts";
import { presentTime } from "./recharge-schema.ts";

export const addressesSchema = z
  .array(z.string().refine(isAddressRange, "must be an address or a CIDR range"))
  .max(50)
  .openapi({
    description:
      "Addresses that may use it; none: any. On aopay: those that need no signature; in live mode the partner then has an INR limit per day.",
    example: ["192.0.2.0/24"],
  });

export const newKeySchema = z
  .strictObject({
    name: nameSchema,
    surface: z.enum(surfaces).optional().openapi({ description: "api by default." }),
    scopes: z.array(z.enum(scopes)).min(1),
    addresses: addressesSchema.optional(),
    doubt_answer: z.enum(doubtAnswers).optional().openapi({
      description:
        "Live keys of aopay and nurr: how the client takes a recharge whose answer is not there in time. It reads a body that says pending, or the connection ends without an answer.",
    }),
    expires_at: momentSchema.optional(),
  })
  .openapi("NewKey");

export const keySchema = z
  .object({
    key_id: z.string(),
    surface: z.enum(surfaces),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    addresses: z.array(z.string()),
    doubt_answer: z.enum(doubtAnswers).nullable(),
    created_at: z.string(),
    expires_at: z.string().nullable(),
    revoked_at: z.string().nullable(),
  })
  .openapi("Key");

export const issuedKeySchema = keySchema
  .extend({
    secrets: z.record(z.string(), z.string()).openapi({
      description: "What the client sends, by the wire's own names. Shown once.",
      example: { key: "rk_test_…" },
    }),
  })
  .openapi("IssuedKey");

export function presentKey(key: Credential): z.infer<typeof keySchema> {
  return {
    key_id: key.keyId,
    surface: key.surface,
    name: key.name,
    scopes: [...key.scopes],
    addresses: [...key.addresses],
    doubt_answer: key.doubtAnswer,
    created_at: presentTime(key.createdAt),
    expires_at: timeOrNull(key.expiresAt),
    revoked_at: timeOrNull(key.revokedAt),
  };
}

function timeOrNull(at: number | null): string | null {
  return at === null ? null : presentTime(at);
}
