// What a person sees of his own sessions, and ends: of this one of staff, or of this partner, whoever else has the name.
import { z } from "zod";
import type { LedgerDatabase, Statement } from "../ledger/client.ts";
import { insertAudit } from "./rows.ts";
import type { Guest, OpenedBy, SessionParts } from "./sessions.ts";
import { openings } from "./sessions.ts";

export interface OpenSession {
  readonly openedBy: OpenedBy;
  /** Epoch ms. */
  readonly openedAt: number;
  readonly expiresAt: number;
}

const rowSchema = z.object({ opened_by: z.enum(openings), opened_at: z.int(), expires_at: z.int() });

/** The open sessions of a person, newest first. */
export async function listOwnSessions(
  { database, clock }: { readonly database: LedgerDatabase; readonly clock: SessionParts["clock"] },
  guest: Guest,
): Promise<readonly OpenSession[]> {
  const rows = await database.all(
    `select opened_by, opened_at, expires_at from sessions
      where person = ?1 and account is ?2 and ended_at is null and expires_at > ?3 order by opened_at desc limit 100`,
    [guest.person, accountOf(guest), clock.now()],
  );
  return rows
    .map((row) => rowSchema.parse(row))
    .map((row) => ({ openedBy: row.opened_by, openedAt: row.opened_at, expiresAt: row.expires_at }));
}

/** Ends all of them, this one too, and the links that the person has not used yet. */
export async function endOwnSessions({ database, clock }: SessionParts, guest: Guest): Promise<void> {
  const now = clock.now();
  const own = "person = ?1 and account is ?2";
  const end = (sql: string): Statement => ({ sql, args: [guest.person, accountOf(guest), now] });
  await database.batch([
    end(`update sessions set ended_at = ?3 where ${own} and ended_at is null`),
    end(`update sign_in_links set used_at = ?3 where ${own} and used_at is null`),
    insertAudit({ staff: guest.person, requestId: crypto.randomUUID() }, now, {
      verb: "sign_out_everywhere",
      subject: guest.person,
      before: null,
      after: { signed_out_at: now },
    }),
  ]);
}

function accountOf(guest: Guest): number | null {
  return guest.kind === "partner" ? guest.account : null;
}
