// Bodies that cannot be read, and who asks: checked before what is asked.
import { expect, test } from "vitest";
import { z } from "zod";
import { asPartner, openApi, order } from "../../support/api-without-accounts.ts";

const problemSchema = z.looseObject({
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), reason: z.string() })).optional(),
});

const api = await openApi();

async function place(body: string | Uint8Array, headers: Record<string, string> = asPartner) {
  const reply = await api.ask("/v1/recharges", { method: "POST", body: new Blob([body]), headers });
  return { reply, problem: problemSchema.parse(await reply.json()) };
}

const big = JSON.stringify({ ...order, note: "x".repeat(70_000) });
test.each([
  ["malformed JSON", '{"agent_id":', asPartner, 400, "body_malformed"],
  ["an empty body", "", asPartner, 400, "body_malformed"],
  ["white space", "  \n", asPartner, 400, "body_malformed"],
  ["two values", "{}{}", asPartner, 400, "body_malformed"],
  ["bytes that are no UTF-8", new Uint8Array([0x7b, 0xff, 0x7d]), asPartner, 400, "body_malformed"],
  ["nesting without end", "[".repeat(60_000), asPartner, 400, "body_malformed"],
  ["more than 64 KiB", big, asPartner, 413, "body_too_large"],
  ["a form", "agent_id=1", { ...asPartner, "Content-Type": "application/x-www-form-urlencoded" }, 415, "content_type"],
  ["text", JSON.stringify(order), { ...asPartner, "Content-Type": "text/plain" }, 415, "content_type"],
  [
    "JSON in UTF-16",
    JSON.stringify(order),
    { ...asPartner, "Content-Type": "application/json; charset=utf-16" },
    415,
    "content_type",
  ],
  ["another JSON", JSON.stringify(order), { ...asPartner, "Content-Type": "application/ld+json" }, 415, "content_type"],
  ["more than 64 KiB of a form", big, { ...asPartner, "Content-Type": "text/plain" }, 415, "content_type"],
])("%s is refused", async (_what, body, headers, status, code) => {
  const { reply, problem } = await place(body, headers);
  expect([reply.status, problem.code]).toEqual([status, code]);
});

test("no content type at all", async () => {
  const { reply, problem } = await place(new TextEncoder().encode(JSON.stringify(order)), {
    Authorization: asPartner.Authorization,
  });
  expect([reply.status, problem.code]).toEqual([415, "content_type"]);
});

test("exactly 64 KiB is read", async () => {
  const padded = JSON.stringify(order).padEnd(65_536, " ");
  expect((await api.ask("/v1/recharges", { method: "POST", body: padded, headers: asPartner })).status).toBe(202);
  const { reply } = await place(`${padded} `);
  expect(reply.status).toBe(413);
});

const bad = "not json";
test.each([
  ["no key", {}, 401, "credentials"],
  ["an unknown key", { Authorization: "Bearer rk_test_NOBODY" }, 401, "credentials"],
  ["a key as user and password", { Authorization: "Basic cmtfdGVzdF9BTEw6" }, 401, "credentials"],
  ["another address", { Authorization: "Bearer rk_test_HOME", "CF-Connecting-IP": "203.0.113.1" }, 403, "address"],
  ["no address", { Authorization: "Bearer rk_test_HOME" }, 403, "address"],
  ["a key without the scope", { Authorization: "Bearer rk_test_READ" }, 403, "scope"],
  ["the right key", { Authorization: "Bearer rk_test_ALL" }, 415, "content_type"],
  ["the right address", { Authorization: "Bearer rk_test_HOME", "CF-Connecting-IP": "192.0.2.9" }, 415, "content_type"],
])("%s is judged before the body", async (_what, headers, status, code) => {
  const { reply, problem } = await place(bad, { ...headers, "Content-Type": "text/plain" });
  expect([reply.status, problem.code]).toEqual([status, code]);
  expect(reply.headers.has("WWW-Authenticate")).toBe(status === 401);
});

test("the rate is checked after the scope and before the body", async () => {
  const tight = await openApi({ ratePerMinute: 1 });
  const send = async (key: string) =>
    (await tight.ask("/v1/recharges", { method: "POST", body: bad, headers: { Authorization: `Bearer ${key}` } }))
      .status;
  expect([await send("rk_test_ALL"), await send("rk_test_ALL"), await send("rk_test_READ")]).toEqual([415, 429, 403]);
});

test("of all this an account heard one order, twice since it threw", () => {
  expect(api.accountsAsked()).toBe(2);
});
