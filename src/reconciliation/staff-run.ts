// What the schedule does, asked for by staff: audited like everything that staff start.
import type { Clock } from "../base/clock.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import type { StaffAct } from "../partners/partner.ts";
import { insertAudit } from "../partners/rows.ts";
import type { RunReport } from "./run.ts";
import type { SegmentParts } from "./segments/gather.ts";
import { judgeProvider } from "./segments/judge-segments.ts";

/** Judges the balance segments of a provider now, and writes down what came of it. */
export async function judgeByStaff(
  parts: SegmentParts,
  provider: string,
  by: StaffAct,
): ReturnType<typeof judgeProvider> {
  const judged = await judgeProvider(parts, provider);
  if (!judged.ok) return judged;
  const entry = { verb: "judge_segments", subject: provider, before: null, after: judged.value };
  await parts.database.batch([insertAudit(by, parts.clock.now(), entry)]);
  return judged;
}

/** Runs now, and writes down what the run found. */
export async function reconcileByStaff(
  parts: {
    readonly database: LedgerDatabase;
    readonly clock: Clock;
    reconcileNow(askedBy: string): Promise<RunReport>;
  },
  by: StaffAct,
): Promise<RunReport> {
  const report = await parts.reconcileNow(by.staff);
  const entry = { verb: "reconcile", subject: "installation", before: null, after: report };
  await parts.database.batch([insertAudit(by, parts.clock.now(), entry)]);
  return report;
}
