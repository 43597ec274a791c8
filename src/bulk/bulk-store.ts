// The SQL of a partner's bulk object: its files and their rows.
import type { Caller } from "../accounts/caller.ts";
import type { Currency, Minor } from "../base/money.ts";
import type { Refusal } from "../base/refusal.ts";
import type { Order } from "../recharges/recharge.ts";
import type { BulkState, CheckedRow, RowProblem, RowState } from "./bulk.ts";

/** One file. Times are epoch ms. */
export interface BulkRecord {
  readonly number: number;
  readonly id: string;
  readonly state: BulkState;
  readonly name: string;
  /** In whose name the account is asked: who started it last, or cancelled it. */
  readonly caller: Caller;
  readonly perMinute: number | null;
  readonly pacedAt: number;
  /** Last line that was handed to the account, written before it is asked. */
  readonly askedThrough: number;
  readonly stoppedBy: Pick<Refusal, "code" | "detail"> | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** A row whose turn it is. */
export interface DueRow {
  readonly line: number;
  readonly order: Order;
  readonly cost: Minor | null;
  readonly tries: number;
}

/** What is written about a row once the account has answered, or did not. */
export interface RowChange {
  readonly line: number;
  readonly state: RowState;
  readonly problems: readonly RowProblem[];
  readonly recharge: number | null;
  /** Null: as it was. */
  readonly cost: Minor | null;
  readonly currency: Currency | null;
  readonly dueAt: number | null;
  readonly tries: number;
}

type BulkSqlRow = { number: number; id: string; state: BulkState; data: string };
type DueSqlRow = { line: number; order: string; cost: Minor | null; tries: number };
type RowSqlRow = {
  line: number;
  state: RowState;
  agentId: string;
  product: string;
  number: string;
  amount: string;
  problems: string;
  recharge: number | null;
  cost: Minor | null;
  currency: Currency | null;
  dueAt: number | null;
};

type SqlValue = string | number | null;

/** The part of an object's SQL storage that this needs. */
interface Sql {
  exec<Row extends Record<string, SqlValue>>(
    query: string,
    ...values: SqlValue[]
  ): Iterable<Row> & { toArray(): Row[]; one(): Row };
}

const rowsPerWrite = 500;
const due = `select line, "order", cost, tries from rows where bulk = ? and state = 'waiting'`;

export class BulkStore {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  find(id: string): BulkRecord | null {
    return this.read("where id = ?", id)[0] ?? null;
  }

  /** The newest first. */
  list(limit: number): readonly BulkRecord[] {
    return this.read("order by number desc limit ?", limit);
  }

  /** Those that have work, the oldest first. */
  atWork(): readonly BulkRecord[] {
    return this.read("where state in ('running', 'cancelling') order by number");
  }

  /** Writes a file anew or over itself; returns it with its number. */
  write(bulk: Omit<BulkRecord, "number">): BulkRecord {
    const { id, state, ...data } = bulk;
    const { number } = this.sql
      .exec<{ number: number }>(
        `insert into bulks (id, state, data) values (?, ?, ?)
         on conflict (id) do update set state = excluded.state, data = excluded.data returning number`,
        id,
        state,
        JSON.stringify(data),
      )
      .one();
    return { ...bulk, number };
  }

  /** Forgets a file with its rows. */
  drop(bulk: number): void {
    this.sql.exec("delete from rows where bulk = ?", bulk);
    this.sql.exec("delete from bulks where number = ?", bulk);
  }

  /** Every row of a file, with all its columns. */
  readWhole(bulk: number): readonly Record<string, SqlValue>[] {
    return this.sql.exec("select * from rows where bulk = ? order by line", bulk).toArray();
  }

  /** Writes the rows of a file; rows that were placed stay as they are. */
  writeRows(bulk: number, rows: readonly CheckedRow[]): void {
    for (let start = 0; start < rows.length; start += rowsPerWrite) {
      const some = rows.slice(start, start + rowsPerWrite);
      const values = some.map(({ line, agentId, product, number, amount, order, problems, cost, currency }) => {
        const words = [agentId, product, number, amount, order === null ? null : JSON.stringify(order)];
        return [line, order === null ? "bad" : "waiting", ...words, JSON.stringify(problems), cost, currency];
      });
      this.sql.exec(
        `insert into rows (bulk, line, state, agent_id, product, number, amount, "order", problems, cost, currency)
         select ?1, ${Array.from({ length: 10 }, (_, at) => `value ->> ${at}`).join(", ")} from json_each(?2) where true
         on conflict (bulk, line) do update set state = excluded.state, "order" = excluded."order",
         problems = excluded.problems, cost = excluded.cost, currency = excluded.currency, due_at = null, tries = 0
         where rows.state <> 'placed'`,
        bulk,
        JSON.stringify(values),
      );
    }
  }

