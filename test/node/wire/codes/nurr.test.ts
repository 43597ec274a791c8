// nurr's operators, read out of the table of docs/seeds/nurr.txt itself.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { products } from "../../../../src/catalog/products.ts";
import { nurrAccountTypes, nurrCodeOf, nurrOperators, productOfNurrCode } from "../../../../src/wire/codes/nurr.ts";

const seed = readFileSync(new URL("../../../../docs/seeds/nurr.txt", import.meta.url), "utf8");

/** `| Grameenphone | GP |` and, on the line after, `017, 013 |`. */
const rows = [...seed.matchAll(/^\| ([A-Za-z ]+) \| ([A-Z ]+) \|\r?\n([\d, ]+) \|/gm)].map(
  ([, operatorName = "", code = "", prefixes = ""]) => ({ operatorName, code, prefixes: prefixes.split(", ") }),
);

it("has six operators in the seed's order, which is that of allowed_operator", () => {
  expect(rows.map((row) => row.code)).toEqual(["GP", "GP ST", "BL", "RB", "AT", "TT"]);
  expect(nurrOperators).toEqual(rows.map((row) => row.code));
  const allowed = /"allowed_operator": \[([^\]]+)\]/.exec(seed)?.[1] ?? "";
  expect(nurrOperators).toEqual([...allowed.matchAll(/"([^"]+)"/g)].map((match) => match[1]));
});

describe.each(rows)("$operatorName", ({ operatorName, code, prefixes }) => {
  it.each(nurrAccountTypes)(`is sold %s as ${code} with the prefixes ${prefixes.join(", ")}`, (accountType) => {
    const product = productOfNurrCode(code, accountType);
    expect(product).toMatchObject({ operatorName, prefixes, service: accountType, country: "BD", currency: "BDT" });
    expect(nurrCodeOf(product?.id ?? "")).toEqual({
      product: product?.id,
      code,
      table: "nurr",
      provenance: "documented",
      shared: false,
      accountType,
      operatorName,
    });
  });
});

it("names in the samples the operator names that it answers", () => {
  const sampled = new Set([...seed.matchAll(/"operator_name": "([^"]+)"/g)].map((match) => match[1]));
  expect([...sampled]).toEqual(["Grameenphone", "Grameenphone Skitto"]);
});

it("covers all products of Bangladesh", () => {
  const sold = products.filter((product) => product.country === "BD").map((product) => product.id);
  expect(sold).toHaveLength(12);
  expect(sold.filter((id) => nurrCodeOf(id) === null)).toEqual([]);
  expect(productOfNurrCode("GP ST", "postpaid")?.id).toBe("bd.skitto.postpaid");
});

it.each(["", "gp", "GPST", "GP  ST", "XX"])("does not know the operator %j", (operator) => {
  expect(productOfNurrCode(operator, "prepaid")).toBeNull();
});

it.each(["in.airtel.prepaid", "bd.airtel.dth", "bd.citycell.prepaid", ""])("has no code for %j", (id) => {
  expect(nurrCodeOf(id)).toBeNull();
});
