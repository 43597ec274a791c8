// Walks the tables of docs/seeds/backnpay.txt row by row against the catalogue and the code table.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Product, Service } from "../../../../src/catalog/product.ts";
import { products } from "../../../../src/catalog/products.ts";
import { backnpayCodeOf, backnpayOptionals } from "../../../../src/wire/codes/backnpay.ts";
import { backnpayRows } from "../../../../src/wire/codes/backnpay-table.ts";

const lines = readFileSync(new URL("../../../../docs/seeds/backnpay.txt", import.meta.url), "utf8").split(/\r?\n/);

const headings = new Map<string, Service>([
  ["Prepaid", "prepaid"],
  ["DTH", "dth"],
  ["Data Card", "datacard"],
  ["Postpaid", "postpaid"],
  ["Landline & Internet", "landline"],
  ["Electricity", "electricity"],
]);

interface NumericRow {
  readonly service: Service;
  readonly name: string;
  readonly code: string;
  readonly value: string;
}

function readNumericRows(): NumericRow[] {
  const from = lines.indexOf("2. Oprater Code");
  const to = lines.findIndex((line) => line.startsWith("3. Status Check"));
  const rows: NumericRow[] = [];
  let service: Service | undefined;
  for (const line of lines.slice(from, to)) {
    const [name = "", code = "", value = ""] = line.split("\t");
    service = headings.get(line.trim()) ?? service;
    if (service !== undefined && /^\d+$/.test(code)) rows.push({ service, name, code, value });
  }
  return rows;
}

function readAlphabeticRows(): { name: string; code: string }[] {
  const rows = lines.slice(lines.indexOf("ID\tOprator Name\tOPID") + 1).map((line) => line.split("\t"));
  return rows.flatMap(([id = "", name = "", code = ""]) => (/^\d+$/.test(id) ? [{ name, code }] : []));
}

/** The seed's names that are not the product's own name in other letters. */
const spellings = new Map([
  ["relianceall", "reliance"],
  ["docomocdma", "tatadocomocdma"],
  ["tatadocomogsm", "tatadocomo"],
  ["tatadocomospecialrecharges", "tatadocomospecial"],
  ["jio", "reliancejio"],
  ["airteldth", "airtel"],
  ["videocon dth", "videocond2h"],
  ["relianceenrylimited", "relianceenergylimited"],
]);

function letters(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("+", "plus")
    .replaceAll(/[^a-z0-9]/g, "");
}

function productOfRow(row: NumericRow): Product {
  const written = letters(row.name);
  const key = row.service === "dth" && written === "videocon" ? "videocon dth" : written;
  const wanted = spellings.get(key) ?? key;
  const found = products.filter(
    (product) =>
      product.country === "IN" &&
      product.service === row.service &&
      letters(`${product.operatorName}${product.variant ?? ""}`) === wanted,
  );
  expect(
    found.map((product) => product.id),
    `${row.service} ${row.name}`,
  ).toHaveLength(1);
  const [product] = found;
  if (product === undefined) throw new Error(row.name);
  return product;
}

/** The Value column: `PASS MOB=SERVICE NO&OPTIONAL1=DISTRICT&OPTIONAL2=ERO` → number label and field names in order. */
function readValue(value: string): { label: string; fields: string[] } {
  const text = value
    .replace("COSUMER", "CONSUMER")
    .replace("BUSSINESSPATNER", "BUSINESSPARTNER")
    .replace("BILING", "BILLING")
    .replace("SALECT ", "");
  const landline = /^PASS (.+) IN OPTIONAL1 &(.+) IN MOB$/.exec(text);
  if (landline !== null) return { label: letters(landline[2] ?? ""), fields: [fieldKey(landline[1] ?? "")] };
  const [mob = "", ...optionals] = text.split("&");
  const fields = optionals.map((optional, index) => {
    const [, position = "", name = ""] = /^OPTIONAL(\d?)=(.+)$/i.exec(optional) ?? [];
    expect(position === "" ? index : Number(position) - 1).toBe(index);
    return fieldKey(name);
  });
  return { label: letters(mob.replace(/^PASS\s*MOB=/i, "").replace("/", " or ")), fields };
}

function fieldKey(name: string): string {
  return name.replace(/\.$/, "").toLowerCase().replaceAll(" ", "_");
}

const numericRows = readNumericRows();
const alphabeticRows = readAlphabeticRows();

