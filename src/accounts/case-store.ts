// The account's SQL on what people do about recharges: proposals of rulings, and disputes. Every write inside one `transactionSync`.
import type { RulingRecord, DisputeRecord } from "./case-types.ts";

type RulingRow = {
  -readonly [Column in keyof RulingRecord]: Column extends "succeeded" ? string : RulingRecord[Column];
};
type DisputeRow = { -readonly [Column in keyof DisputeRecord]: DisputeRecord[Column] };

const rulingColumns = `recharge, number, word, reason, succeeded, seen, proposed_by as proposedBy, proposed_at as proposedAt,
  confirmed_by as confirmedBy, confirmed_at as confirmedAt`;
const disputeColumns = `recharge, number, disposition, comment, opened_at as openedAt, evidence_number as evidenceNumber,
  state, reason, closed_at as closedAt`;

export class CaseStore {
  private readonly sql: SqlStorage;
  /** False: nothing of this account was ever disputed, so that an ordinary recharge need not look; null: not known. */
  private hasDisputes: boolean | null = null;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** After a write that was rolled back: what is remembered may never have been. */
  forget(): void {
    this.hasDisputes = null;
  }

  /** Oldest first. */
  readRulings(recharge: number): readonly RulingRecord[] {
    return this.sql
      .exec<RulingRow>(`select ${rulingColumns} from rulings where recharge = ? order by number`, recharge)
      .toArray()
      .map((row) => ({ ...row, succeeded: JSON.parse(row.succeeded) }));
  }

  insertRuling(ruling: RulingRecord): void {
    this.sql.exec(
      `insert into rulings (recharge, number, word, reason, succeeded, seen, proposed_by, proposed_at)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
      ruling.recharge,
      ruling.number,
      ruling.word,
      ruling.reason,
      JSON.stringify(ruling.succeeded),
      ruling.seen,
      ruling.proposedBy,
      ruling.proposedAt,
    );
  }

  confirmRuling({ recharge, number }: RulingRecord, by: { readonly staff: string; readonly at: number }): void {
    this.sql.exec(
      "update rulings set confirmed_by = ?, confirmed_at = ? where recharge = ? and number = ?",
      by.staff,
      by.at,
      recharge,
      number,
    );
  }

  /** Oldest first. */
  readDisputes(recharge: number): readonly DisputeRecord[] {
    return this.sql
      .exec<DisputeRow>(`select ${disputeColumns} from disputes where recharge = ? order by number`, recharge)
      .toArray();
  }

  /** There is never more than one. */
  findOpenDispute(recharge: number): DisputeRecord | null {
    this.hasDisputes ??= this.sql.exec("select 1 from disputes limit 1").toArray().length > 0;
    if (!this.hasDisputes) return null;
    return this.readDisputes(recharge).find((dispute) => dispute.state === "open") ?? null;
  }

  insertDispute(dispute: DisputeRecord): void {
    this.hasDisputes = true;
    this.sql.exec(
      `insert into disputes (recharge, number, disposition, comment, opened_at, evidence_number, state)
       values (?, ?, ?, ?, ?, ?, ?)`,
      dispute.recharge,
      dispute.number,
      dispute.disposition,
      dispute.comment,
      dispute.openedAt,
      dispute.evidenceNumber,
      dispute.state,
    );
  }

  closeDispute({ recharge, number, state, reason, closedAt }: DisputeRecord): void {
    this.sql.exec(
      "update disputes set state = ?, reason = ?, closed_at = ? where recharge = ? and number = ?",
      state,
      reason,
      closedAt,
      recharge,
      number,
    );
  }
}
