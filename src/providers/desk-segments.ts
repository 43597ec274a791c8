// What a desk keeps for balance segments (`recharges/segment-book.ts`): its SQL. Every write happens once however often it is told.
import type { Minor } from "../base/money.ts";
import type {
  Declaration,
  DeclarationKind,
  FloatMovement,
  SegmentBook,
  SegmentNote,
} from "../recharges/segment-book.ts";
import { type CommissionSeen, distinctCommissions } from "../recharges/segment-costs.ts";
import type { BalanceReading } from "../recharges/segment-history.ts";

/** A step of the desk's tables. */
export const segmentTables = `
  CREATE TABLE declarations (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, since INTEGER NOT NULL, staff TEXT NOT NULL, reason TEXT NOT NULL,
    withdrawn_at INTEGER, withdrawn_by TEXT, withdrawn_reason TEXT
  );
  CREATE TABLE float_movements (
    id TEXT NOT NULL PRIMARY KEY, starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL, change INTEGER NOT NULL,
    note TEXT NOT NULL, staff TEXT NOT NULL, recorded_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE balance_readings (
    asked_at INTEGER PRIMARY KEY, answered_at INTEGER NOT NULL, balance INTEGER NOT NULL
  );
  CREATE TABLE commissions (face INTEGER NOT NULL, commission INTEGER NOT NULL, PRIMARY KEY (face, commission)) WITHOUT ROWID;
  CREATE TABLE segments (
    id INTEGER PRIMARY KEY CHECK (id = 1), quieted_at INTEGER, lost_at INTEGER, judge_at INTEGER
  );
  INSERT INTO segments (id) VALUES (1);`;

/** Beyond these the oldest go; a segment is judged within days. */
const keptReadings = 1_000;
const keptCommissions = 200;
const shown = 200;

type DeclarationRow = {
  kind: DeclarationKind;
  since: number;
  staff: string;
  reason: string;
  withdrawn_at: number | null;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
};
type MovementRow = { -readonly [Column in keyof FloatMovement]: FloatMovement[Column] };
type ReadingRow = { askedAt: number; answeredAt: number; balance: Minor };
type CommissionRow = { face: Minor; commission: Minor };
type StateRow = { quietedAt: number | null; lostAt: number | null; judgeAt: number | null };

export function readSegmentBook(sql: SqlStorage): Omit<SegmentBook, "quiet"> {
  return {
    declarations: sql
      .exec<DeclarationRow>("SELECT * FROM declarations ORDER BY number DESC LIMIT ?", shown)
      .toArray()
      .map(readDeclaration),
    movements: readMovements(sql, "ORDER BY starts_at DESC LIMIT ?", shown),
    readings: sql
      .exec<ReadingRow>(
        "SELECT asked_at AS askedAt, answered_at AS answeredAt, balance FROM balance_readings ORDER BY asked_at DESC",
      )
      .toArray(),
    commissions: readCommissions(sql),
    ...sql.exec<StateRow>("SELECT quieted_at AS quietedAt, lost_at AS lostAt, judge_at AS judgeAt FROM segments").one(),
  };
}

/** Keeps what was told; what it means for routing is not its business. False: a movement's external reference names another movement. */
export function keepSegmentNote(sql: SqlStorage, note: SegmentNote, now: number): boolean {
  switch (note.kind) {
    case "declare":
      declare(sql, note, now);
      return true;
    case "withdraw":
      sql.exec(
        "UPDATE declarations SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_reason = ? WHERE kind = ? AND withdrawn_at IS NULL",
        now,
        note.by,
        note.reason,
        note.declares,
      );
      return true;
    case "movement":
      return keepMovement(sql, note.movement, now);
    case "commissions":
      keepCommissions(sql, note.seen);
      return true;
    case "quiet":
      sql.exec("UPDATE segments SET quieted_at = ?", note.quiet.since);
      return true;
    case "end_quiet":
      return true;
    case "judged":
      sql.exec(
        "UPDATE segments SET judge_at = ?, lost_at = CASE WHEN lost_at > ? THEN lost_at END",
        note.judgeAt,
        note.startedAt,
      );
      return true;
    default:
      return false;
  }
}

/** A submit was told to be in doubt, sent at this time: worth a row only for the first since the last judging. */
export function noteLost(sql: SqlStorage, sentAt: number): void {
  const { lost_at: known } = sql.exec<{ lost_at: number | null }>("SELECT lost_at FROM segments").one();
  if (known === null || sentAt < known) sql.exec("UPDATE segments SET lost_at = ?", sentAt);
}

/** One that stands already stays as it is. */
function declare(
  sql: SqlStorage,
  { declares, by, reason }: Extract<SegmentNote, { kind: "declare" }>,
  now: number,
): void {
  sql.exec(
    `INSERT INTO declarations (kind, since, staff, reason) SELECT ?1, ?2, ?3, ?4
     WHERE NOT EXISTS (SELECT 1 FROM declarations WHERE kind = ?1 AND withdrawn_at IS NULL)`,
    declares,
    now,
    by,
    reason,
  );
}

function keepMovement(sql: SqlStorage, movement: Omit<FloatMovement, "recordedAt">, now: number): boolean {
  const [known] = readMovements(sql, "WHERE id = ?", movement.id);
  if (known !== undefined)
    return known.from === movement.from && known.until === movement.until && known.change === movement.change;
  sql.exec(
    "INSERT INTO float_movements (id, starts_at, ends_at, change, note, staff, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    movement.id,
    movement.from,
    movement.until,
    movement.change,
    movement.note,
    movement.by,
    now,
  );
  return true;
}

function readMovements(sql: SqlStorage, which: string, value: string | number): readonly FloatMovement[] {
  return sql
    .exec<MovementRow>(
      `SELECT id, starts_at AS "from", ends_at AS until, change, note, staff AS "by", recorded_at AS recordedAt
       FROM float_movements ${which}`,
      value,
    )
    .toArray();
}

/** A balance call that was answered: what segments may lie between. */
export function keepReading(sql: SqlStorage, { askedAt, answeredAt, balance }: BalanceReading): void {
  sql.exec(
    "INSERT OR REPLACE INTO balance_readings (asked_at, answered_at, balance) VALUES (?, ?, ?)",
    askedAt,
    answeredAt,
    balance,
  );
  sql.exec(
    "DELETE FROM balance_readings WHERE asked_at NOT IN (SELECT asked_at FROM balance_readings ORDER BY asked_at DESC LIMIT ?)",
    keptReadings,
  );
}

function readCommissions(sql: SqlStorage): readonly CommissionSeen[] {
  return sql.exec<CommissionRow>("SELECT face, commission FROM commissions").toArray();
}

/** Beyond the limit nothing more is kept: so many different ones would prove nothing any more. */
function keepCommissions(sql: SqlStorage, seen: readonly CommissionSeen[]): void {
  const known = readCommissions(sql);
  for (const { face, commission } of distinctCommissions([...known, ...seen]).slice(0, keptCommissions))
    sql.exec("INSERT OR IGNORE INTO commissions (face, commission) VALUES (?, ?)", face, commission);
}

function readDeclaration(row: DeclarationRow): Declaration {
  const { kind, since, staff: by, reason, withdrawn_at: at } = row;
  const withdrawn = at === null ? null : { at, by: row.withdrawn_by ?? "", reason: row.withdrawn_reason ?? "" };
  return { kind, since, by, reason, withdrawn };
}
