// What staff may say about how a provider's statement is read.
import { expect, test } from "vitest";
import { labelOf, mappingSchema } from "../../../../src/reconciliation/provider-statement/mapping.ts";
import { fullMapping, mappingOf } from "./statement-fixture.ts";

function problems(more: Readonly<Record<string, unknown>>): readonly string[] {
  const read = mappingSchema.safeParse({ ...fullMapping, ...more });
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
}

test("a whole mapping is taken, with a comma as its delimiter", () => {
  expect(mappingOf()).toEqual({ ...fullMapping, delimiter: "," });
  expect(mappingOf({ delimiter: ";" }).delimiter).toBe(";");
});

const { columns, words } = fullMapping;
test.each([
  [{ columns: { ...columns, number: " trx " } }, "columns names a column twice"],
  [{ words: { ...words, refund: ["SUCCESS"] } }, "words gives a word two meanings"],
  [{ words: { ...words, success: [] } }, "words.success names at least one word"],
  [{ words: { ...words, success: [" "] } }, "words.success.0 must not be empty"],
  [{ words: { ...words, success: ["x".repeat(81)] } }, "words.success.0 must be at most 80 characters"],
  [
    { columns: { amount: "A", status: "S", time: "T" } },
    "columns names nothing that an order is known by: id, reference or number",
  ],
  [
    { columns: { id: "I", amount: "A", status: "S", time: "T", debit: "D" } },
    "columns names debit and credit together, or neither",
  ],
  [
    { columns: { id: "I", amount: "A", status: "S", time: "T", credit: "D" } },
    "columns names debit and credit together, or neither",
  ],
  [{ decimal: { point: ".", grouping: "." } }, "decimal has one sign for point and grouping"],
  [{ date: "dd/MM" }, "date is not a form of a time, such as dd/MM/yyyy HH:mm:ss"],
  [{ zone: "India" }, "zone is not a time zone, such as Asia/Kolkata"],
  [{ summary: { ...fullMapping.summary, date: "dd" } }, "summary.date is not a form of a time, such as dd/MM/yyyy"],
])("%o is refused: %s", (more, problem) => {
  expect(problems(more)).toEqual([problem]);
});

test.each([
  [{ columns: { id: "I", amount: "A", status: "S", time: "T" } }],
  [{ columns: { reference: "R", amount: "A", status: "S", time: "T" } }],
  [{ columns: { number: "N", amount: "A", status: "S", time: "T" } }],
  [{ columns: { number: "N", amount: "A", status: "S", time: "T", debit: "D", credit: "C" } }],
  [{ summary: { ...fullMapping.summary, date: "dd/MM/yyyy" } }],
  [{ decimal: { point: ",", grouping: "" } }],
])("%o is taken", (more) => {
  expect(problems(more)).toEqual([]);
});

test("words that mean nothing to the mapping are refused", () => {
  expect(problems({ colour: "red" })).toHaveLength(1);
  expect(problems({ columns: { ...columns, colour: "red" } })).toHaveLength(1);
  expect(problems({ words: { ...words, colour: [] } })).toHaveLength(1);
});

test("a label is the same with and without its colon", () => {
  expect(["Opening:", " opening : ", "OPENING"].map(labelOf)).toEqual(["opening", "opening", "opening"]);
  expect(labelOf("Balance: opening")).toBe("balance: opening");
});
