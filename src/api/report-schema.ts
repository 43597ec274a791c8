// Reports on the wire: each a table of rows, the same in JSON and in CSV.
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Clock } from "../base/clock.ts";
import { partnerIdOf } from "../base/id.ts";
import { currencies, formatAmount } from "../base/money.ts";
import type { ReportMark, ReportSpan } from "../ledger/report-runs.ts";
import { answerCsv, type Cell, wantsCsv, writeCsv } from "./csv.ts";
import { presentTime } from "./recharge-schema.ts";
import type { ApiEnv } from "./services.ts";

const dayMs = 86_400_000;
const daysAtMost = 366;
const dateSchema = z.iso
  .date("must be a day such as 2026-11-02")
  .openapi({ format: "date", description: "A day in the zone of the wallet: INR Asia/Kolkata, BDT Asia/Dhaka." });

const query = z.strictObject({
  from: dateSchema,
  to: dateSchema.optional().openapi({ description: "Included; the same day as `from` by default. At most 366 days." }),
  format: z.enum(["json", "csv"]).optional(),
});

function isSpan({ from, to = from }: { from: string; to?: string | undefined }): boolean {
  const days = dayIn(to) - dayIn(from);
  return !(days < 0 || days >= daysAtMost);
}
const spanProblem = { path: ["to"], message: `must be a day from \`from\` on, at most ${daysAtMost} days in all` };

export const spanQuery = query.refine(isSpan, spanProblem);
export const staffSpanQuery = query
  .extend({
    partner: z
      .string()
      .regex(/^ptn_[0-9a-z]{5}$/, "must be the id of a partner, such as ptn_00001")
      .optional()
      .openapi({ description: "One partner; without it all." }),
  })
  .refine(isSpan, spanProblem);

/** Days since 1970-01-01 of a day that the schema let through. */
function dayIn(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / dayMs;
}

export function spanOf({ from, to = from }: z.infer<typeof spanQuery>, account: number | null): ReportSpan {
  return { fromDay: dayIn(from), toDay: dayIn(to), account };
}

export function presentDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** A row by its columns, in their order. */
export type ReportRow = Readonly<Record<string, Cell>>;
type Columns = Readonly<Record<string, z.ZodType>>;

export const day = z.string().openapi({ format: "date" });
export const money = z.string().openapi({ example: "19.80" });
export const count = z.int();
export const word = z.string();
export const currency = z.enum(currencies);

/** The JSON of a report whose rows have these columns. */
export function reportSchema(name: string, columns: Columns) {
  return z
    .object({
      from: day,
      to: day,
      read_at: z.string().openapi({ format: "date-time" }),
      as_of: z
        .array(z.object({ partner: z.string(), event: z.int() }))
        .openapi({ description: "Up to which event of each account it counts." }),
      rows: z.array(z.object(columns)),
    })
    .openapi(name);
}

interface Report {
  readonly name: string;
  readonly columns: Columns;
  readonly span: ReportSpan;
  readonly clock: Clock;
  readonly marks: readonly ReportMark[];
  readonly rows: readonly ReportRow[];
}

/** Answers a report as JSON or CSV; the CSV says in each line when it was read. */
export function answerReport(c: Context<ApiEnv>, report: Report, format: "json" | "csv" | undefined): Response {
  const { name, span, marks, rows } = report;
  const readAt = presentTime(report.clock.now());
  const columns = Object.keys(report.columns);
  const [from, to] = [presentDay(span.fromDay), presentDay(span.toDay)];
  if (wantsCsv(c, format)) {
    const lines = rows.map((row) => [...columns.map((column) => row[column] ?? null), readAt]);
    return answerCsv(c, `${name}-${from}-${to}`, writeCsv([...columns, "read_at"], lines));
  }
  const asOf = marks.map(({ account, asOfEvent }) => ({ partner: partnerIdOf(account), event: asOfEvent }));
  const presented = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, cell]) => [key, jsonOf(cell)])),
  );
  return c.json({ from, to, read_at: readAt, as_of: asOf, rows: presented }, 200);
}

function jsonOf(cell: Cell): string | number | null {
  return typeof cell === "object" && cell !== null ? formatAmount(cell.amount) : cell;
}

/** The last event that a partner's rows count with. */
export function eventOf(marks: readonly ReportMark[]): (account: number) => number {
  const byAccount = new Map(marks.map(({ account, asOfEvent }) => [account, asOfEvent]));
  return (account) => byAccount.get(account) ?? 0;
}
