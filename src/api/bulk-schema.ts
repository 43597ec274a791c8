// Partners' files of recharges on the wire.
import { z } from "@hono/zod-openapi";
import { bulkStates, type BulkSummary, type RowProblem } from "../bulk/bulk.ts";
import type { BulkProgress, RowResult } from "../bulk/manage.ts";
import { currencies, formatAmount } from "../base/money.ts";
import type { Currency, Minor } from "../base/money.ts";
import { refusals } from "../base/refusal.ts";
import { amountOf, amountSchema, textSchema } from "./parameters.ts";
import { presentTime } from "./recharge-schema.ts";
import { writeCsv } from "./csv.ts";

const timeSchema = z.string().openapi({ format: "date-time" });
const codeSchema = z.enum(Object.keys(refusals).toSorted());

export const bulkIdSchema = textSchema(/^blk_[0-9a-z]{5}[0-9a-f]{16}$/, "the id of a file of recharges").openapi({
  example: "blk_00001d41d8cd98f00b204",
});

export const startSchema = z
  .strictObject({
    skip_bad: z
      .boolean()
      .optional()
      .openapi({ description: "Leave bad rows out. Without it a file with bad rows is refused." }),
    max_cost: z.strictObject({ INR: amountSchema.optional(), BDT: amountSchema.optional() }).optional().openapi({
      description: "Refuse if the waiting rows would cost more. A currency that is left out may cost nothing.",
    }),
    per_minute: z
      .int()
      .min(1)
      .max(60_000)
      .optional()
      .openapi({ description: "Rows placed in a minute; as many as the installation allows by default, and at most." }),
  })
  .openapi("BulkStart");

export function maxCostOf(body: z.infer<typeof startSchema>): Partial<Record<Currency, Minor>> | null {
  if (body.max_cost === undefined) return null;
  const { INR, BDT } = body.max_cost;
  return {
    ...(INR === undefined ? {} : { INR: amountOf(INR) }),
    ...(BDT === undefined ? {} : { BDT: amountOf(BDT) }),
  };
}

const problemSchema = z.object({
  column: z.string().nullable().openapi({ description: "A heading of the file; null where it is not one cell." }),
  code: codeSchema,
  reason: z.string(),
});
const badRowSchema = z
  .object({ line: z.int(), agent_id: z.string(), problems: z.array(problemSchema) })
  .openapi("BadRow", { description: "Lines are counted from 1, the headings included." });

export const bulkSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(bulkStates),
  rows: z.object({
    bad: z.int(),
    waiting: z.int(),
    placed: z.int().openapi({ description: "The account has them; see `outcomes`." }),
    refused: z.int(),
  }),
  cost: z
    .array(z.object({ currency: z.enum(currencies), amount: z.string() }))
    .openapi({ description: "What the waiting rows will cost." }),
  per_minute: z.int().nullable(),
  stopped_by: z
    .object({ code: codeSchema, detail: z.string() })
    .nullable()
    .openapi({ description: "The refusal that stopped the run; start it again once that is mended." }),
  created_at: timeSchema,
  started_at: timeSchema.nullable(),
  ended_at: timeSchema.nullable(),
});
export const bulkListSchema = z.object({ bulks: z.array(bulkSummarySchema.openapi("BulkSummary")) });

export const bulkSchema = bulkSummarySchema
  .extend({
    outcomes: z
      .object({
        pending: z.int(),
        succeeded: z.int(),
        failed: z.int(),
        reversed: z.int(),
        as_of_event: z.int(),
      })
      .nullable()
      .openapi({ description: "States of the placed recharges, from the ledger; null while it cannot be read." }),
  })
  .openapi("Bulk");
export const uploadedSchema = bulkSchema
  .extend({
    bad_rows: z
      .array(badRowSchema)
      .openapi({ description: "The first hundred; all of them: `GET /v1/bulk-recharges/{id}/problems`." }),
  })
  .openapi("UploadedBulk");
export const problemsSchema = z.object({ bad_rows: z.array(badRowSchema) });

export function presentSummary(bulk: BulkSummary): z.infer<typeof bulkSummarySchema> {
  return {
    id: bulk.id,
    name: bulk.name,
    state: bulk.state,
    rows: { ...bulk.rows },
    cost: bulk.costs.map(({ currency, cost }) => ({ currency, amount: formatAmount(cost) })),
    per_minute: bulk.perMinute,
    stopped_by: bulk.stoppedBy === null ? null : { ...bulk.stoppedBy },
    created_at: presentTime(bulk.createdAt),
    started_at: bulk.startedAt === null ? null : presentTime(bulk.startedAt),
    ended_at: bulk.endedAt === null ? null : presentTime(bulk.endedAt),
  };
}

export function presentBulk(bulk: BulkProgress): z.infer<typeof bulkSchema> {
  const outcomes = bulk.outcomes === null ? null : { ...bulk.outcomes.counts, as_of_event: bulk.outcomes.asOfEvent };
  return { ...presentSummary(bulk), outcomes };
}

export function presentBadRow(row: RowResult): z.infer<typeof badRowSchema> {
  return { line: row.line, agent_id: row.agentId, problems: row.problems.map((problem) => ({ ...problem })) };
}

export const resultColumns = [
  "line",
  "agent_id",
  "product",
  "number",
  "amount",
  "status",
  "recharge_id",
  "operator_reference",
  "cost",
  "currency",
  "column",
  "code",
  "reason",
] as const;

/** The rows of a file with what became of each: one line a row. */
export function resultCsv(rows: readonly RowResult[]): string {
  return writeCsv(
    resultColumns,
    rows.map((row) => [
      row.line,
      row.agentId,
      row.product,
      row.number,
      row.amount,
      row.status,
      row.rechargeId,
      row.operatorReference,
      row.state !== "placed" || row.cost === null ? null : { amount: row.cost },
      row.currency,
      listOf(row.problems, "column"),
      listOf(row.problems, "code"),
      row.failure ?? listOf(row.problems, "reason"),
    ]),
  );
}

function listOf(problems: readonly RowProblem[], part: keyof RowProblem): string {
  return problems.map((problem) => problem[part] ?? "").join("; ");
}
