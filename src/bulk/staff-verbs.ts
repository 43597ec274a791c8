// The verbs of staff on partners' files of recharges: what runs now, and stopping one or letting it go on. Each write is audited.
import { readBulkId } from "../base/id.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { listBulkRuns, noteBulkRun } from "../ledger/bulk-runs.ts";
import { auditWrite } from "../partners/audit.ts";
import type { StaffAct } from "../partners/partner.ts";
import type { BulkSummary, StaffWish } from "./bulk.ts";
import { type BulkParts, type BulkProgress, noSuchFile, progressOf } from "./manage.ts";

/** Stops a file of a partner, or lets it go on; the reason is kept in the audit and told to the partner where it stops. */
export async function changeBulkByStaff(
  parts: BulkParts,
  { account, id }: { readonly account: number; readonly id: string },
  wish: StaffWish,
  by: StaffAct,
): Promise<Result<BulkProgress, Refusal>> {
  if (readBulkId(id) !== account) return refuse(noSuchFile);
  if (wish.verb === "resume") await noteBulkRun(parts.database, { account, startedAt: parts.clock.now() });
  const changed = await parts.bulk(account).changeByStaff(id, wish);
  if (!changed.ok) return changed;
  const { before, view } = changed.value;
  await auditWrite(parts, by, {
    verb: `${wish.verb}_bulk`,
    subject: id,
    before: { state: before },
    after: { state: view.state, reason: wish.reason },
  });
  return ok(await progressOf(parts, account, view));
}

export interface BulkAtWork extends BulkSummary {
  readonly account: number;
}

const accountsAtMost = 100;

/** Files of all partners that run, and those stopped since the sweep looked last. A partner that cannot be asked is named. */
export async function listBulksAtWork(
  parts: BulkParts,
): Promise<{ readonly files: readonly BulkAtWork[]; readonly unheard: readonly number[] }> {
  const runs = (await listBulkRuns(parts.database)).toSorted((left, right) => right.startedAt - left.startedAt);
  const unheard: number[] = [];
  const files = await Promise.all(
    runs.slice(0, accountsAtMost).map(async ({ account }): Promise<readonly BulkAtWork[]> => {
      const listed = await parts
        .bulk(account)
        .list(account, null)
        .catch((fault: unknown) => {
          parts.log.error("bulk.list", { account }, fault);
          return refuse(refusal("not_found", "It could not be asked."));
        });
      if (!listed.ok) unheard.push(account);
      return listed.ok ? listed.value.filter(isAtWork).map((file) => ({ ...file, account })) : [];
    }),
  );
  return { files: files.flat(), unheard };
}

function isAtWork({ state, startedAt }: BulkSummary): boolean {
  return state === "running" || state === "cancelling" || (state === "paused" && startedAt !== null);
}
