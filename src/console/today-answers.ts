// What Today uses of the answers of `/admin/v1`, and what it makes of them. Pure.
import { z } from "zod";

const figures = {
  week: z.enum(["this", "last"]),
  currency: z.string(),
  recharges: z.int(),
  face: z.string(),
  succeeded: z.int(),
  failed: z.int(),
  reversed: z.int(),
  pending: z.int(),
  at_risk: z.string(),
};
const sum = z.object({ currency: z.string(), amount: z.string() });
export const activitySchema = z.object({
  known_until: z.string().nullable(),
  hours: z.array(z.object({ ...figures, hours_ago: z.int() })),
  lines: z.array(
    z.object({ ...figures, provider: z.string(), product: z.string(), last_hour: z.int(), spent: z.string() }),
  ),
  held: z.array(sum),
  cases: z.array(sum.extend({ count: z.int() })),
});
export type Activity = z.infer<typeof activitySchema>;
export type Hour = Activity["hours"][number];
export type Line = Activity["lines"][number];

export const floatsSchema = z.object({
  floats: z.array(
    z.object({
      provider: z.string(),
      currency: z.string(),
      floor: z.string().nullable(),
      balance: z.string().nullable(),
    }),
  ),
});
export type Float = z.infer<typeof floatsSchema>["floats"][number];

/** Succeeded of what is decided, 0 to 1; null: nothing is. */
export function successRate(of: Pick<Hour, "succeeded" | "failed" | "reversed">): number | null {
  const decided = of.succeeded + of.failed + of.reversed;
  return decided === 0 ? null : of.succeeded / decided;
}

/** `99.5 %`; a dash where nothing is decided. Never rounded up to a hundred. */
export function percentText(rate: number | null): string {
  return rate === null ? "–" : `${Math.floor(rate * 1_000) / 10} %`;
}

/** How a figure stands beside that of last week. */
export function besideText(now: number, before: number): string {
  if (before === 0) return now === 0 ? "nothing last week either" : "nothing at this hour last week";
  const change = Math.round(((now - before) / before) * 100);
  return change === 0 ? "as last week" : `${change > 0 ? "+" : "−"}${Math.abs(change)} % to last week`;
}

/** What is left above the floor, at the pace of the hours in which anything was sold; null: nothing is known, or nothing sold. */
export function hoursLeft({ provider, currency, balance, floor }: Float, { lines, hours }: Activity): number | null {
  const spent = lines
    .filter((line) => line.week === "this" && line.provider === provider && line.currency === currency)
    .reduce((total, line) => total + Number(line.spent), 0);
  if (balance === null || spent === 0) return null;
  const oldest = Math.max(0, ...hours.filter(({ week }) => week === "this").map((hour) => hour.hours_ago));
  return Math.max(0, (Number(balance) - Number(floor ?? 0)) / (spent / (oldest + 1)));
}
