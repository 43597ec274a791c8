// The fields of an order against its product.
import fc from "fast-check";
import { expect, it } from "vitest";
import { checkFields } from "../../../src/catalog/check.ts";
import type { Product } from "../../../src/catalog/product.ts";
import { findProduct, products } from "../../../src/catalog/products.ts";

function productOf(id: string): Product {
  const product = findProduct(id);
  if (product === null) throw new Error(id);
  return product;
}

it("come back canonical and in the product's order", () => {
  const result = checkFields(productOf("in.pvvnl.electricity"), { district: "  Meerut   City ", book_no: "১५20" });
  expect(result).toEqual({ ok: true, value: { book_no: "1520", district: "Meerut City" } });
  expect(result.ok ? Object.keys(result.value) : []).toEqual(["book_no", "district"]);
});

it("are all required", () => {
  expect(checkFields(productOf("in.apspdcl.electricity"), { ero: "  " })).toEqual({
    ok: false,
    problem: {
      code: "field",
      detail: "in.apspdcl.electricity: takes the fields district, ero.",
      problems: [
        { pointer: "/fields/district", reason: "District is required." },
        { pointer: "/fields/ero", reason: "ERO is required." },
      ],
    },
  });
});

it("are refused with an example when malformed", () => {
  expect(checkFields(productOf("in.bsnl.landline"), { std_code: "a" })).toEqual({
    ok: false,
    problem: {
      code: "field",
      detail: "in.bsnl.landline: takes the fields std_code.",
      problems: [{ pointer: "/fields/std_code", reason: "STD code has not the expected form, for example 011." }],
    },
  });
});

it("are refused when unknown, with an escaped pointer", () => {
  expect(checkFields(productOf("in.airtel.prepaid"), { "a/b~c": "1", toString: "2" })).toEqual({
    ok: false,
    problem: {
      code: "field",
      detail: "in.airtel.prepaid: takes no fields.",
      problems: [
        { pointer: "/fields/a~1b~0c", reason: "in.airtel.prepaid has no such field." },
        { pointer: "/fields/toString", reason: "in.airtel.prepaid has no such field." },
      ],
    },
  });
});

it("of another biller are unknown here", () => {
  const result = checkFields(productOf("in.cesc.electricity"), { month: "4", district: "Howrah" });
  expect(result.ok ? [] : result.problem.problems).toEqual([
    { pointer: "/fields/district", reason: "in.cesc.electricity has no such field." },
  ]);
});

it("may be none where the product has none", () => {
  expect(checkFields(productOf("in.airtel.prepaid"), {})).toEqual({ ok: true, value: {} });
});

it("are accepted with their own examples, and are then canonical", () => {
  for (const product of products) {
    const examples = Object.fromEntries(product.fields.map((spec) => [spec.name, spec.example]));
    expect(checkFields(product, examples)).toEqual({ ok: true, value: examples });
  }
});

it("once canonical, stay as they are", () => {
  const characters = Array.from("01 9aZ.-/०৯");
  const values = fc.string({ unit: fc.constantFrom(...characters), maxLength: 6 });
  const demanding = products.filter((product) => product.fields.length > 0);
  let accepted = 0;
  fc.assert(
    fc.property(fc.constantFrom(...demanding), values, (product, raw) => {
      const once = checkFields(product, Object.fromEntries(product.fields.map((spec) => [spec.name, raw])));
      if (!once.ok) return;
      accepted += 1;
      expect(checkFields(product, once.value)).toEqual(once);
    }),
  );
  expect(accepted).toBeGreaterThan(0);
});
