// What the page of a recharge uses of the answers of `/admin/v1`.
import { z } from "zod";
import { caseFileSchema } from "./case-answers.ts";

/** The case file with all of the recharge. */
export const insideSchema = caseFileSchema.extend({
  recharge: caseFileSchema.shape.recharge.extend({
    fields: z.record(z.string(), z.string()),
    commission: z.string(),
    proof: z.string().nullable(),
    failure: z.object({ text: z.string() }).nullable(),
    repeat_of: z.string().nullable(),
    resolves_by: z.string().nullable(),
  }),
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
