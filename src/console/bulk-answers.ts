// What the pages about files of recharges use of the answers of `/admin/v1`.
import { z } from "zod";
import { moneyText } from "./money-text.ts";

export const bulkSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  rows: z.object({ bad: z.int(), waiting: z.int(), placed: z.int(), refused: z.int() }),
  cost: z.array(z.object({ currency: z.string(), amount: z.string() })),
  per_minute: z.int().nullable(),
  stopped_by: z.object({ code: z.string(), detail: z.string() }).nullable(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
});
export const bulkProgressSchema = bulkSchema.extend({
  outcomes: z.object({ pending: z.int(), succeeded: z.int(), failed: z.int(), reversed: z.int() }).nullable(),
});
export type Bulk = z.infer<typeof bulkSchema>;
export type BulkProgress = z.infer<typeof bulkProgressSchema>;

export const bulksSchema = z.object({ bulks: z.array(bulkSchema) });
export const bulksAtWorkSchema = z.object({
  bulks: z.array(bulkSchema.extend({ partner: z.string() })),
  unheard: z.array(z.string()),
});

/** Rows that will be placed or were: those that are bad stay out. */
export function goodRows({ rows }: Bulk): number {
  return rows.waiting + rows.placed + rows.refused;
}

/** What the rows that wait will cost: `₹1,980.00 and ৳…`; nothing: `nothing`. */
export function costText({ cost }: Bulk): string {
  const sums = cost.filter(({ amount }) => Number(amount) > 0);
  return sums.length === 0 ? "nothing" : sums.map(({ amount, currency }) => moneyText(amount, currency)).join(" and ");
}

export function isMoving({ state }: Bulk): boolean {
  return state === "running" || state === "cancelling";
}

/** The colour class of a file's state, beside the word. */
export function bulkLooks(state: string): "succeeded" | "failed" | "pending" {
  if (state === "done") return "succeeded";
  return state === "cancelled" ? "failed" : "pending";
}
