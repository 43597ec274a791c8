// Mappings, rows and attempts that the tests of statements start from.
import type { ProviderAttempt } from "../../../../src/accounts/account.ts";
import { minor } from "../../../../src/base/money.ts";
import { mappingSchema, type StatementMapping } from "../../../../src/reconciliation/provider-statement/mapping.ts";
import type { MatchRules } from "../../../../src/reconciliation/provider-statement/match.ts";
import type { StatementRow } from "../../../../src/reconciliation/provider-statement/statement-row.ts";

/** Noon in UTC; the attempts of the tests start here. */
export const t0 = Date.UTC(2026, 10, 2, 12);
export const minuteMs = 60_000;
export const now = t0 + 24 * 60 * minuteMs;

export const fullMapping = {
  columns: {
    id: "Trx",
    reference: "Ref",
    number: "Mobile",
    amount: "Amount",
    status: "Status",
    time: "Date",
    changed: "Updated",
    operator: "Operator",
    debit: "Debit",
    credit: "Credit",
    balance: "Balance",
  },
  words: {
    success: ["Success", "Done"],
    failure: ["Failed"],
    refund: ["Refunded"],
    pending: ["Pending"],
    other: ["Deposit"],
  },
  date: "yyyy-MM-dd HH:mm:ss",
  zone: "UTC",
  decimal: { point: ".", grouping: "," },
  summary: { from: "From", to: "To", opening: "Opening", closing: "Closing", made: "Made" },
} as const;

export function mappingOf(more: Readonly<Record<string, unknown>> = {}): StatementMapping {
  return mappingSchema.parse({ ...fullMapping, ...more });
}

/** As a clock in UTC shows a moment. */
export function shown(moment: number): string {
  return new Date(moment).toISOString().slice(0, 19).replace("T", " ");
}

export const rules: MatchRules = { callLimitMs: 30_000, finalAfterMs: 600_000, referenceTravels: true, now };

/** A row of success at the attempts' time that names nobody. */
export function row(more: Partial<StatementRow> = {}): StatementRow {
  return {
    line: 2,
    identity: "row:a:1",
    theirId: null,
    reference: null,
    operatorReference: null,
    number: "9812345678",
    amount: minor(2_000),
    word: "success",
    said: "Success",
    time: { from: t0 + 2_000, until: t0 + 3_000 },
    speaksAt: t0 + 2_000,
    movement: minor(-1_980),
    balanceAfter: null,
    ...more,
  };
}

/** An attempt in doubt. */
export function attempt(more: Partial<ProviderAttempt> = {}): ProviderAttempt {
  return {
    account: 7,
    counter: 1,
    reference: "LC000070000001",
    rechargeId: "rch_000070000001",
    number: "9812345678",
    amount: minor(2_000),
    state: "in_doubt",
    startedAt: t0,
    startBy: t0 + 5_000,
    theirReference: null,
    evidence: 1,
    statementKeys: [],
    ...more,
  };
}
