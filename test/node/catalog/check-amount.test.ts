// The amount of an order, and what the number guard takes for the same subscriber.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { checkAmount, claimNumberOf } from "../../../src/catalog/check.ts";
import type { Product } from "../../../src/catalog/product.ts";
import { findProduct, products } from "../../../src/catalog/products.ts";

function productOf(id: string): Product {
  const product = findProduct(id);
  if (product === null) throw new Error(id);
  return product;
}

const boundaries: [string, number, string | null][] = [
  ["in.airtel.prepaid", 999, "amount_range"],
  ["in.airtel.prepaid", 1_000, null],
  ["in.airtel.prepaid", 1_001, "amount_step"],
  ["in.airtel.prepaid", 1_050, "amount_step"],
  ["in.airtel.prepaid", 1_000_000, null],
  ["in.airtel.prepaid", 1_000_001, "amount_range"],
  ["in.airtel.prepaid", 0, "amount_range"],
  ["in.airtel.prepaid", -1_000, "amount_range"],
  ["in.bescom.electricity", 99, "amount_range"],
  ["in.bescom.electricity", 100, null],
  ["in.bescom.electricity", 12_345, null],
  ["in.bescom.electricity", 10_000_000, null],
  ["in.bescom.electricity", 10_000_001, "amount_range"],
  ["bd.robi.postpaid", 2_000, null],
  ["bd.robi.postpaid", 2_001, "amount_step"],
];

describe("amount", () => {
  it.each(boundaries)("of %s: %d is refused as %s", (id, amount, code) => {
    expect(checkAmount(productOf(id), minor(amount), null)?.code ?? null).toBe(code);
  });

  it("is refused with what is sold", () => {
    expect(checkAmount(productOf("in.airtel.prepaid"), minor(1), null)).toEqual({
      code: "amount_range",
      detail: "The product is sold from 10.00 INR to 10000.00 INR.",
      problems: [{ pointer: "/amount", reason: "The product is sold from 10.00 INR to 10000.00 INR." }],
    });
    expect(checkAmount(productOf("bd.robi.prepaid"), minor(2_050), null)).toEqual({
      code: "amount_step",
      detail: "The product is sold in steps of 1.00 BDT.",
      problems: [{ pointer: "/amount", reason: "The product is sold in steps of 1.00 BDT." }],
    });
  });

  it.each([
    ["INR", null],
    [null, null],
    ["BDT", "currency"],
    ["inr", "currency"],
    ["", "currency"],
  ])("in %j is refused as %s", (currency, code) => {
    expect(checkAmount(productOf("in.airtel.prepaid"), minor(1_000), currency)?.code ?? null).toBe(code);
  });

  it("names the currency that is meant", () => {
    expect(checkAmount(productOf("in.airtel.prepaid"), minor(1_000), "BDT")).toEqual({
      code: "currency",
      detail: "in.airtel.prepaid is sold in INR.",
      problems: [{ pointer: "/currency", reason: "in.airtel.prepaid is sold in INR." }],
    });
  });

  it("is checked for range, then step, then currency", () => {
    expect(checkAmount(productOf("in.airtel.prepaid"), minor(950), "BDT")?.code).toBe("amount_range");
    expect(checkAmount(productOf("in.airtel.prepaid"), minor(1_050), "BDT")?.code).toBe("amount_step");
    expect(checkAmount(productOf("in.airtel.prepaid"), minor(1_100), "BDT")?.code).toBe("currency");
  });
});

describe("what the guard claims", () => {
  it.each([
    ["in.airtel.prepaid", "9876543210", {}, "9876543210"],
    ["in.bsnl.landline", "234567", { std_code: "011" }, "234567|std_code=011"],
    ["in.pvvnl.electricity", "1234", { district: "Meerut", book_no: "1520" }, "1234|book_no=1520|district=MEERUT"],
    ["in.apspdcl.electricity", "1234", { ero: "Gudur", district: "Nellore" }, "1234|district=NELLORE|ero=GUDUR"],
    ["in.cesc.electricity", "1234", { month: "04" }, "1234"],
    ["in.ncpl.electricity", "1234", { bill_no: "77" }, "1234"],
    ["in.reliance-energy.electricity", "1234", { cycle_no: "07" }, "1234"],
    ["in.torrent.electricity", "1234", { city: "Surat" }, "1234|city=SURAT"],
    ["in.apnpdcl.electricity", "1234", { circle_code: "c1" }, "1234|circle_code=C1"],
    ["in.bescom.electricity", "1234", { sub_division: "S2" }, "1234|sub_division=S2"],
    ["in.cesu.electricity", "1234", { division: "Puri" }, "1234|division=PURI"],
    ["in.mesb.electricity", "1234", { billing_unit: "4637" }, "1234|billing_unit=4637"],
  ])("for %s %s with %j is %s", (id, number, fields, claimed) => {
    expect(claimNumberOf(productOf(id), number, fields)).toBe(claimed);
  });

  it("puts the fields in the order of their names, not of the product", () => {
    const fields = { district: "Nellore", book_no: "1" };
    expect(claimNumberOf(productOf("in.pvvnl.electricity"), "1", fields)).toBe("1|book_no=1|district=NELLORE");
    const turned = {
      ...productOf("in.pvvnl.electricity"),
      fields: productOf("in.pvvnl.electricity").fields.toReversed(),
    };
    expect(claimNumberOf(turned, "1", fields)).toBe("1|book_no=1|district=NELLORE");
  });

  it("is the same for every mobile product of a country, so that one number cannot be paid twice by two names", () => {
    const mobile = products.filter((product) => product.numberForm === "in_mobile");
    expect(new Set(mobile.map((product) => claimNumberOf(product, "9876543210", {})))).toEqual(new Set(["9876543210"]));
  });

  it("treats a field that is not there as empty", () => {
    expect(claimNumberOf(productOf("in.torrent.electricity"), "1234", {})).toBe("1234|city=");
  });
});
