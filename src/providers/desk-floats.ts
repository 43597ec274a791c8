// The comparisons of a provider's float that its desk keeps: its SQL.
import type { FloatCheck, FloatNote } from "../recharges/float-check.ts";

/** A step of the desk's tables. At most one row is the baseline. */
export const floatTables = `CREATE TABLE float_checks (
  number INTEGER PRIMARY KEY,
  is_baseline INTEGER NOT NULL,
  data TEXT NOT NULL
);`;

/** The baseline is kept beside the newest ones. */
const keptChecks = 100;

export function readFloatChecks(sql: SqlStorage): {
  readonly baseline: FloatCheck | null;
  readonly checks: readonly FloatCheck[];
} {
  const rows = sql
    .exec<{ is_baseline: number; data: string }>("SELECT is_baseline, data FROM float_checks ORDER BY number DESC")
    .toArray();
  const baseline = rows.find((row) => row.is_baseline === 1);
  return {
    baseline: baseline === undefined ? null : parseCheck(baseline.data),
    checks: rows.map((row) => parseCheck(row.data)),
  };
}

/** Keeps a comparison, or takes the newest one as it is where it is the one that was seen; else nothing changes. */
export function keepFloatNote(sql: SqlStorage, note: FloatNote): void {
  if (note.kind === "accept") {
    const [newest] = readFloatChecks(sql).checks;
    if (newest?.checkedAt === note.checkedAt)
      sql.exec("UPDATE float_checks SET is_baseline = (number = (SELECT max(number) FROM float_checks))");
    return;
  }
  const { check, isBaseline } = note;
  if (isBaseline) sql.exec("UPDATE float_checks SET is_baseline = 0 WHERE is_baseline = 1");
  sql.exec("INSERT INTO float_checks (is_baseline, data) VALUES (?, ?)", isBaseline ? 1 : 0, JSON.stringify(check));
  sql.exec(
    `DELETE FROM float_checks WHERE is_baseline = 0 AND number <= (SELECT max(number) FROM float_checks) - ?`,
    keptChecks,
  );
}

// What only this file wrote is trusted, and its numbers are branded as they were.
function parseCheck(text: string): FloatCheck {
  return JSON.parse(text) as FloatCheck;
}
