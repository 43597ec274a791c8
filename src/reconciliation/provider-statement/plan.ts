// What importing a statement would do: its rows matched, what is missing, and the words that the accounts would be told.
import { createHash } from "node:crypto";
import type { ProviderAttempt, StatementWord } from "../../accounts/account.ts";
import { type BoundRow, evidenceKeyOf, type MatchedRow, type MatchRules, matchRows } from "./match.ts";
import { type MissingAttempt, missingAttempts } from "./missing.ts";
import type { StatementFile } from "./rows.ts";
import { type Footing, footingOf } from "./summary.ts";

/** One word for one account. `identity` is the row's, to be bound to the attempt; null for what is missing. */
export interface PlannedWord extends StatementWord {
  readonly account: number;
  readonly identity: string | null;
}

export interface StatementPlan {
  readonly rows: readonly MatchedRow[];
  readonly missing: readonly MissingAttempt[];
  readonly footing: Footing;
  /** In an order of their own: the same file in another order gives the same words. */
  readonly words: readonly PlannedWord[];
}

/** The plan for one file. Attempts are all of this provider's that the file could speak of, asked from the accounts. */
export function planStatement(
  file: StatementFile,
  attempts: readonly ProviderAttempt[],
  given: { readonly bound: readonly BoundRow[]; readonly rules: MatchRules },
): StatementPlan {
  const rows = matchRows(file.rows, attempts, given);
  const footing = footingOf(file.rows, file.summary);
  const missing = missingAttempts(rows, attempts, { footing, summary: file.summary, rules: given.rules });
  const words = [...rows.flatMap(wordOfRow), ...missing.flatMap(wordOfMissing)];
  return { rows, footing, missing, words: onceEach(words).toSorted(byAttempt) };
}

/** 24 hex digits that stand for what a plan would do: equal plans have equal ones, whatever the order of the rows. */
export function hashOfPlan({ words }: StatementPlan): string {
  // The line is for people; the same file in another order has other lines.
  const said = words.map(({ said: _said, ...word }) => word);
  return createHash("sha256").update(JSON.stringify(said), "utf8").digest("hex").slice(0, 24);
}

function wordOfRow({ row, attempt, isApplied }: MatchedRow): PlannedWord[] {
  if (!isApplied || attempt === null) return [];
  const isSuccess = row.word === "success";
  return [
    {
      account: attempt.account,
      attempt: attempt.counter,
      seenEvidence: attempt.evidence,
      identity: row.identity,
      key: evidenceKeyOf(row),
      kind: "statement",
      word: isSuccess ? "success" : "failure",
      speaksAt: row.speaksAt,
      operatorReference: isSuccess ? row.operatorReference : null,
      theirReference: row.theirId,
      cause: isSuccess ? null : "operator",
      amount: row.amount,
      said: `provider statement, line ${row.line}: ${row.said}`,
    },
  ];
}

function wordOfMissing({ attempt, word, speaksAt }: MissingAttempt): PlannedWord[] {
  if (word === "nothing") return [];
  const isFailure = word === "failure";
  return [
    {
      account: attempt.account,
      attempt: attempt.counter,
      seenEvidence: attempt.evidence,
      identity: null,
      // However many files lack it, that is one absence: two of the same file must not count as seen twice.
      key: isFailure ? "statement:missing" : "absence:statement",
      kind: isFailure ? "statement" : "absence",
      word: isFailure ? "failure" : "absent",
      speaksAt,
      operatorReference: null,
      theirReference: null,
      cause: isFailure ? "not_executed" : null,
      amount: null,
      said: isFailure ? "not in a provider statement that foots" : "not in a provider statement",
    },
  ];
}

function onceEach(words: readonly PlannedWord[]): readonly PlannedWord[] {
  return [...new Map(words.map((word) => [`${word.account}:${word.attempt}:${word.key}`, word])).values()];
}

function byAttempt(left: PlannedWord, right: PlannedWord): number {
  return left.account - right.account || left.attempt - right.attempt || (left.key < right.key ? -1 : 1);
}
