import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAmount, minor } from "../../../src/base/money.ts";
import { readAmount } from "../../../src/wire/amount.ts";
import { parseJsonKeepingDigits } from "../../../src/wire/json.ts";
import { readReferenceText } from "../../../src/wire/reference.ts";

describe("an upstream's amount", () => {
  it.each([
    ["12", 1200],
    ["0", 0],
    ["980.2", 98_020],
    ["302.15", 30_215],
    ["302.150000", 30_215],
    ["0.05", 5],
    ["-5.00", -500],
    ["-0.00", 0],
    ["007", 700],
    ["999999999999.99", 99_999_999_999_999],
  ])("reads %s", (text, expected) => {
    expect(readAmount(text)).toBe(expected);
  });

  it.each([
    null,
    "",
    " 1",
    "1 ",
    "1.",
    ".5",
    "1.005",
    "302.15000000000003",
    "1e3",
    "+1",
    "1,000.00",
    "Rs 5",
    "NaN",
    "--1",
  ])("never rounds or guesses %j", (text) => {
    expect(readAmount(text)).toBeNull();
  });

  it("takes twelve digits and no more", () => {
    expect(readAmount("123456789012")).toBe(12_345_678_901_200);
    expect(readAmount("1234567890123")).toBeNull();
  });

  it("reads back whatever we print", () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), (value) => {
        expect(readAmount(formatAmount(minor(value)))).toBe(value);
      }),
    );
  });
});

describe("JSON of an upstream", () => {
  it("keeps the digits of every number and leaves the rest alone", () => {
    const text = '{"a":98765432109876543210,"b":[302.10,1e3,-0],"c":"007","d":null,"e":true}';
    const read = { a: "98765432109876543210", b: ["302.10", "1e3", "-0"], c: "007", d: null, e: true };
    expect(parseJsonKeepingDigits(text)).toEqual(read);
    const asWePrint = '{"a":302.15,"b":[-2,{"c":1e+21}],"c":"007","d":null,"e":true}';
    const readToo = { a: "302.15", b: ["-2", { c: "1e+21" }], c: "007", d: null, e: true };
    expect(parseJsonKeepingDigits(asWePrint)).toEqual(readToo);
  });

  it("never keeps other digits than those that were sent", () => {
    const decimal = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?(e[+-]?\d{1,3})?$/);
    fc.assert(
      fc.property(decimal, decimal, (one, other) => {
        expect(parseJsonKeepingDigits(`{"a":${one},"b":[${other}]}`)).toEqual({ a: one, b: [other] });
      }),
    );
  });

  it.each(["", "<a/>", "{", "{'a':1}", "undefined", "{} {}"])("is undefined for %j", (text) => {
    expect(parseJsonKeepingDigits(text)).toBeUndefined();
  });
});

describe("a reference", () => {
  it.each([null, "", "  ", "0", "000", "NA", "n/a", "NULL", "nil", "None", "-", "--"])(
    "is none when it says %j",
    (text) => {
      expect(readReferenceText(text)).toBeNull();
    },
  );

  it.each([
    ["TXN1", "TXN1"],
    [" 16010823084714D907 ", "16010823084714D907"],
    ["10", "10"],
    ["NAB", "NAB"],
    ["XNA", "XNA"],
    ["-1", "-1"],
  ])("is kept when it says %j", (text, expected) => {
    expect(readReferenceText(text)).toBe(expected);
  });
});
