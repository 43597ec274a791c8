// One small way to the ledger's database, which D1 and libSQL both satisfy: an atomic batch, and a read.
import { createClient } from "@libsql/client/http";

export type SqlValue = string | number | null;

/** At most 100 arguments: D1's limit. Bulk goes through one JSON argument and `json_each`. */
export interface Statement {
  readonly sql: string;
  readonly args: readonly SqlValue[];
}

/** A row by column name; whoever reads it checks it. */
export type SqlRow = Readonly<Record<string, unknown>>;

export interface LedgerDatabase {
  /** All statements in one transaction; the rows of each. Throws when it failed, and then it may have committed all the same. */
  batch(statements: readonly Statement[]): Promise<readonly (readonly SqlRow[])[]>;
  all(sql: string, args: readonly SqlValue[]): Promise<readonly SqlRow[]>;
}

interface D1Prepared {
  bind(...values: SqlValue[]): D1Prepared;
  all(): Promise<{ results: SqlRow[] }>;
}

/** The part of a D1 binding that the ledger uses. */
export interface D1Binding {
  prepare(sql: string): D1Prepared;
  batch(statements: D1Prepared[]): Promise<{ results: SqlRow[] }[]>;
}

/** The ledger on a D1 binding. */
export function openD1(binding: D1Binding): LedgerDatabase {
  const prepare = (statement: Statement) => binding.prepare(statement.sql).bind(...statement.args);
  return {
    async batch(statements) {
      if (statements.length === 0) return [];
      return (await binding.batch(statements.map(prepare))).map((result) => result.results);
    },
    async all(sql, args) {
      return (await prepare({ sql, args }).all()).results;
    },
  };
}

/** The ledger on a libSQL server over HTTP (`LIBSQL_URL`, `LIBSQL_TOKEN`). Each call has a limit of `timeoutMs`. */
export function openLibsql(server: { url: string; token: string | undefined; timeoutMs?: number }): LedgerDatabase {
  const timeoutMs = server.timeoutMs ?? 10_000;
  // One for each call: a client queues calls behind those of other requests, and one that was torn down is never over.
  const open = () =>
    createClient({
      url: server.url,
      ...(server.token === undefined ? {} : { authToken: server.token }),
      // The client sets no limit of its own.
      fetch: (request: Request) => fetch(request, { signal: AbortSignal.timeout(timeoutMs) }),
    });
  return {
    async batch(statements) {
      if (statements.length === 0) return [];
      return (await open().batch(statements.map(toLibsql), "write")).map((result) => result.rows);
    },
    async all(sql, args) {
      return (await open().execute(toLibsql({ sql, args }))).rows;
    },
  };
}

/** The client sends a number as a float; integers go as integers. */
function toLibsql({ sql, args }: Statement): { sql: string; args: (SqlValue | bigint)[] } {
  return {
    sql,
    args: args.map((value) => (typeof value === "number" && Number.isInteger(value) ? BigInt(value) : value)),
  };
}
