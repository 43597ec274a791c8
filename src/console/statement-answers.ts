// What the pages about providers' statements use of `/admin/v1`'s answers.
import { z } from "zod";

const countsSchema = z.object({
  rows: z.record(z.string(), z.int()),
  missing: z.record(z.string(), z.int()),
  foots: z.boolean(),
  words: z.int(),
});
const statementSchema = z.object({
  id: z.string(),
  state: z.enum(["planned", "applying", "applied"]),
  file_hash: z.string(),
  mapping_version: z.int(),
  counts: countsSchema,
  created_at: z.string(),
  created_by: z.string(),
  applied_at: z.string().nullable(),
  applied_by: z.string().nullable(),
  taken: z.int().nullable(),
  outdated: z.int().nullable(),
});
export type Statement = z.infer<typeof statementSchema>;
export const statementsSchema = z.object({ statements: z.array(statementSchema) });

const attemptSchema = z.object({ recharge_id: z.string(), reference: z.string(), state: z.string() });
const rowSchema = z.object({
  line: z.int(),
  disposition: z.string(),
  reason: z.string(),
  is_applied: z.boolean(),
  attempt: attemptSchema.nullable(),
  word: z.string(),
  said: z.string(),
  at: z.string(),
  their_id: z.string().nullable(),
  number: z.string().nullable(),
  amount: z.string().nullable(),
});
export type PlanRow = z.infer<typeof rowSchema>;
const missingSchema = z.object({
  attempt: attemptSchema,
  word: z.enum(["failure", "absence", "nothing"]),
  reason: z.string(),
});
export type MissingAttempt = z.infer<typeof missingSchema>;
export const planSchema = z.object({
  statement: statementSchema,
  footing: z.object({
    foots: z.boolean(),
    reason: z.string().nullable(),
    covers: z.object({ from: z.string(), to: z.string() }).nullable(),
  }),
  rows: z.array(rowSchema),
  missing: z.array(missingSchema),
});
export type Plan = z.infer<typeof planSchema>;

export const appliedSchema = z.object({
  kind: z.enum(["applied", "outdated"]),
  is_replay: z.boolean().optional(),
  statement: statementSchema.optional(),
});

export function statementsPath(provider: string): string {
  return `/console/reconciliation/statements/${encodeURIComponent(provider)}`;
}

export function providerApiPath(provider: string): string {
  return `/admin/v1/providers/${encodeURIComponent(provider)}`;
}
