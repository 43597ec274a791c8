// What belongs to one partner is not there for another one: every operation that names a thing, asked by somebody else.
import { beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { scopes } from "../../src/partners/credentials.ts";
import { ask, newPartner, orderBody, rechargeIn, type TestPartner } from "../support/api-journey.ts";
import { goodRows, headings, upload } from "../support/bulk-journey.ts";
import { readOperations } from "../support/operations.ts";
import { useReceivers } from "../support/webhooks.ts";

beforeEach(useReceivers);

/** A good body for each operation that wants one: without it the body would be refused first. */
const bodies: Readonly<Record<string, unknown>> = {
  openDispute: { disposition: "D11" },
  changeChatUser: { name: "Rahim", language: "en", limits: [] },
  startBulk: {},
  changeWebhookEndpoint: { url: "https://hooks.partner.net/x" },
  redeliverSinceWebhooks: { since: "2026-11-01T00:00:00Z" },
};

const named = z.looseObject({ id: z.string() });

/** What the partner has, by the beginning of the path and the name of the parameter. */
async function belongingsOf(partner: TestPartner): Promise<Readonly<Record<string, string>>> {
  const recharge = rechargeIn(await ask(partner.key, "/v1/recharges", { body: orderBody() }));
  const bulk = await upload(partner, [headings, ...goodRows(1)]);
  const user = named.parse((await ask(partner.key, "/v1/chat-users", { body: { name: "Rahim" } })).body);
  const url = "https://hooks.partner.net/x";
  const endpoint = named.parse((await ask(partner.key, "/v1/webhook-endpoints", { body: { url } })).body);
  const tested = await ask(partner.key, `/v1/webhook-endpoints/${endpoint.id}/test`, { method: "POST" });
  return {
    "/v1/recharges {id}": recharge.id,
    "/v1/bulk-recharges {id}": bulk.id,
    "/v1/chat-users {user}": user.id,
    "/v1/webhook-endpoints {endpoint}": endpoint.id,
    "/v1/webhook-endpoints {delivery}": named.parse(tested.body).id,
  };
}

function missing(path: string, name: string): never {
  throw new Error(`say in belongingsOf what ${name} of ${path} is`);
}

it("another partner with every scope gets 404 for each thing, as for one that never was, and changes nothing", async () => {
  const owner = await newPartner({ scopes });
  const other = await newPartner({ scopes });
  const operations = (await readOperations("/v1")).filter(({ path }) => path.includes("{"));
  expect(operations.length).toBeGreaterThan(10);
  const belongings = await belongingsOf(owner);
  const fill = (path: string) =>
    path.replaceAll(/\{\w+\}/g, (name) => belongings[`${path.split("/", 3).join("/")} ${name}`] ?? missing(path, name));
  for (const { id, method, path } of operations) {
    const reply = await ask(other.key, fill(path), { method, body: bodies[id] });
    expect([id, reply.status, reply.body]).toEqual([id, 404, expect.objectContaining({ code: "not_found" })]);
  }
  // The owner gets each of them, so that what was refused is there.
  for (const { id, method, path } of operations.filter((one) => one.method === "GET")) {
    const reply = await ask(owner.key, fill(path), { method });
    const isThere = reply.status === 200 || ["readDispute", "readBulkResult"].includes(id);
    expect([id, isThere, reply.body]).toEqual([id, true, reply.body]);
  }
});

it("each list of a partner has its own things only", async () => {
  const owner = await newPartner({ scopes });
  const other = await newPartner({ scopes, balance: "0.00" });
  const belongings = Object.values(await belongingsOf(owner));
  const recharge = belongings.find((one) => one.startsWith("rch_")) ?? "";
  await ask(owner.key, `/v1/recharges/${recharge}/dispute`, { body: { disposition: "D11" } });
  await expect.poll(async () => JSON.stringify((await ask(owner.key, "/v1/disputes")).body)).toContain(recharge);
  const lists = ["recharges", "disputes", "events", "statement", "bulk-recharges", "chat-users"];
  for (const path of lists.map((name) => `/v1/${name}`)) {
    const { body, status } = await ask(other.key, path);
    const text = JSON.stringify(body);
    expect([path, status, belongings.filter((one) => text.includes(one))]).toEqual([path, 200, []]);
  }
});