describe("the numeric table of the seed", () => {
  it("has 82 rows: 19 prepaid, 6 DTH, 7 data card, 9 postpaid, 7 landline, 34 electricity", () => {
    const counts = Object.fromEntries([...headings.values()].map((service) => [service, 0]));
    for (const row of numericRows) counts[row.service] = (counts[row.service] ?? 0) + 1;
    expect(counts).toEqual({ prepaid: 19, dth: 6, datacard: 7, postpaid: 9, landline: 7, electricity: 34 });
    expect(numericRows).toHaveLength(82);
  });

  it.each(numericRows)("$service $name is sold with the code $code", (row) => {
    const code = backnpayCodeOf("numeric", productOfRow(row).id);
    expect(code).toMatchObject({ code: row.code, table: "numeric", provenance: "documented" });
  });

  it("names each product once and leaves no numeric code over", () => {
    const named = numericRows.map((row) => productOfRow(row).id);
    expect(new Set(named).size).toBe(82);
    const coded = backnpayRows.filter((row) => row.numeric !== null).map((row) => row.product);
    expect(named.toSorted()).toEqual(coded.toSorted());
  });

  it.each(numericRows.filter((row) => row.value !== ""))("$service $name demands what its Value column says", (row) => {
    const product = productOfRow(row);
    const value = readValue(row.value);
    expect(letters(product.numberLabel)).toBe(value.label);
    expect(product.fields.map((spec) => spec.name)).toEqual(value.fields);
    expect(backnpayOptionals(product)).toEqual(value.fields);
  });

  it("has a Value for every postpaid, landline and electricity row, and only there products have fields", () => {
    const valued = numericRows.filter((row) => row.value !== "");
    expect(valued).toHaveLength(9 + 7 + 34);
    const withFields = products.filter((product) => product.fields.length > 0).map((product) => product.id);
    const demanding = valued.filter((row) => readValue(row.value).fields.length > 0);
    expect(withFields.toSorted()).toEqual(demanding.map((row) => productOfRow(row).id).toSorted());
  });

  it("shares exactly 113, 114 and 130, and prints 220 out of sequence", () => {
    const shared = numericRows.filter((row) => backnpayCodeOf("numeric", productOfRow(row).id)?.shared === true);
    expect(shared.map((row) => row.code).toSorted()).toEqual(["113", "113", "113", "114", "114", "130", "130", "220"]);
  });
});

/** Name in the last table → products; the second table spells and splits differently from the first. */
const alphabeticNames: Record<string, readonly string[]> = {
  "Airtel Postpaid": ["in.airtel.postpaid"],
  "Idea Postpaid": ["in.idea.postpaid"],
  "Aircel Postpaid": ["in.aircel.postpaid"],
  "Bsnl Postpaid": ["in.bsnl.postpaid"],
  "Tata Docomo Postpaid": ["in.docomo-cdma.postpaid", "in.docomo.postpaid"],
  "Vodafone Postpaid": ["in.vodafone.postpaid"],
  "Tikona Postpaid": ["in.tikona.postpaid"],
  Aircel: ["in.aircel.prepaid"],
  Airtel: ["in.airtel.prepaid"],
  Bsnl: ["in.bsnl.prepaid"],
  "Bsnl Special": ["in.bsnl.prepaid-special"],
  Idea: ["in.idea.prepaid"],
  MTS: ["in.mts.prepaid"],
  "Tata Docomo CDMA": ["in.docomo-cdma.prepaid"],
  "Tata Docomo GSM": ["in.docomo.prepaid"],
  "Tata Docomo Speacial": ["in.docomo.prepaid-special"],
  Uninor: ["in.uninor.prepaid"],
  "Uninor Speacial": ["in.uninor.prepaid-special"],
  Videocon: ["in.videocon.prepaid"],
  "Videocon Speacial": ["in.videocon.prepaid-special"],
  Vodafone: ["in.vodafone.prepaid"],
  "Airtel DTH": ["in.airtel.dth"],
  "Dish Tv": ["in.dishtv.dth"],
  "Sun Direct": ["in.sundirect.dth"],
  "Tata Sky": ["in.tatasky.dth"],
  "Videocon D2H": ["in.videocon.dth"],
  "Relince Big Tv": ["in.bigtv.dth"],
  Loop: ["in.loop.prepaid"],
  "Relince CDMA": ["in.reliance-cdma.prepaid"],
  "Relince GSM": ["in.reliance-gsm.prepaid"],
  "MTNL TalkTime": ["in.mtnl.prepaid-talktime"],
  "MTNL Speacial": ["in.mtnl.prepaid-special"],
  ReliancePostpaid: ["in.reliance.postpaid"],
  RelianceJio: ["in.jio.prepaid"],
  RelianceJioPostpaid: ["in.jio.postpaid"],
  "RelianceJio Special": ["in.jio.prepaid-special"],
};

describe("the alphabetic table of the seed", () => {
  it("has 36 rows", () => {
    expect(alphabeticRows).toHaveLength(36);
  });

  it.each(alphabeticRows)("$name is sold with the code $code", (row) => {
    const ids = alphabeticNames[row.name] ?? [];
    expect(ids).not.toHaveLength(0);
    for (const id of ids) {
      expect(backnpayCodeOf("alphabetic", id)).toMatchObject({
        code: row.code,
        table: "alphabetic",
        provenance: "documented",
      });
    }
  });

  it("leaves no letter code over", () => {
    const coded = backnpayRows.flatMap((row) => (row.alphabetic === null ? [] : [row.product]));
    expect(coded.toSorted()).toEqual(alphabeticRows.flatMap((row) => alphabeticNames[row.name] ?? []).toSorted());
  });

  it("shares exactly DS and PD", () => {
    const shared = backnpayRows.filter((row) => backnpayCodeOf("alphabetic", row.product)?.shared === true);
    expect(shared.map((row) => `${row.alphabetic} ${row.product}`).toSorted()).toEqual([
      "DS in.docomo.prepaid-special",
      "DS in.sundirect.dth",
      "PD in.docomo-cdma.postpaid",
      "PD in.docomo.postpaid",
    ]);
  });
});

it("every Indian product has a code in one of the two tables", () => {
  const coded = backnpayRows.map((row) => row.product);
  const indian = products.filter((product) => product.country === "IN").map((product) => product.id);
  expect(coded.toSorted()).toEqual(indian.toSorted());
});
