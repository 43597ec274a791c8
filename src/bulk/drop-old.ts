// Files that ended, or were never started, leave the object for the archive after their time; what was placed is the account's.
import { partnerIdOf, readBulkId } from "../base/id.ts";
import { archiveSurely, linesOf } from "../recharges/archive.ts";
import type { BulkRecord } from "./bulk-store.ts";
import type { BulkContext } from "./run.ts";

/** Epoch ms from which a file may leave; null: not as long as it is at work or paused. */
export function mayLeaveFrom({ state, createdAt, endedAt }: BulkRecord, keptMs: number): number | null {
  const isOver = state === "cancelled" || state === "done" || state === "checked";
  return isOver ? (endedAt ?? createdAt) + keptMs + 1 : null;
}

/** Each old file with all its rows, in one text. Without an archive it stays; so does one that was started meanwhile. */
export async function dropOld(context: BulkContext): Promise<void> {
  const { services, store } = context;
  const { archive, clock, times } = services;
  if (archive === null) return;
  for (const bulk of store.list(Number.MAX_SAFE_INTEGER)) {
    if (!isOld(bulk, clock.now(), times.bulkKeptMs)) continue;
    const name = `bulk/${partnerIdOf(readBulkId(bulk.id) ?? 0)}/${bulk.id}_${new Date(bulk.createdAt).toISOString()}.ndjson`;
    // oxlint-disable-next-line no-await-in-loop -- one file after the other, each may be large
    await archiveSurely(archive, name, linesOf([bulk, ...store.readWhole(bulk.number)]));
    context.atomically(() => {
      const now = store.find(bulk.id);
      if (now !== null && isOld(now, clock.now(), times.bulkKeptMs)) store.drop(bulk.number);
    });
  }
}

function isOld(bulk: BulkRecord, now: number, keptMs: number): boolean {
  const from = mayLeaveFrom(bulk, keptMs);
  return from !== null && from <= now;
}
