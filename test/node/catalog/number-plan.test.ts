// The number lookup, and the committed piece of libphonenumber's metadata.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { extractPhoneMetadata } from "../../../scripts/phone-metadata.ts";
import { foldDigits } from "../../../src/catalog/digits.ts";
import { lookUpNumber } from "../../../src/catalog/number-plan.ts";

it.each(["9876543210", "+91 98765 43210", "09876543210", "९८७६५४३२१०"])(
  "reads %j as Indian and suggests nothing",
  (raw) => {
    expect(lookUpNumber(raw)).toEqual({
      country: "IN",
      number: "9876543210",
      form: "in_mobile",
      portable: true,
      products: [],
    });
  },
);

it.each([
  ["017", ["grameenphone", "skitto"]],
  ["013", ["grameenphone", "skitto"]],
  ["019", ["banglalink"]],
  ["014", ["banglalink"]],
  ["018", ["robi"]],
  ["016", ["airtel"]],
  ["015", ["teletalk"]],
])("suggests by the prefix %s the products of %j", (prefix, brands) => {
  expect(lookUpNumber(`+880 ${prefix.slice(1)}12-345678`)).toEqual({
    country: "BD",
    number: `${prefix}12345678`,
    form: "bd_mobile",
    portable: false,
    products: brands.flatMap((brand) => [`bd.${brand}.prepaid`, `bd.${brand}.postpaid`]),
  });
});

it.each(["", "abc", "01112345678", "12345", "+12025550123", "5876543210", "+9118001234567"])(
  "knows nothing of %j",
  (raw) => {
    expect(lookUpNumber(raw)).toBeNull();
  },
);

it("folds Bengali and Devanagari digits and nothing else", () => {
  expect(foldDigits("০১২৩৪৫৬৭৮৯ ०१२३४५६७८९")).toBe("0123456789 0123456789");
  expect(foldDigits("a+٣৺॰")).toBe("a+٣৺॰");
});

it("carries the numbering plans of the installed libphonenumber-js", () => {
  const committed = readFileSync(new URL("../../../src/catalog/phone-metadata.json", import.meta.url), "utf8");
  expect(JSON.parse(committed)).toEqual(extractPhoneMetadata());
  expect(committed.length).toBeLessThan(6_000);
});
