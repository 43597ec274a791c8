// What holds for the number of every product.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkNumber } from "../../../src/catalog/check.ts";
import { products } from "../../../src/catalog/products.ts";

describe("for every product", () => {
  const anyProduct = fc.constantFrom(...products);
  const characters = Array.from("0123456789+- /AaZz০৯०९");
  const typed = fc.string({ unit: fc.constantFrom(...characters) });
  const plausible = fc.stringMatching(/^(0?1[3-9]\d{8}|[6-9]\d{9})$/);

  it("a canonical number is its own canonical form", () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyProduct, fc.oneof(typed, plausible), (product, raw) => {
        const once = checkNumber(product, raw);
        if (!once.ok) return true;
        accepted += 1;
        const twice = checkNumber(product, once.value);
        return twice.ok && twice.value === once.value;
      }),
    );
    expect(accepted).toBeGreaterThan(0);
  });

  it("digits of Bengali and Devanagari count like ASCII digits", () => {
    fc.assert(
      fc.property(anyProduct, fc.oneof(typed, plausible), fc.constantFrom(0x09e6, 0x0966), (product, raw, zero) => {
        const ascii = raw
          .replaceAll(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6))
          .replaceAll(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
        const foreign = ascii.replaceAll(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
        expect(checkNumber(product, foreign)).toEqual(checkNumber(product, ascii));
      }),
    );
  });

  it("what comes out is at most 24 plain characters, and a refusal never repeats five digits of what came in", () => {
    fc.assert(
      fc.property(anyProduct, fc.oneof(typed, plausible, fc.string({ unit: "binary" })), (product, raw) => {
        const result = checkNumber(product, raw);
        expect(result.ok ? result.value : "0000").toMatch(/^[A-Z0-9/-]{4,24}$/);
        expect(result.ok ? "" : result.problem.detail).not.toMatch(/\d{5}/);
      }),
    );
  });
});
