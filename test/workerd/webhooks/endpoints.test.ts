// Webhook endpoints over the API, by the partner and by staff; and the low balance that they are told.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { ask, askStaff, newPartner, orderBody, type TestPartner } from "../../support/api-journey.ts";
import { accountOf, until } from "../../support/sandbox.ts";
import { answerAt, bringAll, queued, useReceivers, verify } from "../../support/webhooks.ts";

beforeEach(useReceivers);
afterEach(() => {
  vi.useRealTimers();
});

const scopes = ["recharges:write", "account:read", "webhooks:write"] as const;
const madeSchema = z.looseObject({ id: z.string(), secret: z.string(), state: z.string() });
const base = "/v1/webhook-endpoints";

async function makeEndpoint({ key }: TestPartner, more: Readonly<Record<string, unknown>> = {}) {
  const { url, taken } = answerAt();
  const made = await ask(key, base, { body: { url, ...more } });
  expect(made.status).toBe(201);
  return { ...madeSchema.parse(made.body), url, taken };
}

it("an endpoint is made with its secret shown once, tested, listed, read, changed and removed", async () => {
  const partner = await newPartner({ scopes });
  const { id, secret, url, taken } = await makeEndpoint(partner, { events: ["dispute.won"], description: "books" });
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const path = `${base}/${id}`;
  const listed = await ask(partner.key, base);
  expect(listed.body).toMatchObject({
    endpoints: [{ id, url, state: "active", events: ["dispute.won"], form: "standard" }],
  });
  expect(JSON.stringify(listed.body)).not.toContain("whsec_");

  const test = await ask(partner.key, `${path}/test`, { method: "POST" });
  expect(test).toMatchObject({ status: 202, body: { type: "webhook.test", event_number: null, state: "pending" } });
  await bringAll();
  const [sent] = taken;
  if (sent === undefined) throw new Error("no test came");
  expect(await verify(sent, secret)).toMatchObject({ type: "webhook.test", id: expect.stringMatching(/^tst_/) });
  const deliveries = await ask(partner.key, `${path}/deliveries?state=delivered`);
  expect(deliveries.body).toMatchObject({
    deliveries: [{ state: "delivered", tries: 1, log: [{ result: "delivered", status: 200, said: "thanks" }] }],
    next_before: null,
  });

  const changed = await ask(partner.key, path, { method: "PUT", body: { url, state: "paused" } });
  expect(changed.body).toMatchObject({
    state: "paused",
    cause: "owner",
    description: "",
    previous_secret_until: null,
  });
  const refused = await ask(partner.key, `${path}/test`, { method: "POST" });
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: "/path/endpoint" }] } });
  const rotated = await ask(partner.key, `${path}/secret`, { method: "POST" });
  expect(madeSchema.parse(rotated.body).secret).not.toBe(secret);
  expect(await ask(partner.key, path, { method: "DELETE" })).toMatchObject({ status: 204 });
  expect(await ask(partner.key, path)).toMatchObject({ status: 404, body: { code: "not_found" } });
  expect(await ask(partner.key, `${path}/deliveries`)).toMatchObject({ status: 404 });
});

it.each([
  [{ url: "http://hooks.partner-one.com/" }, "/url", "must be https"],
  [{ url: "https://10.0.0.1/" }, "/url", "must be a public address"],
  [{ url: "http://127.0.0.1:8787/" }, "/url", "must not be a host of the gateway or of a provider"],
  [{ url: "http://localhost/" }, "/url", "must not be a host of the gateway or of a provider"],
  [{ url: "https://hooks.partner-one.com/", events: ["recharge.placed"] }, "/events/0", expect.any(String)],
  [{ url: "https://a.partner-one.com/", form: "backnpay", events: ["dispute.won"] }, "/events/0", expect.any(String)],
  [{ url: "https://a.partner-one.com/", secret: "mine" }, "/secret", "is not known here"],
])("an endpoint of %j is refused at %s", async (body, pointer, reason) => {
  const { key } = await newPartner({ scopes });
  const refused = await ask(key, base, { body });
  expect(refused).toMatchObject({ status: 422, body: { code: "parameter", errors: [{ pointer, reason }] } });
});

it("an endpoint is one of ten at most", async () => {
  const partner = await newPartner({ scopes });
  for (let count = 0; count < 10; count += 1) await makeEndpoint(partner);
  const eleventh = await ask(partner.key, base, { body: { url: answerAt().url } });
  expect(eleventh).toMatchObject({ status: 422, body: { code: "parameter" } });
});

it("an endpoint is nobody else's, needs the scope, and is closed to a revoked key at once", async () => {
  const partner = await newPartner({ scopes });
  const { id } = await makeEndpoint(partner);
  const other = await newPartner({ scopes: ["account:read"] });
  expect(await ask(other.key, `${base}/${id}`)).toMatchObject({ status: 404 });
  expect(await ask(other.key, base, { body: { url: answerAt().url } })).toMatchObject({ status: 403 });
  await askStaff(`/partners/${partner.id}/keys/${partner.keyId}`, undefined, "DELETE");
  const tries = [ask(partner.key, base), ask(partner.key, `${base}/${id}/test`, { method: "POST" })];
  for (const tried of await Promise.all(tries)) expect(tried).toMatchObject({ status: 401 });
});

