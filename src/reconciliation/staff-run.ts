// The scheduled run, asked for by staff: audited like everything that staff start.
import type { Clock } from "../base/clock.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import type { StaffAct } from "../partners/partner.ts";
import { insertAudit } from "../partners/rows.ts";
import type { RunReport } from "./run.ts";

/** Runs now, and writes down what the run found. */
export async function reconcileByStaff(
  parts: { readonly database: LedgerDatabase; readonly clock: Clock; reconcileNow(): Promise<RunReport> },
  by: StaffAct,
): Promise<RunReport> {
  const report = await parts.reconcileNow();
  const entry = { verb: "reconcile", subject: "installation", before: null, after: report };
  await parts.database.batch([insertAudit(by, parts.clock.now(), entry)]);
  return report;
}
