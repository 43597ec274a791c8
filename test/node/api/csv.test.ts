import { expect, test } from "vitest";
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
