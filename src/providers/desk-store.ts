// The SQL of a provider's desk. Tables carry a schema version and migrate themselves.
import { runSchemaSteps } from "../base/schema-steps.ts";
import { floatTables } from "./desk-floats.ts";
import { rulesSchema } from "./desk-rules.ts";
import { segmentTables } from "./desk-segments.ts";
import { firstState } from "./desk.ts";
import type { DeskState, Lease } from "./desk.ts";
import type { LookupsSpent } from "./lookup-budget.ts";

/** Each step brings the tables one version further. A step that was ever deployed is never changed. */
export const deskSchema = [
  `CREATE TABLE desk (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL);
   CREATE TABLE lookups (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     day INTEGER NOT NULL,
     scheduled INTEGER NOT NULL,
     hinted INTEGER NOT NULL
   );
   CREATE TABLE leases (name TEXT NOT NULL PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;`,
  `CREATE TABLE counters (
     name TEXT NOT NULL,
     account INTEGER NOT NULL,
     day INTEGER NOT NULL,
     count INTEGER NOT NULL,
     PRIMARY KEY (name, account, day)
   ) WITHOUT ROWID;
   CREATE TABLE callbacks (
     key TEXT NOT NULL PRIMARY KEY,
     is_authentic INTEGER NOT NULL,
     received_at INTEGER NOT NULL,
     due_at INTEGER NOT NULL,
     tries INTEGER NOT NULL,
     data TEXT NOT NULL
   ) WITHOUT ROWID;`,
  rulesSchema,
  segmentTables,
  floatTables,
  `CREATE TABLE notes (name TEXT NOT NULL PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;`,
] as const;

/** Brings the tables of a desk to the last version. Throws where they are of a later version than this code knows. */
export function migrateDesk(storage: DurableObjectStorage, steps: readonly string[] = deskSchema): void {
  runSchemaSteps(storage, steps, "desk");
}

export function readDeskState(sql: SqlStorage): DeskState {
  const [row] = sql.exec<{ state: string }>("SELECT state FROM desk").toArray();
  return row === undefined ? firstState : parseState(row.state);
}

export function writeDeskState(sql: SqlStorage, state: DeskState): void {
  sql.exec("INSERT OR REPLACE INTO desk (id, state) VALUES (1, ?)", JSON.stringify(state));
}

export function readLookups(sql: SqlStorage): LookupsSpent | null {
  const [row] = sql
    .exec<{ day: number; scheduled: number; hinted: number }>("SELECT day, scheduled, hinted FROM lookups")
    .toArray();
  return row ?? null;
}

export function writeLookups(sql: SqlStorage, { day, scheduled, hinted }: LookupsSpent): void {
  sql.exec("INSERT OR REPLACE INTO lookups (id, day, scheduled, hinted) VALUES (1, ?, ?, ?)", day, scheduled, hinted);
}

export function readLease(sql: SqlStorage, name: string): Lease | null {
  const [row] = sql
    .exec<{ holder: string; until: number }>("SELECT holder, until FROM leases WHERE name = ?", name)
    .toArray();
  return row ?? null;
}

export function writeLease(sql: SqlStorage, name: string, { holder, until }: Lease): void {
  sql.exec("INSERT OR REPLACE INTO leases (name, holder, until) VALUES (?, ?, ?)", name, holder, until);
}

/** Deletes the lease where it is the holder's own. */
export function deleteLease(sql: SqlStorage, name: string, holder: string): void {
  sql.exec("DELETE FROM leases WHERE name = ? AND holder = ?", name, holder);
}

// What only this file wrote is trusted, and its numbers are branded as they were. What an older version did not keep is as at first.
function parseState(text: string): DeskState {
  const kept = JSON.parse(text) as DeskState;
  return { ...firstState, ...kept, breaker: { ...firstState.breaker, ...kept.breaker } };
}

/** A text that the scheduled run keeps from one time to the next; null: none was kept. */
export function readNote(sql: SqlStorage, name: string): string | null {
  const [row] = sql.exec<{ data: string }>("SELECT data FROM notes WHERE name = ?", name).toArray();
  return row?.data ?? null;
}

export function writeNote(sql: SqlStorage, name: string, data: string): void {
  sql.exec("INSERT OR REPLACE INTO notes (name, data) VALUES (?, ?)", name, data);
}
