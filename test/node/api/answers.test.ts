// What every answer carries, and what is said when the account cannot be heard.
import { expect, test } from "vitest";
import { asPartner, asStaff, openApi, order } from "../../support/api-without-accounts.ts";

test("an account that cannot be heard twice is pending, never failed", async () => {
  const api = await openApi();
  const reply = await api.ask("/v1/recharges", { method: "POST", headers: asPartner, body: JSON.stringify(order) });
  expect(reply.status).toBe(202);
  expect(await reply.json()).toEqual({ agent_id: "order-1", state: "pending", id: null, retry: "same_reference" });
  expect(api.accountsAsked()).toBe(2);
  expect(api.logged.map((line) => JSON.parse(line))).toMatchObject([
    { level: "error", event: "account_not_heard", attempt: 1 },
    { level: "error", event: "account_not_heard", attempt: 2 },
  ]);
});

test("a fault is logged once with the request id, and the answer says nothing about it", async () => {
  const api = await openApi();
  const reply = await api.ask("/v1/balance", { headers: asPartner });
  const text = await reply.text();
  expect(reply.status).toBe(500);
  expect(text).not.toContain("heard");
  const requestId = reply.headers.get("X-Request-Id");
  expect(JSON.parse(text)).toEqual({
    type: "urn:recharge-gateway:problem:fault",
    title: "Something is wrong with the gateway",
    status: 500,
    detail:
      "The request could not be answered. Whether it had an effect is not known: ask again with the same reference.",
    code: "fault",
    retry: "same_reference",
    source: "gateway",
    request_id: requestId,
  });
  expect(api.logged).toHaveLength(1);
  expect(JSON.parse(api.logged[0] ?? "")).toMatchObject({ event: "fault", request_id: requestId });
});

test("a refusal is problem+json with its request id, not to be stored", async () => {
  const api = await openApi();
  const reply = await api.ask("/v1/recharges?number=9826386400");
  expect(reply.headers.get("Content-Type")).toBe("application/problem+json");
  expect(reply.headers.get("Cache-Control")).toBe("no-store");
  expect(reply.headers.get("WWW-Authenticate")).toBe('Bearer realm="recharge-gateway"');
  expect(await reply.json()).toEqual({
    type: "urn:recharge-gateway:problem:credentials",
    title: "Credentials are missing, unknown or revoked",
    status: 401,
    detail: "Send Authorization: Bearer with your API key.",
    code: "credentials",
    retry: "never",
    source: "partner",
    request_id: reply.headers.get("X-Request-Id"),
  });
  expect(reply.headers.get("X-Request-Id")).toMatch(/^req_[0-9a-f]{32}$/);
});

test("a log line has the route, never the query or the path that was asked", async () => {
  const api = await openApi();
  await api.ask("/v1/numbers/9826386400?pass=secret", { headers: asPartner });
  expect(api.logged).toHaveLength(1);
  expect(api.logged[0]).not.toMatch(/9826386400|secret/);
  expect(JSON.parse(api.logged[0] ?? "")).toMatchObject({ event: "refused", method: "GET", status: 404 });
});

test("too many requests of one key are told when to come back, others are not touched", async () => {
  const api = await openApi({ ratePerMinute: 2 });
  const ask = (key: string) => api.ask("/v1/products?country=BD", { headers: { Authorization: `Bearer ${key}` } });
  const first = await ask("rk_test_ALL");
  expect(first.headers.get("RateLimit-Policy")).toBe('"key";q=2;w=60');
  expect(first.headers.get("RateLimit")).toBe('"key";r=1;t=30');
  await ask("rk_test_ALL");
  const third = await ask("rk_test_ALL");
  expect(third.status).toBe(429);
  expect(third.headers.get("Retry-After")).toBe("30");
  expect(third.headers.get("RateLimit")).toBe('"key";r=0;t=30');
  expect(await third.json()).toMatchObject({ code: "rate", retry: "after", retry_after: 30, source: "gateway" });
  expect((await ask("rk_test_READ")).status).toBe(200);
});

test.each(["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"])("%s on the recharges starts nothing", async (method) => {
  const api = await openApi();
  const init = { method, headers: asPartner, ...(method === "HEAD" ? {} : { body: JSON.stringify(order) }) };
  const reply = await api.ask("/v1/recharges/quote", init);
  // HEAD is answered like the read of a recharge of that name, which there is none.
  expect(reply.status).toBe(404);
  expect(api.accountsAsked()).toBe(0);
});

