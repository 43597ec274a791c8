import Papa from "papaparse";
import { expect, test } from "vitest";
import { createLedgerWriter } from "../../../src/ledger/writer.ts";
import { asStaff, openApi } from "../../support/api-without-accounts.ts";
import { fullHistory } from "../../support/sample-histories.ts";

const { ask, database } = await openApi();
await createLedgerWriter(database).write(7, fullHistory(7).events);
await createLedgerWriter(database).write(8, fullHistory(8).events);

const day = "from=1970-01-01";

async function read(name: string, query = day): Promise<unknown> {
  return (await ask(`/admin/v1/reports/${name}?${query}`, { headers: asStaff })).json();
}

async function readTable(name: string): Promise<readonly Record<string, string>[]> {
  const reply = await ask(`/admin/v1/reports/${name}?${day}&format=csv`, { headers: asStaff });
  expect(reply.headers.get("content-disposition")).toBe(`attachment; filename="${name}-1970-01-01-1970-01-01.csv"`);
  const bytes = new Uint8Array(await reply.arrayBuffer());
  expect(bytes.slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
  const csv = new TextDecoder().decode(bytes).trim();
  return Papa.parse<Record<string, string>>(csv, { header: true }).data;
}

test("a day book names partner, product and provider, and up to which event it counts", async () => {
  expect(await read("day-book", `${day}&partner=ptn_00007`)).toMatchObject({
    from: "1970-01-01",
    to: "1970-01-01",
    as_of: [{ partner: "ptn_00007", event: 14 }],
    rows: [
      { partner: "ptn_00007", currency: "BDT", placed: 1, failed: 1, failed_cost: "50.00", as_of_event: 14 },
      { partner: "ptn_00007", currency: "INR", placed: 2, succeeded: 1, succeeded_cost: "19.80", reversed: 1 },
    ],
  });
});

test("all partners are in it without one, in JSON and CSV alike", async () => {
  const table = await readTable("day-book");
  expect(table.map(({ partner, currency, placed_face }) => [partner, currency, placed_face])).toEqual([
    ["ptn_00007", "BDT", "50.00"],
    ["ptn_00008", "BDT", "50.00"],
    ["ptn_00007", "INR", "50.00"],
    ["ptn_00008", "INR", "50.00"],
  ]);
  expect(table[0]?.["read_at"]).toBe("2026-11-02T10:00:00.000Z");
});

test("wallets go from opening to closing, and the lines add up", async () => {
  const rows = (await readTable("wallets")).filter(
    ({ partner, currency }) => partner === "ptn_00007" && currency === "INR",
  );
  expect(rows.map(({ entry }) => entry)).toEqual([
    "opening",
    "debt.opened",
    "debt.paid",
    "recharge.placed",
    "recharge.reversed",
    "recharge.succeeded",
    "wallet.credited",
    "closing",
  ]);
  for (const figure of ["balance", "held", "debt"])
    expect(rows.slice(0, -1).reduce((sum, row) => sum + Math.round(Number(row[figure]) * 100), 0)).toBe(
      Math.round(Number(rows.at(-1)?.[figure]) * 100),
    );
});

test("float and commission are there for every provider", async () => {
  const [line] = await readTable("float");
  expect(line).toMatchObject({ opening: "0.00", sold: "40.00", returned: "40.00", closing: "0.00" });
  const [commission] = await readTable("commission");
  expect(commission).toMatchObject({ succeeded: "1", reversed: "1", earned: "0.00" });
});

test.each([
  ["", "/query/from"],
  ["from=1970-13-01", "/query/from"],
  ["from=1970-01-02&to=1970-01-01", "/query/to"],
  ["from=1970-01-01&to=1971-01-02", "/query/to"],
  ["from=1970-01-01&partner=7", "/query/partner"],
  ["from=1970-01-01&colour=red", "/query/colour"],
])("refuses %j", async (query, pointer) => {
  expect(await read("day-book", query)).toMatchObject({ code: "parameter", errors: [{ pointer }] });
});
