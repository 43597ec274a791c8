// Plans in short: a deposit in a statement that foots, long after the attempt of the tests.
import type { ProviderAttempt } from "../../../../src/accounts/account.ts";
import { minor } from "../../../../src/base/money.ts";
import type { MatchRules } from "../../../../src/reconciliation/provider-statement/match.ts";
import { planStatement, type StatementPlan } from "../../../../src/reconciliation/provider-statement/plan.ts";
import type { StatementRow } from "../../../../src/reconciliation/provider-statement/statement-row.ts";
import type { StatementSummary } from "../../../../src/reconciliation/provider-statement/summary.ts";
import { minuteMs, row, rules, t0 } from "./statement-fixture.ts";

/** Last moment of the attempt of the tests. */
export const finalAt = t0 + 5_000 + 30_000 + 600_000;
export const deposit = row({ identity: "row:d:1", word: "other", number: null, amount: null, movement: minor(500) });
export const summary: StatementSummary = {
  from: t0 - minuteMs,
  to: finalAt + minuteMs,
  opening: minor(1_000),
  closing: minor(1_500),
  made: finalAt + minuteMs,
};

export function plan(
  rows: readonly StatementRow[],
  attempts: readonly ProviderAttempt[],
  more: { summary?: StatementSummary | null; rules?: Partial<MatchRules> } = {},
): StatementPlan {
  const file = { rows, summary: more.summary === undefined ? summary : more.summary };
  return planStatement(file, attempts, { bound: [], rules: { ...rules, ...more.rules } });
}

/** What is said of the attempts that are missing. */
export function missing(...given: Parameters<typeof plan>): readonly string[] {
  return plan(...given).missing.map(({ word, reason }) => `${word}: ${reason}`);
}
