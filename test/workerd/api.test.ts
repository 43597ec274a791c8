// `/v1` through the whole Worker, with the simulator upstream.
import { beforeEach, expect, test } from "vitest";
import { ask, newPartner, orderBody, rechargeIn } from "../support/api-journey.ts";
import { executions, newNumber, until, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);

test("a recharge that succeeds is 201 with its place, its figures and its proof", async () => {
  const partner = await newPartner();
  const order = orderBody();
  const reply = await ask(partner.key, "/v1/recharges", { body: order, headers: { Prefer: "wait=2" } });
  expect(reply.status).toBe(201);
  const recharge = rechargeIn(reply);
  expect(reply.body).toEqual({
    id: recharge.id,
    agent_id: order.agent_id,
    mode: "sandbox",
    product: "in.airtel.prepaid",
    number: order.number,
    fields: {},
    amount: "20.00",
    commission: "0.20",
    cost: "19.80",
    currency: "INR",
    state: "succeeded",
    proof: "operator_reference",
    operator_reference: expect.any(String),
    failure: null,
    repeat_of: null,
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    updated_at: expect.any(String),
    event_number: 3,
    resolves_by: null,
    has_open_case: false,
  });
  expect(reply.headers.get("Location")).toBe(`/v1/recharges/${recharge.id}`);
  expect(reply.headers.get("Preference-Applied")).toBe("wait=2");
  expect(reply.headers.get("Cache-Control")).toBe("no-store");
  expect(reply.headers.has("Idempotency-Replayed")).toBe(false);
  expect(reply.headers.get("RateLimit")).toMatch(/^"key";r=\d+;t=\d+$/);
  expect(await executions(order.number)).toBe(1);
});

test("the same order again is the recharge that exists, 200 and marked", async () => {
  const { key } = await newPartner();
  const order = orderBody();
  const first = await ask(key, "/v1/recharges", { body: order });
  const again = await ask(key, "/v1/recharges", {
    body: { ...order, amount: "20" },
    headers: { Prefer: "respond-async" },
  });
  expect(again.status).toBe(200);
  expect(again.headers.get("Idempotency-Replayed")).toBe("true");
  expect(again.body).toEqual(first.body);
  expect(await executions(order.number)).toBe(1);
});

test("a recharge that is not awaited is 202 and found by id and by agent id", async () => {
  const { key } = await newPartner();
  const order = orderBody({ number: newNumber("40") });
  const reply = await ask(key, "/v1/recharges", { body: order, headers: { Prefer: "respond-async" } });
  expect(reply.status).toBe(202);
  expect(reply.headers.get("Preference-Applied")).toBe("respond-async");
  const { id, state } = rechargeIn(reply);
  expect(state).toBe("pending");
  expect(reply.body).toMatchObject({ resolves_by: expect.any(String) });
  const stateOf = async (path: string) => rechargeIn(await ask(key, path)).state;
  await until(() => stateOf(`/v1/recharges/${id}`), "succeeded");
  expect(await stateOf(`/v1/recharges?agent_id=${order.agent_id}`)).toBe("succeeded");
  expect(await executions(order.number)).toBe(1);
});

test("a failure says whose it is, and gives the money back", async () => {
  const { key } = await newPartner();
  const reply = await ask(key, "/v1/recharges", { body: orderBody({ number: newNumber("13") }) });
  expect(reply.status).toBe(201);
  expect(reply.body).toMatchObject({
    state: "failed",
    proof: null,
    failure: { source: expect.any(String), text: expect.any(String) },
  });
  expect((await ask(key, "/v1/balance")).body).toMatchObject({
    wallets: [
      { currency: "INR", balance: "1000.00", held: "0.00", debt: "0.00" },
      { currency: "BDT", balance: "0.00" },
    ],
  });
});

