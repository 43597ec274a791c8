// The verbs of a partner's files of recharges, as surfaces call them: the object does the work, the ledger says what became of it.
import type { Caller } from "../accounts/caller.ts";
import type { Clock } from "../base/clock.ts";
import { bulkIdOf, rechargeIdOf, readBulkId } from "../base/id.ts";
import type { Log } from "../base/log.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { dropBulkRun, listBulkRuns, noteBulkRun } from "../ledger/bulk-runs.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import { countOutcomes, readOutcomes } from "../ledger/outcomes.ts";
import type { RechargeState } from "../recharges/recharge.ts";
import type { BulkCalls, BulkRow, BulkSummary, BulkView, StartWanted } from "./bulk.ts";
import { readBulkFile } from "./read-file.ts";

export interface BulkParts {
  readonly database: LedgerDatabase;
  readonly clock: Clock;
  readonly log: Log;
  /** Rows per minute that a run may have at most, and has where the partner says nothing. */
  readonly perMinute: number;
  /** The bulk object of an account: a fresh stub on each call. */
  bulk(account: number): BulkCalls;
}

/** Whose files are read; `caller` null: by staff, whom the surface has let in. */
export interface BulkReader {
  readonly account: number;
  readonly caller: Caller | null;
}

export interface Asker {
  readonly account: number;
  readonly caller: Caller;
}

/** `outcomes` null: the ledger could not be read; the file is told without them. */
export interface BulkProgress extends BulkSummary {
  readonly outcomes: { readonly counts: Readonly<Record<RechargeState, number>>; readonly asOfEvent: number } | null;
}

/** What a row has come to. `unheard`: the account was asked and has not answered; ask it for the agent id. */
export type RowStatus = "bad" | "waiting" | "not_placed" | "unheard" | "refused" | RechargeState;

export interface RowResult extends BulkRow {
  readonly status: RowStatus;
  readonly rechargeId: string | null;
  readonly operatorReference: string | null;
  readonly failure: string | null;
}

export const noSuchFile = refusal("not_found", "You have no file of recharges of this id.");
/** A note of a run that is idle is kept so long: the start that wrote it may still be on its way. */
const noteKeptMs = 3_600_000;

/** Keeps a file that can be read, each bad row named; the same file again is the one that is there. Nothing runs. */
export async function uploadBulk(
  parts: BulkParts,
  { account, caller }: Asker,
  file: { readonly text: string; readonly name: string },
): Promise<Result<{ readonly progress: BulkProgress; readonly isNew: boolean }, Refusal>> {
  const read = readBulkFile(file.text, file.name);
  if (!read.ok) return read;
  const id = bulkIdOf(account, read.value.hash);
  const taken = await parts.bulk(account).take({ id, name: file.name, caller, rows: read.value.rows });
  if (!taken.ok) return taken;
  const { view, isNew } = taken.value;
  return ok({ progress: await progressOf(parts, account, view), isNew });
}

/** Starts a checked file, or lets a paused one go on; see `BulkCalls.start` for what it refuses. */
export async function startBulk(
  parts: BulkParts,
  { account, caller }: Asker,
  id: string,
  wanted: Omit<StartWanted, "caller" | "perMinute"> & { readonly perMinute: number | null },
): Promise<Result<BulkProgress, Refusal>> {
  if (readBulkId(id) !== account) return refuse(noSuchFile);
  await noteBulkRun(parts.database, { account, startedAt: parts.clock.now() });
  const perMinute = Math.min(wanted.perMinute ?? parts.perMinute, parts.perMinute);
  return answer(parts, account, await parts.bulk(account).start(id, { ...wanted, caller, perMinute }));
}

export async function pauseBulk(parts: BulkParts, asker: Asker, id: string): Promise<Result<BulkProgress, Refusal>> {
  if (readBulkId(id) !== asker.account) return refuse(noSuchFile);
  return answer(parts, asker.account, await parts.bulk(asker.account).pause(id, asker.caller));
}

