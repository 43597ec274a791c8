// What staff set about providers and numbers: every account goes by it from the answer on, in any isolate, and the audit says so.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { openD1 } from "../../src/ledger/client.ts";
import { ask, askStaff, newPartner, orderBody } from "../support/api-journey.ts";
import { newNumber, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);
afterEach(async () => {
  await askStaff("/number-rules", { velocity_per_day: null }, "PUT");
  for (const product of ["*", "in.jio.prepaid"]) await askStaff("/providers/order", { product, providers: [] }, "PUT");
});

const database = openD1(env.DB);

async function providerOf(key: string, product: string): Promise<string | undefined> {
  const placed = await ask(key, "/v1/recharges", { body: orderBody({ product, number: newNumber("00") }) });
  const { id } = z.looseObject({ id: z.string() }).parse(placed.body);
  const inside = z
    .looseObject({ attempts: z.array(z.looseObject({ provider: z.string() })) })
    .parse((await askStaff(`/recharges/${id}`)).body);
  return inside.attempts[0]?.provider;
}

async function lastAudit(verb: string) {
  const [line] = await database.all("select * from audit where verb = ?1 order by id desc limit 1", [verb]);
  const { before, after, ...rest } = z
    .looseObject({ staff: z.string(), subject: z.string(), before: z.string().nullable(), after: z.string() })
    .parse(line);
  return { ...rest, before: JSON.parse(before ?? "null") as unknown, after: JSON.parse(after) as unknown };
}

test("providers are listed with settings and state, and without a secret", async () => {
  const listed = await askStaff("/providers");
  expect(listed.body).toMatchObject({
    providers: [
      { id: "backnpay-sandbox", protocol: "backnpay", mode: "sandbox", is_off: false, settings: { order: 10 } },
      { id: "aopay-sandbox" },
      { id: "nurr-sandbox" },
    ],
    order: [],
  });
  const secrets = z.record(z.string(), z.record(z.string(), z.unknown())).parse(JSON.parse(env.PROVIDER_SECRETS));
  const known = Object.values(secrets).flatMap((one) => Object.values(one).map(String));
  expect(known.length).toBeGreaterThan(4);
  for (const secret of known) expect(JSON.stringify(listed.body)).not.toContain(`"${secret}"`);
});

test("the order that staff set reaches every account's next recharge, by product before all others", async () => {
  const [first, second] = [await newPartner(), await newPartner()];
  const products = ["in.airtel.prepaid", "in.jio.prepaid"] as const;
  const asked = async () =>
    Promise.all([first, second].flatMap(({ key }) => products.map((product) => providerOf(key, product))));
  expect(await asked()).toEqual(["backnpay-sandbox", "aopay-sandbox", "backnpay-sandbox", "aopay-sandbox"]);
  const set = { product: "*", providers: ["aopay-sandbox"] };
  expect((await askStaff("/providers/order", set, "PUT")).body).toEqual({ order: [set] });
  expect(await asked()).toEqual(["aopay-sandbox", "aopay-sandbox", "aopay-sandbox", "aopay-sandbox"]);
  const jio = { product: "in.jio.prepaid", providers: ["backnpay-sandbox", "aopay-sandbox"] };
  expect((await askStaff("/providers/order", jio, "PUT")).body).toEqual({ order: [set, jio] });
  expect(await asked()).toEqual(["aopay-sandbox", "backnpay-sandbox", "aopay-sandbox", "backnpay-sandbox"]);
  expect(await lastAudit("change_order")).toMatchObject({
    staff: "bootstrap",
    subject: "in.jio.prepaid",
    before: { providers: [] },
    after: jio,
  });
});

test.each([
  ["an unknown provider", { product: "*", providers: ["nobody"] }, "/providers/0"],
  ["a provider twice", { product: "*", providers: ["nurr-sandbox", "nurr-sandbox"] }, "/providers/1"],
  ["an unknown product", { product: "in.nobody.prepaid", providers: [] }, "/product"],
])("an order with %s is refused", async (_what, body, pointer) => {
  const refused = await askStaff("/providers/order", body, "PUT");
  expect(refused.body).toMatchObject({ code: "parameter", errors: [{ pointer }] });
});

test("a switch says in the audit how it stood before", async () => {
  for (const isOff of [true, true, false]) await askStaff("/providers/nurr-sandbox", { is_off: isOff }, "PUT");
  expect(await lastAudit("switch_provider")).toMatchObject({ before: { is_off: true }, after: { is_off: false } });
});

test("a blocked number is refused to every partner and product at once, and taken again when it is freed", async () => {
  const [first, second] = [await newPartner(), await newPartner()];
  const number = newNumber("00");
  const block = { product: "in.airtel.prepaid", number: `+91 ${number}`, is_blocked: true, reason: "police request" };
  expect((await askStaff("/blocked-numbers", { ...block, product: "in.airtel.prepaid" }, "PUT")).body).toMatchObject({
    blocked: { number, reason: "police request", blocked_by: "bootstrap" },
  });
  for (const { key } of [first, second])
    for (const product of ["in.airtel.prepaid", "in.jio.prepaid"]) {
      const refused = await ask(key, "/v1/recharges", { body: orderBody({ product, number }) });
      expect([refused.status, refused.body]).toEqual([422, expect.objectContaining({ code: "number" })]);
    }
  expect((await askStaff("/blocked-numbers")).body).toMatchObject({ numbers: [{ number }], next_offset: null });
  const audited = await lastAudit("block_number");
  expect(audited).toMatchObject({ before: { is_blocked: false }, after: { is_blocked: true } });
  expect(JSON.stringify(audited)).not.toContain(number);
  const free = { ...block, product: "in.airtel.prepaid", is_blocked: false, reason: "cleared" };
  expect((await askStaff("/blocked-numbers", free, "PUT")).body).toEqual({ blocked: null });
  expect((await ask(first.key, "/v1/recharges", { body: orderBody({ number }) })).status).toBe(201);
  expect((await askStaff("/blocked-numbers")).body).toMatchObject({ numbers: [] });
  expect((await askStaff("/blocked-numbers", { ...free, number: "12" }, "PUT")).body).toMatchObject({ code: "number" });
});

test("a number's velocity is what staff set, from the answer on, and else what the settings say", async () => {
  const { key } = await newPartner();
  const number = newNumber("00");
  const place = async (amount: string) =>
    (await ask(key, "/v1/recharges", { body: orderBody({ number, amount }) })).status;
  expect((await askStaff("/number-rules")).body).toMatchObject({
    velocity_per_day: 10,
    velocity_is_set_by: "settings",
    repeat_window_seconds: 9,
  });
  expect((await askStaff("/number-rules", { velocity_per_day: 2 }, "PUT")).body).toMatchObject({
    velocity_per_day: 2,
    velocity_is_set_by: "staff",
  });
  expect([await place("11.00"), await place("12.00"), await place("13.00")]).toEqual([201, 201, 409]);
  await askStaff("/number-rules", { velocity_per_day: null }, "PUT");
  expect(await place("13.00")).toBe(201);
  expect(await lastAudit("change_number_rules")).toMatchObject({
    before: { velocity_per_day: 2 },
    after: { velocity_per_day: null },
  });
});