test.each(["/v1", "/v1/", "/v1/unknown", "/admin/v1/unknown"])("%s is a problem like any other", async (path) => {
  const api = await openApi();
  const reply = await api.ask(path, { headers: asPartner });
  expect(reply.status).toBe(404);
  expect(await reply.json()).toMatchObject({ code: "not_found" });
});

test("paths of other surfaces are not touched", async () => {
  const api = await openApi();
  const reply = await api.ask("/API/APIService.aspx");
  expect(await reply.text()).toBe("another surface");
  expect(reply.headers.has("X-Request-Id")).toBe(false);
});

test.each(["rch_000020000001", "rch_1", "nonsense"])("%s is nobody's recharge, and no account is asked", async (id) => {
  const api = await openApi();
  const reply = await api.ask(`/v1/recharges/${id}`, { headers: asPartner });
  expect(reply.status).toBe(404);
  expect(api.accountsAsked()).toBe(0);
});

test("the ledger's health is told; without it the gateway is up", async () => {
  const api = await openApi();
  expect(await (await api.ask("/healthz")).json()).toEqual({ status: "ok", ledger: "ok" });
  api.database.become("down");
  const reply = await api.ask("/healthz");
  expect(reply.status).toBe(200);
  expect(await reply.json()).toEqual({ status: "degraded", ledger: "down" });
});

test("the reference page loads nothing from another host", async () => {
  const api = await openApi();
  const reply = await api.ask("/docs");
  const html = await reply.text();
  expect(html).not.toMatch(/https?:\/\//);
  expect(html).toContain("&quot;telemetry&quot;:false");
  expect(html).toContain("&quot;withDefaultFonts&quot;:false");
  expect(reply.headers.get("Content-Security-Policy")).toContain("default-src 'none'; script-src 'self'; ");
  expect(reply.headers.get("Content-Security-Policy")).not.toMatch(/https?:|\*|unsafe-eval/);
  const script = await api.ask("/docs/standalone.js");
  expect(await script.text()).toBe("scalar");
  expect(script.headers.get("Content-Type")).toBe("text/javascript; charset=utf-8");
  expect(script.headers.get("Cache-Control")).toBe("public, max-age=86400");
});

test("a script that was not put in place is not found", async () => {
  const api = await openApi({ asset: async () => new Response(null, { status: 404 }) });
  expect((await api.ask("/docs/standalone.js")).status).toBe(404);
});

test("products are listed by country and service", async () => {
  const api = await openApi();
  const reply = await api.ask("/v1/products?country=BD&service=prepaid", { headers: asPartner });
  const { products } = (await reply.json()) as { products: { id: string }[] };
  expect(products.map((product) => product.id)).toContain("bd.grameenphone.prepaid");
  expect(products).toHaveLength(6);
  expect(products[0]).toMatchObject({
    country: "BD",
    currency: "BDT",
    min_amount: "10.00",
    max_amount: "10000.00",
    amount_step: "1.00",
  });
});

test.each([
  ["01712345678", { country: "BD", number: "01712345678", portable: false }],
  ["০১৭১২৩৪৫৬৭৮", { country: "BD", number: "01712345678" }],
  ["+91 98263 86400", { country: "IN", number: "9826386400", portable: true, products: [] }],
])("looks %s up", async (number, expected) => {
  const api = await openApi();
  const body = JSON.stringify({ number });
  const reply = await api.ask("/v1/numbers/lookup", { method: "POST", headers: asPartner, body });
  expect(reply.status).toBe(200);
  expect(await reply.json()).toMatchObject(expected);
});

test("a number that is none is refused", async () => {
  const api = await openApi();
  const body = JSON.stringify({ number: "12345" });
  const reply = await api.ask("/v1/numbers/lookup", { method: "POST", headers: asPartner, body });
  expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([422, "number"]);
});

test("a partner's key is no staff token, and the other way round", async () => {
  const api = await openApi();
  expect((await api.ask("/admin/v1/partners", { headers: asPartner })).status).toBe(401);
  expect((await api.ask("/v1/products", { headers: asStaff })).status).toBe(401);
  expect((await api.ask("/admin/v1/partners")).status).toBe(401);
});

test("the sandbox is seeded in a local installation only", async () => {
  const api = await openApi();
  const reply = await api.ask("/admin/v1/sandbox", { method: "POST", headers: asStaff });
  expect(reply.status).toBe(404);
});

test("a run of the reconciliation tells what it found", async () => {
  const api = await openApi();
  const reply = await api.ask("/admin/v1/reconcile", { method: "POST", headers: asStaff });
  expect(await reply.json()).toEqual({ kind: "kept_apart" });
});
