// Cloudflare Access: who stands behind a request, by the token that Access signs, and what the settings let that person do.
import { cloudflareAccess } from "@hono/cloudflare-access";
import { Hono } from "hono";
import { z } from "zod";
import type { StaffScope } from "./credentials.ts";
import type { Guest } from "./sessions.ts";

export interface AccessSettings {
  /** `<team>.cloudflareaccess.com`. */
  readonly team: string;
  /** The application's audience tag: without it a token for any other application of the team would do. */
  readonly audience: string;
  /** By e-mail address, lower case. */
  readonly roles: ReadonlyMap<string, readonly StaffScope[]>;
}

/** The person of staff whom Access names in a request's headers; null: nobody, or nobody who may come in. */
export type FindByAccess = (headers: Headers) => Promise<Guest | null>;

const payloadSchema = z.looseObject({ email: z.email().toLowerCase() });

/** Verifies signature, issuer, audience and time of the token; its keys are asked from Cloudflare and kept for an hour. */
export function createFindByAccess({ team, audience, roles }: AccessSettings): FindByAccess {
  const verifier = new Hono();
  verifier.get("/", cloudflareAccess(team, audience), (c) => c.json(c.get("accessPayload")));
  return async (headers) => {
    const verified = await verifier.request("/", { headers });
    if (!verified.ok) return null;
    const payload = payloadSchema.safeParse(await verified.json());
    const person = payload.success ? payload.data.email : "";
    const scopes = roles.get(person);
    return scopes === undefined ? null : { kind: "staff", person, scopes };
  };
}
