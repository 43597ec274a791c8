// Staff tokens: who may use the console's verbs, and which.
import { refusal } from "../base/refusal.ts";
import type { Refusal } from "../base/refusal.ts";
import { ok, refuse } from "../base/result.ts";
import type { Result } from "../base/result.ts";
import { equalInConstantTime } from "../base/signature.ts";
import { newCredentialId, newStaffToken, staffScopes, staffTokenHash } from "./credentials.ts";
import type { StaffScope } from "./credentials.ts";
import type { StaffAct } from "./partner.ts";
import { insertAudit } from "./rows.ts";
import { insertStaffToken, readStaffTokenRow } from "./staff-rows.ts";
import type { StaffToken } from "./staff-rows.ts";
import { findSession, isSessionToken, type SessionParts } from "./sessions.ts";

export interface StaffMember {
  readonly staff: string;
  readonly scopes: readonly StaffScope[];
}

export interface StaffParts extends SessionParts {
  /** A token with every scope from the settings, for the first staff member; null: none. */
  readonly bootstrapToken: string | null;
}

export type AuthenticateStaff = (token: string) => Promise<Result<StaffMember, Refusal>>;

/** Finds the staff member of a token, or of a session of the console. Never cached: a revoked token stops at once. */
export function createAuthenticateStaff(parts: StaffParts): AuthenticateStaff {
  return async (token) => {
    const hash = staffTokenHash(parts.hashSecret, token);
    if (parts.bootstrapToken !== null) {
      const expected = staffTokenHash(parts.hashSecret, parts.bootstrapToken);
      if (equalInConstantTime(hash, expected)) return ok({ staff: "bootstrap", scopes: staffScopes });
    }
    const unknown = refuse(refusal("credentials", "The staff token is not known, was revoked or has expired."));
    if (isSessionToken(token)) {
      const session = await findSession(parts, token);
      if (session?.guest.kind !== "staff") return unknown;
      return ok({ staff: session.guest.person, scopes: session.guest.scopes });
    }
    if (!/^rs_[0-9A-Z]{32}$/.test(token)) return unknown;
    const [row] = await parts.database.all("select * from staff_tokens where hash = ?1", [hash]);
    if (row === undefined) return unknown;
    const found = readStaffTokenRow(row);
    const isExpired = found.expiresAt !== null && found.expiresAt <= parts.clock.now();
    if (!equalInConstantTime(found.hash, hash) || found.revokedAt !== null || isExpired) return unknown;
    return ok({ staff: found.staff, scopes: found.scopes });
  };
}

/** Null when the staff member has the scope. Every staff member may look: `viewer` is in every other scope. */
export function refuseWithoutStaffScope(member: StaffMember, scope: StaffScope): Refusal | null {
  if (member.scopes.includes(scope) || (scope === "viewer" && member.scopes.length > 0)) return null;
  return refusal("scope", `The staff token lacks the scope ${scope}.`);
}

/** Makes a staff token. The token itself is in this answer and nowhere else. `expiresAt` is epoch ms. */
export async function issueStaffToken(
  parts: StaffParts,
  wanted: { readonly staff: string; readonly scopes: readonly StaffScope[]; readonly expiresAt: number | null },
  by: StaffAct,
): Promise<{ readonly tokenId: string; readonly token: string }> {
  const token = newStaffToken();
  const tokenId = newCredentialId("tok");
  const now = parts.clock.now();
  const { staff, scopes, expiresAt } = wanted;
  await parts.database.batch([
    insertStaffToken({
      tokenId,
      hash: staffTokenHash(parts.hashSecret, token),
      staff,
      scopes,
      createdAt: now,
      expiresAt,
      revokedAt: null,
    }),
    insertAudit(by, now, {
      verb: "issue_staff_token",
      subject: tokenId,
      before: null,
      after: { staff, scopes, expires_at: expiresAt },
    }),
  ]);
  return { tokenId, token };
}

/** Stops a staff token; a second time changes nothing. Refuses an unknown one. */
export async function revokeStaffToken(
  parts: StaffParts,
  tokenId: string,
  by: StaffAct,
): Promise<Result<null, Refusal>> {
  const [row] = await parts.database.all("select * from staff_tokens where token_id = ?1", [tokenId]);
  if (row === undefined) return refuse(refusal("not_found", "There is no such staff token."));
  const found = readStaffTokenRow(row);
  const now = parts.clock.now();
  await parts.database.batch([
    {
      sql: "update staff_tokens set revoked_at = ?2 where token_id = ?1 and revoked_at is null",
      args: [tokenId, now],
    },
    insertAudit(by, now, {
      verb: "revoke_staff_token",
      subject: tokenId,
      before: { staff: found.staff, revoked_at: found.revokedAt },
      after: { staff: found.staff, revoked_at: found.revokedAt ?? now },
    }),
  ]);
  return ok(null);
}

/** All staff tokens, oldest first, revoked ones too. */
export async function listStaffTokens({ database }: StaffParts): Promise<readonly Omit<StaffToken, "hash">[]> {
  const rows = await database.all("select * from staff_tokens order by created_at, token_id", []);
  return rows.map((row) => {
    const { hash: _hash, ...token } = readStaffTokenRow(row);
    return token;
  });
}
