// Which code of a product is used at a provider, by the word of staff; and tests of it, which the house pays for.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { ask, askStaff, newPartner, orderBody } from "../support/api-journey.ts";
import { accountOf, executions, expectInvariants, newNumber, until, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);
afterEach(async () => {
  for (const product of [shared, "in.airtel.prepaid"]) await certify("backnpay-sandbox", product, null);
  await askStaff("/providers/backnpay-sandbox", { is_off: false }, "PUT");
});

const auditSchema = z.object({ lines: z.array(z.looseObject({ after: z.unknown() })) });
async function lastAudit(verb: string) {
  const { lines } = auditSchema.parse((await askStaff(`/audit?verb=${verb}&order=newest&limit=1`)).body);
  return lines[0];
}

const insideSchema = z.looseObject({ attempts: z.array(z.looseObject({ provider: z.string() })) });
async function providerOf(key: string, product: string): Promise<string | undefined> {
  const placed = await ask(key, "/v1/recharges", { body: orderBody({ product, number: newNumber("00") }) });
  const { id } = z.looseObject({ id: z.string() }).parse(placed.body);
  return insideSchema.parse((await askStaff(`/recharges/${id}`)).body).attempts[0]?.provider;
}

const shared = "in.reliance.postpaid";
const certify = (provider: string, product: string, isCertified: boolean | null) =>
  askStaff(`/providers/${provider}/codes/${product}`, { is_certified: isCertified, reason: "seen to work" }, "PUT");
const codesSchema = z.object({ codes: z.array(z.looseObject({ product: z.string(), is_on: z.boolean() })) });
const codeIn = async (provider: string, product: string) =>
  codesSchema.parse((await askStaff(`/providers/${provider}/codes`)).body).codes.find((one) => one.product === product);

test("a code that the seed gives to several products is used from the word of staff on, and no longer than that", async () => {
  const { key } = await newPartner();
  const number = newNumber("00");
  const place = () => ask(key, "/v1/recharges", { body: orderBody({ product: shared, number }) });
  expect((await place()).body).toMatchObject({ code: "product_unavailable" });
  const off = { code: "113", provenance: "documented", is_on: false, said: null };
  expect(await codeIn("backnpay-sandbox", shared)).toMatchObject(off);
  await certify("backnpay-sandbox", shared, true);
  expect(await codeIn("backnpay-sandbox", shared)).toMatchObject({
    provenance: "certified",
    is_on: true,
    said: { is_certified: true, by: "bootstrap", reason: "seen to work" },
  });
  expect((await place()).status).toBe(201);
  for (const word of [false, null]) {
    expect((await certify("backnpay-sandbox", shared, word)).status).toBe(200);
    const refused = await ask(key, "/v1/recharges", { body: orderBody({ product: shared, amount: "21.00", number }) });
    expect(refused.body).toMatchObject({ code: "product_unavailable" });
  }
  expect(await executions(number)).toBe(1);
  expect(await lastAudit("certify_code")).toMatchObject({
    subject: "backnpay-sandbox",
    before: { product: shared, is_certified: false },
    after: { product: shared, is_certified: null, reason: "seen to work" },
  });
});

test("a documented code that staff withdraw is passed over, and the next provider is asked", async () => {
  const { key } = await newPartner();
  await certify("backnpay-sandbox", "in.airtel.prepaid", false);
  expect(await providerOf(key, "in.airtel.prepaid")).toBe("aopay-sandbox");
  await certify("backnpay-sandbox", "in.airtel.prepaid", null);
  expect(await providerOf(key, "in.airtel.prepaid")).toBe("backnpay-sandbox");
  expect((await certify("nurr-sandbox", "in.airtel.prepaid", true)).body).toMatchObject({ code: "parameter" });
  expect((await certify("nobody", "in.airtel.prepaid", true)).status).toBe(404);
});

const houseSchema = z.looseObject({
  partner: z.string(),
  tests: z.array(z.looseObject({ test_id: z.string(), recharge: z.looseObject({ state: z.string() }).nullable() })),
});
const testSchema = z.looseObject({ recharge: z.looseObject({ id: z.string(), agent_id: z.string() }) });

test("a test goes through its provider alone, once for its id, and the house pays for it", async () => {
  const path = "/providers/aopay-sandbox/tests";
  const number = newNumber("00");
  const wanted = { test_id: "t-1", product: "in.airtel.prepaid", number, amount: "20.00" };
  const asked = await Promise.all([1, 2].map(() => askStaff(path, wanted)));
  expect(asked.map(({ body }) => body)).toMatchObject([{ code: "balance" }, { code: "balance" }]);
  const houses = await env.DB.prepare("select count(*) as count from partners where name like 'House:%'").first();
  expect(houses, "however many ask for the first test").toEqual({ count: 1 });
  const { partner } = houseSchema.parse((await askStaff(path)).body);
  const credit = { currency: "INR", amount: "150.00", reason: "tests", external_reference: "house" };
  await askStaff(`/partners/${partner}/credits`, credit);
  const sent = await Promise.all([1, 2, 3].map(() => askStaff(path, wanted)));
  const recharges = sent.map(({ body }) => testSchema.parse(body).recharge);
  expect(new Set(recharges.map(({ id }) => id)).size).toBe(1);
  const [first] = recharges;
  const house = async () => houseSchema.parse((await askStaff(path)).body);
  await until(async () => (await house()).tests[0]?.recharge?.state, "succeeded");
  expect(await house()).toMatchObject({
    wallet: { balance: "130.00", held: "0.00" },
    tests: [{ test_id: "t-1", asked_by: "bootstrap", recharge: { id: first?.id, cost: "20.00" } }],
  });
  expect(JSON.stringify((await lastAudit("test_provider"))?.after)).not.toContain(number);
  const inside = (await askStaff(`/recharges/${first?.id}`)).body;
  expect(inside).toMatchObject({ attempts: [{ provider: "aopay-sandbox" }] });
  expect(await executions(number)).toBe(1);
  expect((await askStaff(path, { ...wanted, amount: "21.00" })).body).toMatchObject({ code: "agent_id_conflict" });
  expect(
    (await askStaff(path, { ...wanted, test_id: "t-2", number: newNumber("00"), amount: "101.00" })).body,
  ).toMatchObject({
    code: "limit_recharge",
  });
  await expectInvariants(accountOf(Number(partner.slice(4))));
});

test("a test needs no certificate, and goes where a provider is switched off only if it is asked to", async () => {
  const path = "/providers/backnpay-sandbox/tests";
  const wanted = () => ({
    test_id: crypto.randomUUID().slice(0, 8),
    product: shared,
    number: newNumber("00"),
    amount: "10.00",
  });
  const certified = await codeIn("backnpay-sandbox", shared);
  expect(certified?.is_on).toBe(false);
  expect((await askStaff(path, wanted())).status).toBe(200);
  await askStaff("/providers/backnpay-sandbox", { is_off: true }, "PUT");
  const refused = await askStaff(path, wanted());
  expect(refused.body).toMatchObject({ code: "product_unavailable", detail: expect.stringContaining("switched off") });
  expect((await askStaff(path, { ...wanted(), even_if_off: true })).body).toMatchObject({ asked_by: "bootstrap" });
  await askStaff("/providers/backnpay-sandbox", { is_off: false }, "PUT");
  expect((await askStaff(path, { ...wanted(), product: "in.jio.prepaid-special" })).body).toMatchObject({
    code: "product_unavailable",
  });
  expect((await askStaff("/providers/nobody/tests", wanted())).status).toBe(404);
});