it("what has happened is told again one by one, and all since a time, also from before the endpoint was there", async () => {
  const partner = await newPartner({ scopes });
  const since = new Date(Date.now() - 1_000).toISOString();
  await ask(partner.key, "/v1/recharges", { body: orderBody() });
  const { id, secret, taken } = await makeEndpoint(partner);
  await ask(partner.key, "/v1/recharges", { body: orderBody() });
  await until(async () => queued.length, 1);
  await bringAll();
  const path = `${base}/${id}`;
  const all = await ask(partner.key, `${path}/redeliveries`, { body: { since } });
  expect(all).toMatchObject({ status: 202, body: { events: 2, next_after_event: null } });
  await bringAll();
  const [first] = z
    .object({ deliveries: z.array(z.looseObject({ id: z.string() })) })
    .parse((await ask(partner.key, `${path}/deliveries?limit=1`)).body).deliveries;
  const again = await ask(partner.key, `${path}/deliveries/${first?.id}/redeliver`, { method: "POST" });
  expect(again).toMatchObject({ status: 202, body: { id: first?.id, event_number: 5, state: "pending", tries: 0 } });
  await bringAll();
  const told = await Promise.all(taken.map((sent) => verify(sent, secret)));
  expect(told.map(({ data }) => data.event?.number ?? 0).toSorted((a, b) => a - b)).toEqual([3, 5, 5, 5]);
  const late = { since: new Date(Date.now() + 1_000).toISOString() };
  expect((await ask(partner.key, `${path}/redeliveries`, { body: late })).body).toMatchObject({ events: 0 });
  const wrong = await ask(partner.key, `${path}/deliveries/evt_000000000005/redeliver`, { method: "POST" });
  expect(wrong).toMatchObject({ status: 404 });
});

it("a balance below the level that staff set is told once per crossing", async () => {
  const partner = await newPartner({ scopes, balance: "50.00" });
  await makeEndpoint(partner, { events: ["account.low_balance"] });
  const limits = [{ currency: "INR", per_recharge: null, per_day: null, low_balance: "25.00" }];
  expect(await askStaff(`/partners/${partner.id}/limits`, { limits }, "PUT")).toMatchObject({ body: { limits } });
  const lows = async () => {
    await until(async () => (await accountOf(partner.account).sweep(null)).isIdle, true);
    const events = z
      .object({ events: z.array(z.looseObject({ type: z.string() })) })
      .parse((await ask(partner.key, "/v1/events?limit=500")).body).events;
    return events.filter(({ type }) => type === "account.low_balance").length;
  };
  const recharge = () => ask(partner.key, "/v1/recharges", { body: orderBody({ amount: "10.00" }) });
  await recharge();
  await recharge();
  expect(await lows()).toBe(0);
  await recharge();
  expect(await lows()).toBe(1);
  await recharge();
  expect(await lows()).toBe(1);
  const credit = { currency: "INR", amount: "20.00", reason: "bank", external_reference: "bank-2" };
  await askStaff(`/partners/${partner.id}/credits`, credit);
  expect(await lows()).toBe(1);
  await recharge();
  expect(await lows()).toBe(2);
  expect(queued).toHaveLength(2);
});

it("staff do the same for a partner, and every write is in the audit", async () => {
  const partner = await newPartner({ scopes });
  const path = `/partners/${partner.id}/webhook-endpoints`;
  const { url } = answerAt();
  const made = await askStaff(path, { url });
  expect(made.status).toBe(201);
  const { id } = madeSchema.parse(made.body);
  expect((await ask(partner.key, base)).body).toMatchObject({ endpoints: [{ id }] });
  await askStaff(`${path}/${id}`, { url, state: "paused" }, "PUT");
  await askStaff(`${path}/${id}/secret`, undefined, "POST");
  await askStaff(`${path}/${id}`, undefined, "DELETE");
  expect(await askStaff(`/partners/ptn_zzzzz/webhook-endpoints`)).toMatchObject({ status: 404 });
  const audit = await askStaff("/audit?limit=500");
  const lines = z
    .object({ lines: z.array(z.looseObject({ verb: z.string(), subject: z.string() })) })
    .parse(audit.body).lines;
  const verbs = lines.filter((line) => line.subject === partner.id && line.verb.includes("webhook"));
  expect(verbs.map((line) => line.verb)).toEqual([
    "create_webhook_endpoint",
    "change_webhook_endpoint",
    "rotate_webhook_secret",
    "remove_webhook_endpoint",
  ]);
  expect(JSON.stringify(verbs)).not.toContain("whsec_");
});
