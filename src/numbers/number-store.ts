// The SQL of a guard shard: one row per number, one per provider switch. Tables carry a schema version and migrate themselves.
import { runSchemaSteps } from "../base/schema-steps.ts";
import { firstRules } from "../recharges/ports.ts";
import type { ProviderSwitch, StaffRules } from "../recharges/ports.ts";
import { emptyRecord } from "./number-guard.ts";
import type { NumberRecord } from "./number-guard.ts";

/** Each step brings the tables one version further. A step that was ever deployed is never changed. */
export const numberSchema = [
  `CREATE TABLE numbers (
     number_hash TEXT NOT NULL PRIMARY KEY,
     record TEXT NOT NULL,
     expires_at INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE TABLE switches (
     provider TEXT NOT NULL PRIMARY KEY,
     state TEXT NOT NULL
   ) WITHOUT ROWID;`,
  `CREATE TABLE staff_rules (id INTEGER PRIMARY KEY CHECK (id = 1), rules TEXT NOT NULL);`,
] as const;

/** Brings the tables of a shard to the last version. Throws where they are of a later version than this code knows. */
export function migrateNumbers(storage: DurableObjectStorage, steps: readonly string[] = numberSchema): void {
  runSchemaSteps(storage, steps, "guard");
}

/** What the shard keeps of a number; the empty record where it keeps nothing. */
export function readNumber(sql: SqlStorage, numberHash: string): NumberRecord {
  const [row] = sql.exec<{ record: string }>("SELECT record FROM numbers WHERE number_hash = ?", numberHash).toArray();
  return row === undefined ? emptyRecord : parseRecord(row.record);
}

/** Writes one row; none where the record is empty and there was none. */
export function writeNumber(sql: SqlStorage, numberHash: string, record: NumberRecord, expiresAt: number): void {
  if (record.claims.length === 0 && record.sends.length === 0 && record.isBlocked !== true) {
    sql.exec("DELETE FROM numbers WHERE number_hash = ?", numberHash);
    return;
  }
  sql.exec(
    "INSERT OR REPLACE INTO numbers (number_hash, record, expires_at) VALUES (?, ?, ?)",
    numberHash,
    JSON.stringify(record),
    expiresAt,
  );
}

/** Writes the row of a number that has none; false, and nothing is written, where it has one. */
export function insertNumber(sql: SqlStorage, numberHash: string, record: NumberRecord, expiresAt: number): boolean {
  const cursor = sql.exec(
    "INSERT OR IGNORE INTO numbers (number_hash, record, expires_at) VALUES (?, ?, ?)",
    numberHash,
    JSON.stringify(record),
    expiresAt,
  );
  return cursor.rowsWritten > 0;
}

/** Looks at `limit` rows from a hash on, round the end, and deletes those that expired; returns how many. */
export function pruneNumbers(sql: SqlStorage, from: string, limit: number, now: number): number {
  const page = (where: string, count: number) =>
    sql
      .exec<{ number_hash: string; expires_at: number }>(
        `SELECT number_hash, expires_at FROM numbers WHERE number_hash ${where} ? ORDER BY number_hash LIMIT ?`,
        from,
        count,
      )
      .toArray();
  const upper = page(">=", limit);
  const rows = [...upper, ...page("<", limit - upper.length)];
  const expired = rows.filter((row) => row.expires_at <= now).map((row) => row.number_hash);
  if (expired.length > 0) {
    sql.exec("DELETE FROM numbers WHERE number_hash IN (SELECT value FROM json_each(?))", JSON.stringify(expired));
  }
  return expired.length;
}

export function readSwitches(sql: SqlStorage): readonly ProviderSwitch[] {
  return sql
    .exec<{ state: string }>("SELECT state FROM switches")
    .toArray()
    .map((row) => parseSwitch(row.state));
}

export function writeSwitch(sql: SqlStorage, state: ProviderSwitch): void {
  sql.exec("INSERT OR REPLACE INTO switches (provider, state) VALUES (?, ?)", state.provider, JSON.stringify(state));
}

export function readRules(sql: SqlStorage): StaffRules {
  const [row] = sql.exec<{ rules: string }>("SELECT rules FROM staff_rules").toArray();
  return row === undefined ? firstRules : parseRules(row.rules);
}

export function writeRules(sql: SqlStorage, rules: StaffRules): void {
  sql.exec("INSERT OR REPLACE INTO staff_rules (id, rules) VALUES (1, ?)", JSON.stringify(rules));
}

// What only this file wrote is trusted, and its numbers are branded as they were.
function parseRecord(text: string): NumberRecord {
  return JSON.parse(text) as NumberRecord;
}

function parseSwitch(text: string): ProviderSwitch {
  return JSON.parse(text) as ProviderSwitch;
}

function parseRules(text: string): StaffRules {
  return { ...firstRules, ...(JSON.parse(text) as StaffRules) };
}
