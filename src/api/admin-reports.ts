// `/admin/v1/reports`: what the ledger adds up to, for staff.
import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { readPartnerId } from "../base/id.ts";
import { readFloats } from "../ledger/report-floats.ts";
import { commissionsOf, readDayBook } from "../ledger/report-recharges.ts";
import type { ReportMark, ReportSpan } from "../ledger/report-runs.ts";
import { readWalletBooks } from "../ledger/report-wallets.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import type { Api } from "./admin-routes.ts";
import { requireStaff } from "./entry.ts";
import { answers } from "./problem-schema.ts";
import {
  commissionColumns,
  commissionRows,
  dayBookColumns,
  dayBookRows,
  floatColumns,
  floatRows,
  walletColumns,
  walletRows,
} from "./report-rows.ts";
import { answerReport, type ReportRow, reportSchema, spanOf, staffSpanQuery } from "./report-schema.ts";
import type { ApiEnv } from "./services.ts";

interface StaffReport {
  readonly name: string;
  readonly operationId: string;
  readonly summary: string;
  readonly schema: string;
  readonly columns: Readonly<Record<string, z.ZodType>>;
  read(
    database: LedgerDatabase,
    span: ReportSpan,
  ): Promise<{ rows: readonly ReportRow[]; marks: readonly ReportMark[] }>;
}

const reports: readonly StaffReport[] = [
  {
    name: "day-book",
    operationId: "readDayBook",
    summary: "What happened to recharges each day, by partner, product and provider",
    schema: "DayBook",
    columns: dayBookColumns,
    read: async (database, span) => {
      const { lines, marks } = await readDayBook(database, span);
      return { rows: dayBookRows(lines, marks), marks };
    },
  },
  {
    name: "commission",
    operationId: "readCommission",
    summary: "What partners were given, what providers gave, and what stays, by partner, product and provider",
    schema: "Commission",
    columns: commissionColumns,
    read: async (database, span) => {
      const { lines, marks } = await readDayBook(database, span);
      return { rows: commissionRows(commissionsOf(lines), marks), marks };
    },
  },
  {
    name: "wallets",
    operationId: "readWalletBook",
    summary: "Each wallet from opening to closing, by what moved it; it foots",
    schema: "WalletBook",
    columns: walletColumns,
    read: async (database, span) => {
      const { wallets, marks } = await readWalletBooks(database, span);
      return { rows: walletRows(wallets, marks), marks };
    },
  },
  {
    name: "float",
    operationId: "readFloatMovement",
    summary: "What went out of and came back to our money at each provider, day by day; it foots",
    schema: "FloatMovement",
    columns: floatColumns,
    read: async (database, span) => {
      const { lines, marks } = await readFloats(database, span);
      return { rows: floatRows(lines), marks };
    },
  },
];

export function addReportRoutes(api: Api): void {
  for (const report of reports) {
    const route = createRoute({
      method: "get",
      path: `/admin/v1/reports/${report.name}`,
      operationId: report.operationId,
      summary: report.summary,
      description: "Staff scope: `viewer`. JSON, or CSV with `format=csv` or `Accept: text/csv`. Read from the ledger.",
      tags: ["Staff"],
      security: [{ staff: [] }],
      middleware: [requireStaff("viewer")],
      request: { query: staffSpanQuery },
      responses: answers(
        [{ status: 200, what: "The report.", schema: reportSchema(report.schema, report.columns) }],
        ["credentials", "scope", "parameter"],
      ),
    });
    api.openapi(route, async (c) => answerStaffReport(c, report, c.req.valid("query")));
  }
}

async function answerStaffReport(
  c: Context<ApiEnv>,
  report: StaffReport,
  query: z.infer<typeof staffSpanQuery>,
): Promise<Response> {
  const { database, clock } = c.get("services");
  const span = spanOf(query, query.partner === undefined ? null : readPartnerId(query.partner));
  const { rows, marks } = await report.read(database, span);
  const { name, columns } = report;
  return answerReport(c, { name, columns, span, clock, rows, marks }, query.format);
}
