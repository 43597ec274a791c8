// Credentials: what a partner or staff member proves itself with. Only keyed hashes of them are stored.
import { keyedHash, newSecret } from "../base/signature.ts";
import type { Mode } from "../recharges/recharge.ts";

/** Ways in that have credentials of their own. */
export const surfaces = ["api", "backnpay", "aopay", "nurr"] as const;
export type Surface = (typeof surfaces)[number];

/**
 * How a client of a protocol without a word for it takes a recharge whose answer is not there in time: it reads a body that
 * says pending, or the connection ends without an answer, which every client must take for unknown.
 */
export const doubtAnswers = ["pending", "hang_up"] as const;
export type DoubtAnswer = (typeof doubtAnswers)[number];

/** What a credential may do (`lists.md`, "Events and scopes"). */
export const scopes = [
  "recharges:write",
  "recharges:read",
  "account:read",
  "webhooks:write",
  "disputes:write",
  "chat:write",
] as const;
export type Scope = (typeof scopes)[number];

/** What a staff token may do. */
export const staffScopes = ["viewer", "operator", "finance", "admin"] as const;
export type StaffScope = (typeof staffScopes)[number];

type Random = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;

/** What the client sends, part by part: the key; or user and password; or a registration alone. */
export interface Presented {
  readonly surface: Surface;
  readonly parts: readonly string[];
}

/** The hash under which a credential is found. JSON keeps the parts apart: `["ab","c"]` is not `["a","bc"]`. */
export function credentialHash(hashSecret: string, presented: Presented): string {
  return keyedHash(hashSecret, JSON.stringify([presented.surface, ...presented.parts]));
}

/**
 * The secret under which a credential signs: derived, never stored, since whoever verifies an HMAC must know it. The label
 * keeps it apart from every other hash under the same secret.
 */
export function signingSecretOf(hashSecret: string, keyId: string): string {
  return keyedHash(hashSecret, JSON.stringify(["signing", keyId]));
}

/** The hash under which a staff token is found. */
export function staffTokenHash(hashSecret: string, token: string): string {
  return keyedHash(hashSecret, JSON.stringify(["staff", token]));
}

/** A fresh API key of 160 random bits whose prefix says its mode: `rk_test_…`, `rk_live_…`. */
export function newApiKey(mode: Mode, random?: Random): string {
  return `${mode === "live" ? "rk_live_" : "rk_test_"}${newSecret(random)}`;
}

/** The mode that an API key claims; null when it is no API key. */
export function modeOfApiKey(key: string): Mode | null {
  const prefix = /^rk_(test|live)_[0-9A-Za-z_-]{1,64}$/.exec(key)?.[1];
  if (prefix === undefined) return null;
  return prefix === "live" ? "live" : "sandbox";
}

/** A fresh staff token: `rs_…`. */
export function newStaffToken(random?: Random): string {
  return `rs_${newSecret(random)}`;
}

/** A fresh public name of a credential (`key_…`) or staff token (`tok_…`), 80 random bits: no secret, fit for logs. */
export function newCredentialId(prefix: "key" | "tok", random?: Random): string {
  return `${prefix}_${newSecret(random).slice(0, 16).toLowerCase()}`;
}

/**
 * backnpay's document prints status and balance with an empty `pass`, and clients send it so: beside a key there is a
 * reading twin, found by the userid alone, which may read and never order. It is the same key to the account.
 */
const twinEnd = ".read";

export function readingTwinOf(keyId: string): string {
  return `${keyId}${twinEnd}`;
}

/** The key that a credential is to the account: its own id, or its twin's. */
export function keyOfTwin(keyId: string): string {
  return keyId.endsWith(twinEnd) ? keyId.slice(0, -twinEnd.length) : keyId;
}

/** The token of an `Authorization: Bearer …` header; null when there is none. */
export function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer +([^\s]{1,200}) *$/i.exec(authorization ?? "")?.[1] ?? null;
}
