// The audit: every write of staff, in order.
import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import type { LedgerDatabase, SqlValue } from "../ledger/client.ts";
import type { StaffAct } from "./partner.ts";
import { type AuditEntry, insertAudit } from "./rows.ts";

const auditRow = z.object({
  id: z.int(),
  at: z.int(),
  staff: z.string(),
  verb: z.string(),
  subject: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  request_id: z.string(),
});

/** A line of the audit; `before` and `after` are JSON as it was written. Times are epoch ms. */
export type AuditLine = z.infer<typeof auditRow>;

/** What is left out does not matter. `from` is included, `to` is not (epoch ms). */
export interface AuditFilter {
  readonly staff?: string | undefined;
  readonly verb?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** A page of at most `limit` lines that match every filter: the oldest first after a line, or the newest first before one. */
export async function readAudit(
  database: LedgerDatabase,
  filter: AuditFilter,
  page: { readonly order: "oldest" | "newest"; readonly cursor: number | null; readonly limit: number },
): Promise<readonly AuditLine[]> {
  const isNewest = page.order === "newest";
  const wanted: readonly (readonly [string, SqlValue | undefined])[] = [
    ["staff = ?", filter.staff],
    ["verb = ?", filter.verb],
    ["subject = ?", filter.subject],
    ["at >= ?", filter.from],
    ["at < ?", filter.to],
    [isNewest ? "id < ?" : "id > ?", page.cursor ?? undefined],
  ];
  const given = wanted.flatMap(([condition, value]) => (value === undefined ? [] : [{ condition, value }]));
  const where = given.length === 0 ? "" : `where ${given.map(({ condition }) => condition).join(" and ")}`;
  const rows = await database.all(`select * from audit ${where} order by id ${isNewest ? "desc" : "asc"} limit ?`, [
    ...given.map(({ value }) => value),
    page.limit,
  ]);
  return z.array(auditRow).parse(rows);
}

/** Writes a line about what was done elsewhere. Secrets never go in. */
export async function auditWrite(
  { database, clock }: { readonly database: LedgerDatabase; readonly clock: Clock },
  by: StaffAct,
  entry: AuditEntry,
): Promise<void> {
  await database.batch([insertAudit(by, clock.now(), entry)]);
}
