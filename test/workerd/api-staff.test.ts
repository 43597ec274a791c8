// `/admin/v1` through the whole Worker, on real accounts and D1.
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { openD1 } from "../../src/ledger/client.ts";
import { ask, askStaff, newPartner, orderBody } from "../support/api-journey.ts";
import { useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);

const database = openD1(env.DB);

test("a revoked key is refused at once, although it was let in a moment ago", async () => {
  const { id, key, keyId } = await newPartner();
  expect((await ask(key, "/v1/balance")).status).toBe(200);
  expect((await askStaff(`/partners/${id}/keys/${keyId}`, undefined, "DELETE")).status).toBe(204);
  for (const path of ["/v1/balance", "/v1/events", "/v1/statement", "/v1/recharges", "/v1/recharges?agent_id=x"])
    expect([path, (await ask(key, path)).status]).toEqual([path, 401]);
  const placed = await ask(key, "/v1/recharges", { body: orderBody() });
  expect([placed.status, placed.body]).toEqual([401, expect.objectContaining({ code: "credentials" })]);
  expect((await askStaff(`/partners/${id}/keys/${keyId}`, undefined, "DELETE")).status).toBe(204);
  expect((await askStaff(`/partners/${id}/keys/key_unknown`, undefined, "DELETE")).status).toBe(404);
});

test("a suspended partner places nothing new, but reads, and its replays are answered", async () => {
  const { id, key } = await newPartner();
  const order = orderBody();
  await ask(key, "/v1/recharges", { body: order });
  expect((await askStaff(`/partners/${id}/suspend`, undefined, "POST")).body).toMatchObject({ status: "suspended" });
  const refused = await ask(key, "/v1/recharges", { body: orderBody() });
  expect([refused.status, refused.body]).toEqual([403, expect.objectContaining({ code: "suspended" })]);
  expect((await ask(key, "/v1/recharges", { body: order })).status).toBe(200);
  expect((await ask(key, "/v1/balance")).status).toBe(200);
  expect((await askStaff(`/partners/${id}/resume`, undefined, "POST")).body).toMatchObject({ status: "active" });
  expect((await ask(key, "/v1/recharges", { body: orderBody() })).status).toBe(201);
});

test("limits and commission hold from the moment on, and what was placed keeps its price", async () => {
  const { id, key } = await newPartner();
  const limits = { limits: [{ currency: "INR", per_recharge: "50.00", per_day: "90.00" }] };
  expect((await askStaff(`/partners/${id}/limits`, limits, "PUT")).body).toMatchObject(limits);
  const place = async (amount: string) => (await ask(key, "/v1/recharges", { body: orderBody({ amount }) })).body;
  expect(await place("51.00")).toMatchObject({ code: "limit_recharge", retry: "never" });
  expect(await place("50.00")).toMatchObject({ state: "succeeded", commission: "0.50" });
  expect(await place("41.00")).toMatchObject({ code: "limit_day", retry: "after" });
  const plan = {
    commission: [
      { product: "*", basis_points: 200 },
      { product: "in.airtel.prepaid", fixed: "0.75" },
    ],
  };
  expect((await askStaff(`/partners/${id}/plan`, plan, "PUT")).body).toMatchObject({ ...plan, plan_version: 2 });
  expect((await askStaff(`/partners/${id}/plan`, plan, "PUT")).body).toMatchObject({ plan_version: 2 });
  expect(await place("40.00")).toMatchObject({ state: "succeeded", commission: "0.75", cost: "39.25" });
  expect((await askStaff(`/partners/${id}`)).body).toMatchObject({ ...limits, ...plan });
});

test("a credit and a debit move money once per reference", async () => {
  const { id } = await newPartner({ balance: "0.00" });
  const credit = { currency: "INR", amount: "100.00", reason: "paid", external_reference: "bank-1" };
  for (const _ of [1, 2])
    expect((await askStaff(`/partners/${id}/credits`, credit)).body).toMatchObject({ balance: "100.00" });
  const debit = { ...credit, amount: "30.00", external_reference: "bank-2" };
  for (const _ of [1, 2])
    expect((await askStaff(`/partners/${id}/debits`, debit)).body).toMatchObject({ balance: "70.00" });
  expect(
    (await askStaff(`/partners/${id}/debits`, { ...debit, amount: "70.01", external_reference: "bank-3" })).body,
  ).toMatchObject({ code: "balance" });
  expect((await askStaff(`/partners/${id}/figures`)).body).toMatchObject({ event_number: 2, pending: 0, forgotten: 0 });
});

test.each([
  ["/partners/ptn_zzzzz", "GET"],
  ["/partners/ptn_zzzzz/figures", "GET"],
  ["/partners/ptn_zzzzz/suspend", "POST"],
  ["/recharges/rch_zzzzz0000001", "GET"],
  ["/recharges/nonsense", "GET"],
  ["/staff-tokens/tok_unknown", "DELETE"],
])("%s is not found", async (path, method) => {
  expect((await askStaff(path, undefined, method)).status).toBe(404);
});

