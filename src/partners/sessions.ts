// Sessions of console and portal: opened once by a link that staff issued, ended by time, by signing out, or everywhere at once.
import { z } from "zod";
import { partnerIdOf } from "../base/id.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { keyedHash, newSecret } from "../base/signature.ts";
import type { Clock } from "../base/clock.ts";
import type { LedgerDatabase, Statement } from "../ledger/client.ts";
import { type StaffScope, staffScopes } from "./credentials.ts";
import type { StaffAct } from "./partner.ts";
import { insertAudit } from "./rows.ts";

/** Whom a link lets in: a person of staff with scopes, or a partner's person, who sees that partner alone. */
export type Guest =
  | { readonly kind: "staff"; readonly person: string; readonly scopes: readonly StaffScope[] }
  | { readonly kind: "partner"; readonly person: string; readonly account: number };

export interface SessionParts {
  readonly database: LedgerDatabase;
  readonly hashSecret: string;
  readonly clock: Clock;
}

export interface Session {
  readonly guest: Guest;
  readonly openedBy: OpenedBy;
  /** Epoch ms. */
  readonly expiresAt: number;
}

export const openings = ["link", "passkey", "access"] as const;
export type OpenedBy = (typeof openings)[number];

const linkLastsMs = 15 * 60_000;
const sessionLastsMs = 12 * 3_600_000;
const linkPattern = /^rl_[0-9A-Z]{32}$/;
const sessionPattern = /^rss_[0-9A-Z]{32}$/;

const guestRow = z.object({
  person: z.string(),
  scopes: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(z.enum(staffScopes))),
  account: z.int().nullable(),
  opened_by: z.enum(openings),
  expires_at: z.int(),
});

/** Makes a link's token, good for one sign-in within 15 minutes. It is in this answer and nowhere else. */
export async function issueSignInLink(
  parts: SessionParts,
  guest: Guest,
  by: StaffAct,
): Promise<{ readonly token: string; readonly expiresAt: number }> {
  const token = `rl_${newSecret()}`;
  const now = parts.clock.now();
  const expiresAt = now + linkLastsMs;
  const { person, scopes, account } = columnsOf(guest);
  await parts.database.batch([
    {
      sql: `insert into sign_in_links (hash, person, scopes, account, created_at, created_by, expires_at)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
      args: [hashOf(parts, token), person, scopes, account, now, by.staff, expiresAt],
    },
    insertAudit(by, now, {
      verb: "issue_sign_in_link",
      subject: account === null ? person : partnerIdOf(account),
      before: null,
      after: { person, scopes: JSON.parse(scopes), expires_at: expiresAt },
    }),
  ]);
  return { token, expiresAt };
}

/** Opens a session by a link, once: of two who send the same link at the same time one is refused `credentials`. */
export async function openSessionByLink(
  parts: SessionParts,
  link: string,
): Promise<Result<{ readonly token: string; readonly session: Session }, Refusal>> {
  const unknown = refuse(
    refusal("credentials", "This link was used before, is over, or never was. Ask for a new one."),
  );
  if (!linkPattern.test(link)) return unknown;
  const token = newSessionToken();
  const now = parts.clock.now();
  const linkHash = hashOf(parts, link);
  await parts.database.batch([
    {
      sql: `insert into sessions (hash, person, scopes, account, opened_by, opened_at, expires_at)
        select ?1, person, scopes, account, 'link', ?3, ?4 from sign_in_links
        where hash = ?2 and used_at is null and expires_at > ?3`,
      args: [hashOf(parts, token), linkHash, now, now + sessionLastsMs],
    },
    { sql: "update sign_in_links set used_at = ?2 where hash = ?1 and used_at is null", args: [linkHash, now] },
  ]);
  const session = await findSession(parts, token);
  return session === null ? unknown : ok({ token, session });
}

/** Opens a session for somebody whom another proof has named: a passkey, or Cloudflare Access. */
export async function openSession(parts: SessionParts, guest: Guest, openedBy: OpenedBy): Promise<string> {
  const token = newSessionToken();
  const now = parts.clock.now();
  const { person, scopes, account } = columnsOf(guest);
  await parts.database.batch([
    {
      sql: `insert into sessions (hash, person, scopes, account, opened_by, opened_at, expires_at)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
      args: [hashOf(parts, token), person, scopes, account, openedBy, now, now + sessionLastsMs],
    },
  ]);
  return token;
}

/** The session of a token; null where it is over, ended or unknown. Never cached: an ended session stops at once. */
export async function findSession(parts: SessionParts, token: string): Promise<Session | null> {
  if (!sessionPattern.test(token)) return null;
  const [row] = await parts.database.all(
    "select person, scopes, account, opened_by, expires_at from sessions where hash = ?1 and ended_at is null and expires_at > ?2",
    [hashOf(parts, token), parts.clock.now()],
  );
  if (row === undefined) return null;
  const { person, scopes, account, opened_by: openedBy, expires_at: expiresAt } = guestRow.parse(row);
  const guest: Guest = account === null ? { kind: "staff", person, scopes } : { kind: "partner", person, account };
  return { guest, openedBy, expiresAt };
}

/** Ends one session; one that is over already changes nothing. */
export async function endSession(parts: SessionParts, token: string): Promise<void> {
  await parts.database.batch([
    {
      sql: "update sessions set ended_at = ?2 where hash = ?1 and ended_at is null",
      args: [hashOf(parts, token), parts.clock.now()],
    },
  ]);
}

/** Ends every session of a person, and every link that was not used yet, at once. */
export async function endSessionsOf(parts: SessionParts, person: string, by: StaffAct): Promise<void> {
  const now = parts.clock.now();
  const end = (sql: string): Statement => ({ sql, args: [person, now] });
  await parts.database.batch([
    end("update sessions set ended_at = ?2 where person = ?1 and ended_at is null"),
    end("update sign_in_links set used_at = ?2 where person = ?1 and used_at is null"),
    insertAudit(by, now, { verb: "sign_out_everywhere", subject: person, before: null, after: { signed_out_at: now } }),
  ]);
}

/** True for what looks like a session's token. */
export function isSessionToken(token: string): boolean {
  return sessionPattern.test(token);
}

function newSessionToken(): string {
  return `rss_${newSecret()}`;
}

function hashOf({ hashSecret }: SessionParts, token: string): string {
  return keyedHash(hashSecret, JSON.stringify(["session", token]));
}

function columnsOf(guest: Guest): { person: string; scopes: string; account: number | null } {
  return guest.kind === "staff"
    ? { person: guest.person, scopes: JSON.stringify(guest.scopes), account: null }
    : { person: guest.person, scopes: "[]", account: guest.account };
}
