// The simulator's tables: what it received and executed, its wallets, and the faults that are set.
import type { Protocol } from "../wire/protocol.ts";
import { upstreamAccounts } from "./upstream-accounts.ts";

export type Cell = string | number | null;

/** A synchronous SQLite: an object's storage, or `node:sqlite` in a test. */
export interface Sql {
  run<Row extends Record<string, Cell>>(query: string, ...bindings: readonly Cell[]): Row[];
}

/** `lost`: it has not arrived; `refused`: no transaction was made of it. A reversed success is `failed` again. */
export type EntryState = "lost" | "refused" | "pending" | "succeeded" | "failed";

/** What happens when `due_at` is reached. */
export type Due = "execute" | "fail" | "reverse";

/** One recharge request. Money in minor units, times in epoch ms, truth values as 0 and 1. */
export type EntryRow = {
  readonly id: number;
  readonly at: number;
  readonly protocol: Protocol;
  readonly account: string;
  readonly reference: string | null;
  readonly number: string;
  readonly code: string;
  readonly amount: number;
  readonly cost: number;
  readonly script: string;
  readonly state: EntryState;
  readonly executions: number;
  readonly deliveries: number;
  readonly debited: number;
  readonly refunded: number;
  readonly reversed: number;
  readonly their_reference: string | null;
  readonly operator_reference: string | null;
  readonly reason: string | null;
  readonly executed_at: number | null;
  readonly answered: string;
  readonly due_at: number | null;
  readonly due: Due | null;
  readonly callback_at: number | null;
  readonly callbacks: string;
};

const tables = [
  `create table if not exists journal (
    id integer primary key, at integer not null, protocol text not null, account text not null, reference text,
    number text not null, code text not null, amount integer not null, cost integer not null, script text not null,
    state text not null, executions integer not null, deliveries integer not null, debited integer not null,
    refunded integer not null, reversed integer not null, their_reference text, operator_reference text, reason text,
    executed_at integer, answered text not null, due_at integer, due text, callback_at integer, callbacks text not null)`,
  "create index if not exists journal_number on journal (number, at)",
  "create index if not exists journal_reference on journal (reference) where reference is not null",
  "create index if not exists journal_due on journal (due_at) where due_at is not null",
  "create index if not exists journal_callback on journal (callback_at) where callback_at is not null",
  "create table if not exists wallets (account text primary key, balance integer not null) without rowid",
  "create table if not exists faults (id integer primary key check (id = 1), setting text not null)",
];

export function createTables(sql: Sql): void {
  for (const table of tables) sql.run(table);
  fillWallets(sql);
}

/** Gives each account that has no wallet its first balance. */
export function fillWallets(sql: Sql): void {
  for (const account of upstreamAccounts)
    sql.run("insert or ignore into wallets (account, balance) values (?, ?)", account.name, account.firstBalance);
}

/** Balance in minor units; 0 for an account that nobody knows (its login failed). */
export function readBalance(sql: Sql, account: string): number {
  const [wallet] = sql.run<{ balance: number }>("select balance from wallets where account = ?", account);
  return wallet?.balance ?? 0;
}

/** `change` in minor units, negative for a debit. */
export function moveBalance(sql: Sql, account: string, change: number): void {
  sql.run("update wallets set balance = balance + ? where account = ?", change, account);
}

export function nextEntryId(sql: Sql): number {
  const [last] = sql.run<{ id: number | null }>("select max(id) as id from journal");
  return (last?.id ?? 0) + 1;
}

export function insertEntry(sql: Sql, row: EntryRow): void {
  const columns = Object.keys(row);
  sql.run(
    `insert into journal (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")})`,
    ...Object.values(row),
  );
}

/** The entries that `reference`, `number` and `after` (an id) leave, oldest first, `limit` at most. */
export function listEntries(sql: Sql, filter: EntryFilter): EntryRow[] {
  return sql.run<EntryRow>(
    `select * from journal where id > ? and (? is null or reference = ?) and (? is null or number = ?) order by id limit ?`,
    filter.after,
    filter.reference,
    filter.reference,
    filter.number,
    filter.number,
    filter.limit,
  );
}

export interface EntryFilter {
  readonly reference: string | null;
  readonly number: string | null;
  readonly after: number;
  readonly limit: number;
}
