// Whose files of recharges may be running: noted before a start, so that the scheduled run finds what an alarm forgot.
import { z } from "zod";
import type { LedgerDatabase } from "./client.ts";

export interface BulkRun {
  readonly account: number;
  /** Epoch ms of the latest start. */
  readonly startedAt: number;
}

export async function noteBulkRun(database: LedgerDatabase, { account, startedAt }: BulkRun): Promise<void> {
  const sql = "INSERT OR REPLACE INTO bulk_runs (account, started_at) VALUES (?1, ?2)";
  await database.all(sql, [account, startedAt]);
}

export async function listBulkRuns(database: LedgerDatabase): Promise<readonly BulkRun[]> {
  const rows = await database.all("SELECT account, started_at AS startedAt FROM bulk_runs ORDER BY account", []);
  return z.array(z.object({ account: z.int(), startedAt: z.int() })).parse(rows);
}

/** Forgets a note, but not that of a start which came meanwhile. */
export async function dropBulkRun(database: LedgerDatabase, { account, startedAt }: BulkRun): Promise<void> {
  await database.all("DELETE FROM bulk_runs WHERE account = ?1 AND started_at = ?2", [account, startedAt]);
}
