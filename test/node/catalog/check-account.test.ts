// DTH, landline and bill accounts: what is understood, what it becomes, and what is refused.
import { describe, expect, it } from "vitest";
import { checkNumber } from "../../../src/catalog/check.ts";
import type { Product } from "../../../src/catalog/product.ts";
import { findProduct } from "../../../src/catalog/products.ts";

function productOf(id: string): Product {
  const product = findProduct(id);
  if (product === null) throw new Error(id);
  return product;
}

function read(id: string, raw: string): string {
  const result = checkNumber(productOf(id), raw);
  return result.ok ? result.value : result.problem.code;
}

function detailOf(id: string, raw: string): string {
  const result = checkNumber(productOf(id), raw);
  if (result.ok) return "";
  expect(result.problem.problems).toEqual([{ pointer: "/number", reason: result.problem.detail }]);
  return result.problem.detail;
}

const canonicalOf: [string, string, string][] = [
  ["in.dishtv.dth", "01234567890", "01234567890"],
  ["in.tatasky.dth", "1234 5678-90", "1234567890"],
  ["in.airtel.dth", "12345678", "12345678"],
  ["in.airtel.dth", "12345678901234", "12345678901234"],
  ["in.bsnl.landline", "234567", "234567"],
  ["in.bsnl.landline", "2345 6789", "23456789"],
  ["in.tata-power.electricity", "1234", "1234"],
  ["in.tata-power.electricity", "00000123", "00000123"],
  ["in.tata-power.electricity", "1234567890123456", "1234567890123456"],
  ["in.tata-power.electricity", " ১২৩৪ ५६ ", "123456"],
  ["in.tikona.postpaid", "1110012345", "1110012345"],
  ["in.bescom.electricity", "s2eh12345", "S2EH12345"],
  ["in.bescom.electricity", "EH/12-345", "EH/12-345"],
  ["in.bescom.electricity", "1234-567", "1234567"],
  ["in.bescom.electricity", "RR12", "RR12"],
  ["in.bescom.electricity", "AB1234567890123456789012", "AB1234567890123456789012"],
];

const refused: [string, string][] = [
  ["in.airtel.dth", "1234567"],
  ["in.airtel.dth", "123456789012345"],
  ["in.airtel.dth", "A12345678"],
  ["in.bsnl.landline", "12345"],
  ["in.bsnl.landline", "123456789"],
  ["in.bsnl.landline", "02345678"],
  ["in.tata-power.electricity", "123"],
  ["in.tata-power.electricity", "12345678901234567"],
  ["in.tata-power.electricity", "12A456"],
  ["in.tata-power.electricity", "12--3456"],
  ["in.tata-power.electricity", "-123456"],
  ["in.tata-power.electricity", "123456-"],
  ["in.tata-power.electricity", "1234\t56"],
  ["in.tata-power.electricity", ""],
  ["in.tata-power.electricity", `123456${" ".repeat(59)}`],
  ["in.bescom.electricity", "RR1"],
  ["in.bescom.electricity", "ABCDEF"],
  ["in.bescom.electricity", "RR 1234"],
  ["in.bescom.electricity", "RR1234-"],
  ["in.bescom.electricity", "/RR1234"],
  ["in.bescom.electricity", "RR12ſ4"],
  ["in.bescom.electricity", "RR12\u000734"],
  ["in.bescom.electricity", "RR1234=1"],
  ["in.bescom.electricity", "AB12345678901234567890123"],
];

describe("an account that is no phone number", () => {
  it.each(canonicalOf)("%s reads %j as %s", (id, raw, canonical) => {
    expect(read(id, raw)).toBe(canonical);
  });

  it.each(refused)("%s refuses %j", (id, raw) => {
    expect(read(id, raw)).toBe("number");
  });

  it("takes 64 characters with their spaces", () => {
    expect(read("in.tata-power.electricity", `123456${" ".repeat(58)}`)).toBe("123456");
  });

  it.each([
    ["in.airtel.dth", "in.airtel.dth takes a Subscriber ID of 8 to 14 digits."],
    ["in.bsnl.landline", "in.bsnl.landline takes a Landline No of 6 to 8 digits without the STD code."],
    ["in.jvvnl.electricity", "in.jvvnl.electricity takes a K Number of 4 to 16 digits."],
    [
      "in.upcl.electricity",
      "in.upcl.electricity takes a Service Connection No or K No of 4 to 24 letters and digits, written without spaces.",
    ],
  ])("%s says what it takes", (id, detail) => {
    expect(detailOf(id, "?")).toBe(detail);
  });
});
