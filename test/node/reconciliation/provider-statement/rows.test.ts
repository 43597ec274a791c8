// From a file to its rows: headings, cells, identities, and every line that cannot be read by its number.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readStatementFile } from "../../../../src/reconciliation/provider-statement/rows.ts";
import type { StatementRow } from "../../../../src/reconciliation/provider-statement/statement-row.ts";
import { fullMapping, mappingOf, minuteMs, now, shown, t0 } from "./statement-fixture.ts";

const mapping = mappingOf();
const small = mappingOf({
  columns: { number: "Mobile", amount: "Amount", status: "Status", time: "Date" },
  summary: undefined,
});
const headings = "Mobile,Amount,Status,Date";
const line = (more: { number?: string; amount?: string; status?: string; time?: string } = {}): string =>
  [more.number ?? "9812345678", more.amount ?? "20", more.status ?? "Success", more.time ?? shown(t0)].join(",");

function rowsOf(lines: readonly string[], by = small): readonly StatementRow[] {
  const read = readStatementFile(lines.join("\n"), by, now);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value.rows;
}

function problemsOf(lines: readonly string[], by = small): readonly string[] {
  const read = readStatementFile(lines.join("\n"), by, now);
  return read.ok ? [] : read.problem.map(({ pointer, reason }) => `${pointer} ${reason}`);
}

test("reads every column, wherever it stands and however its heading is written", () => {
  const text = [
    "\uFEFFMy wallet,,",
    `From:,${shown(t0 - minuteMs)}`,
    `To:,,${shown(t0 + minuteMs)}`,
    `made :,${shown(t0 + 2 * minuteMs)}`,
    'OPENING,"1,000.00"',
    "",
    "No, status ,TRX,Ref,Mobile,Amount,Date,Updated,Operator,Debit,Credit,Balance",
    `1,done,T-1,LC000070000001,+91 98123 45678,20.00,${shown(t0)},${shown(t0 + 1_000)},OP-9,19.80,,980.20`,
    `2,Deposit,,,,,${shown(t0)},,,,"1,019.80","2,000.00"`,
    "Closing:,2000.00",
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
      rows: [
        {
          line: 8,
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
        },
        {
          line: 9,
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
        },
      ],
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

describe("refuses a file as a whole", () => {
  const columnsOf = (more: object) => mappingOf({ columns: { ...small.columns, ...more }, summary: undefined });

  test("without the headings", () => {
    const reason = "no line of the file has all the columns of the mapping: Mobile, Amount, Status, Date";
    expect(problemsOf(["Mobile,Amount,Status"])).toEqual([`/line/1 ${reason}`]);
    expect(problemsOf([""])).toEqual([`/line/1 ${reason}`]);
  });

  test("that is not CSV, naming where", () => {
    expect(problemsOf([headings, line(), '"9812,20,Success'])).toEqual([
      "/line/3 is not CSV: Quoted field unterminated",
    ]);
  });

  test("for each cell that cannot be read", () => {
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
    expect(
      problemsOf([more, `${line()},x,,,`, `${line()},,y,,`, `${line()},,,z,`, `${line()},,,,soon`], money),
    ).toEqual([
      '/line/2 Debit: "x" is not an amount',
      '/line/3 Credit: "y" is not an amount',
      '/line/4 Balance: "z" is not an amount',
      '/line/5 Updated: "soon" is not a time of the form yyyy-MM-dd HH:mm:ss',
    ]);
  });

  test("for rows dated more than ten minutes after now", () => {
    const changed = columnsOf({ changed: "Updated" });
    const at = (moment: number, updated: number) => [
      `${headings},Updated`,
      `${line({ time: shown(moment) })},${shown(updated)}`,
    ];
    expect(problemsOf(at(now + 10 * minuteMs, t0), changed)).toEqual([]);
    expect(problemsOf(at(now + 10 * minuteMs + 1_000, t0), changed)).toEqual(["/line/2 is dated in the future"]);
    expect(problemsOf(at(t0, now + 10 * minuteMs + 1_000), changed)).toEqual(["/line/2 is dated in the future"]);
  });

  test("for an id that stands for two orders", () => {
    const by = columnsOf({ id: "Trx", reference: "Ref" });
    const of = (id: string, ref: string, more: Parameters<typeof line>[0] = {}) => `${line(more)},${id},${ref}`;
    const lines = [`${headings},Trx,Ref`, of("T", "R"), of("U", "R")];
    expect(
      problemsOf([...lines, of("T", "R", { status: "Refunded" }), of("T", ""), of("T", "R", { number: "" })], by),
    ).toEqual([]);
    expect(problemsOf([...lines, of("T", "X", { status: "Deposit" })], by)).toEqual([]);
    expect(
      problemsOf([...lines, of("T", "S"), of("T", "R", { amount: "21" }), of("U", "R", { number: "9812345679" })], by),
    ).toEqual([
      "/line/4 has the id of line 2, and is about another order",
      "/line/5 has the id of line 2, and is about another order",
      "/line/6 has the id of line 3, and is about another order",
    ]);
  });

  test("for a summary that cannot be read", () => {
    const by = mappingOf({ columns: small.columns, summary: fullMapping.summary });
    expect(problemsOf(["Opening,much", headings, line(), "From,then"], by)).toEqual([
      '/line/1 "much" is not an amount',
      '/line/4 "then" is not a time of the form of the mapping',
    ]);
  });

  test("with the first hundred problems", () => {
    expect(problemsOf([headings, ...Array.from({ length: 150 }, () => line({ status: "Odd" }))])).toHaveLength(100);
  });
});

describe("the identity of a row", () => {
  test("is their id, or what it says and its ordinal among equal rows", () => {
    const rows = rowsOf([headings, line(), line({ amount: "21" }), line(), line()]);
    const [first = "", second = "", third = "", fourth = ""] = rows.map(({ identity }) => identity);
    expect([first.slice(-2), second.slice(-2), third.slice(-2), fourth.slice(-2)]).toEqual([":1", ":1", ":2", ":3"]);
    expect(first.slice(0, -2)).toBe(third.slice(0, -2));
    expect(first).not.toBe(second);
  });

  test("is the same in a file with other columns, numbering and order", () => {
    const one = rowsOf([headings, line(), line({ amount: "21" })]);
    const other = rowsOf([
      "No,Date,Status,Amount,Mobile",
      `7,${shown(t0)},Success,21,9812345678`,
      `8,${shown(t0)},Success,20,9812345678`,
    ]);
    expect(other.map(({ identity }) => identity).toSorted()).toEqual(one.map(({ identity }) => identity).toSorted());
  });

  test("is nobody else's, and the set of them does not depend on the order of rows", () => {
    const cell = fc.record({
      number: fc.constantFrom("9812345678", "9812345679"),
      amount: fc.constantFrom("20", "21"),
      status: fc.constantFrom("Success", "Failed"),
    });
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (cells, order) => {
        const lines = cells.map((one) => line(one));
        const shuffled = lines.toSorted(() => ((order.next().value ?? 0) % 2 === 0 ? 1 : -1));
        const identities = (all: readonly string[]) =>
          rowsOf([headings, ...all])
            .map(({ identity }) => identity)
            .toSorted();
        expect(new Set(identities(lines)).size).toBe(lines.length);
        expect(identities(shuffled)).toEqual(identities(lines));
      }),
    );
  });
});
