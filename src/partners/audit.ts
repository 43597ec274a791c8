// Reading the audit: every write of staff, in order.
import { z } from "zod";
import type { LedgerDatabase } from "../ledger/client.ts";

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

/** Lines after `after`, at most `limit`, oldest first. */
export async function readAudit(
  database: LedgerDatabase,
  page: { readonly after: number; readonly limit: number },
): Promise<readonly AuditLine[]> {
  const rows = await database.all("select * from audit where id > ?1 order by id limit ?2", [page.after, page.limit]);
  return z.array(auditRow).parse(rows);
}
