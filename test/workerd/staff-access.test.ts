// What staff take away is gone at once, also in an isolate that let it in a moment ago; keys give way to others; doors are closed.
import { env } from "cloudflare:workers";
import { beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { app } from "../../src/app.ts";
import { ask, askStaff, newPartner, orderBody } from "../support/api-journey.ts";
import { newNumber, skipTime, until, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);

/** The bindings under another identity: settings, credential cache and services of their own, as in another isolate. */
const otherIsolate = { ...env };

async function askElsewhere(key: string, path: string, body?: unknown): Promise<number> {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
  const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
  return (await app.request(path, init, otherIsolate)).status;
}

const reads = ["/v1/balance", "/v1/events", "/v1/statement", "/v1/recharges", "/v1/recharges?agent_id=x"] as const;

async function letInEverywhere(key: string): Promise<void> {
  for (const path of ["/v1/balance", "/v1/products"])
    expect([(await ask(key, path)).status, await askElsewhere(key, path)]).toEqual([200, 200]);
}

async function expectShut(key: string): Promise<void> {
  expect(await askElsewhere(key, "/v1/recharges", orderBody())).toBe(401);
  expect((await ask(key, "/v1/recharges", { body: orderBody() })).status).toBe(401);
  for (const path of reads)
    expect([path, (await ask(key, path)).status, await askElsewhere(key, path)]).toEqual([path, 401, 401]);
  const quote = await askElsewhere(key, "/v1/recharges/quote", orderBody());
  expect(quote).toBe(401);
}

/** What asks no account goes by the credential cache: 30 s, here 300 ms. */
async function expectShutWithinCacheTime(key: string): Promise<void> {
  const number = newNumber("00");
  for (const isolate of [
    async () => askElsewhere(key, "/v1/products"),
    async () => askElsewhere(key, "/v1/numbers/lookup", { number }),
    async () => (await ask(key, "/v1/products")).status,
  ])
    await until(isolate, 401, 1_000);
}

test("a revoked key is refused on the very next request in every isolate; products and number check follow", async () => {
  const { id, key, keyId } = await newPartner();
  await letInEverywhere(key);
  expect((await askStaff(`/partners/${id}/keys/${keyId}`, undefined, "DELETE")).status).toBe(204);
  await expectShut(key);
  await expectShutWithinCacheTime(key);
});

test("a closed partner is answered nothing, in every isolate and with every key, until it is resumed", async () => {
  const { id, key } = await newPartner();
  await letInEverywhere(key);
  expect((await askStaff(`/partners/${id}/close`, undefined, "POST")).body).toMatchObject({ status: "closed" });
  await expectShut(key);
  await expectShutWithinCacheTime(key);
  expect((await askStaff(`/partners/${id}/resume`, undefined, "POST")).body).toMatchObject({ status: "active" });
  await until(async () => askElsewhere(key, "/v1/balance"), 200, 1_000);
});

test("a suspended partner moves no money on the very next request, in every isolate, and may read", async () => {
  const { id, key } = await newPartner();
  await letInEverywhere(key);
  await askStaff(`/partners/${id}/suspend`, undefined, "POST");
  expect(await askElsewhere(key, "/v1/recharges", orderBody())).toBe(403);
  expect((await ask(key, "/v1/recharges", { body: orderBody() })).status).toBe(403);
  expect(await askElsewhere(key, "/v1/balance")).toBe(200);
});

const issuedSchema = z.looseObject({ key_id: z.string(), secrets: z.looseObject({ key: z.string().optional() }) });

test("a rotated key goes on for the overlap beside the new one, and ends by itself", async () => {
  const { id, key, keyId } = await newPartner();
  const rotate = { name: "second", overlap_seconds: 60 };
  const issued = await askStaff(`/partners/${id}/keys/${keyId}/rotate`, rotate);
  expect(issued.status).toBe(201);
  const { secrets } = issuedSchema.parse(issued.body);
  expect(issued.body).toMatchObject({ name: "second", scopes: expect.arrayContaining(["recharges:write"]) });
  expect((await askStaff(`/partners/${id}/keys/${keyId}/rotate`, rotate)).body).toMatchObject({
    code: "parameter",
    errors: [{ pointer: "/name" }],
  });
  expect((await ask(key, "/v1/balance")).status).toBe(200);
  skipTime(61_000);
  try {
    expect((await ask(key, "/v1/balance")).body).toMatchObject({ detail: "The credential has expired." });
    expect((await ask(secrets.key ?? "", "/v1/balance")).status).toBe(200);
    const again = await askStaff(`/partners/${id}/keys/${keyId}/rotate`, { name: "third" });
    expect(again.body).toMatchObject({ code: "parameter" });
  } finally {
    vi.useRealTimers();
  }
});

test("rotation without an overlap revokes the old key at once", async () => {
  const { id, key, keyId } = await newPartner();
  await letInEverywhere(key);
  const issued = await askStaff(`/partners/${id}/keys/${keyId}/rotate`, { name: "next", overlap_seconds: 0 });
  await expectShut(key);
  expect((await ask(issuedSchema.parse(issued.body).secrets.key ?? "", "/v1/balance")).status).toBe(200);
});

test.each([
  ["backnpay", ["userid", "pass"]],
  ["aopay", ["RegistrationID", "signing_secret"]],
  ["nurr", ["api_key", "api_secret"]],
])("a key of %s rotates to one of its own kind", async (surface, names) => {
  const { id } = await newPartner();
  const scopes = ["recharges:write", "recharges:read"];
  const first = issuedSchema.parse((await askStaff(`/partners/${id}/keys`, { name: "a", surface, scopes })).body);
  const next = await askStaff(`/partners/${id}/keys/${first.key_id}/rotate`, { name: "b", overlap_seconds: 3_600 });
  const issued = issuedSchema.parse(next.body);
  expect(Object.keys(issued.secrets)).toEqual(names);
  expect(issued.secrets).not.toEqual(first.secrets);
  const listed = await askStaff(`/partners/${id}/keys`);
  expect(listed.body).toMatchObject({
    keys: [{ name: "first" }, { name: "a", expires_at: expect.any(String) }, { name: "b", expires_at: null }],
  });
});

test("addresses of a key are changed, and hold within the credential cache's time", async () => {
  const { id, key, keyId } = await newPartner();
  await letInEverywhere(key);
  const path = `/partners/${id}/keys/${keyId}/addresses`;
  expect((await askStaff(path, { addresses: ["192.0.2.0/24"] }, "PUT")).body).toMatchObject({
    addresses: ["192.0.2.0/24"],
  });
  const from = async (address: string) =>
    (await ask(key, "/v1/balance", { headers: { "CF-Connecting-IP": address } })).status;
  await until(async () => from("198.51.100.1"), 403, 1_000);
  expect(await from("192.0.2.9")).toBe(200);
  expect((await askStaff(path, { addresses: ["nowhere"] }, "PUT")).body).toMatchObject({ code: "parameter" });
  expect((await askStaff(path.replace(keyId, "key_unknown"), { addresses: [] }, "PUT")).status).toBe(404);
});
