// Float movement: what our book says went out of and came back to our money at each provider, day by day.
import { z } from "zod";
import { add, type Currency, currencies, type Minor, minor, subtract } from "../base/money.ts";
import type { LedgerDatabase } from "./client.ts";
import { dayIn, readRuns, type ReportMark, type ReportSpan } from "./report-runs.ts";

/** One day of one provider; opening − sold + returned + provided = closing. What staff pay in is not in our book. */
export interface FloatLine {
  readonly provider: string;
  readonly currency: Currency;
  /** Days since 1970-01-01 in the zone of the currency. */
  readonly day: number;
  /** Everything before the day, as our book has it since its beginning: below zero where nothing is paid in. */
  readonly opening: Minor;
  /** Face values of successes. */
  readonly sold: Minor;
  /** Face values of reversals. */
  readonly returned: Minor;
  /** What the provider gave us below the face value, where it said so; less what reversals took back. */
  readonly provided: Minor;
  readonly closing: Minor;
}

/** Reads all transfers of the providers up to the last day, since the openings are made of them: a long read. */
export async function readFloats(
  database: LedgerDatabase,
  span: ReportSpan,
): Promise<{ readonly lines: readonly FloatLine[]; readonly marks: readonly ReportMark[] }> {
  const { answers, marks } = await readRuns(database, span, [floatsSql]);
  const days = Map.groupBy(z.array(floatRow).parse(answers[0]), ({ provider, currency }) => `${provider} ${currency}`);
  const keys = [...days.keys()].toSorted();
  return { lines: keys.flatMap((key) => runningLines(days.get(key) ?? [])), marks };
}

type FloatRow = z.infer<typeof floatRow>;

/** The days of one provider and currency, each opening with what the one before closed with. */
function runningLines(rows: readonly FloatRow[]): readonly FloatLine[] {
  let balance = minor(0);
  const lines: FloatLine[] = [];
  for (const [day, some] of [...Map.groupBy(rows, (row) => row.day)].toSorted(([a], [b]) => (a ?? -1) - (b ?? -1))) {
    const [first] = some;
    const sumOf = (part: "sold" | "returned" | "provided"): Minor =>
      some.reduce((sum, row) => add(sum, row[part]), minor(0));
    const [opening, sold, returned, provided] = [balance, sumOf("sold"), sumOf("returned"), sumOf("provided")];
    balance = add(subtract(opening, sold), add(returned, provided));
    if (day === null || first === undefined) continue;
    const { provider, currency } = first;
    lines.push({ provider, currency, day, opening, sold, returned, provided, closing: balance });
  }
  return lines;
}

const isFloat = (side: string): string => `substr(t.${side}, 1, 6) = 'float:'`;
const isMargin = (side: string): string => `substr(t.${side}, 1, 7) = 'margin:'`;
const sum = (condition: string): string => `sum(CASE WHEN ${condition} THEN t.amount ELSE 0 END)`;

// `day` null: before the first one.
const floatsSql = `SELECT substr(iif(${isFloat("debit")}, t.debit, t.credit), 7) AS provider, r.currency,
    CASE WHEN t.event >= r.first THEN ${dayIn("r", "t.at")} END AS day,
    ${sum(`${isFloat("credit")} AND NOT ${isMargin("debit")}`)} AS sold,
    ${sum(`${isFloat("debit")} AND NOT ${isMargin("credit")}`)} AS returned,
    ${sum(`${isFloat("debit")} AND ${isMargin("credit")}`)} - ${sum(`${isFloat("credit")} AND ${isMargin("debit")}`)} AS provided
  FROM runs AS r CROSS JOIN transfers AS t ON t.account = r.account AND t.event < r."end" AND t.currency = r.currency
  WHERE ${isFloat("debit")} OR ${isFloat("credit")} GROUP BY 1, 2, 3`;

const amount = z.int().transform(minor);
const floatRow = z.object({
  provider: z.string(),
  currency: z.enum(currencies),
  day: z.int().nullable(),
  sold: amount,
  returned: amount,
  provided: amount,
});
