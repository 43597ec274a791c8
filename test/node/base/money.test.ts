// Amounts: what is read, what is printed, and what a share of them is.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, basisPointsOf, currencies, formatAmount, minor, parseAmount, subtract } from "../../../src/base/money.ts";

describe("an amount", () => {
  it.each([
    ["20", 2_000],
    ["20.5", 2_050],
    ["20.05", 2_005],
    ["20.00", 2_000],
    ["0", 0],
    ["0.01", 1],
    ["00020.10", 2_010],
    ["999999999.99", 99_999_999_999],
  ])("%s is read as %d minor units", (text, value) => {
    expect(parseAmount(text)).toBe(value);
  });

  it.each([
    "",
    " 20",
    "20 ",
    "20\n",
    "x20",
    "20x",
    "-20",
    "+20",
    "20.",
    ".5",
    "20.000",
    "20.5.1",
    "2e1",
    "1,000",
    "1000000000",
    "২০",
    "NaN",
    "0x10",
  ])("is not read from %j", (text) => {
    expect(parseAmount(text)).toBeNull();
  });
});

describe("an amount in minor units", () => {
  it.each([
    [0, "0.00"],
    [1, "0.01"],
    [99, "0.99"],
    [100, "1.00"],
    [2_050, "20.50"],
    [-1, "-0.01"],
    [-2_000, "-20.00"],
    [99_999_999_999, "999999999.99"],
    [Number.MAX_SAFE_INTEGER, "90071992547409.91"],
  ])("%d is printed as %s", (value, text) => {
    expect(formatAmount(minor(value))).toBe(text);
  });

  it("is the same after it was printed and read", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (value) => {
        expect(parseAmount(formatAmount(minor(value)))).toBe(value);
      }),
    );
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1])("is never %d", (value) => {
    expect(() => minor(value)).toThrow("invariant broken: minor units are safe integers");
  });

  it("is added and subtracted exactly, and never beyond the safe integers", () => {
    expect(add(minor(7), minor(5))).toBe(12);
    expect(subtract(minor(5), minor(7))).toBe(-2);
    expect(() => add(minor(Number.MAX_SAFE_INTEGER), minor(1))).toThrow("safe integers");
    expect(() => subtract(minor(Number.MIN_SAFE_INTEGER), minor(1))).toThrow("safe integers");
  });

  it("is in rupees or taka", () => {
    expect(currencies).toEqual(["INR", "BDT"]);
  });
});

describe("a share in basis points", () => {
  it.each([
    ["1 % of 20.00", 2_000, 100, 20],
    ["nothing", 2_000, 0, 0],
    ["all", 2_000, 10_000, 2_000],
    ["below a half goes down", 149, 100, 1],
    ["above a half goes up", 151, 100, 2],
    ["a half goes to the even unit below", 250, 100, 2],
    ["a half goes to the even unit above", 350, 100, 4],
    ["half a unit goes to nothing", 50, 100, 0],
    ["one and a half goes to two", 150, 100, 2],
    ["a little less than a half", 4_999, 1, 0],
    ["a half of the smallest share", 5_000, 1, 0],
    ["a little more than a half", 5_001, 1, 1],
    ["nothing of nothing", 0, 10_000, 0],
    ["exactly, of the largest amount", Number.MAX_SAFE_INTEGER, 9_999, 9_006_298_534_815_517],
  ])("is rounded like a banker does: %s", (_name, amount, basisPoints, share) => {
    expect(basisPointsOf(minor(amount), basisPoints)).toBe(share);
  });

  it("is within half a unit, and even where it is half a unit off", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (amount, basisPoints) => {
          const share = basisPointsOf(minor(amount), basisPoints);
          const off = Math.abs(share * 10_000 - amount * basisPoints);
          expect(off).toBeLessThanOrEqual(5_000);
          expect(off === 5_000 ? share % 2 : 0).toBe(0);
        },
      ),
    );
  });

  it.each([-1, 10_001, 0.5, Number.NaN])("of %d basis points is a fault", (basisPoints) => {
    expect(() => basisPointsOf(minor(100), basisPoints)).toThrow("basis points are 0 to 10 000");
  });

  it("of a negative amount is a fault", () => {
    expect(() => basisPointsOf(minor(-1), 100)).toThrow("a share is taken of an amount that is not negative");
  });
});