/** Places no further row; what was placed goes on as any recharge does. */
export async function cancelBulk(parts: BulkParts, asker: Asker, id: string): Promise<Result<BulkProgress, Refusal>> {
  if (readBulkId(id) !== asker.account) return refuse(noSuchFile);
  return answer(parts, asker.account, await parts.bulk(asker.account).cancel(id, asker.caller));
}

export async function readBulk(
  parts: BulkParts,
  asker: BulkReader,
  id: string,
): Promise<Result<BulkProgress, Refusal>> {
  if (readBulkId(id) !== asker.account) return refuse(noSuchFile);
  return answer(parts, asker.account, await parts.bulk(asker.account).read(id, asker.caller));
}

/** The latest files, without what became of their recharges. */
export async function listBulks(
  parts: BulkParts,
  { account, caller }: BulkReader,
): Promise<Result<readonly BulkSummary[], Refusal>> {
  return parts.bulk(account).list(account, caller);
}

/** All rows of a file with what they have come to, or the bad ones alone. */
export async function readRows(
  parts: BulkParts,
  { account, caller }: BulkReader,
  id: string,
  isBadOnly: boolean,
): Promise<Result<{ readonly rows: readonly RowResult[]; readonly asOfEvent: number }, Refusal>> {
  if (readBulkId(id) !== account) return refuse(noSuchFile);
  const view = await parts.bulk(account).read(id, caller);
  if (!view.ok) return view;
  const { outcomes, asOfEvent } = await readOutcomes(parts.database, account, isBadOnly ? [] : view.value.placed);
  const byCounter = new Map(outcomes.map((outcome) => [outcome.counter, outcome]));
  const rows: RowResult[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await parts.bulk(account).readRows(id, caller, { after, isBadOnly });
    if (!page.ok) return page;
    for (const row of page.value.rows) {
      const outcome = row.recharge === null ? undefined : byCounter.get(row.recharge);
      rows.push({
        ...row,
        // The ledger follows in a moment: until then a placed recharge is not known to be final.
        status: row.state === "placed" ? (outcome?.state ?? "pending") : statusOf(row, view.value),
        rechargeId: row.recharge === null ? null : rechargeIdOf(account, row.recharge),
        operatorReference: outcome?.operatorReference ?? null,
        failure: outcome?.failure ?? null,
      });
    }
    after = page.value.nextAfter;
  }
  return ok({ rows, asOfEvent });
}

/** Wakes what runs, in case an alarm was lost; one that cannot be asked holds up no other. */
export async function sweepBulks(parts: BulkParts): Promise<void> {
  for (const run of await listBulkRuns(parts.database))
    try {
      const { isIdle } = await parts.bulk(run.account).sweep();
      if (isIdle && run.startedAt < parts.clock.now() - noteKeptMs) await dropBulkRun(parts.database, run);
    } catch (fault) {
      parts.log.error("bulk.sweep", { account: run.account }, fault);
    }
}

function statusOf(row: BulkRow, { state }: BulkView): RowStatus {
  if (row.state === "bad" || row.state === "refused") return row.state;
  if (row.isHandedOut) return "unheard";
  return state === "cancelled" || state === "cancelling" ? "not_placed" : "waiting";
}

async function answer(
  parts: BulkParts,
  account: number,
  said: Result<BulkView, Refusal>,
): Promise<Result<BulkProgress, Refusal>> {
  return said.ok ? ok(await progressOf(parts, account, said.value)) : said;
}

/** A file with what became of its recharges, as the ledger says. */
export async function progressOf(
  parts: BulkParts,
  account: number,
  { placed, ...summary }: BulkView,
): Promise<BulkProgress> {
  try {
    const { counts, asOfEvent } = await countOutcomes(parts.database, account, placed);
    // The ledger follows in a moment: until then a placed recharge is not known to be final.
    const unbooked = placed.length - counts.pending - counts.succeeded - counts.failed - counts.reversed;
    return { ...summary, outcomes: { counts: { ...counts, pending: counts.pending + unbooked }, asOfEvent } };
  } catch (fault) {
    parts.log.error("bulk.outcomes", { bulk: summary.id }, fault);
    return { ...summary, outcomes: null };
  }
}
