// Matching in short, for the tests of it.
import type { ProviderAttempt } from "../../../../src/accounts/account.ts";
import {
  type BoundRow,
  type MatchedRow,
  type MatchRules,
  matchRows,
} from "../../../../src/reconciliation/provider-statement/match.ts";
import type { StatementRow } from "../../../../src/reconciliation/provider-statement/statement-row.ts";
import { attempt, row, rules, t0 } from "./statement-fixture.ts";

interface Given {
  readonly bound?: readonly BoundRow[];
  readonly rules?: Partial<MatchRules>;
}

export function match(
  rows: readonly StatementRow[],
  attempts: readonly ProviderAttempt[],
  given: Given = {},
): readonly MatchedRow[] {
  return matchRows(rows, attempts, { bound: given.bound ?? [], rules: { ...rules, ...given.rules } });
}

/** Disposition, counter of the attempt, and whether it is applied. */
export function brief(
  rows: readonly StatementRow[],
  attempts: readonly ProviderAttempt[],
  given: Given = {},
): readonly string[] {
  return match(rows, attempts, given).map(
    ({ disposition, attempt: of, isApplied }) => `${disposition} ${of?.counter ?? "-"}${isApplied ? " applied" : ""}`,
  );
}

/** A row that names the attempt of the tests. */
export function named(more: Partial<StatementRow> = {}): StatementRow {
  return row({ reference: "LC000070000001", ...more });
}

export function spanAt(from: number): Pick<StatementRow, "time"> {
  return { time: { from, until: from + 1_000 } };
}

/** An attempt of another partner, for the same number and amount, a second later. */
export function otherAttempt(more: Partial<ProviderAttempt> = {}): ProviderAttempt {
  return attempt({ account: 8, counter: 2, reference: "LC000080000002", startedAt: t0 + 1_000, ...more });
}

/** Why one row is what it is. */
export function reasonOf(word: StatementRow["word"], state: ProviderAttempt["state"]): string | undefined {
  return match([named({ word })], [attempt({ state })])[0]?.reason;
}