test("staff see attempts, evidence and cases of a recharge", async () => {
  const { key } = await newPartner();
  const placed = await ask(key, "/v1/recharges", { body: orderBody() });
  const { id } = z.looseObject({ id: z.string() }).parse(placed.body);
  expect((await askStaff(`/recharges/${id}`)).body).toMatchObject({
    attempts: [{ provider: "backnpay-sandbox", state: "succeeded", evidence: [{ kind: "reply", word: "success" }] }],
    cases: [],
  });
});

test("a provider that is switched off gets nothing, from the answer on", async () => {
  const { key } = await newPartner();
  expect((await askStaff("/providers/nobody", { is_off: true }, "PUT")).status).toBe(404);
  for (const provider of ["backnpay-sandbox", "aopay-sandbox"])
    expect((await askStaff(`/providers/${provider}`, { is_off: true }, "PUT")).status).toBe(204);
  const refused = await ask(key, "/v1/recharges", { body: orderBody() });
  expect([refused.status, refused.body]).toEqual([503, expect.objectContaining({ code: "product_unavailable" })]);
  for (const provider of ["backnpay-sandbox", "aopay-sandbox"])
    await askStaff(`/providers/${provider}`, { is_off: false }, "PUT");
  expect((await ask(key, "/v1/recharges", { body: orderBody() })).status).toBe(201);
});

test("a staff token does what its scopes name and nothing else", async () => {
  const { id } = await newPartner();
  const issued = await askStaff("/staff-tokens", { staff: "ravi", scopes: ["finance"] });
  const { token, token_id } = z.object({ token: z.string(), token_id: z.string() }).parse(issued.body);
  const credit = { currency: "INR", amount: "1.00", reason: "r", external_reference: "ravi-1" };
  expect((await ask(token, `/admin/v1/partners/${id}/credits`, { body: credit })).status).toBe(200);
  expect((await ask(token, "/admin/v1/partners?limit=1")).status).toBe(200);
  for (const path of [`/admin/v1/partners/${id}/suspend`, `/admin/v1/partners/${id}/keys`, "/admin/v1/staff-tokens"])
    expect([path, (await ask(token, path, { body: {} })).status]).toEqual([path, 403]);
  expect((await askStaff(`/staff-tokens/${token_id}`, undefined, "DELETE")).status).toBe(204);
  expect((await ask(token, "/admin/v1/partners")).status).toBe(401);
});

test("every write is in the audit with before and after, and no secret is", async () => {
  const { id, key } = await newPartner();
  await askStaff(`/partners/${id}/suspend`, undefined, "POST");
  const lines = z
    .array(z.looseObject({ subject: z.string(), verb: z.string(), staff: z.string() }))
    .parse((await database.all("select * from audit where subject = ?1 order by id", [id])).map((row) => ({ ...row })));
  expect(lines.map((line) => line.verb)).toEqual(["create_partner", "credit", "issue_key", "suspend"]);
  expect(JSON.parse(String(lines[3]?.["before"]))).toMatchObject({ status: "active" });
  expect(JSON.parse(String(lines[3]?.["after"]))).toMatchObject({ status: "suspended" });
  expect(JSON.stringify(lines)).not.toContain(key);
  const page = z
    .object({ lines: z.array(z.looseObject({ id: z.int() })) })
    .parse((await askStaff("/audit?limit=2")).body);
  expect(page.lines.map((line) => line.id)).toEqual([1, 2]);
});

test("a partner of the same name is found again, and not with other wallets", async () => {
  const body = { name: `twice ${crypto.randomUUID()}`, mode: "live", wallets: ["INR"], commission: [] };
  const first = await askStaff("/partners", body);
  const again = await askStaff("/partners", body);
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body).toEqual(first.body);
  expect((await askStaff("/partners", { ...body, wallets: ["BDT"] })).body).toMatchObject({
    code: "parameter",
    errors: [{ pointer: "/name" }],
  });
  const others = await Promise.all(
    [1, 2, 3].map(() => askStaff("/partners", { ...body, name: `${body.name} at once` })),
  );
  expect(new Set(others.map((reply) => JSON.stringify(reply.body))).size).toBe(1);
});

test("a key's name is used once, and its secrets are not shown again", async () => {
  const { id, key } = await newPartner();
  const scopes = ["recharges:write"];
  const issue = (body: object) => askStaff(`/partners/${id}/keys`, { scopes, ...body });
  expect((await issue({ name: "first" })).body).toMatchObject({ code: "parameter", errors: [{ pointer: "/name" }] });
  expect((await issue({ name: "b", surface: "aopay", addresses: ["192.0.2.1"] })).body).toMatchObject({
    secrets: {
      RegistrationID: expect.stringMatching(/^AOP-/),
      signing_secret: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  });
  expect((await issue({ name: "c", surface: "backnpay" })).body).toMatchObject({
    secrets: { userid: expect.any(String), pass: expect.any(String) },
  });
  expect((await issue({ name: "d", surface: "nurr" })).body).toMatchObject({
    secrets: { api_key: expect.any(String), api_secret: expect.any(String) },
  });
  const keys = await askStaff(`/partners/${id}/keys`);
  expect(JSON.stringify(keys.body)).not.toContain(key);
  expect(keys.body).toMatchObject({
    keys: expect.arrayContaining([expect.objectContaining({ name: "first", surface: "api" })]),
  });
  expect((await askStaff("/partners/ptn_zzzzz/keys", { name: "x", scopes })).status).toBe(404);
});
