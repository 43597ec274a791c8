// What the page of our wallet at a provider uses of the API's answers.
import { z } from "zod";
import { segmentSchema } from "./segment-drawing.tsx";

const kind = z.enum(["exclusive", "refund_free"]);
export const walletBookSchema = z.object({
  declarations: z.array(
    z.object({
      kind,
      since: z.string(),
      by: z.string(),
      reason: z.string(),
      withdrawn: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
    }),
  ),
  movements: z.array(
    z.object({
      external_reference: z.string(),
      from: z.string(),
      until: z.string(),
      change: z.string(),
      note: z.string(),
      by: z.string(),
      recorded_at: z.string(),
    }),
  ),
  quiet: z.object({ since: z.string(), calm_at: z.string(), until: z.string() }).nullable(),
  commissions: z.array(z.object({ of: z.string(), commission: z.string() })),
});
export type WalletBook = z.infer<typeof walletBookSchema>;

export const chainSchema = z.object({
  segments: z.array(
    segmentSchema.extend({
      judgement: z.enum(["foots", "proves", "proves_number", "withdrawn", "cannot"]),
      closes_from: z.string().nullable(),
    }),
  ),
  footing: z.int(),
});
export type ChainSegment = z.infer<typeof chainSchema>["segments"][number];