test.each([
  ["an unknown product", { product: "in.nobody.prepaid" }, 422, "product_unknown", "never"],
  ["a number of another country", { number: "01712345600" }, 422, "number", "never"],
  [
    "a number of another operator",
    { product: "bd.grameenphone.prepaid", number: "01812345600" },
    422,
    "number_operator",
    "never",
  ],
  [
    "a missing field",
    { product: "in.bescom.electricity", number: "123", fields: { nothing: "1" } },
    422,
    null,
    "never",
  ],
  ["an amount of zero", { amount: "0.00" }, 422, "amount_range", "never"],
  ["an amount below the least", { amount: "9.99" }, 422, "amount_range", "never"],
  ["an amount above the most", { amount: "10001.00" }, 422, "amount_range", "never"],
  ["paise where only rupees go", { amount: "20.50" }, 422, "amount_step", "never"],
  ["another currency", { currency: "USD" }, 422, "currency", "never"],
  ["a cost above max_cost", { max_cost: "19.79" }, 422, "max_cost", "never"],
  ["more than there is", { amount: "1011.00" }, 402, "balance", "same_reference"],
])("%s is refused, costs nothing and leaves nothing behind", async (_what, more, status, code, retry) => {
  const { key } = await newPartner();
  const order = orderBody(more);
  const reply = await ask(key, "/v1/recharges", { body: order });
  expect(reply.status).toBe(status);
  expect(reply.headers.get("Content-Type")).toBe("application/problem+json");
  expect(reply.body).toMatchObject({ status, retry, ...(code === null ? {} : { code }) });
  expect((await ask(key, "/v1/balance")).body).toMatchObject({ wallets: [{ balance: "1000.00", held: "0.00" }, {}] });
  expect((await ask(key, "/v1/events")).body).toMatchObject({ events: [{ type: "wallet.credited" }], next_after: 1 });
  const unknown = await ask(key, `/v1/recharges?agent_id=${order.agent_id}`);
  expect([unknown.status, unknown.body]).toEqual([
    404,
    expect.objectContaining({ code: "not_found", retry: "same_reference" }),
  ]);
  expect(await executions(order.number)).toBe(0);
  // The quote refuses for the same reason.
  expect((await ask(key, "/v1/recharges/quote", { body: order })).body).toMatchObject({ status, retry });
});

test("a body is read as it is, whatever the one before it was", async () => {
  const { key } = await newPartner();
  const marked = `\uFEFF${JSON.stringify(orderBody())}`;
  const cutShort = new TextEncoder().encode('{"agent_id":"অ').slice(0, -1);
  const statuses: number[] = [];
  for (const raw of [marked, marked, cutShort, marked, cutShort, cutShort])
    statuses.push((await ask(key, "/v1/recharges/quote", { raw })).status);
  expect(statuses).toEqual([200, 200, 400, 200, 400, 400]);
});

test("digits of other scripts are the same number", async () => {
  const { key } = await newPartner();
  const order = orderBody();
  const bengali = order.number.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x9e6 + Number(digit)));
  const reply = await ask(key, "/v1/recharges", { body: { ...order, number: bengali } });
  expect(reply.body).toMatchObject({ state: "succeeded", number: order.number });
});

test("an agent id with another order is refused and names what differs", async () => {
  const { key } = await newPartner();
  const order = orderBody();
  await ask(key, "/v1/recharges", { body: order });
  const reply = await ask(key, "/v1/recharges", { body: { ...order, amount: "30.00", number: newNumber("00") } });
  expect([reply.status, reply.body]).toEqual([
    422,
    expect.objectContaining({ code: "agent_id_conflict", retry: "new_reference" }),
  ]);
  expect(JSON.stringify(reply.body)).toMatch(/amount/);
  expect(JSON.stringify(reply.body)).toMatch(/number/);
});

test("a repeat names the earlier one to its own partner, and to others nothing", async () => {
  const [mine, other] = [await newPartner(), await newPartner()];
  const order = orderBody();
  const first = rechargeIn(await ask(mine.key, "/v1/recharges", { body: order }));
  const repeat = await ask(mine.key, "/v1/recharges", { body: { ...order, agent_id: "second" } });
  expect([repeat.status, repeat.body]).toEqual([
    409,
    expect.objectContaining({
      code: "repeat",
      retry: "after",
      retry_after: expect.any(Number),
      earlier: { id: first.id, agent_id: order.agent_id, state: "succeeded" },
    }),
  ]);
  expect(repeat.headers.get("Retry-After")).toMatch(/^\d+$/);
  const foreign = await ask(other.key, "/v1/recharges", { body: order });
  expect(foreign.status).toBe(409);
  expect(foreign.body).not.toHaveProperty("earlier");
  const meant = await ask(mine.key, "/v1/recharges", { body: { ...order, agent_id: "third", repeat_of: first.id } });
  expect([meant.status, meant.body]).toEqual([
    201,
    expect.objectContaining({ state: "succeeded", repeat_of: first.id }),
  ]);
});

test("a quote tells the cost and sends nothing", async () => {
  const { key } = await newPartner();
  const order = orderBody();
  const reply = await ask(key, "/v1/recharges/quote", { body: order });
  expect([reply.status, reply.body]).toEqual([
    200,
    {
      product: "in.airtel.prepaid",
      number: order.number,
      amount: "20.00",
      commission: "0.20",
      cost: "19.80",
      currency: "INR",
      balance_after: "980.20",
    },
  ]);
  expect(await executions(order.number)).toBe(0);
});
