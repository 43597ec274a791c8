// nurr's orders carry no reference: repeats, `agentid`, other surfaces and partners, and the client that chose to hang up.
import { beforeEach, expect, test } from "vitest";
import { askStaff } from "../../support/api-journey.ts";
import { newDialectKey, newDialectPartner, read, send } from "../../support/dialect-journey.ts";
import { curl, eventsOf, loginOf, nameOf, orderOf, success } from "../../support/nurr-client.ts";
import {
  accountOf,
  executions,
  expectInvariants,
  newBangladeshNumber,
  readWallet,
  until,
  useSimulator,
} from "../../support/sandbox.ts";

beforeEach(useSimulator);

test("the same order is the same recharge: its state and figures as they are now, and one execution", async () => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner);
  const first = await read(await curl(order));
  const between = await read(await curl(orderOf(partner)));
  expect(between.body).toMatchObject({ before_balance: "980.20", after_balance: "960.40" });
  const written = { ...order, phone: `+88${order["phone"] ?? ""}`, amount: "20.00" };
  const { body } = await read(await curl({ ...written, phone: encodeURIComponent(written.phone) }));
  expect(body).toEqual({ ...success(written.phone, await nameOf(partner)) });
  expect(await read(await curl(order))).toEqual(first);
  expect(await executions(order["phone"] ?? "")).toBe(1);
});

test("fifty at once are one recharge, one execution and fifty equal answers", async () => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner, { phone: newBangladeshNumber("01") });
  const answers = await Promise.all(Array.from({ length: 50 }, async () => read(await curl(order))));
  expect(answers[0]).toMatchObject({ status: 200, body: { status: "Success", after_balance: "980.20" } });
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await executions(order["phone"] ?? "")).toBe(1);
  await expectInvariants(accountOf(partner.account));
});

test("a repeat of a failed order is the failed one, and starts nothing", async () => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner, { phone: newBangladeshNumber("10") });
  const first = await read(await curl(order));
  expect(await read(await curl(order))).toEqual(first);
  const placed = (await eventsOf(partner)).filter((event) => event.type === "recharge.placed");
  expect(placed).toHaveLength(1);
});

test("another amount, another operator's code and another account type are other orders", async () => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner, { phone: newBangladeshNumber("10") });
  for (const change of [{}, { amount: "21" }, { operator: "GP ST" }, { account_type: "postpaid" }])
    expect(await read(await curl({ ...order, ...change }))).toMatchObject({ body: { status: "Failed" } });
  const placed = (await eventsOf(partner)).filter((event) => event.type === "recharge.placed");
  expect(placed).toHaveLength(4);
});

test("agentid says that a second one is meant, once for each", async () => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner);
  const phone = order["phone"] ?? "";
  await curl(order);
  for (let time = 0; time < 2; time++) {
    const second = await read(await curl({ ...order, agentid: "second" }));
    expect(second).toMatchObject({ status: 200, body: { status: "Success", after_balance: "960.40" } });
  }
  expect(await executions(phone)).toBe(2);
  await curl({ ...order, agentid: "third" });
  expect(await executions(phone)).toBe(3);
  expect(await read(await curl(order))).toMatchObject({ body: { after_balance: "980.20" } });
  expect(await executions(phone)).toBe(3);
  expect(await read(await curl({ ...order, agentid: "third", amount: "30" }))).toMatchObject({
    status: 200,
    body: { status: "Failed", failure_reason: "This agent id was used for another order" },
  });
  expect(await read(await curl({ ...order, agentid: "no agent id" }))).toEqual({
    status: 422,
    body: { error: "Missing required parameters." },
  });
});

test("agentid starts no second one while the first is pending", async () => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner, { phone: newBangladeshNumber("35") });
  const first = await read(await curl(order));
  expect(first).toMatchObject({ status: 202 });
  expect(await read(await curl({ ...order, agentid: "second" }))).toEqual(first);
  expect((await eventsOf(partner)).filter((event) => event.type === "recharge.placed")).toHaveLength(1);
});

test("an order placed over the API is the same order", async () => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner);
  const phone = order["phone"] ?? "";
  await send("/v1/recharges", {
    method: "POST",
    headers: { Authorization: `Bearer ${partner.key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ agent_id: "a-1", product: "bd.grameenphone.prepaid", number: phone, amount: "20.00" }),
  });
  expect(await read(await curl(order))).toEqual({ status: 200, body: success(phone, await nameOf(partner)) });
  expect(await executions(phone)).toBe(1);
});

test("what another partner ordered is refused without its figures", async () => {
  const order = orderOf(await newDialectPartner("nurr"));
  await curl(order);
  const other = await newDialectPartner("nurr");
  expect(await read(await curl({ ...order, ...loginOf(other) }))).toMatchObject({
    status: 200,
    body: {
      success: false,
      full_name: await nameOf(other),
      status: "Failed",
      before_balance: "1000.00",
      after_balance: "1000.00",
      commission_amount: "0.00",
      failure_reason: "Same number and amount within the repeat window",
    },
  });
  expect(await executions(order["phone"] ?? "")).toBe(1);
});

test("a suspended partner's order fails, its earlier one is told; a revoked key is told nothing", async () => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner);
  const first = await read(await curl(order));
  await askStaff(`/partners/${partner.id}/suspend`, {});
  expect(await read(await curl(orderOf(partner)))).toMatchObject({
    status: 200,
    body: { status: "Failed", failure_reason: "The partner is suspended" },
  });
  expect(await read(await curl(order))).toEqual(first);
  await askStaff(`/partners/${partner.id}/keys/${partner.dialect.keyId}`, undefined, "DELETE");
  expect(await read(await curl(order))).toEqual({ status: 401, body: { error: "Invalid API credentials." } });
});

test("a client that chose to hang up hears nothing of a pending recharge, and of a final one the answer", async () => {
  const partner = await newDialectPartner("nurr", { key: { doubt_answer: "hang_up" } });
  const pending = orderOf(partner, { phone: newBangladeshNumber("35") });
  await expect((await curl(pending)).text()).rejects.toThrow("without an answer");
  await until(async () => (await readWallet(accountOf(partner.account), "BDT")).held, 1_980);
  const reads = await newDialectKey(partner, "nurr");
  const login = { api_key: reads.secrets["api_key"] ?? "", api_secret: reads.secrets["api_secret"] ?? "" };
  expect(await read(await curl({ ...pending, ...login }))).toMatchObject({ status: 202, body: { status: "Pending" } });
  expect(await read(await curl(orderOf(partner)))).toMatchObject({ status: 200, body: { status: "Success" } });
});
