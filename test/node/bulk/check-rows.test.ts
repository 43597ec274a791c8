import { expect, test } from "vitest";
import type { OrderCheck } from "../../../src/accounts/account.ts";
import { minor } from "../../../src/base/money.ts";
import { refusal } from "../../../src/base/refusal.ts";
import { refuse } from "../../../src/base/result.ts";
import { checkRows, problemsOf } from "../../../src/bulk/check-rows.ts";
import { readBulkFile } from "../../../src/bulk/read-file.ts";

const caller = { keyId: "key_test", mode: "sandbox" } as const;

function rowsOf(lines: readonly string[]) {
  const read = readBulkFile(["product,number,amount", ...lines].join("\n"), "");
  if (!read.ok) throw new Error(read.problem.detail);
  return read.value.rows;
}

const good = (claimNumber: string): OrderCheck => ({
  kind: "good",
  face: minor(2_000),
  cost: minor(1_980),
  currency: "INR",
  claimNumber,
});

test("every row gets the answer about its own order, over several calls", async () => {
  const rows = rowsOf(Array.from({ length: 600 }, (_, index) => (index % 7 === 0 ? "x,y,z" : `p,${index},20.00`)));
  const asked: number[] = [];
  const checked = await checkRows(
    {
      checkOrders: async (_caller, orders) => {
        asked.push(orders.length);
        return { ok: true, value: orders.map(({ number }) => good(number)) };
      },
    },
    caller,
    rows,
  );
  if (!checked.ok) throw new Error("refused");
  expect(asked).toHaveLength(3);
  expect(checked.value.filter(({ order }) => order === null)).toHaveLength(86);
  expect(checked.value.every(({ order, cost }) => (order === null) === (cost === null))).toBe(true);
});

test("the second row of a number and amount is bad, whatever is written before the number", async () => {
  const rows = rowsOf(["p,9826386400,20.00", "p,+91 9826386400,20.00"]);
  const checked = await checkRows(
    { checkOrders: async (_caller, orders) => ({ ok: true, value: orders.map(() => good("9826386400")) }) },
    caller,
    rows,
  );
  expect(checked).toMatchObject({
    value: [
      { problems: [] },
      { problems: [{ column: "number", code: "repeat", reason: "has the number and amount of line 2" }] },
    ],
  });
});

test("a refusal that is about the partner is about no row", async () => {
  const suspended = refuse(refusal("suspended", "The partner is suspended."));
  expect(await checkRows({ checkOrders: async () => suspended }, caller, rowsOf(["p,1,20.00"]))).toEqual(suspended);
});

test("a field is named by its own column", () => {
  const problems = [{ pointer: "/fields/std_code", reason: "is missing" }];
  expect(problemsOf(refusal("field", "A field is missing.", { problems }))).toEqual([
    { column: "std_code", code: "field", reason: "is missing" },
  ]);
  expect(problemsOf(refusal("amount_step", "Whole rupees."))).toEqual([
    { column: "amount", code: "amount_step", reason: "Whole rupees." },
  ]);
});
