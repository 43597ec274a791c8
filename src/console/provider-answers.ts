// What the pages of providers use of the API's answers.
import { z } from "zod";

const providerSchema = z.object({
  id: z.string(),
  protocol: z.string(),
  mode: z.string(),
  is_off: z.boolean(),
  state: z.object({
    breaker: z.string(),
    tripped_until: z.string().nullable(),
    bad_in_a_row: z.int(),
    balance: z.string().nullable(),
    balance_at: z.string().nullable(),
    floor: z.string().nullable(),
    lookups_left: z.int().nullable(),
    lookups_waiting: z.int(),
  }),
  settings: z.looseObject({ order: z.int(), orderOf: z.record(z.string(), z.int()), currency: z.string().optional() }),
});
export const providersSchema = z.object({
  providers: z.array(providerSchema),
  order: z.array(z.object({ product: z.string(), providers: z.array(z.string()) })),
});
export type Provider = z.infer<typeof providerSchema>;

const rate = z.number().nullable();
export const healthSchema = z.object({
  known_until: z.string().nullable(),
  health: z.array(
    z.object({
      provider: z.string(),
      product: z.string(),
      attempts: z.int(),
      succeeded: z.int(),
      open: z.int(),
      success_rate: rate,
      doubt_rate: rate,
      latency_ms: z.object({ p50: z.int(), p95: z.int() }).nullable(),
    }),
  ),
});

export const dayBookSchema = z.object({
  rows: z.array(
    z.object({ day: z.string(), provider: z.string(), succeeded: z.int(), failed: z.int(), reversed: z.int() }),
  ),
});
export type DayRow = z.infer<typeof dayBookSchema>["rows"][number];
