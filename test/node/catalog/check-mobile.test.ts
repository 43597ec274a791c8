// Mobile numbers of both countries: what is understood, what it becomes, and what is refused.
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

const readable = [
  "9876543210",
  " 9876543210 ",
  "98765 43210",
  "98765-43210",
  "+919876543210",
  "+91 98765 43210",
  "+91-98765-43210",
  "00919876543210",
  "0091 9876543210",
  "919876543210",
  "09876543210",
  "९८७६५४३२१०",
  "৯৮৭৬৫৪৩২১০",
  "+৯১ ९८७६५43210",
  "98765 - 43210",
];

const unreadable = [
  "",
  " ",
  "5876543210",
  "0123456789",
  "987654321",
  "98765432101",
  "+9198765432101",
  "++919876543210",
  "+",
  "98765abc10",
  "9876543210x",
  "tel:9876543210",
  "9876543210;ext=1",
  "98765\n43210",
  "98765\u000043210",
  "-9876543210",
  "9876543210-",
  "+ 919876543210",
  "98765.43210",
  "٩٨٧٦٥٤٣٢١٠",
  "01712345678",
  "8801712345678",
  "+12025550123",
  "+8801712345678",
  `9876543210${" ".repeat(55)}`,
  "9".repeat(300),
];

describe("an Indian mobile number", () => {
  it.each(readable)("is read from %j", (raw) => {
    expect(read("in.airtel.prepaid", raw)).toBe("9876543210");
    expect(read("in.mts.datacard-mblaze", raw)).toBe("9876543210");
  });

  it.each(["6000000000", "7000000000", "8000000000", "9999999999", "9191919191", "8801712345"])("may be %s", (raw) => {
    expect(read("in.jio.postpaid", raw)).toBe(raw);
  });

  it.each(unreadable)("is not %j", (raw) => {
    expect(read("in.airtel.prepaid", raw)).toBe("number");
  });

  it("is understood up to 64 characters", () => {
    expect(read("in.airtel.prepaid", `9876543210${" ".repeat(54)}`)).toBe("9876543210");
  });

  it("is refused with what is expected, and never repeated", () => {
    expect(detailOf("in.airtel.prepaid", "12345")).toBe(
      "in.airtel.prepaid takes a ten-digit Indian mobile number that starts with 6 to 9.",
    );
    expect(detailOf("in.airtel.prepaid", "+8801712345678")).toBe(
      "The number belongs to another country; in.airtel.prepaid takes a ten-digit Indian mobile number that starts with 6 to 9.",
    );
  });

  it("is accepted whatever operator it began with: numbers are portable", () => {
    expect(read("in.vodafone.prepaid", "9810012345")).toBe(read("in.airtel.prepaid", "9810012345"));
  });
});

describe("a mobile number of Bangladesh", () => {
  it.each([
    "01712345678",
    "+8801712345678",
    "8801712345678",
    "008801712345678",
    "+880 1712-345678",
    "০১৭১২৩৪৫৬৭৮",
    "1712345678",
  ])("is read from %j", (raw) => {
    expect(read("bd.grameenphone.prepaid", raw)).toBe("01712345678");
  });

  it.each([
    ["bd.grameenphone.prepaid", ["013", "017"]],
    ["bd.skitto.postpaid", ["013", "017"]],
    ["bd.banglalink.prepaid", ["014", "019"]],
    ["bd.robi.prepaid", ["018"]],
    ["bd.airtel.postpaid", ["016"]],
    ["bd.teletalk.prepaid", ["015"]],
  ])("of %s has one of the prefixes %j", (id, own) => {
    for (const prefix of ["013", "014", "015", "016", "017", "018", "019"]) {
      expect(read(id, `${prefix}12345678`)).toBe(own.includes(prefix) ? `${prefix}12345678` : "number_operator");
    }
  });

  it.each([
    "01012345678",
    "01112345678",
    "01212345678",
    "0171234567",
    "017123456789",
    "02123456789",
    "9876543210",
    "+919876543210",
    "",
  ])("is not %j", (raw) => {
    expect(read("bd.grameenphone.prepaid", raw)).toBe("number");
  });

  it("is refused with the reason", () => {
    expect(detailOf("bd.grameenphone.prepaid", "01812345678")).toBe(
      "The prefix 018 is not one of Grameenphone (017, 013).",
    );
    expect(detailOf("bd.robi.prepaid", "01112345678")).toBe(
      "bd.robi.prepaid takes an eleven-digit mobile number of Bangladesh that starts with 013 to 019.",
    );
    expect(detailOf("bd.robi.prepaid", "+919876543210")).toBe(
      "The number belongs to another country; bd.robi.prepaid takes an eleven-digit mobile number of Bangladesh that starts with 013 to 019.",
    );
  });
});
