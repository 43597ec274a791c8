// Rows of the table of staff tokens, parsed; and the statement that writes one.
import { z } from "zod";
import type { Statement } from "../ledger/client.ts";
import { staffScopes } from "./credentials.ts";
import type { StaffScope } from "./credentials.ts";
import { json } from "./rows.ts";

export interface StaffToken {
  readonly tokenId: string;
  readonly hash: string;
  readonly staff: string;
  readonly scopes: readonly StaffScope[];
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

const staffTokenRow = z.object({
  token_id: z.string(),
  hash: z.string(),
  staff: z.string(),
  scopes: json(z.array(z.enum(staffScopes))),
  created_at: z.int(),
  expires_at: z.int().nullable(),
  revoked_at: z.int().nullable(),
});

/** A row of `staff_tokens`. */
export function readStaffTokenRow(row: unknown): StaffToken {
  const read = staffTokenRow.parse(row);
  return {
    tokenId: read.token_id,
    hash: read.hash,
    staff: read.staff,
    scopes: read.scopes,
    createdAt: read.created_at,
    expiresAt: read.expires_at,
    revokedAt: read.revoked_at,
  };
}

export function insertStaffToken(token: StaffToken): Statement {
  return {
    sql: `insert into staff_tokens (token_id, hash, staff, scopes, created_at, expires_at, revoked_at)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
    args: [
      token.tokenId,
      token.hash,
      token.staff,
      JSON.stringify(token.scopes),
      token.createdAt,
      token.expiresAt,
      token.revokedAt,
    ],
  };
}
