// aopay's two known codes, read out of docs/seeds/aopay.txt itself.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { aopayCodeOf, productOfAopayCode } from "../../../../src/wire/codes/aopay.ts";

const seed = readFileSync(new URL("../../../../docs/seeds/aopay.txt", import.meta.url), "utf8");

it("knows the code that the prose documents for Airtel", () => {
  const documented = /For example, (\d+) represents Airtel/.exec(seed)?.[1];
  expect(documented).toBe("518");
  expect(aopayCodeOf("in.airtel.prepaid")).toEqual({
    product: "in.airtel.prepaid",
    code: documented,
    table: "aopay",
    provenance: "documented",
    shared: false,
  });
  expect(productOfAopayCode(518)?.id).toBe("in.airtel.prepaid");
});

it("infers the code of the samples to be Jio prepaid, of which the failure sample speaks", () => {
  const sampled = new Set([...seed.matchAll(/"ProductID": (\d+)/g)].map((match) => match[1]));
  expect(sampled).toEqual(new Set(["511", "518"]));
  expect(seed).toContain("Reliance Jio Bill Payment Prepaid");
  expect(aopayCodeOf("in.jio.prepaid")).toEqual({
    product: "in.jio.prepaid",
    code: "511",
    table: "aopay",
    provenance: "inferred",
    shared: false,
  });
  expect(productOfAopayCode(511)?.id).toBe("in.jio.prepaid");
});

it.each([0, 51, 5110, 511.5, -518, Number.NaN])("does not know the code %d", (code) => {
  expect(productOfAopayCode(code)).toBeNull();
});

it.each(["in.airtel.postpaid", "in.vodafone.prepaid", "bd.airtel.prepaid", ""])("has no code for %j", (id) => {
  expect(aopayCodeOf(id)).toBeNull();
});
