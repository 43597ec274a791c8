// Tables as CSV that every spreadsheet opens as what it is: Bengali text by a byte-order mark, and no cell a formula.
import type { Context } from "hono";
import Papa from "papaparse";
import type { Minor } from "../base/money.ts";
import { formatAmount } from "../base/money.ts";
import type { ApiEnv } from "./services.ts";

/** An amount is ours and stays a number, also below zero; any text may be somebody else's. */
export type Cell = string | number | null | { readonly amount: Minor };

/** What spreadsheets begin a formula with, their full-width forms included. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

/** RFC 4180 with a byte-order mark. */
export function writeCsv(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const data = [headings, ...rows].map((row) => row.map(textOf));
  return `\uFEFF${Papa.unparse(data, { newline: "\r\n" })}\r\n`;
}

function textOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "object") return formatAmount(cell.amount);
  return formulaStart.test(cell) ? `'${cell}` : cell;
}

/** `format=csv`, or without `format` `Accept: text/csv`. */
export function wantsCsv(c: Context<ApiEnv>, format: "json" | "csv" | undefined): boolean {
  return format === "csv" || (format === undefined && c.req.header("Accept") === "text/csv");
}

/** Answers with a file of this name. */
export function answerCsv(c: Context<ApiEnv>, name: string, csv: string): Response {
  c.header("Content-Type", "text/csv; charset=utf-8");
  c.header("Content-Disposition", `attachment; filename="${name}.csv"`);
  return c.body(csv, 200);
}