  writeCost(bulk: number, line: number, cost: Minor | null): void {
    this.sql.exec("update rows set cost = ? where bulk = ? and line = ?", cost, bulk, line);
  }

  writeAnswer(bulk: number, { line, state, problems, recharge, cost, currency, dueAt, tries }: RowChange): void {
    this.sql.exec(
      `update rows set state = ?, problems = ?, recharge = ?, cost = coalesce(?, cost), currency = coalesce(?, currency),
       due_at = ?, tries = ? where bulk = ? and line = ?`,
      state,
      JSON.stringify(problems),
      recharge,
      cost,
      currency,
      dueAt,
      tries,
      bulk,
      line,
    );
  }

  /** Rows whose time to be asked about again has come, then fresh ones. */
  nextRows(bulk: BulkRecord, now: number, limit: number): readonly DueRow[] {
    const again = this.readDue(`${due} and due_at <= ? order by due_at, line limit ?`, bulk.number, now, limit);
    const fresh = `${due} and due_at is null and line > ? order by line limit ?`;
    return [...again, ...this.readDue(fresh, bulk.number, bulk.askedThrough, limit - again.length)];
  }

  /** Rows that were handed to the account and have no answer. */
  handedOut(bulk: BulkRecord): readonly DueRow[] {
    return this.readDue(`${due} and line <= ? order by line`, bulk.number, bulk.askedThrough);
  }

  /** After a reset: what was being asked about is asked about again. */
  returnHandedOut(bulk: BulkRecord, now: number): void {
    this.sql.exec(
      "update rows set due_at = ? where bulk = ? and state = 'waiting' and due_at is null and line <= ?",
      now,
      bulk.number,
      bulk.askedThrough,
    );
  }

  /** All that wait, with what they will cost. */
  waiting(bulk: number): readonly DueRow[] {
    return this.readDue(`${due} order by line`, bulk);
  }

  countRows(bulk: number): Readonly<Record<RowState, number>> {
    const counts = { bad: 0, waiting: 0, placed: 0, refused: 0 };
    const found = this.sql.exec<{ state: RowState; count: number }>(
      "select state, count(*) as count from rows where bulk = ? group by state",
      bulk,
    );
    for (const { state, count } of found) counts[state] = count;
    return counts;
  }

  sumWaiting(bulk: number): readonly { currency: Currency; cost: Minor }[] {
    return this.sql
      .exec<{ currency: Currency; cost: Minor }>(
        `select currency, sum(cost) as cost from rows where bulk = ? and state = 'waiting' and currency is not null
         group by currency order by currency`,
        bulk,
      )
      .toArray();
  }

  readPlaced(bulk: number): readonly number[] {
    const placed = "select recharge from rows where bulk = ? and state = 'placed' order by line";
    const found = this.sql.exec<{ recharge: number }>(placed, bulk);
    return found.toArray().map(({ recharge }) => recharge);
  }

  readRows(bulk: number, page: { after: number; isBadOnly: boolean; limit: number }): readonly RowRecord[] {
    return this.sql
      .exec<RowSqlRow>(
        `select line, state, agent_id as agentId, product, number, amount, problems, recharge, cost, currency,
         due_at as dueAt from rows where bulk = ? and line > ? ${page.isBadOnly ? "and state = 'bad'" : ""}
         order by line limit ?`,
        bulk,
        page.after,
        page.limit,
      )
      .toArray()
      .map((row) => ({ ...row, problems: JSON.parse(row.problems) }));
  }

  private readDue(sql: string, ...values: number[]): readonly DueRow[] {
    return this.sql
      .exec<DueSqlRow>(sql, ...values)
      .toArray()
      .map((row) => ({ ...row, order: JSON.parse(row.order) }));
  }

  private read(condition: string, ...values: (string | number)[]): readonly BulkRecord[] {
    return this.sql
      .exec<BulkSqlRow>(`select number, id, state, data from bulks ${condition}`, ...values)
      .toArray()
      .map(({ data, ...row }) => ({ ...JSON.parse(data), ...row }));
  }
}

export interface RowRecord extends Omit<RowSqlRow, "problems"> {
  readonly problems: readonly RowProblem[];
}
