import fc from "fast-check";
import { expect, test } from "vitest";
import { agentIdOf, readBulkFile } from "../../../src/bulk/read-file.ts";

const headings = "product,number,amount";
const row = "in.airtel.prepaid,9826386400,20.00";

function read(text: string, name = "") {
  const file = readBulkFile(text, name);
  if (!file.ok) throw new Error(JSON.stringify(file.problem));
  return file.value;
}

test.each([
  ["", "/line/1", "the file is empty"],
  ["product,number\nin.airtel.prepaid,9826386400", "/line/1", "the heading amount is missing"],
  ["product,number,amount,colour\nx,y,z,red", "/line/1", '"colour" is not a heading'],
  ["product,number,amount,Amount\nx,y,1,2", "/line/1", "the heading amount stands there twice"],
  [headings, "/line/1", "no row follows the headings"],
  [`${headings}\n${`${row}\n`.repeat(10_001)}`, "/line/10002", "a file has at most 10000 rows"],
  [`${headings}\n"in.airtel.prepaid,9826386400,20.00`, "/line/2", "is not CSV"],
])("a file whose rows cannot be told apart is refused as a whole: %.60j", (text, pointer, reason) => {
  expect(readBulkFile(text, "")).toMatchObject({
    ok: false,
    problem: { code: "parameter", problems: [{ pointer, reason: expect.stringContaining(reason) }] },
  });
});

test("ten thousand rows are read", () => {
  expect(read(`${headings}\n${`${row}\n`.repeat(10_000)}`).rows).toHaveLength(10_000);
});

test("a row is read with its fields; digits of Bengali are understood", () => {
  const text = "Product, Number ,amount,std_code,max_cost,currency\nin.bsnl.landline,২৩৪৫৬৭,১০.৫০,011,10.40,INR";
  expect(read(text).rows[0]?.order).toEqual({
    agentId: expect.stringMatching(/^bulk-[0-9a-f]{24}-2$/),
    product: "in.bsnl.landline",
    number: "২৩৪৫৬৭",
    amount: 1_050,
    currency: "INR",
    fields: { std_code: "011" },
    geocode: null,
    repeatOf: null,
    maxCost: 1_040,
  });
});

test("every cell that cannot be read is named", () => {
  const text = `agent_id,${headings},currency,geocode,max_cost\nbad id,,${"9".repeat(65)},2e3,inr,north,-1,more`;
  const [found] = read(text).rows;
  expect(found?.order).toBeNull();
  expect(found?.problems.map(({ column }) => column)).toEqual([
    null,
    "agent_id",
    "product",
    "number",
    "currency",
    "geocode",
    "amount",
    "max_cost",
  ]);
});

test("lines are those of the file, also after empty ones and cells of several lines", () => {
  const text = `product,number,amount,city\n${row},"two\nlines"\n\n${row},\n`;
  expect(read(text).rows.map(({ line }) => line)).toEqual([2, 5]);
});

test("an agent id that an earlier line has is bad", () => {
  const { rows } = read(`agent_id,${headings}\na,${row}\na,${row}`);
  expect(rows.map(({ problems }) => problems)).toEqual([
    [],
    [{ column: "agent_id", code: "agent_id_conflict", reason: "has the agent_id of line 2" }],
  ]);
});

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const cell = fc.stringMatching(/^[ -~]{1,20}$/);

test("what a file says makes it the same file: not its line ends, quotes or separators, but each cell and the name", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), cell, (cells, name) => {
      const table = (separator: string, end: string): string =>
        ["product,number,amount".replaceAll(",", separator)]
          .concat(cells.map(([product, number]) => [product, number, "20.00"].map(quoted).join(separator)))
          .join(end);
      const { hash } = read(table(",", "\n"), name);
      expect(read(`\uFEFF${table(",", "\r\n")}\r\n`, name).hash).toBe(hash);
      expect(read(table(";", "\n"), name).hash).toBe(hash);
      expect(read(table(",", "\n"), `${name}.`).hash).not.toBe(hash);
      expect(read(`${table(",", "\n")}\nx,y,1`, name).hash).not.toBe(hash);
    }),
  );
});

test("rows of different files or lines never share an agent id, and each is one", () => {
  const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
  fc.assert(
    fc.property(hex, hex, fc.nat(20_000), fc.nat(20_000), (one, other, line, next) => {
      expect(agentIdOf(one, line)).toMatch(/^[A-Za-z0-9._:-]{1,64}$/);
      const isSame = one.slice(0, 24) === other.slice(0, 24) && line === next;
      expect(agentIdOf(one, line) === agentIdOf(other, next)).toBe(isSame);
    }),
  );
});
