// The account's SQL on recharges. Every write belongs inside one `transactionSync`.
import type { Minor } from "../base/money.ts";
import {
  failureText,
  newRechargeValues,
  type RechargeRecord,
  type RechargeRow,
  readRecharge,
  rechargeColumns,
} from "./records.ts";
import { Recent } from "./recent.ts";

/** Whole texts, made once: a statement that is put together for each call is hashed anew for each. */
const findBy = {
  counter: `select ${rechargeColumns} from recharges where counter = ?`,
  agentId: `select ${rechargeColumns} from recharges where agent_id = ?`,
  repeatOf: `select ${rechargeColumns} from recharges where repeat_of = ?`,
} as const;

export class RechargeStore {
  private readonly sql: SqlStorage;
  private lastCounter: number | null = null;
  private readonly recent = new Recent<RechargeRecord>();
  /** Counters of what is pending, by number and face value; null: not read yet. */
  private pending: Map<string, ReadonlySet<number>> | null = null;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** After a write that was rolled back: what is remembered may never have been. */
  forget(): void {
    this.lastCounter = null;
    this.recent.forget();
    this.pending = null;
  }

  nextCounter(): number {
    this.lastCounter ??=
      this.sql
        .exec<{ last: number | null }>(
          `select max(coalesce((select max(counter) from recharges), 0), coalesce((select counter_floor from restored), 0)) as last`,
        )
        .one().last ?? 0;
    return this.lastCounter + 1;
  }

  findByAgentId(agentId: string): RechargeRecord | null {
    return this.firstRecharge(findBy.agentId, agentId);
  }

  find(counter: number): RechargeRecord | null {
    return this.recent.find(counter) ?? this.firstRecharge(findBy.counter, counter);
  }

  wasRepeated(counter: number): boolean {
    return this.firstRecharge(findBy.repeatOf, counter) !== null;
  }

  /** Pending recharges of the same number and amount, newest first: to their own partner they block while they are pending. */
  findPending(number: string, face: Minor): readonly RechargeRecord[] {
    const counters = [...(this.allPending().get(orderOf({ number, face })) ?? [])];
    return counters
      .toSorted((left, right) => right - left)
      .map((counter) => this.find(counter))
      .filter((one) => one !== null);
  }

  /** Counters of all pending recharges: a scan, for reconciliation only. */
  readPendingCounters(): readonly number[] {
    return this.sql
      .exec<{ counter: number }>("select counter from recharges where state = 'pending'")
      .toArray()
      .map((row) => row.counter);
  }

  insertRecharge(recharge: RechargeRecord): void {
    // Each value that is bound costs: what settles a recharge is left out, for a pending one has none of it.
    this.sql.exec(
      `insert into recharges (counter, agent_id, product, number, fields, geocode, face, commission, cost, currency,
         plan_version, repeat_of, state, attempts, day, event, created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?)`,
      ...newRechargeValues(recharge),
    );
    this.lastCounter = recharge.counter;
    if (recharge.state === "pending") this.remember(recharge);
    else this.updateRecharge(recharge);
  }

  /** Writes what can change after the first write. */
  updateRecharge(recharge: RechargeRecord): void {
    this.sql.exec(
      `update recharges set state = ?, proof = ?, operator_reference = ?, failure = ?, attempts = ?, event = ?,
         updated_at = ? where counter = ?`,
      recharge.state,
      recharge.proof,
      recharge.operatorReference,
      failureText(recharge),
      JSON.stringify(recharge.attempts),
      recharge.event,
      recharge.updatedAt,
      recharge.counter,
    );
    this.remember(recharge);
  }

  private allPending(): Map<string, ReadonlySet<number>> {
    if (this.pending !== null) return this.pending;
    this.pending = new Map();
    const rows = this.sql.exec<{ counter: number; number: string; face: Minor }>(
      `select counter, number, face from recharges where state = 'pending'
         and counter in (select recharge from attempts where open = 1)`,
    );
    for (const row of rows.toArray()) this.addPending(row);
    return this.pending;
  }

  private firstRecharge(select: string, value: string | number): RechargeRecord | null {
    const [row] = this.sql.exec<RechargeRow>(select, value).toArray();
    return row === undefined ? null : readRecharge(row);
  }

  private remember(recharge: RechargeRecord): void {
    this.recent.keep(recharge.counter, recharge);
    if (this.pending === null) return;
    if (recharge.state === "pending") this.addPending(recharge);
    else this.removePending(recharge);
  }

  private addPending({ counter, ...order }: Pick<RechargeRecord, "counter" | "number" | "face">): void {
    const key = orderOf(order);
    this.pending?.set(key, new Set([...(this.pending.get(key) ?? []), counter]));
  }

  private removePending({ counter, ...order }: Pick<RechargeRecord, "counter" | "number" | "face">): void {
    const key = orderOf(order);
    const left = new Set(this.pending?.get(key));
    left.delete(counter);
    if (left.size === 0) this.pending?.delete(key);
    else this.pending?.set(key, left);
  }
}

function orderOf({ number, face }: Pick<RechargeRecord, "number" | "face">): string {
  return `${face} ${number}`;
}
