// An object's own tables carry a schema version and migrate themselves when the object wakes.
import { assert } from "./assert.ts";

/** The part of an object's storage that this needs. */
interface Tables {
  transactionSync(write: () => void): void;
  readonly sql: { exec(query: string, ...values: number[]): { toArray(): Record<string, unknown>[] } };
}

/**
 * Brings the tables to the newest version in one write: each step leads from version n to n + 1. Throws when they are newer
 * than the code, so that old code never writes into them. Released steps are never edited; new ones are added.
 */
export function runSchemaSteps(storage: Tables, steps: readonly (string | readonly string[])[], whose: string): void {
  storage.transactionSync(() => {
    const { sql } = storage;
    sql.exec(
      "create table if not exists schema_version (id integer primary key check (id = 1), version integer not null)",
    );
    const [row] = sql.exec("select version from schema_version").toArray();
    const version = Number(row?.["version"] ?? 0);
    assert(version <= steps.length, `the tables of the ${whose} are not newer than its code`);
    if (version === steps.length) return;
    for (const statement of steps.slice(version).flat()) sql.exec(statement);
    sql.exec("insert or replace into schema_version (id, version) values (1, ?)", steps.length);
  });
}
