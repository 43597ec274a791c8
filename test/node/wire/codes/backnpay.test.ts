// Code → product of backnpay: what is told apart, and what is refused rather than guessed.
import { describe, expect, it } from "vitest";
import { findProduct } from "../../../../src/catalog/products.ts";
import {
  type BacknpayOrder,
  backnpayCodeOf,
  backnpayOptionals,
  productOfBacknpayCode,
} from "../../../../src/wire/codes/backnpay.ts";
import { backnpayRows } from "../../../../src/wire/codes/backnpay-table.ts";

const mobile: BacknpayOrder = { mob: "9826386456", optionals: [] };
const account: BacknpayOrder = { mob: "210111012345", optionals: [] };

function idOf(code: string, order: BacknpayOrder): string {
  const result = productOfBacknpayCode(code, order);
  return result.ok ? result.value.id : result.problem;
}

describe("a code of several products", () => {
  it.each([
    { code: "113", order: mobile, is: "in.reliance.postpaid" },
    { code: "113", order: { mob: "9826386456", optionals: ["a"] }, is: "in.reliance.postpaid" },
    { code: "113", order: { mob: " ৯৮২৬৩৮৬৪৫৬ ", optionals: [] }, is: "in.reliance.postpaid" },
    { code: "113", order: { mob: "23456789", optionals: ["022"] }, is: "in.mtnl.landline" },
    { code: "113", order: { mob: "23456789", optionals: ["22"] }, is: "in.mtnl.landline" },
    { code: "113", order: { mob: "9826386456", optionals: ["022"] }, is: "ambiguous" },
    { code: "113", order: { mob: "23456789", optionals: [] }, is: "ambiguous" },
    { code: "113", order: { mob: "23456789", optionals: [undefined, "022"] }, is: "ambiguous" },
    { code: "113", order: { mob: "23456789", optionals: ["a"] }, is: "ambiguous" },
    { code: "113", order: account, is: "ambiguous" },
    { code: "113", order: { mob: "919826386456", optionals: [] }, is: "ambiguous" },
    { code: "113", order: { mob: "09826386456", optionals: [] }, is: "ambiguous" },
    { code: "113", order: { mob: "5826386456", optionals: [] }, is: "ambiguous" },
    { code: "113", order: { mob: "982638645", optionals: [] }, is: "ambiguous" },
    { code: "114", order: mobile, is: "in.loop.postpaid" },
    { code: "114", order: { mob: "6000000000", optionals: ["022"] }, is: "in.loop.postpaid" },
    { code: "114", order: account, is: "ambiguous" },
    { code: "130", order: account, is: "ambiguous" },
    { code: "130", order: mobile, is: "ambiguous" },
    { code: "DS", order: mobile, is: "in.docomo.prepaid-special" },
    { code: "ds", order: { mob: "41234567890", optionals: [] }, is: "ambiguous" },
    { code: "PD", order: mobile, is: "ambiguous" },
  ])("$code with $order.mob and $order.optionals is $is", ({ code, order, is }) => {
    expect(idOf(code, order)).toBe(is);
  });
});

describe("a code of one product", () => {
  it.each(["ra", "Ra", " RA ", "3"])("%s is Airtel prepaid, whatever the optionals say", (code) => {
    expect(idOf(code, { mob: "9826386456", optionals: ["a", "022"] })).toBe("in.airtel.prepaid");
  });

  it.each(["", " ", "0", "1", "98", "003", "XX", "null", "GP", "-"])("%j is unknown", (code) => {
    expect(idOf(code, mobile)).toBe("unknown");
  });

  it("comes back from every code that is not shared, with any number", () => {
    for (const row of backnpayRows) {
      for (const table of ["numeric", "alphabetic"] as const) {
        const code = backnpayCodeOf(table, row.product);
        if (code === null || (code.shared && code.code !== "220")) continue;
        expect(idOf(code.code, account)).toBe(row.product);
      }
    }
  });
});

it("has no code for a product that the seed leaves out of a table", () => {
  expect(backnpayCodeOf("numeric", "in.jio.postpaid")).toBeNull();
  expect(backnpayCodeOf("alphabetic", "in.bescom.electricity")).toBeNull();
  expect(backnpayCodeOf("numeric", "bd.grameenphone.prepaid")).toBeNull();
  expect(backnpayCodeOf("numeric", "in.nobody.prepaid")).toBeNull();
});

it("gives a whole code", () => {
  expect(backnpayCodeOf("alphabetic", "in.jio.prepaid")).toEqual({
    product: "in.jio.prepaid",
    code: "RJ",
    table: "alphabetic",
    provenance: "documented",
    shared: false,
  });
});

it.each([
  ["in.apcpdcl.electricity", ["district"]],
  ["in.pvvnl.electricity", ["book_no", "district"]],
  ["in.airtel.prepaid", []],
])("sends the fields of %s as optionals %j", (id, optionals) => {
  const product = findProduct(id);
  expect(product === null ? null : backnpayOptionals(product)).toEqual(optionals);
});
