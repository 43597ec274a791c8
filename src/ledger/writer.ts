// Writes accounts' events into the ledger.
import { z } from "zod";
import type { AccountEvent } from "../recharges/events.ts";
import type { LedgerWriter } from "../recharges/ports.ts";
import type { LedgerDatabase, SqlRow } from "./client.ts";
import { batchOf, contiguousRun, watermarkStatement } from "./project.ts";

const watermarkRows = z.tuple([z.object({ watermark: z.int() })]);
const eventRows = z.array(z.object({ data: z.string() }));

/** The writer on a database. It keeps nothing, so a batch that is repeated, or whose answer was lost, does no harm. */
export function createLedgerWriter(database: LedgerDatabase): LedgerWriter {
  const readWatermark = async (account: number): Promise<number> => {
    const { sql, args } = watermarkStatement(account);
    return watermarkIn(await database.all(sql, args));
  };
  const write = async (account: number, events: readonly AccountEvent[]): Promise<number> => {
    const run = contiguousRun(events);
    if (run.length === 0) return readWatermark(account);
    const answers = await database.batch(batchOf(account, run));
    return watermarkIn(answers.at(-1) ?? []);
  };
  return {
    readWatermark,
    write,
    readEvents: async (account, { after, limit }) =>
      eventRows.parse(await database.all(eventsSql, [account, after, limit])).map(({ data }) => asEvent(data)),
    readLastBefore: async (account, moment, upTo) =>
      watermarkIn(await database.all(lastBeforeSql, [account, moment, upTo])),
  };
}

const eventsSql = "SELECT data FROM events WHERE account = ?1 AND number > ?2 ORDER BY number LIMIT ?3";
const lastBeforeSql = `SELECT coalesce((SELECT number FROM events WHERE account = ?1 AND at < ?2 AND number <= ?3
  ORDER BY number DESC LIMIT 1), 0) AS watermark`;

// Only this file writes the column, from an event.
function asEvent(data: string): AccountEvent {
  return JSON.parse(data) as AccountEvent;
}

function watermarkIn(rows: readonly SqlRow[]): number {
  return watermarkRows.parse(rows)[0].watermark;
}
