// What the page of a recharge uses of the answers of `/admin/v1`.
import { z } from "zod";

export const insideSchema = z.object({
  recharge: z.object({
    id: z.string(),
    agent_id: z.string(),
    mode: z.string(),
    product: z.string(),
    number: z.string(),
    fields: z.record(z.string(), z.string()),
    amount: z.string(),
    commission: z.string(),
    cost: z.string(),
    currency: z.string(),
    state: z.string(),
    proof: z.string().nullable(),
    operator_reference: z.string().nullable(),
    failure: z.object({ text: z.string() }).nullable(),
    repeat_of: z.string().nullable(),
    created_at: z.string(),
    resolves_by: z.string().nullable(),
  }),
  case: z.object({ kind: z.string(), opened_at: z.string() }).nullable(),
  attempts: z.array(
    z.object({
      reference: z.string(),
      provider: z.string(),
      their_reference: z.string().nullable(),
      state: z.string(),
      started_at: z.string(),
      lookups: z.int(),
      next_step_at: z.string().nullable(),
      evidence: z.array(
        z.object({
          at: z.string(),
          received_at: z.string(),
          kind: z.string(),
          word: z.string(),
          said: z.string(),
          proves: z.string(),
          decides: z.boolean(),
          operator_reference: z.string().nullable(),
        }),
      ),
    }),
  ),
  rulings: z.array(
    z.object({
      number: z.int(),
      word: z.string(),
      reason: z.string(),
      state: z.string(),
      proposed_by: z.string(),
      proposed_at: z.string(),
      confirmed_by: z.string().nullable(),
      confirmed_at: z.string().nullable(),
    }),
  ),
  disputes: z.array(
    z.object({
      number: z.int(),
      comment: z.string(),
      state: z.string(),
      reason: z.string().nullable(),
      opened_at: z.string(),
      closed_at: z.string().nullable(),
    }),
  ),
});
export type Inside = z.infer<typeof insideSchema>;

export const bookSchema = z.object({
  as_of_event: z.int(),
  events: z.array(
    z.object({
      number: z.int(),
      type: z.string(),
      at: z.string(),
      state: z.string().nullable(),
      provider: z.string().nullable(),
      case: z.string().nullable(),
    }),
  ),
  movements: z.array(
    z.object({ event: z.int(), debit: z.string(), credit: z.string(), amount: z.string(), currency: z.string() }),
  ),
});
export type Book = z.infer<typeof bookSchema>;
