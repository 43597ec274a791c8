// Callbacks that matched no attempt when they came: kept by the provider's desk for 7 days and tried again.
import type { BacknpayCallback } from "../wire/backnpay/callback.ts";

/** One callback as it is kept; `receivedAt` is epoch ms. */
export interface KeptCallback {
  /** The same callback again has the same key, and is kept once. */
  readonly key: string;
  readonly callback: BacknpayCallback;
  readonly isAuthentic: boolean;
  readonly receivedAt: number;
}

export const keptForMs = 7 * 86_400_000;
/** Of unauthenticated ones, which anybody can send: what is full lets the oldest go. */
export const keptAtMost = 500;
const firstWaitMs = 60_000;
const longestWaitMs = 6 * 3_600_000;

type Row = { key: string; is_authentic: number; received_at: number; tries: number; data: string };

/** Keeps one; it is due after a minute. One that is there stays as it is. */
export function keepCallback(sql: SqlStorage, kept: KeptCallback): void {
  const isAuthentic = kept.isAuthentic ? 1 : 0;
  sql.exec(
    "INSERT OR IGNORE INTO callbacks (key, is_authentic, received_at, due_at, tries, data) VALUES (?, ?, ?, ?, 0, ?)",
    kept.key,
    isAuthentic,
    kept.receivedAt,
    kept.receivedAt + firstWaitMs,
    JSON.stringify(kept.callback),
  );
  sql.exec(
    `DELETE FROM callbacks WHERE is_authentic = 0 AND key NOT IN
       (SELECT key FROM callbacks WHERE is_authentic = 0 ORDER BY received_at DESC, key LIMIT ?)`,
    keptAtMost,
  );
}

/** Those whose turn it is, oldest turn first; each is due again later, twice as long as the last time. What anybody can send and is too old goes. */
export function takeDueCallbacks(sql: SqlStorage, now: number, limit: number): readonly KeptCallback[] {
  sql.exec("DELETE FROM callbacks WHERE is_authentic = 0 AND received_at <= ?", now - keptForMs);
  const rows = sql
    .exec<Row>(
      "SELECT * FROM callbacks WHERE due_at <= ? AND received_at > ? ORDER BY due_at, key LIMIT ?",
      now,
      now - keptForMs,
      limit,
    )
    .toArray();
  for (const { key, tries } of rows) {
    const wait = Math.min(firstWaitMs * 2 ** (tries + 1), longestWaitMs);
    sql.exec("UPDATE callbacks SET tries = tries + 1, due_at = ? WHERE key = ?", now + wait, key);
  }
  return rows.map(readRow);
}

/** Authenticated ones that matched nothing for seven days: so many that they make one text. */
export function readOldCallbacks(sql: SqlStorage, now: number): readonly KeptCallback[] {
  return sql
    .exec<Row>(
      "SELECT * FROM callbacks WHERE is_authentic = 1 AND received_at <= ? ORDER BY received_at, key LIMIT ?",
      now - keptForMs,
      keptAtMost,
    )
    .toArray()
    .map(readRow);
}

function readRow({ key, is_authentic: isAuthentic, received_at: receivedAt, data }: Row): KeptCallback {
  return { key, callback: JSON.parse(data), isAuthentic: isAuthentic === 1, receivedAt };
}

export function dropCallback(sql: SqlStorage, key: string): void {
  sql.exec("DELETE FROM callbacks WHERE key = ?", key);
}

export function countCallbacks(sql: SqlStorage): number {
  return sql.exec<{ count: number }>("SELECT count(*) AS count FROM callbacks").one().count;
}
