// What `/v1` reads from the ledger, through the whole Worker.
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { AccountProfile } from "../../src/recharges/profile.ts";
import { ask, newPartner, orderBody, type TestPartner } from "../support/api-journey.ts";
import { accountOf, newNumber, until, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);

const statementsSchema = z.object({
  statements: z.array(
    z.looseObject({ currency: z.string(), closing: z.string(), as_of_event: z.int(), next_after: z.int().nullable() }),
  ),
});

test("list, statement and events agree with the balance", async () => {
  const { key } = await newPartner();
  const orders = [orderBody(), orderBody(), orderBody({ number: newNumber("13") })];
  for (const body of orders) await ask(key, "/v1/recharges", { body });
  const events = await ask(key, "/v1/events?after=2&limit=3");
  expect(events.body).toMatchObject({ events: [{ number: 3 }, { number: 4 }, { number: 5 }], next_after: 5 });
  const read = async () => statementsSchema.parse((await ask(key, "/v1/statement?currency=INR")).body).statements[0];
  await until(async () => (await read())?.as_of_event, 7);
  expect(await read()).toMatchObject({
    opening: "0.00",
    total_in: "1019.80",
    total_out: "59.40",
    closing: "960.40",
    next_after: null,
    lines: [
      { event: 1, type: "wallet.credited", amount_in: "1000.00", balance: "1000.00", reason: "opening" },
      { event: 2, type: "recharge.placed", amount_out: "19.80", agent_id: orders[0]?.agent_id },
      { event: 4, amount_out: "19.80", balance: "960.40" },
      { event: 6, amount_out: "19.80" },
      { event: 7, type: "recharge.failed", amount_in: "19.80", balance: "960.40" },
    ],
  });
  expect((await ask(key, "/v1/balance")).body).toMatchObject({ wallets: [{ balance: "960.40" }, {}] });
  const list = await ask(key, "/v1/recharges?state=succeeded&limit=1");
  const page = z
    .object({
      recharges: z.array(z.looseObject({ agent_id: z.string() })),
      next_cursor: z.string(),
      as_of_event: z.literal(7),
    })
    .parse(list.body);
  expect(page.recharges.map((one) => one.agent_id)).toEqual([orders[1]?.agent_id]);
  const rest = await ask(key, `/v1/recharges?state=succeeded&limit=1&cursor=${page.next_cursor}`);
  expect(rest.body).toMatchObject({ recharges: [{ agent_id: orders[0]?.agent_id }], next_cursor: null });
  expect((await ask(key, "/v1/recharges?to=2000-01-01T00:00:00Z")).body).toMatchObject({ recharges: [] });
});

test("a statement is CSV where that is asked for, and a page goes on where the last one ended", async () => {
  const { key } = await newPartner();
  const read = async () => statementsSchema.parse((await ask(key, "/v1/statement")).body).statements;
  await until(
    async () => (await read()).map((one) => [one.currency, one.as_of_event]),
    [
      ["INR", 1],
      ["BDT", 1],
    ],
  );
  const csv = await ask(key, "/v1/statement?currency=INR", { headers: { Accept: "text/csv" } });
  expect(csv.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
  const lines = String(csv.body).trim().split("\r\n");
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/currency,event,at,type,/);
  expect(lines[2]).toMatch(/^INR,1,.*,wallet\.credited,,,,,opening,opening,1000\.00,0\.00,1000\.00$/);
  expect(lines[3]).toMatch(/,closing,.*,1000\.00$/);
  const after = await ask(key, "/v1/statement?currency=INR&after=1");
  expect(after.body).toMatchObject({ statements: [{ opening: "1000.00", closing: "1000.00", lines: [] }] });
  expect((await ask(key, "/v1/statement?format=csv")).headers.get("Content-Disposition")).toContain("statement.csv");
});

test("a partner reads its own day book and commission, without the providers; a key that was revoked reads nothing", async () => {
  const partner = await newPartner();
  await ask(partner.key, "/v1/recharges", { body: orderBody() });
  const today = new Date(Date.now() + 330 * 60_000).toISOString().slice(0, 10);
  const read = async (name: string) => (await ask(partner.key, `/v1/reports/${name}?from=${today}`)).body;
  const rowsSchema = z.looseObject({ rows: z.array(z.looseObject({ succeeded: z.int() })) });
  await until(async () => rowsSchema.parse(await read("day-book")).rows.map(({ succeeded }) => succeeded), [1]);
  expect(rowsSchema.parse(await read("day-book")).rows).toEqual([
    expect.objectContaining({ day: today, product: "in.airtel.prepaid", placed: 1, succeeded_commission: "0.20" }),
  ]);
  expect(rowsSchema.parse(await read("commission")).rows).toEqual([
    {
      currency: "INR",
      product: "in.airtel.prepaid",
      succeeded: 1,
      reversed: 0,
      face: "20.00",
      commission: "0.20",
      cost: "19.80",
      as_of_event: 3,
    },
  ]);
  expect(JSON.stringify(await read("day-book"))).not.toContain("sandbox");
  await accountOf(partner.account).configure(await revoked(partner));
  expect(await read("day-book")).toMatchObject({ code: "credentials" });
});

async function revoked({ account, keyId }: TestPartner): Promise<AccountProfile> {
  const standing = await accountOf(account).readProfile();
  if (standing === null) throw new Error("no profile");
  return { ...standing, revokedKeys: [keyId], version: standing.version + 1 };
}
