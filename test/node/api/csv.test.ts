import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { type Cell, writeCsv } from "../../../src/api/csv.ts";
import { minor } from "../../../src/base/money.ts";
import { csvOf } from "../../../src/api/statement.ts";

const line = {
  event: 2,
  at: "2026-11-02T10:00:00.000Z",
  type: "wallet.credited",
  recharge_id: null,
  agent_id: null,
  product: null,
  number: null,
  reason: "paid",
  external_reference: "bank-1",
  amount_in: "50.00",
  amount_out: "0.00",
  balance: "150.00",
};
const statement = {
  currency: "INR",
  from: "2026-11-02T00:00:00.000Z",
  to: "2026-11-03T00:00:00.000Z",
  opening: "100.00",
  total_in: "50.00",
  total_out: "0.00",
  closing: "150.00",
  as_of_event: 2,
  next_after: null,
  lines: [line],
} as const;

test("a statement is a table that foots by itself, readable by spreadsheets", () => {
  expect(csvOf([{ ...statement, lines: [line] }])).toBe(
    [
      "\uFEFFcurrency,event,at,type,recharge_id,agent_id,product,number,reason,external_reference,amount_in,amount_out,balance",
      "INR,,2026-11-02T00:00:00.000Z,opening,,,,,,,,,100.00",
      "INR,2,2026-11-02T10:00:00.000Z,wallet.credited,,,,,paid,bank-1,50.00,0.00,150.00",
      "INR,,2026-11-03T00:00:00.000Z,closing,,,,,,,,,150.00",
      "",
    ].join("\r\n"),
  );
});

test.each([
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@x", "'@x"],
  ["a=1", "a=1"],
  ["a,b", '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ["two\nlines", '"two\nlines"'],
  ["=a,b", `"'=a,b"`],
])("a reason %j is written %j", (reason, cell) => {
  expect(csvOf([{ ...statement, lines: [{ ...line, reason }] }])).toContain(`,${cell},bank-1,`);
});

const starts = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'", '"', ",", " ", "", "অ", "क"];
const text = fc.tuple(fc.constantFrom(...starts), fc.string({ unit: "grapheme" })).map(([start, rest]) => start + rest);
const amount = fc.integer().map((value) => ({ amount: minor(value) }));

/** The cells as a spreadsheet takes them out of the file. */
function cellsOf(csv: string): string[] {
  return Papa.parse<string[]>(csv.replace(/^\uFEFF/, ""), { delimiter: ",", newline: "\r\n" }).data[1] ?? [];
}

function isArmed(cell: string): boolean {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(cell);
}

test("no text that anybody can write becomes a formula, and each is read back as it was", () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 5 }), (row) => {
      const csv = writeCsv(["a"], [row]);
      expect(csv.startsWith("\uFEFF")).toBe(true);
      const cells = cellsOf(csv);
      expect(cells.filter(isArmed)).toEqual([]);
      expect(cells).toEqual(row.map((cell) => (isArmed(cell) ? `'${cell}` : cell)));
    }),
  );
});

test("amounts of ours stay numbers, also below zero; nothing is an empty cell", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(amount, fc.integer(), fc.constant(null)), { minLength: 2 }), (row: Cell[]) => {
      for (const cell of cellsOf(writeCsv(["a"], [row]))) expect(cell).toMatch(/^(-?\d+(\.\d\d)?)?$/);
    }),
  );
});
