// Small files and what is read from them.
import { readStatementFile } from "../../../../src/reconciliation/provider-statement/rows.ts";
import type { StatementRow } from "../../../../src/reconciliation/provider-statement/statement-row.ts";
import { mappingOf, now, shown, t0 } from "./statement-fixture.ts";

export const small = mappingOf({
  columns: { number: "Mobile", amount: "Amount", status: "Status", time: "Date" },
  summary: undefined,
});
export const headings = "Mobile,Amount,Status,Date";
export const line = (more: { number?: string; amount?: string; status?: string; time?: string } = {}): string =>
  [more.number ?? "9812345678", more.amount ?? "20", more.status ?? "Success", more.time ?? shown(t0)].join(",");

export function rowsOf(lines: readonly string[], by = small): readonly StatementRow[] {
  const read = readStatementFile(lines.join("\n"), by, now);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value.rows;
}
export function problemsOf(lines: readonly string[], by = small): readonly string[] {
  const read = readStatementFile(lines.join("\n"), by, now);
  return read.ok ? [] : read.problem.map(({ pointer, reason }) => `${pointer} ${reason}`);
}
