// What partners see of their files and rows.
import type { BulkRow, BulkSummary, BulkView } from "./bulk.ts";
import type { BulkRecord, BulkStore, RowRecord } from "./bulk-store.ts";

export function summaryOf(store: BulkStore, bulk: BulkRecord): BulkSummary {
  const { id, name, state, perMinute, stoppedBy, createdAt, startedAt, endedAt } = bulk;
  const rows = store.countRows(bulk.number);
  const costs = store.sumWaiting(bulk.number);
  return { id, name, state, rows, costs, perMinute, stoppedBy, createdAt, startedAt, endedAt };
}

export function viewOf(store: BulkStore, bulk: BulkRecord): BulkView {
  return { ...summaryOf(store, bulk), placed: store.readPlaced(bulk.number) };
}

export function rowOf(bulk: BulkRecord, { dueAt: _dueAt, ...row }: RowRecord): BulkRow {
  const isHandedOut = row.state === "waiting" && row.line <= bulk.askedThrough && row.problems.length === 0;
  return { ...row, isHandedOut };
}
