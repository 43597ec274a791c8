// The account's SQL on attempts and evidence. An attempt that changes in a write is written once, when the write ends (`flush`).
import { assert } from "../base/assert.ts";
import type { Evidence } from "../recharges/evidence.ts";
import { Recent } from "./recent.ts";
import {
  type AttemptRecord,
  type AttemptRow,
  attemptColumns,
  type EvidenceRow,
  evidenceColumns,
  type OpenRecord,
  readPiece,
} from "./records.ts";

const findAttempt = `select ${attemptColumns} from attempts where counter = ?`;
const evidenceOf = `select ${evidenceColumns} from evidence where attempt = ? order by received_at, key`;

export class AttemptStore {
  private readonly sql: SqlStorage;
  private lastCounter: number | null = null;
  private readonly recent = new Recent<AttemptRecord>();
  private readonly recentEvidence = new Recent<readonly Evidence[]>();
  /** What this write has changed, and which of it is new. */
  private readonly changed = new Map<number, AttemptRecord>();
  private readonly inserted = new Set<number>();
  /** All that is open, by attempt; null: not read yet. */
  private open: Map<number, OpenRecord> | null = null;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** After a write that was rolled back: what is remembered may never have been. */
  forget(): void {
    this.lastCounter = null;
    this.recent.forget();
    this.recentEvidence.forget();
    this.changed.clear();
    this.inserted.clear();
    this.open = null;
  }

  nextCounter(): number {
    this.lastCounter ??=
      this.sql
        .exec<{ last: number | null }>(
          `select max(coalesce((select max(counter) from attempts), 0), coalesce((select counter_floor from restored), 0)) as last`,
        )
        .one().last ?? 0;
    return this.lastCounter + 1;
  }

  find(counter: number): AttemptRecord | null {
    const known = this.changed.get(counter) ?? this.recent.find(counter);
    if (known !== null) return known;
    const [row] = this.sql.exec<AttemptRow>(findAttempt, counter).toArray();
    return row ?? null;
  }

  /** A new attempt, open until it is closed. */
  insert(attempt: AttemptRecord, dueAt: number | null): void {
    this.lastCounter = attempt.counter;
    this.inserted.add(attempt.counter);
    this.changed.set(attempt.counter, attempt);
    this.recentEvidence.keep(attempt.counter, []);
    this.plan(attempt.counter, dueAt);
  }

  update(attempt: AttemptRecord): void {
    this.changed.set(attempt.counter, attempt);
  }

  /** Opens the attempt, or moves its next step; `dueAt` null: a person has it and nothing can be asked. */
  plan(counter: number, dueAt: number | null): void {
    const attempt = this.known(counter);
    this.allOpen().set(counter, { attempt: counter, recharge: attempt.recharge, dueAt });
    this.changed.set(counter, attempt);
  }

  close(counter: number): void {
    if (this.allOpen().delete(counter)) this.changed.set(counter, this.known(counter));
  }

  isOpen(counter: number): boolean {
    return this.allOpen().has(counter);
  }

  /** All that is open, what is due first before the rest; what nobody will look at comes first of all. */
  readOpen(): readonly OpenRecord[] {
    return [...this.allOpen().values()].toSorted((left, right) => (left.dueAt ?? 0) - (right.dueAt ?? 0));
  }

  /** Epoch ms of the earliest step that is planned; null: none is. */
  firstDueAt(): number | null {
    let first: number | null = null;
    for (const { dueAt } of this.allOpen().values())
      if (dueAt !== null && (first === null || dueAt < first)) first = dueAt;
    return first;
  }

  /** Writes the attempts that this write has changed. Called once, at its end. */
  flush(): void {
    for (const attempt of this.changed.values()) this.write(attempt);
    this.changed.clear();
    this.inserted.clear();
  }

  /** False when this piece of evidence was there already. */
  insertEvidence(attempt: number, piece: Evidence): boolean {
    const known = this.readEvidence(attempt);
    if (known.some((one) => one.key === piece.key)) return false;
    this.sql.exec(
      `insert into evidence (attempt, key, kind, word, speaks_at, received_at, operator_reference, their_reference, cause,
         said, answers, balance_before, balance_after) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
    this.recentEvidence.keep(attempt, [...known, piece].toSorted(byArrival));
    return true;
  }

  /** Oldest first. */
  readEvidence(attempt: number): readonly Evidence[] {
    const recent = this.recentEvidence.find(attempt);
    if (recent !== null) return recent;
    const read = this.sql.exec<EvidenceRow>(evidenceOf, attempt).toArray().map(readPiece);
    this.recentEvidence.keep(attempt, read);
    return read;
  }

  /** How many pieces there are about these attempts: none is ever taken away, so the number names the set. */
  countEvidence(attempts: readonly number[]): number {
    const sql = "select count(*) as count from evidence where attempt in (select value from json_each(?))";
    return this.sql.exec<{ count: number }>(sql, JSON.stringify(attempts)).one().count;
  }

  private known(counter: number): AttemptRecord {
    const attempt = this.find(counter);
    assert(attempt !== null, "what is open exists");
    return attempt;
  }

  private allOpen(): Map<number, OpenRecord> {
    this.open ??= new Map(
      this.sql
        .exec<OpenRecord & Record<string, SqlStorageValue>>(
          "select counter as attempt, recharge, due_at as dueAt from attempts where open = 1",
        )
        .toArray()
        .map((row) => [row.attempt, row]),
    );
    return this.open;
  }

  private write(attempt: AttemptRecord): void {
    const { counter, recharge, provider, state, startedAt, startBy, theirReference, providerCommission, lookups } =
      attempt;
    this.recent.keep(counter, attempt);
    const plan = this.allOpen().get(counter);
    const open = plan === undefined ? null : 1;
    const dueAt = plan?.dueAt ?? null;
    const after = [state, theirReference, providerCommission, lookups, open, dueAt, counter];
    if (this.inserted.has(counter))
      this.sql.exec(
        `insert into attempts (recharge, provider, started_at, start_by, state, their_reference, provider_commission,
           lookups, open, due_at, counter) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        recharge,
        provider,
        startedAt,
        startBy,
        ...after,
      );
    else
      this.sql.exec(
        `update attempts set state = ?, their_reference = ?, provider_commission = ?, lookups = ?, open = ?, due_at = ?
         where counter = ?`,
        ...after,
      );
  }
}

/** As the rows are read: by arrival, then by key. */
function byArrival(left: Evidence, right: Evidence): number {
  if (left.receivedAt !== right.receivedAt) return left.receivedAt - right.receivedAt;
  return left.key < right.key ? -1 : 1;
}
