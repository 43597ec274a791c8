// What narrows the list of recharges: read from an address or a form, kept as a view, and asked of `/admin/v1`.
import { z } from "zod";
import { rechargeStates } from "../recharges/recharge.ts";

const hourMs = 3_600_000;
/** Times that a view can keep, because they go on with the clock. */
export const spans = {
  hour: ["the last hour", hourMs],
  day: ["the last 24 hours", 24 * hourMs],
  week: ["the last 7 days", 7 * 24 * hourMs],
  month: ["the last 31 days", 31 * 24 * hourMs],
} as const satisfies Record<string, readonly [text: string, ms: number]>;

const optional = (pattern: RegExp) =>
  z
    .string()
    .trim()
    .regex(pattern)
    .optional()
    .catch(() => undefined);

/** Whatever is malformed is left out: the page shows what it understood. */
const filterSchema = z.object({
  state: z.enum(rechargeStates).optional().catch(undefined),
  within: z.enum(["hour", "day", "week", "month"]).optional().catch(undefined),
  partner: optional(/^ptn_[0-9a-z]{5}$/),
  provider: optional(/^[a-z0-9_-]{1,40}$/),
  product: optional(/^[a-z0-9.-]{3,64}$/),
  cursor: optional(/^\d{1,15}\.\d{1,15}\.\d{1,15}$/),
});
export type Filter = z.infer<typeof filterSchema>;

/** From the parts of a query or of a form. */
export function readFilter(given: Readonly<Record<string, unknown>>): Filter {
  return filterSchema.parse(given);
}

/** The filter as the query of an address: no number, and nothing else that somebody looked for, is ever in it. */
export function queryOf(filter: Filter): string {
  const parts = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(parts).toString();
}

/** The body of `POST /admin/v1/recharges/search`. */
export function searchOf({ within, ...filter }: Filter, text: string, now: number): Record<string, unknown> {
  return {
    ...filter,
    ...(within === undefined ? {} : { from: new Date(now - spans[within][1]).toISOString() }),
    ...(text === "" ? {} : { text }),
  };
}
