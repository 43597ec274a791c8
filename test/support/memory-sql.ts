// An object's SQL storage in SQLite inside Node, for tests of what an object keeps and asks without its platform.
import { DatabaseSync } from "node:sqlite";

type SqlValue = string | number | null;
type Row = Record<string, SqlValue>;

/** The part of an object's storage that stores use. */
export function openMemoryStorage() {
  const sqlite = new DatabaseSync(":memory:");
  const exec = <Wanted extends Row>(query: string, ...values: SqlValue[]) => {
    const rows = rowsOf<Wanted>(sqlite.prepare(query).all(...values));
    return { toArray: () => rows, one: () => onlyOf(rows), [Symbol.iterator]: () => rows[Symbol.iterator]() };
  };
  const transactionSync = <Value>(write: () => Value): Value => {
    sqlite.exec("begin");
    try {
      return write();
    } finally {
      sqlite.exec("commit");
    }
  };
  return { sql: { exec }, transactionSync };
}

/** As the platform types rows: by what the query is known to select. */
function rowsOf<Wanted extends Row>(rows: unknown[]): Wanted[] {
  return rows as Wanted[];
}

function onlyOf<Wanted>([row, ...more]: readonly Wanted[]): Wanted {
  if (row === undefined || more.length > 0) throw new Error("one row, no more and no fewer");
  return row;
}
