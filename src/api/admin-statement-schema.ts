// Providers' statements on the wire of `/admin/v1`. Subscriber numbers are masked: staff find the recharge by its id.
import { z } from "@hono/zod-openapi";
import type { ProviderAttempt } from "../accounts/account.ts";
import { maskNumber } from "../base/mask.ts";
import { formatAmount } from "../base/money.ts";
import type { StoredStatement } from "../ledger/provider-statements.ts";
import { attemptStates } from "../recharges/recharge.ts";
import { countsSchema } from "../reconciliation/provider-statement/counts.ts";
import type { PlannedStatement } from "../reconciliation/provider-statement/import.ts";
import { rowWords } from "../reconciliation/provider-statement/mapping.ts";
import { type Disposition, dispositions, type MatchedRow } from "../reconciliation/provider-statement/match.ts";
import { type MissingAttempt, missingWords } from "../reconciliation/provider-statement/missing.ts";
import { footingTexts } from "../reconciliation/provider-statement/summary.ts";
import { presentTime } from "./recharge-schema.ts";

const momentText = z.string().openapi({ format: "date-time" });

export const statementSchema = z
  .object({
    id: z.string(),
    provider: z.string(),
    state: z.enum(["planned", "applying", "applied"]).openapi({
      description: "`applying`: applying was interrupted; apply it again and it goes on where it was.",
    }),
    file_hash: z.string().openapi({ description: "SHA-256 of the file." }),
    mapping_version: z.int(),
    counts: countsSchema,
    created_at: momentText,
    created_by: z.string(),
    applied_at: momentText.nullable(),
    applied_by: z.string().nullable(),
    taken: z.int().nullable().openapi({ description: "Words that accounts took." }),
    outdated: z.int().nullable().openapi({ description: "Words that came too late, and were not applied." }),
  })
  .openapi("ProviderStatement");

export function presentStatement(stored: StoredStatement): z.infer<typeof statementSchema> {
  return {
    id: stored.id,
    provider: stored.provider,
    state: stored.state,
    file_hash: stored.fileHash,
    mapping_version: stored.mappingVersion,
    counts: countsSchema.parse(JSON.parse(stored.summary)),
    created_at: presentTime(stored.createdAt),
    created_by: stored.createdBy,
    applied_at: stored.appliedAt === null ? null : presentTime(stored.appliedAt),
    applied_by: stored.appliedBy,
    taken: stored.taken,
    outdated: stored.outdated,
  };
}

const attemptSchema = z.object({
  recharge_id: z.string(),
  reference: z.string(),
  state: z.enum(attemptStates),
  started_at: momentText,
});

const rowSchema = z.object({
  line: z.int(),
  disposition: z.enum(dispositions),
  reason: z.string(),
  is_applied: z.boolean().openapi({ description: "Whether applying tells it to the account." }),
  attempt: attemptSchema.nullable(),
  word: z.enum(rowWords),
  said: z.string(),
  at: momentText,
  speaks_at: momentText,
  their_id: z.string().nullable(),
  reference: z.string().nullable(),
  number: z.string().nullable().openapi({ description: "Masked." }),
  amount: z.string().nullable(),
});

export const planSchema = z
  .object({
    statement: statementSchema,
    footing: z.object({
      foots: z.boolean(),
      reason: z.string().nullable().openapi({ description: "Why it does not foot." }),
      covers: z.object({ from: momentText, to: momentText }).nullable(),
    }),
    rows: z.array(rowSchema).openapi({
      description:
        "All rows that applying would tell to accounts; of the others at most 500 of each disposition (`statement.counts` has all).",
    }),
    missing: z
      .array(
        z.object({
          attempt: attemptSchema,
          word: z.enum(missingWords).openapi({
            description: "`failure`: the file proves that it was never executed. `nothing`: nothing is applied.",
          }),
          reason: z.string(),
        }),
      )
      .openapi({ description: "Our open attempts that the file does not have." }),
  })
  .openapi("StatementPlan");

const shownAtMost = 500;

export function presentPlan({ statement, plan }: PlannedStatement): z.infer<typeof planSchema> {
  const { footing } = plan;
  const shown = new Map<Disposition, number>();
  const rows = plan.rows.filter(({ disposition, isApplied }) => {
    const before = shown.get(disposition) ?? 0;
    shown.set(disposition, before + 1);
    return isApplied || before < shownAtMost;
  });
  return {
    statement: presentStatement(statement),
    footing: {
      foots: footing.kind === "foots",
      reason: footing.kind === "foots" ? null : footingTexts[footing.reason],
      covers:
        footing.kind === "foots"
          ? { from: presentTime(footing.covers.from), to: presentTime(footing.covers.to) }
          : null,
    },
    rows: rows.map(presentRow),
    missing: plan.missing.map(presentMissing),
  };
}

function presentRow({ row, attempt, disposition, isApplied, reason }: MatchedRow): z.infer<typeof rowSchema> {
  return {
    line: row.line,
    disposition,
    reason,
    is_applied: isApplied,
    attempt: attempt === null ? null : presentAttempt(attempt),
    word: row.word,
    said: row.said,
    at: presentTime(row.time.from),
    speaks_at: presentTime(row.speaksAt),
    their_id: row.theirId,
    reference: row.reference,
    number: row.number === null ? null : maskNumber(row.number),
    amount: row.amount === null ? null : formatAmount(row.amount),
  };
}

function presentMissing({ attempt, word, reason }: MissingAttempt) {
  return { attempt: presentAttempt(attempt), word, reason };
}

function presentAttempt(attempt: ProviderAttempt): z.infer<typeof attemptSchema> {
  const { rechargeId, reference, state, startedAt } = attempt;
  return { recharge_id: rechargeId, reference, state, started_at: presentTime(startedAt) };
}
