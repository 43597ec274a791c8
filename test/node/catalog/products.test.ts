// The catalogue as a whole: ids, counts, limits, and the committed document.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderCatalogue } from "../../../scripts/catalogue-doc.ts";
import { fieldNames, numberForms, services } from "../../../src/catalog/product.ts";
import { findProduct, products } from "../../../src/catalog/products.ts";

it("has 90 products of India and 12 of Bangladesh, each id once", () => {
  expect(products.filter((product) => product.country === "IN")).toHaveLength(90);
  expect(products.filter((product) => product.country === "BD")).toHaveLength(12);
  expect(new Set(products.map((product) => product.id)).size).toBe(102);
});

it.each([
  ["prepaid", 25],
  ["postpaid", 11],
  ["dth", 6],
  ["datacard", 7],
  ["landline", 7],
  ["electricity", 34],
])("has in India of %s %d", (service, count) => {
  expect(products.filter((product) => product.country === "IN" && product.service === service)).toHaveLength(count);
});

it.each(products)("$id is made of its own country, operator, service and variant", (product) => {
  const variant = product.variant === null ? "" : `-${product.variant}`;
  expect(product.id).toBe(`${product.country.toLowerCase()}.${product.operator}.${product.service}${variant}`);
  expect(product.id).toMatch(/^(in|bd)\.[a-z0-9]+(-[a-z0-9]+)*\.[a-z]+(-[a-z0-9]+)*$/);
  expect(product.currency).toBe(product.country === "IN" ? "INR" : "BDT");
  expect(product.name.startsWith(product.operatorName)).toBe(true);
});

it("uses every service, number form and field of the closed lists", () => {
  expect(new Set(products.map((product) => product.service))).toEqual(new Set(services));
  expect(new Set(products.map((product) => product.numberForm))).toEqual(new Set(numberForms));
  const used = products.flatMap((product) => product.fields.map((spec) => spec.name));
  expect(new Set(used)).toEqual(new Set(fieldNames));
});

it.each([
  "in.bsnl.prepaid",
  "in.bsnl.prepaid-validity",
  "in.bsnl.prepaid-special",
  "in.jio.prepaid",
  "in.jio.prepaid-special",
  "in.jio.postpaid",
  "in.reliance.prepaid",
  "in.reliance-gsm.prepaid",
  "in.reliance-cdma.prepaid",
  "in.docomo.prepaid",
  "in.docomo.prepaid-special",
  "in.docomo-cdma.prepaid",
  "in.mtnl.prepaid",
  "in.mtnl-mumbai.prepaid",
  "in.mtnl.prepaid-talktime",
  "in.mtnl.prepaid-special",
  "in.airtel.prepaid",
  "in.bescom.electricity",
  "bd.skitto.prepaid",
  "bd.teletalk.postpaid",
])("finds %s", (id) => {
  expect(findProduct(id)?.id).toBe(id);
});

it.each(["", "in.airtel", "IN.AIRTEL.PREPAID", " in.airtel.prepaid", "constructor", "bd.jio.prepaid"])(
  "does not find %j",
  (id) => {
    expect(findProduct(id)).toBeNull();
  },
);

it("reads well to people", () => {
  const names = [
    "in.bsnl.prepaid-validity",
    "in.airtel.dth",
    "in.tata.datacard-photon-plus",
    "in.mtnl-delhi.landline",
    "in.best.electricity",
    "bd.skitto.postpaid",
    "in.tikona.postpaid",
  ];
  expect(names.map((id) => findProduct(id)?.name)).toEqual([
    "BSNL prepaid Validity",
    "Airtel DTH",
    "Tata data card Photon+",
    "MTNL Delhi landline",
    "BEST Undertaking electricity",
    "Grameenphone Skitto postpaid",
    "Tikona postpaid",
  ]);
});

describe("limits", () => {
  const topUp = { minMinor: 1_000, maxMinor: 1_000_000, stepMinor: 100 };
  const bill = { minMinor: 100, maxMinor: 10_000_000, stepMinor: 1 };

  it.each(products)("$id has the default of its country and service", (product) => {
    const isBill = product.country === "IN" && ["postpaid", "landline", "electricity"].includes(product.service);
    expect(product).toMatchObject(isBill ? bill : topUp);
  });
});

it.each([
  ["in.airtel.prepaid", "in_mobile", "Mobile No"],
  ["in.airtel.postpaid", "in_mobile", "Mobile No"],
  ["in.tikona.postpaid", "consumer_digits", "Account No"],
  ["in.airtel.dth", "in_dth", "Subscriber ID"],
  ["in.mts.datacard-mblaze", "in_datacard", "Data card No"],
  ["in.bsnl.landline", "in_landline", "Landline No"],
  ["in.tata-power.electricity", "consumer_digits", "Consumer No"],
  ["in.bescom.electricity", "consumer_account", "Consumer ID or RR No"],
  ["bd.robi.prepaid", "bd_mobile", "Mobile No"],
])("%s takes the form %s, called %s", (id, numberForm, numberLabel) => {
  expect(findProduct(id)).toMatchObject({ numberForm, numberLabel });
});

it("lets letters into the accounts of the billers that print them, and of no others", () => {
  const lettered = products.filter((product) => product.numberForm === "consumer_account");
  expect(lettered.map((product) => product.operator)).toEqual([
    "bescom",
    "best",
    "cesu",
    "bhbvn",
    "mpeb",
    "pspcl",
    "pvvnl",
    "sikkim",
    "upcl",
  ]);
});

it("proves operators by prefix in Bangladesh only", () => {
  for (const product of products) expect(product.prefixes === null).toBe(product.country === "IN");
});

it("is what docs/catalogue.md says", () => {
  expect(readFileSync(new URL("../../../docs/catalogue.md", import.meta.url), "utf8")).toBe(renderCatalogue());
});
