// The identity of a row: the same in every file that has it, and nobody else's.
import fc from "fast-check";
import { expect, test } from "vitest";
import { headings, line, rowsOf } from "./rows-fixture.ts";
import { shown, t0 } from "./statement-fixture.ts";

function identities(all: readonly string[]): readonly string[] {
  return rowsOf([headings, ...all])
    .map(({ identity }) => identity)
    .toSorted();
}

test("the identity of a row is their id, or what it says and its ordinal among equal rows", () => {
  const rows = rowsOf([headings, line(), line({ amount: "21" }), line(), line()]);
  const [first = "", second = "", third = "", fourth = ""] = rows.map(({ identity }) => identity);
  expect([first.slice(-2), second.slice(-2), third.slice(-2), fourth.slice(-2)]).toEqual([":1", ":1", ":2", ":3"]);
  expect(first.slice(0, -2)).toBe(third.slice(0, -2));
  expect(first).not.toBe(second);
});

test("the identity of a row is the same in a file with other columns, numbering and order", () => {
  const one = rowsOf([headings, line(), line({ amount: "21" })]);
  const other = rowsOf([
    "No,Date,Status,Amount,Mobile",
    `7,${shown(t0)},Success,21,9812345678`,
    `8,${shown(t0)},Success,20,9812345678`,
  ]);
  expect(other.map(({ identity }) => identity).toSorted()).toEqual(one.map(({ identity }) => identity).toSorted());
});

test("the identity of a row is nobody else's, and the set of them does not depend on the order of rows", () => {
  const cell = fc.record({
    number: fc.constantFrom("9812345678", "9812345679"),
    amount: fc.constantFrom("20", "21"),
    status: fc.constantFrom("Success", "Failed"),
  });
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (cells, order) => {
      const lines = cells.map((one) => line(one));
      const shuffled = lines.toSorted(() => ((order.next().value ?? 0) % 2 === 0 ? 1 : -1));
      expect(new Set(identities(lines)).size).toBe(lines.length);
      expect(identities(shuffled)).toEqual(identities(lines));
    }),
  );
});
