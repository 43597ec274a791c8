// Files that are refused as a whole, and what is said of their lines.
import { expect, test } from "vitest";
import type { StatementMapping } from "../../../../src/reconciliation/provider-statement/mapping.ts";
import { headings, line, problemsOf, small } from "./rows-fixture.ts";
import { fullMapping, mappingOf, minuteMs, now, shown, t0 } from "./statement-fixture.ts";

function columnsOf(more: object): StatementMapping {
  return mappingOf({ columns: { ...small.columns, ...more }, summary: undefined });
}

/** A file of one row, dated and updated at these moments. */
function datedAt(moment: number, updated: number): readonly string[] {
  return [`${headings},Updated`, `${line({ time: shown(moment) })},${shown(updated)}`];
}

function rowOf(id: string, ref: string, more: Parameters<typeof line>[0] = {}): string {
  return `${line(more)},${id},${ref}`;
}

test("refuses a file as a whole without the headings", () => {
  const reason = "no line of the file has all the columns of the mapping: Mobile, Amount, Status, Date";
  expect(problemsOf(["Mobile,Amount,Status"])).toEqual([`/line/1 ${reason}`]);
  expect(problemsOf([""])).toEqual([`/line/1 ${reason}`]);
});

test("refuses a file as a whole that is not CSV, naming where", () => {
  expect(problemsOf([headings, line(), '"9812,20,Success'])).toEqual(["/line/3 is not CSV: Quoted field unterminated"]);
});

test("refuses a file as a whole for each cell that cannot be read", () => {
  expect(
    problemsOf([
      headings,
      line({ status: "Odd" }),
      line(),
      line({ time: "yesterday" }),
      line({ amount: "twenty" }),
      line({ amount: "" }),
      line({ status: "Deposit", amount: "" }),
      line({ time: "" }),
      line({ status: "x".repeat(99) }),
    ]),
  ).toEqual([
    '/line/2 Status: "Odd" has no meaning in the mapping',
    '/line/4 Date: "yesterday" is not a time of the form yyyy-MM-dd HH:mm:ss',
    '/line/5 Amount: "twenty" is not an amount',
    "/line/6 Amount: is empty",
    '/line/8 Date: "" is not a time of the form yyyy-MM-dd HH:mm:ss',
    `/line/9 Status: "${"x".repeat(60)}" has no meaning in the mapping`,
  ]);
  const money = columnsOf({ debit: "Debit", credit: "Credit", balance: "Balance", changed: "Updated" });
  const more = `${headings},Debit,Credit,Balance,Updated`;
  expect(problemsOf([more, `${line()},x,,,`, `${line()},,y,,`, `${line()},,,z,`, `${line()},,,,soon`], money)).toEqual([
    '/line/2 Debit: "x" is not an amount',
    '/line/3 Credit: "y" is not an amount',
    '/line/4 Balance: "z" is not an amount',
    '/line/5 Updated: "soon" is not a time of the form yyyy-MM-dd HH:mm:ss',
  ]);
});

test("refuses a file as a whole for rows dated more than ten minutes after now", () => {
  const changed = columnsOf({ changed: "Updated" });
  expect(problemsOf(datedAt(now + 10 * minuteMs, t0), changed)).toEqual([]);
  expect(problemsOf(datedAt(now + 10 * minuteMs + 1_000, t0), changed)).toEqual(["/line/2 is dated in the future"]);
  expect(problemsOf(datedAt(t0, now + 10 * minuteMs + 1_000), changed)).toEqual(["/line/2 is dated in the future"]);
});

test("refuses a file as a whole for an id that stands for two orders", () => {
  const by = columnsOf({ id: "Trx", reference: "Ref" });
  const lines = [`${headings},Trx,Ref`, rowOf("T", "R"), rowOf("U", "R")];
  expect(
    problemsOf(
      [...lines, rowOf("T", "R", { status: "Refunded" }), rowOf("T", ""), rowOf("T", "R", { number: "" })],
      by,
    ),
  ).toEqual([]);
  expect(problemsOf([...lines, rowOf("T", "X", { status: "Deposit" })], by)).toEqual([]);
  expect(problemsOf([`${headings},Trx,Ref`, rowOf("T", "", { number: "" }), rowOf("T", "R")], by)).toEqual([]);
  expect(
    problemsOf(
      [...lines, rowOf("T", "S"), rowOf("T", "R", { amount: "21" }), rowOf("U", "R", { number: "9812345679" })],
      by,
    ),
  ).toEqual([
    "/line/4 has the id of line 2, and is about another order",
    "/line/5 has the id of line 2, and is about another order",
    "/line/6 has the id of line 3, and is about another order",
  ]);
});

test("refuses a file as a whole for a summary that cannot be read", () => {
  const by = mappingOf({ columns: small.columns, summary: fullMapping.summary });
  expect(problemsOf(["Opening,much", headings, line(), "From,then"], by)).toEqual([
    '/line/1 "much" is not an amount',
    '/line/4 "then" is not a time of the form of the mapping',
  ]);
});

test("refuses a file as a whole with the first hundred problems", () => {
  expect(problemsOf([headings, ...Array.from({ length: 150 }, () => line({ status: "Odd" }))])).toHaveLength(100);
});
