// The ledger's tables in SQLite inside Node, for tests of what reads and writes them.
import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { LedgerDatabase, SqlRow, SqlValue } from "../../src/ledger/client.ts";

export interface MemoryDatabase extends LedgerDatabase {
  /** How often the database was asked. */
  asked(): number;
  /** From now on: answer, fail, or never answer. */
  become(state: "up" | "down" | "stalled"): void;
}

/** A database of its own with all migrations applied. */
export function openMemoryDatabase(): MemoryDatabase {
  const sqlite = new DatabaseSync(":memory:");
  for (const file of readdirSync("migrations").toSorted())
    if (file.endsWith(".sql")) sqlite.exec(readFileSync(`migrations/${file}`, "utf8"));
  let state: "up" | "down" | "stalled" = "up";
  let asked = 0;
  const run = (sql: string, args: readonly SqlValue[]): SqlRow[] => sqlite.prepare(sql).all(...args);
  const enter = async (): Promise<void> => {
    asked += 1;
    if (state === "down") throw new Error("the database is down");
    if (state === "stalled") await new Promise(() => {});
  };
  return {
    async batch(statements) {
      await enter();
      sqlite.exec("begin");
      try {
        const rows = statements.map(({ sql, args }) => run(sql, args));
        sqlite.exec("commit");
        return rows;
      } catch (error) {
        sqlite.exec("rollback");
        throw error;
      }
    },
    async all(sql, args) {
      await enter();
      return run(sql, args);
    },
    asked: () => asked,
    become: (next) => {
      state = next;
    },
  };
}

/** A database that another one may take the place of. */
export function openReplaceable() {
  let now = openMemoryDatabase();
  const database: MemoryDatabase = {
    batch: (statements) => now.batch(statements),
    all: (sql, args) => now.all(sql, args),
    asked: () => now.asked(),
    become: (state) => now.become(state),
  };
  const replaceDatabase = (next: MemoryDatabase): void => {
    now = next;
  };
  return { database, replaceDatabase };
}
