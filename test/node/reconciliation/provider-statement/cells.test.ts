// Amounts and subscriber numbers as statements print them.
import { describe, expect, test } from "vitest";
import { isSameNumber, readDecimal, readNumber } from "../../../../src/reconciliation/provider-statement/cells.ts";

const point = { point: ".", grouping: "," } as const;

test.each([
  ["20", 2_000],
  ["20.5", 2_050],
  ["20.05", 2_005],
  [" 20.00 ", 2_000],
  ["20.0000", 2_000],
  ["1,234.56", 123_456],
  ["12,34,567.00", 123_456_700],
  ["০১২.৫০", 1_250],
  ["0", 0],
  ["123456789012", 12_345_678_901_200],
  ["999,999,999,999.99", 99_999_999_999_999],
  ["1,234,567", 123_456_700],
  ["20.", 2_000],
])("%s is an amount", (text, amount) => {
  expect(readDecimal(text, point)).toBe(amount);
});

test.each([
  "",
  ".",
  ".50",
  "20.005",
  "20.0001",
  "1.2.3",
  "-20",
  "+20",
  "20,",
  ",20",
  "1,2345",
  "1,2",
  "2 0",
  "1e3",
  "Rs 20",
  "x20",
  "20x",
  "1234567890123",
  "1234,567",
  "1,23",
  "1,2,345",
  "1,2345,678",
  "x,234",
  "1,x34",
  "1x,234",
  "1,234x",
  "12,34x,567",
  "12,x34,567",
  "1,x234",
  "x1,234",
  "9,999,999,999,999",
])("%s is no amount", (text) => {
  expect(readDecimal(text, point)).toBeNull();
});

test.each([
  ["1.234,56", { point: ",", grouping: "." }, 123_456],
  ["1 234,56", { point: ",", grouping: " " }, 123_456],
  ["1'234.56", { point: ".", grouping: "'" }, 123_456],
  ["1234.56", { point: ".", grouping: "" }, 123_456],
  ["1,234.56", { point: ".", grouping: "" }, null],
  ["1.234.56", { point: ".", grouping: "," }, null],
] as const)("%s by %o", (text, form, amount) => {
  expect(readDecimal(text, form)).toBe(amount);
});

describe("a number", () => {
  test.each([
    ["+88 01712-345678", "8801712345678"],
    ["(0171) 2345.678", "01712345678"],
    ["'01712345678", "01712345678"],
    ["০১৭১২", "01712"],
    ["kn12x", "KN12X"],
    ["", null],
    ["  ", null],
    ["98XXXX1234", null],
    ["98****1234", null],
    ["98xx1234", null],
    ["98••1234", null],
    ["98##1234", null],
    ["98*1234", "98*1234"],
  ])("printed as %s is read as %s", (text, number) => {
    expect(readNumber(text)).toBe(number);
  });

  test.each([
    ["9812345678", "9812345678", true],
    ["09812345678", "9812345678", true],
    ["919812345678", "9812345678", true],
    ["00919812345678", "9812345678", true],
    ["889812345678", "9812345678", false],
    ["812345678", "9812345678", false],
    ["01712345678", "01712345678", true],
    ["8801712345678", "01712345678", true],
    ["008801712345678", "01712345678", true],
    ["1712345678", "01712345678", true],
    ["9101712345678", "01712345678", false],
    ["001712345678", "01712345678", false],
    ["KN12", "kn12", true],
    ["0KN12", "KN12", false],
    ["012345", "12345", false],
    ["12345", "012345", false],
    ["912345678", "12345678", false],
    ["9198123456789", "98123456789", false],
    ["91a9812345678", "a9812345678", false],
    ["88017123456789", "017123456789", false],
    ["88x01712345678", "x01712345678", false],
  ])("%s is %s: %s", (printed, canonical, isSame) => {
    expect(isSameNumber(printed, canonical)).toBe(isSame);
  });
});
