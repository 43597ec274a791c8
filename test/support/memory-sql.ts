// An object's SQL storage in SQLite inside Node, for tests of what an object keeps and asks without its platform.
import { DatabaseSync } from "node:sqlite";

type SqlValue = string | number | null;

/** The part of an object's storage that stores use. */
export function openMemoryStorage(): Pick<DurableObjectStorage, "sql" | "transactionSync"> {
  const sqlite = new DatabaseSync(":memory:");
  const exec = (query: string, ...values: SqlValue[]) => {
    const rows = sqlite.prepare(query).all(...values);
    return { toArray: () => rows, one: () => rows[0], [Symbol.iterator]: () => rows[Symbol.iterator]() };
  };
  const transactionSync = <Value>(write: () => Value): Value => {
    sqlite.exec("begin");
    try {
      return write();
    } finally {
      sqlite.exec("commit");
    }
  };
  return asStorage({ sql: { exec }, transactionSync });
}

/** The platform's cursor has more than stores use. */
function asStorage(storage: unknown): Pick<DurableObjectStorage, "sql" | "transactionSync"> {
  return storage as Pick<DurableObjectStorage, "sql" | "transactionSync">;
}
