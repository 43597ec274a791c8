// What the account says of the rows of a file before anything runs: each bad one by column and reason.
import type { AccountCalls, OrderCheck } from "../accounts/account.ts";
import type { Caller } from "../accounts/caller.ts";
import type { Refusal, RefusalCode } from "../base/refusal.ts";
import { ok, type Result } from "../base/result.ts";
import type { CheckedRow, FileRow, RowProblem } from "./bulk.ts";

/** So many orders in one call: the account has other work in between. */
const ordersPerCall = 250;

/** Asks the account about each row that can be read. A refusal is about the caller or the partner, and then about no row. */
export async function checkRows(
  account: Pick<AccountCalls, "checkOrders">,
  caller: Caller,
  rows: readonly FileRow[],
): Promise<Result<readonly CheckedRow[], Refusal>> {
  const checked: CheckedRow[] = [];
  const judge = rowJudge();
  for (let start = 0; start < rows.length; start += ordersPerCall) {
    const some = rows.slice(start, start + ordersPerCall);
    const orders = some.flatMap(({ order }) => (order === null ? [] : [order]));
    const answered = await account.checkOrders(caller, orders);
    if (!answered.ok) return answered;
    const answers = answered.value.values();
    for (const row of some)
      checked.push(row.order === null ? bad(row, row.problems) : judge(row, answers.next().value));
  }
  return ok(checked);
}

/** Judges row after row of one file: the second of the same number and amount would be refused when its turn comes. */
function rowJudge(): (row: FileRow, check: OrderCheck | undefined) => CheckedRow {
  const lines = new Map<string, number>();
  return (row, check) => {
    if (check === undefined) throw new Error("the account answers about each order");
    if (check.kind === "refused") return bad(row, problemsOf(check.problem));
    if (check.kind === "known") return { ...row, cost: null, currency: null };
    const key = JSON.stringify([check.claimNumber, check.face]);
    const earlier = lines.get(key);
    if (earlier !== undefined)
      return bad(row, [{ column: "number", code: "repeat", reason: `has the number and amount of line ${earlier}` }]);
    lines.set(key, row.line);
    return { ...row, cost: check.cost, currency: check.currency };
  };
}

function bad(row: FileRow, problems: readonly RowProblem[]): CheckedRow {
  return { ...row, order: null, problems, cost: null, currency: null };
}

/** Which column a refusal speaks of, where it names none itself. */
const columnOf = {
  credentials: null,
  address: null,
  scope: null,
  rate: null,
  content_type: null,
  body_too_large: null,
  body_malformed: null,
  parameter: null,
  agent_id_conflict: "agent_id",
  suspended: null,
  product_unknown: "product",
  product_unavailable: "product",
  number: "number",
  number_operator: "number",
  field: null,
  amount_range: "amount",
  amount_step: "amount",
  currency: "currency",
  max_cost: "max_cost",
  limit_recharge: "amount",
  limit_day: "amount",
  balance: null,
  repeat: "number",
  repeat_of: null,
  velocity: "number",
  not_found: null,
  unavailable: null,
} as const satisfies Record<RefusalCode, string | null>;

/** A refusal of the account as problems of a row: one for each field that it names. */
export function problemsOf({ code, detail, problems = [] }: Refusal): readonly RowProblem[] {
  const fields = problems.flatMap(({ pointer, reason }) => {
    const column = /^\/fields\/([a-z_]+)$/.exec(pointer)?.[1];
    return column === undefined ? [] : [{ column, code, reason }];
  });
  return fields.length > 0 ? fields : [{ column: columnOf[code], code, reason: detail }];
}
