// The upstreams' rules that look at earlier requests, and what falls due later.
import { minor } from "../base/money.ts";
import { readReason } from "./effect.ts";
import { type EntryRow, moveBalance, type Sql } from "./journal-rows.ts";
import type { Found, Received } from "./reply.ts";

/** A request that made a transaction, or will: what the rules and a lookup may know of it. */
const counts = "(state in ('pending', 'succeeded', 'failed') or due = 'execute')";

/** Id of the entry that used this reference; null when none did. A refused or lost request does not use it up. */
export function findUsedReference(sql: Sql, { account, reference }: Received): number | null {
  if (reference === null) return null;
  const query = `select id from journal where reference = ? and account = ? and ${counts} order by id limit 1`;
  const [entry] = sql.run<{ id: number }>(query, reference, account);
  return entry?.id ?? null;
}

/** Same number, operator and amount since then (seed backnpay, section 5). One that failed does not count: decided here. */
export function hasEqualInWindow(sql: Sql, { account, number, code, amount }: Received, since: number): boolean {
  const query = `select id from journal where number = ? and at > ? and account = ? and code = ? and amount = ?
    and (state in ('pending', 'succeeded') or due = 'execute') limit 1`;
  return sql.run<{ id: number }>(query, number, since, account, code, amount).length > 0;
}

/** How often this request was seen before: by its reference, or by number and amount where none travels. */
export function countEqual(sql: Sql, { protocol, account, reference, number, amount }: Received): number {
  const [row] =
    reference === null
      ? sql.run<{ seen: number }>(
          "select count(*) as seen from journal where number = ? and protocol = ? and amount = ?",
          number,
          protocol,
          amount,
        )
      : sql.run<{ seen: number }>(
          "select count(*) as seen from journal where reference = ? and account = ?",
          reference,
          account,
        );
  return row?.seen ?? 0;
}

/** Does what has fallen due: executes, fails and refunds, or reverses. `now` is epoch ms. */
export function settleDue(sql: Sql, now: number): void {
  for (const entry of sql.run<EntryRow>("select * from journal where due_at <= ? order by due_at, id", now)) {
    settleEntry(sql, entry);
    sql.run("update journal set due_at = null, due = null where id = ?", entry.id);
  }
}

function settleEntry(sql: Sql, { id, account, cost, debited, due, due_at: dueAt }: EntryRow): void {
  if (due === "execute") {
    if (debited === 0) moveBalance(sql, account, -cost);
    sql.run(
      "update journal set state = 'succeeded', executions = executions + 1, debited = 1, executed_at = ? where id = ?",
      dueAt,
      id,
    );
    return;
  }
  moveBalance(sql, account, cost);
  sql.run(
    "update journal set state = 'failed', refunded = 1, reversed = ? where id = ?",
    due === "reverse" ? 1 : 0,
    id,
  );
}

/** What a status lookup finds under our or their reference; null: `NOTFOUND`. A refused or lost request is not found. */
export function findTransaction(
  sql: Sql,
  account: string,
  name: { ours: string | null; theirs: string | null },
): Found | null {
  const query = `select * from journal where account = ? and state in ('pending', 'succeeded', 'failed')
    and (reference = ? or their_reference = ?) order by id limit 1`;
  const [entry] = sql.run<EntryRow>(query, account, name.ours, name.theirs);
  if (entry === undefined || entry.state === "lost" || entry.state === "refused") return null;
  return {
    said: entry.state,
    number: entry.number,
    amount: minor(entry.amount),
    reference: entry.reference ?? "",
    theirReference: entry.their_reference ?? "",
    operatorReference: entry.operator_reference,
    reason: entry.state === "failed" ? readReason(entry.reason) : null,
  };
}

/** A callback that is to be sent now. */
export interface DueCallback {
  readonly status: string;
  readonly number: string;
  readonly amount: number;
  readonly reference: string;
  readonly theirReference: string;
  readonly operatorReference: string;
}

/** The callbacks that are due, in order; each is handed out once, for these servers do not repeat them. */
export function takeCallbacks(sql: Sql, now: number): DueCallback[] {
  const entries = sql.run<EntryRow>("select * from journal where callback_at <= ? order by callback_at, id", now);
  for (const entry of entries) sql.run("update journal set callback_at = null where id = ?", entry.id);
  return entries.flatMap((entry) =>
    entry.callbacks.split(",").map((status) => ({
      status,
      number: entry.number,
      amount: entry.amount,
      reference: entry.reference ?? "",
      theirReference: entry.their_reference ?? "",
      operatorReference: status === "SUCCESS" ? (entry.operator_reference ?? "") : "",
    })),
  );
}

/** When the next effect or callback is due, epoch ms; null: nothing is. */
export function nextWake(sql: Sql): number | null {
  const [next] = sql.run<{ at: number | null }>(
    "select min(at) as at from (select min(due_at) as at from journal union all select min(callback_at) from journal)",
  );
  return next?.at ?? null;
}
