// The account's SQL on recharges, attempts and evidence. Every write belongs inside one `transactionSync`.
import type { Minor } from "../base/money.ts";
import type { Evidence } from "../recharges/evidence.ts";
import {
  type AttemptRecord,
  type AttemptRow,
  attemptColumns,
  evidenceColumns,
  type OpenRecord,
  type RechargeRecord,
  type EvidenceRow,
  type RechargeRow,
  readPiece,
  readRecharge,
  rechargeValues,
  failureText,
  rechargeColumns,
} from "./records.ts";
import { Recent } from "./recent.ts";

export class RechargeStore {
  private readonly sql: SqlStorage;
  private readonly lastCounters = new Map<"recharges" | "attempts", number>();
  private readonly recentRecharges = new Recent<RechargeRecord>();
  private readonly recentAttempts = new Recent<AttemptRecord>();

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** After a write that was rolled back: what is remembered may never have been. */
  forget(): void {
    this.lastCounters.clear();
    this.recentRecharges.forget();
    this.recentAttempts.forget();
  }

  nextCounter(table: "recharges" | "attempts"): number {
    const known = this.lastCounters.get(table);
    if (known !== undefined) return known + 1;
    const { last } = this.sql.exec<{ last: number | null }>(`select max(counter) as last from ${table}`).one();
    this.lastCounters.set(table, last ?? 0);
    return (last ?? 0) + 1;
  }

  findByAgentId(agentId: string): RechargeRecord | null {
    return this.firstRecharge("agent_id = ?", agentId);
  }

  find(counter: number): RechargeRecord | null {
    return this.recentRecharges.find(counter) ?? this.firstRecharge("counter = ?", counter);
  }

  wasRepeated(counter: number): boolean {
    return this.firstRecharge("repeat_of = ?", counter) !== null;
  }

  /** Pending recharges of the same number and amount: to their own partner they block as long as they are pending. */
  findPending(number: string, face: Minor): readonly RechargeRecord[] {
    return this.sql
      .exec<RechargeRow>(
        `select ${rechargeColumns} from open_attempts join recharges on recharges.counter = open_attempts.recharge
         where number = ? and face = ? and state = 'pending' order by recharges.counter desc`,
        number,
        face,
      )
      .toArray()
      .map(readRecharge);
  }

  /** Counters of all pending recharges: a scan, for reconciliation only. */
  readPendingCounters(): readonly number[] {
    return this.sql
      .exec<{ counter: number }>("select counter from recharges where state = 'pending'")
      .toArray()
      .map((row) => row.counter);
  }

  insertRecharge(recharge: RechargeRecord): void {
    this.sql.exec(
      `insert into recharges (counter, agent_id, product, number, fields, geocode, face, commission, cost, currency,
         plan_version, repeat_of, state, proof, operator_reference, failure, attempts, day, event, created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...rechargeValues(recharge),
    );
    this.lastCounters.set("recharges", recharge.counter);
    this.recentRecharges.keep(recharge.counter, recharge);
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
    this.recentRecharges.keep(recharge.counter, recharge);
  }

  findAttempt(counter: number): AttemptRecord | null {
    const recent = this.recentAttempts.find(counter);
    if (recent !== null) return recent;
    const [row] = this.sql
      .exec<AttemptRow>(`select ${attemptColumns} from attempts where counter = ?`, counter)
      .toArray();
    return row ?? null;
  }

  insertAttempt(attempt: AttemptRecord): void {
    this.sql.exec(
      `insert into attempts (counter, recharge, provider, state, started_at, start_by, their_reference,
         provider_commission, lookups) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      attempt.counter,
      attempt.recharge,
      attempt.provider,
      attempt.state,
      attempt.startedAt,
      attempt.startBy,
      attempt.theirReference,
      attempt.providerCommission,
      attempt.lookups,
    );
    this.lastCounters.set("attempts", attempt.counter);
    this.recentAttempts.keep(attempt.counter, attempt);
  }

  updateAttempt(attempt: AttemptRecord): void {
    this.sql.exec(
      "update attempts set state = ?, their_reference = ?, provider_commission = ?, lookups = ? where counter = ?",
      attempt.state,
      attempt.theirReference,
      attempt.providerCommission,
      attempt.lookups,
      attempt.counter,
    );
    this.recentAttempts.keep(attempt.counter, attempt);
  }

  /** False when this piece of evidence was there already. */
  insertEvidence(attempt: number, piece: Evidence): boolean {
    const cursor = this.sql.exec(
      `insert or ignore into evidence (attempt, key, kind, word, speaks_at, received_at, operator_reference,
         their_reference, cause, said, answers, balance_before, balance_after)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      attempt,
      piece.key,
      piece.kind,
      piece.word,
      piece.speaksAt,
      piece.receivedAt,
      piece.operatorReference,
      piece.theirReference,
      piece.cause,
      piece.said,
      piece.answers === undefined ? null : JSON.stringify(piece.answers),
      piece.balances?.before ?? null,
      piece.balances?.after ?? null,
    );
    return cursor.rowsWritten > 0;
  }

  readEvidence(attempt: number): readonly Evidence[] {
    return this.sql
      .exec<EvidenceRow>(`select ${evidenceColumns} from evidence where attempt = ? order by received_at, key`, attempt)
      .toArray()
      .map(readPiece);
  }

  /** How many pieces there are about these attempts: none is ever taken away, so the number names the set. */
  countEvidence(attempts: readonly number[]): number {
    const sql = "select count(*) as count from evidence where attempt in (select value from json_each(?))";
    return this.sql.exec<{ count: number }>(sql, JSON.stringify(attempts)).one().count;
  }

  setOpen(open: OpenRecord): void {
    this.sql.exec(
      `insert into open_attempts (attempt, recharge, due_at) values (?, ?, ?)
       on conflict (attempt) do update set due_at = excluded.due_at`,
      open.attempt,
      open.recharge,
      open.dueAt,
    );
  }

  removeOpen(attempt: number): void {
    this.sql.exec("delete from open_attempts where attempt = ?", attempt);
  }

  /** Epoch ms of the earliest step that is planned; null: none is. */
  firstDueAt(): number | null {
    return this.sql.exec<{ first: number | null }>("select min(due_at) as first from open_attempts").one().first;
  }

  readOpen(): readonly OpenRecord[] {
    return this.sql
      .exec<{ attempt: number; recharge: number; due_at: number | null }>("select * from open_attempts order by due_at")
      .toArray()
      .map((row) => ({ attempt: row.attempt, recharge: row.recharge, dueAt: row.due_at }));
  }

  private firstRecharge(where: string, value: string | number): RechargeRecord | null {
    const [row] = this.sql
      .exec<RechargeRow>(`select ${rechargeColumns} from recharges where ${where}`, value)
      .toArray();
    return row === undefined ? null : readRecharge(row);
  }
}
