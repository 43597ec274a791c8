// Our open attempts that a statement does not have: what their absence proves, if anything.
import type { ProviderAttempt } from "../../accounts/account.ts";
import { isSameNumber } from "./cells.ts";
import { clockDifferenceMs, isOpenAttempt, type MatchedRow, type MatchRules } from "./match.ts";
import type { StatementRow } from "./statement-row.ts";
import { type Footing, footingTexts, type StatementSummary } from "./summary.ts";
import { earliest, latest } from "./time.ts";

/** `failure`: the file's word that it was never executed. `absence`: it was not found. `nothing`: the file cannot know. */
export const missingWords = ["failure", "absence", "nothing"] as const;
export type MissingWord = (typeof missingWords)[number];

export interface MissingAttempt {
  readonly attempt: ProviderAttempt;
  readonly word: MissingWord;
  readonly reason: string;
  /** Epoch ms up to which the file speaks. */
  readonly speaksAt: number;
}

interface Period {
  readonly from: number;
  readonly to: number;
}

/**
 * Open attempts that no row speaks of and no row could be. The absence of one is a word of failure only where the file
 * foots and has every row until long after the attempt's last moment (`finalAfterMs`), and the upstream never said that it
 * took the order; otherwise it is an absence, and that only where the file reaches so far.
 */
export function missingAttempts(
  matched: readonly MatchedRow[],
  attempts: readonly ProviderAttempt[],
  file: { readonly footing: Footing; readonly summary: StatementSummary | null; readonly rules: MatchRules },
): readonly MissingAttempt[] {
  const named = new Set(matched.map(({ attempt }) => attempt));
  const others = matched.filter(({ attempt, row }) => attempt === null && row.word !== "other").map(({ row }) => row);
  const period = periodOf(matched, file.summary, file.rules);
  return attempts
    .filter((attempt) => isOpenAttempt(attempt) && !named.has(attempt))
    .map((attempt) => {
      const couldBe = others.find((row) => mayBe(row, attempt));
      if (couldBe !== undefined)
        return nothing(attempt, `Line ${couldBe.line} may be it, and nothing says that it is.`);
      return judge(attempt, period, file);
    });
}

/** What the file spans: the period that it states, or from its first row to its last; never beyond now. */
function periodOf(matched: readonly MatchedRow[], summary: StatementSummary | null, { now }: MatchRules): Period {
  if (summary !== null) return { from: summary.from, to: Math.min(summary.to, summary.made ?? now, now) };
  const moments = matched.map(({ row }) => row.time.from);
  return { from: earliest(moments, now), to: Math.min(latest(moments, 0), now) };
}

/** An order may be executed, and dated, long after it was sent; a row that states no number may be anybody's. */
function mayBe(row: StatementRow, attempt: ProviderAttempt): boolean {
  return (
    row.amount === attempt.amount &&
    (row.number === null || isSameNumber(row.number, attempt.number)) &&
    row.time.until + clockDifferenceMs > attempt.startedAt
  );
}

function nothing(attempt: ProviderAttempt, reason: string): MissingAttempt {
  return { attempt, word: "nothing", reason, speaksAt: 0 };
}

function judge(
  attempt: ProviderAttempt,
  period: Period,
  { footing, rules }: { readonly footing: Footing; readonly rules: MatchRules },
): MissingAttempt {
  const finalAt = attempt.startBy + rules.callLimitMs + rules.finalAfterMs;
  const reaches = ({ from, to }: Period): boolean => from <= attempt.startedAt && finalAt <= Math.min(to, rules.now);
  if (!reaches(period)) return nothing(attempt, "The file does not reach from the attempt's start to its last moment.");
  const absence = (reason: string): MissingAttempt => ({ attempt, word: "absence", reason, speaksAt: period.to });
  if (footing.kind === "does_not_foot") return absence(footingTexts[footing.reason]);
  if (!reaches(footing.covers))
    return absence("The file does not show that it was made after the attempt's last moment.");
  if (attempt.state === "accepted") return absence("The provider took the order, and has not said its last word.");
  const speaksAt = Math.min(footing.covers.to, rules.now);
  return { attempt, word: "failure", reason: "The file has every row of its period, and none of it.", speaksAt };
}
