// A mapping goes into the fields of the form and comes out of them as it was.
import { expect, test } from "vitest";
import { fieldsOf, mappingOf } from "../../../src/console/mapping-form.ts";
import { mappingSchema } from "../../../src/reconciliation/provider-statement/mapping.ts";

const full = {
  columns: { id: "Trx", number: "Mobile", amount: "Amount", status: "Status", time: "Date", debit: "Dr", credit: "Cr" },
  words: { success: ["Success", "Done"], failure: ["Failed"], refund: [], pending: ["Pending"], other: ["Deposit"] },
  date: "yyyy-MM-dd HH:mm:ss",
  zone: "Asia/Dhaka",
  decimal: { point: ",", grouping: " " },
  delimiter: "\t",
  summary: { from: "From", to: "To", opening: "Opening", closing: "Closing" },
};
const { summary: _summary, ...short } = full;

test.each([full, short])("a mapping survives the form", (mapping) => {
  expect(mappingOf(fieldsOf(mapping))).toEqual(mapping);
  expect(mappingSchema.parse(mappingOf(fieldsOf(mapping)))).toEqual(mapping);
});

test("spaces around what was typed are left out, and so is what was not filled in", () => {
  const fields = {
    ...fieldsOf(short),
    "column.id": " Trx ",
    "column.number": "  ",
    "word.success": "Done \n\n  Success",
  };
  expect(mappingOf(fields)).toMatchObject({
    columns: { id: "Trx", amount: "Amount", status: "Status", time: "Date", debit: "Dr", credit: "Cr" },
    words: { success: ["Done", "Success"] },
  });
});
