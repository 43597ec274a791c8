// `/v1/reports`: a partner's own day book and commission.
import { createRoute } from "@hono/zod-openapi";
import type { OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { RefusalCode } from "../base/refusal.ts";
import { commissionsOf, readDayBook, withoutProviders } from "../ledger/report-recharges.ts";
import type { DayBookLine } from "../ledger/report-recharges.ts";
import type { ReportMark } from "../ledger/report-runs.ts";
import { requireScope } from "./entry.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import { commissionRows, dayBookRows, ownCommissionColumns, ownDayBookColumns } from "./report-rows.ts";
import { answerReport, type ReportRow, reportSchema, spanOf, spanQuery } from "./report-schema.ts";
import type { ApiEnv } from "./services.ts";

const entryCodes = ["credentials", "address", "scope", "rate"] as const satisfies readonly RefusalCode[];

const reports = [
  {
    name: "day-book",
    operationId: "readOwnDayBook",
    summary: "What happened to your recharges each day, by product",
    schema: "OwnDayBook",
    columns: ownDayBookColumns,
    rowsOf: dayBookRows,
  },
  {
    name: "commission",
    operationId: "readOwnCommission",
    summary: "What commission you were given, by product",
    schema: "OwnCommission",
    columns: ownCommissionColumns,
    rowsOf: (lines: readonly DayBookLine[], marks: readonly ReportMark[]) =>
      commissionRows(commissionsOf(lines), marks),
  },
] as const;

export function addOwnReports(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  for (const report of reports) {
    const route = createRoute({
      method: "get",
      path: `/v1/reports/${report.name}`,
      operationId: report.operationId,
      tags: ["Account"],
      summary: report.summary,
      description:
        "JSON, or CSV with `format=csv` or `Accept: text/csv`. Read from the ledger: it says up to which event.",
      security: [{ key: [] }],
      middleware: [requireScope("account:read", limiter)],
      request: { query: spanQuery },
      responses: answers(
        [{ status: 200, what: "The report.", schema: reportSchema(report.schema, report.columns) }],
        [...entryCodes, "parameter"],
      ),
    });
    api.openapi(route, async (c) => answerOwnReport(c, report, c.req.valid("query")));
  }
}

async function answerOwnReport(
  c: Context<ApiEnv>,
  { name, columns, rowsOf }: (typeof reports)[number],
  query: z.infer<typeof spanQuery>,
): Promise<Response> {
  const { caller, account } = c.get("authenticated");
  const { database, clock, ...services } = c.get("services");
  const admitted = await services.account(account).admit(caller);
  if (!admitted.ok) return answerRefusal(c, admitted.problem);
  const span = spanOf(query, account);
  const { lines, marks } = await readDayBook(database, span);
  const rows = rowsOf(withoutProviders(lines), marks).map((row) => onlyOf(row, columns));
  return answerReport(c, { name, columns, span, clock, rows, marks }, query.format);
}

function onlyOf(row: ReportRow, columns: Readonly<Record<string, unknown>>): ReportRow {
  return Object.fromEntries(Object.keys(columns).map((column) => [column, row[column] ?? null]));
}
