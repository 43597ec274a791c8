// The form of each field.
import { describe, expect, it } from "vitest";
import { fieldSpec, isAccountField, readField } from "../../../src/catalog/fields.ts";
import { type FieldName, fieldNames } from "../../../src/catalog/product.ts";

const codes: readonly FieldName[] = ["circle_code", "billing_unit", "bill_no", "book_no", "cycle_no"];
const names: readonly FieldName[] = ["district", "ero", "sub_division", "division", "city"];

it.each([
  ["11", "011"],
  ["011", "011"],
  ["०११", "011"],
  [" 4842 ", "04842"],
  ["04842", "04842"],
])("std_code %j is %s", (raw, value) => {
  expect(readField("std_code", raw)).toBe(value);
});

it.each(["", "0", "1", "01", "0011", "12345", "012345", "a", "1 1", "+11", "11x", "x11"])(
  "std_code is not %j",
  (raw) => {
    expect(readField("std_code", raw)).toBeNull();
  },
);

it.each([
  ["1", "01"],
  ["04", "04"],
  ["9", "09"],
  ["10", "10"],
  ["12", "12"],
  ["৭", "07"],
])("month %j is %s", (raw, value) => {
  expect(readField("month", raw)).toBe(value);
});

it.each(["0", "00", "13", "20", "004", "JAN", "4x", "x4", ""])("month is not %j", (raw) => {
  expect(readField("month", raw)).toBeNull();
});

describe.each(codes)("%s", (name) => {
  it.each([
    ["1", "1"],
    ["a", "a"],
    ["12/A-3", "12/A-3"],
    [" 46३७ ", "4637"],
    ["1".repeat(20), "1".repeat(20)],
  ])("%j is %s", (raw, value) => {
    expect(readField(name, raw)).toBe(value);
  });

  it.each(["", "-1", "1-", "1 2", "/", "1=2", "1|2", "1".repeat(21), "é1"])("is not %j", (raw) => {
    expect(readField(name, raw)).toBeNull();
  });
});

describe.each(names)("%s", (name) => {
  it.each([
    ["Patna  City ", "Patna City"],
    ["S2", "S2"],
    ["R&D (East)", "R&D (East)"],
    ["24, Parganas/N.", "24, Parganas/N."],
    ["A".repeat(40), "A".repeat(40)],
  ])("%j is %s", (raw, value) => {
    expect(readField(name, raw)).toBe(value);
  });

  it.each(["", "a", " a ", "Patna-", "(East", "A=B", "A|B", "A\nB", "A\tB", "A".repeat(41), "पटना"])(
    "is not %j",
    (raw) => {
      expect(readField(name, raw)).toBeNull();
    },
  );
});

it("reads at most 64 characters, spaces included", () => {
  expect(readField("bill_no", `1${" ".repeat(63)}`)).toBe("1");
  expect(readField("bill_no", `1${" ".repeat(64)}`)).toBeNull();
});

it("has for every field a label, and an example of its own form", () => {
  for (const name of fieldNames) {
    const spec = fieldSpec(name);
    expect(spec.name).toBe(name);
    expect(spec.pattern.test(spec.example)).toBe(true);
    expect(readField(name, spec.example)).toBe(spec.example);
  }
});

it("labels the fields as the seed words them", () => {
  expect(fieldNames.map((name) => fieldSpec(name).label)).toEqual([
    "STD code",
    "District",
    "Circle code",
    "ERO",
    "Sub division",
    "Month",
    "Division",
    "Billing unit",
    "Bill No",
    "Book No",
    "Cycle No",
    "City",
  ]);
});

it("takes month, bill number and cycle number for marks of a bill, everything else for marks of an account", () => {
  expect(fieldNames.filter((name) => !isAccountField(name))).toEqual(["month", "bill_no", "cycle_no"]);
});
