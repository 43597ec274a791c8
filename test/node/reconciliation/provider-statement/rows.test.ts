// From a file to its rows: headings, cells and lines.
import { expect, test } from "vitest";
import { readStatementFile } from "../../../../src/reconciliation/provider-statement/rows.ts";
import { headings, line, rowsOf, small } from "./rows-fixture.ts";
import { mappingOf, minuteMs, now, shown, t0 } from "./statement-fixture.ts";

const mapping = mappingOf();

const rowOfOrder = {
  line: 7,
  identity: "id:T-1",
  theirId: "T-1",
  reference: "LC000070000001",
  operatorReference: "OP-9",
  number: "919812345678",
  amount: 2_000,
  word: "success",
  said: "done",
  time: { from: t0, until: t0 + 1_000 },
  speaksAt: t0 + 1_000,
  movement: -1_980,
  balanceAfter: 98_020,
};

const rowOfDeposit = {
  line: 8,
  identity: expect.stringMatching(/^row:[0-9a-f]{32}:1$/),
  theirId: null,
  reference: null,
  operatorReference: null,
  number: null,
  amount: null,
  word: "other",
  said: "Deposit",
  time: { from: t0, until: t0 + 1_000 },
  speaksAt: t0,
  movement: 101_980,
  balanceAfter: 200_000,
};

test("reads every column, wherever it stands and however its heading is written", () => {
  const text = [
    "\uFEFFMy wallet,,",
    `From:,${shown(t0 - minuteMs)}`,
    `To:,,${shown(t0 + minuteMs)}`,
    'OPENING,"1,000.00"',
    "",
    "No, status ,TRX,Ref,Mobile,Amount,Date,Updated,Operator,Debit,Credit,Balance",
    `1,done, T-1 , LC000070000001,+91 98123 45678,20.00,${shown(t0)},${shown(t0 + 1_000)},OP-9,19.80,,980.20`,
    `2,Deposit,,,,,${shown(t0)},,,,"1,019.80","2,000.00"`,
    "Closing:,2000.00",
    `made :,${shown(t0 + 2 * minuteMs)}`,
  ].join("\r\n");
  expect(readStatementFile(text, mapping, now)).toEqual({
    ok: true,
    value: {
      summary: {
        from: t0 - minuteMs,
        to: t0 + minuteMs + 1_000,
        opening: 100_000,
        closing: 200_000,
        made: t0 + 2 * minuteMs,
      },
      rows: [rowOfOrder, rowOfDeposit],
    },
  });
});

test.each(["Success", "Failed", "Refunded", "Pending", "Deposit"])(
  "%s has the meaning that the mapping gives it",
  (status) => {
    const meanings = {
      Success: "success",
      Failed: "failure",
      Refunded: "refund",
      Pending: "pending",
      Deposit: "other",
    };
    expect(rowsOf([headings, line({ status })])[0]?.word).toBe(
      Object.entries(meanings).find(([text]) => text === status)?.[1],
    );
  },
);

test("a row that states no movement has none, and one of nothing has that", () => {
  const by = mappingOf({
    columns: { ...small.columns, debit: "Debit", credit: "Credit" },
    summary: undefined,
  });
  const rows = rowsOf(
    [`${headings},Debit,Credit`, `${line()},,`, `${line()},0,`, `${line()},,0`, `${line()},5,7.50`],
    by,
  );
  expect(rows.map(({ movement }) => movement)).toEqual([null, 0, 0, 250]);
  expect(rowsOf([headings, line()]).map(({ movement, balanceAfter }) => [movement, balanceAfter])).toEqual([
    [null, null],
  ]);
});

test("another delimiter, quoted line breaks and empty lines keep the line numbers", () => {
  const by = mappingOf({ columns: small.columns, summary: undefined, delimiter: ";" });
  const file = [
    'Mobile;Amount;Status;Date;"Note',
    'of ours"',
    "",
    `9812345678;20;Success;${shown(t0)};"two`,
    'lines"',
    " ; ",
    `x;20;Success;${shown(t0)};`,
  ];
  expect(rowsOf(file, by).map((row) => row.line)).toEqual([4, 7]);
  expect(rowsOf([headings, "", line()].flatMap((text) => [text, ""])).map((row) => row.line)).toEqual([5]);
  const oldMac = [headings, line({ number: '"98\r12345678"' }), line()];
  expect(rowsOf(oldMac).map((row) => row.line)).toEqual([2, 4]);
});

test("long ids are cut to 128 characters", () => {
  const by = mappingOf({ columns: { ...small.columns, id: "Trx" }, summary: undefined });
  expect(rowsOf([`${headings},Trx`, `${line()},${"x".repeat(200)}`], by)[0]?.theirId).toBe("x".repeat(128));
});
