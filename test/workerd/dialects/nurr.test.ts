// nurr's own clients against the dialect: the seed's samples with only host and placeholders changed, its errors, and repeats.
import { beforeEach, expect, test } from "vitest";
import { askStaff } from "../../support/api-journey.ts";
import { newDialectKey, newDialectPartner, read, send } from "../../support/dialect-journey.ts";
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

const path = "/api/mobile-recharge.php";
const formType = "application/x-www-form-urlencoded";

type Fields = Readonly<Record<string, string>>;
type Partner = Awaited<ReturnType<typeof newDialectPartner>>;

/** The text that the sample's `-d` options make. */
function curl(fields: Fields, type = formType): Promise<Response> {
  const body = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  return send(path, { method: "POST", headers: { "Content-Type": type }, body });
}

function loginOf({ dialect }: Partner): Fields {
  return { api_key: dialect.secrets["api_key"] ?? "", api_secret: dialect.secrets["api_secret"] ?? "" };
}

function orderOf(partner: Partner, more: Fields = {}): Fields {
  const order = { phone: newBangladeshNumber("00"), amount: "20", operator: "GP", account_type: "prepaid" };
  return { ...loginOf(partner), ...order, ...more };
}

const reward = {
  ok: true,
  points: {
    ok: true,
    message: "No eligible active offer found",
    points: 0,
    new_level_id: null,
    new_level_key: null,
  },
  cashback: { ok: true, message: "No eligible active offer found" },
};

function success(phone: string, partner: string, operatorName = "Grameenphone") {
  return {
    success: true,
    full_name: partner,
    phone,
    amount: "20.00",
    operator_name: operatorName,
    commission_amount: "0.20",
    before_balance: "1000.00",
    after_balance: "980.20",
    operator_transaction_id: expect.stringMatching(/./),
    status: "Success",
    reward,
  };
}

async function nameOf(partner: Partner): Promise<string> {
  return (await accountOf(partner.account).readProfile())?.name ?? "";
}

test("the seed's cURL sample recharges", async () => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner);
  const answer = await curl(order);
  expect(answer.headers.get("Content-Type")).toMatch(/^application\/json/);
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
  expect(await read(answer)).toEqual({ status: 200, body: success(order["phone"] ?? "", await nameOf(partner)) });
  expect(await executions(order["phone"] ?? "")).toBe(1);
});

test("the seed's Skitto sample recharges, its space as cURL sends it", async () => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner, { operator: "GP ST" });
  const body = success(order["phone"] ?? "", await nameOf(partner), "Grameenphone Skitto");
  expect(await read(await curl(order))).toEqual({ status: 200, body });
});

test("the seed's PHP sample, whose array goes as multipart, recharges; an extra action is ignored", async () => {
  const partner = await newDialectPartner("nurr");
  const order: Fields = { action: "mobile_recharge", ...orderOf(partner) };
  const form = new FormData();
  for (const [name, value] of Object.entries(order)) form.append(name, value);
  const answer = await send(path, { method: "POST", body: form });
  expect(await read(answer)).toEqual({ status: 200, body: success(order["phone"] ?? "", await nameOf(partner)) });
});

test("prepaid without account_type; postpaid where it says so", async () => {
  const partner = await newDialectPartner("nurr");
  const { account_type: _type, ...order } = orderOf(partner);
  expect(await read(await curl(order))).toMatchObject({ status: 200, body: { status: "Success" } });
  const postpaid = orderOf(partner, { operator: "RB", phone: newBangladeshNumber("00").replace(/^017/, "018") });
  const answered = await read(await curl({ ...postpaid, account_type: "postpaid" }));
  expect(answered).toMatchObject({ status: 200, body: { status: "Success", operator_name: "Robi" } });
  const products = (await eventsOf(partner)).flatMap((event) => ("recharge" in event ? [event.recharge.product] : []));
  expect(new Set(products)).toEqual(new Set(["bd.grameenphone.prepaid", "bd.robi.postpaid"]));
});

async function eventsOf(partner: Partner) {
  const read = await accountOf(partner.account).readEvents(
    { keyId: partner.keyId, mode: "sandbox" },
    { after: 0, limit: 100 },
  );
  return read.ok ? read.value.events : [];
}

test("a failed recharge moves nothing and says why", async () => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner, { phone: newBangladeshNumber("10") });
  expect(await read(await curl(order))).toEqual({
    status: 200,
    body: {
      success: false,
      full_name: await nameOf(partner),
      phone: order["phone"],
      amount: "20.00",
      operator_name: "Grameenphone",
      commission_amount: "0.00",
      before_balance: "1000.00",
      after_balance: "1000.00",
      operator_transaction_id: null,
      status: "Failed",
      failure_reason: expect.stringMatching(/./),
    },
  });
});

test("a pending recharge is 202, neither success nor failure, and its cost is held", async () => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner, { phone: newBangladeshNumber("35") });
  const { status, body } = await read(await curl(order));
  expect({ status, body }).toMatchObject({
    status: 202,
    body: { success: false, status: "Pending", before_balance: "1000.00", after_balance: "980.20" },
  });
  expect(JSON.stringify(body)).not.toMatch(/fail|error/i);
});

const errors: readonly (readonly [string, number, string, Fields])[] = [
  ["a wrong secret", 401, '{"error":"Invalid API credentials."}', { api_secret: "wrong" }],
  ["no key", 401, '{"error":"Invalid API credentials."}', { api_key: "" }],
  ["no phone", 422, '{"error":"Missing required parameters."}', { phone: "" }],
  ["no amount", 422, '{"error":"Missing required parameters."}', { amount: " " }],
  ["no operator", 422, '{"error":"Missing required parameters."}', { operator: "" }],
  ["another account type", 422, '{"error":"Invalid account type."}', { account_type: "gold" }],
  [
    "another operator",
    422,
    '{"error":"Invalid operator.","allowed_operator":["GP","GP ST","BL","RB","AT","TT"]}',
    { operator: "gp" },
  ],
  [
    "another operator's prefix",
    422,
    '{"error":"Invalid operator number for this recharge."}',
    { phone: "01812345600" },
  ],
  ["no phone number", 422, '{"error":"Invalid operator number for this recharge."}', { phone: "<b>017</b>" }],
  ["an amount below the limit", 422, '{"error":"Invalid recharge amount."}', { amount: "9" }],
  ["an amount above the limit", 422, '{"error":"Invalid recharge amount."}', { amount: "10001" }],
  ["a fraction", 422, '{"error":"Invalid recharge amount."}', { amount: "20.50" }],
  ["no amount at all", 422, '{"error":"Invalid recharge amount."}', { amount: "1e2" }],
  ["too little balance", 422, '{"error":"Insufficient balance."}', { amount: "2000" }],
];

test("every error of the seed, byte for byte", async () => {
  const partner = await newDialectPartner("nurr");
  for (const [name, status, body, change] of errors) {
    const answer = await curl(orderOf(partner, change));
    expect([name, answer.status, await answer.text()]).toEqual([name, status, body]);
  }
  expect(await readWallet(accountOf(partner.account), "BDT")).toMatchObject({ balance: 100_000, held: 0 });
});

test("of two errors the one that the seed lists first", async () => {
  const partner = await newDialectPartner("nurr");
  const wrong = [
    { api_key: "wrong" },
    { phone: "" },
    { account_type: "gold" },
    { operator: "XX" },
    { phone: "01812345600" },
    { amount: "5" },
    { amount: "5000" },
  ] as const;
  const texts = [
    "Invalid API credentials.",
    "Missing required parameters.",
    "Invalid account type.",
    "Invalid operator.",
    "Invalid operator number for this recharge.",
    "Invalid recharge amount.",
    "Insufficient balance.",
  ];
  for (const [first, one] of wrong.entries())
    for (const [second, other] of wrong.entries()) {
      if (second <= first || Object.keys(one)[0] === Object.keys(other)[0]) continue;
      const { body } = await read(await curl(orderOf(partner, { ...one, ...other })));
      expect([first, second, body]).toMatchObject([first, second, { error: texts[first] }]);
    }
  const unreadable = await read(await curl(orderOf(partner, { phone: "01812345600", amount: "x" })));
  expect(unreadable.body).toEqual({ error: texts[4] });
});

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
  await expect((await curl(pending)).text()).rejects.toThrow();
  await until(async () => (await readWallet(accountOf(partner.account), "BDT")).held, 1_980);
  const reads = await newDialectKey(partner, "nurr");
  const login = { api_key: reads.secrets["api_key"] ?? "", api_secret: reads.secrets["api_secret"] ?? "" };
  expect(await read(await curl({ ...pending, ...login }))).toMatchObject({ status: 202, body: { status: "Pending" } });
  expect(await read(await curl(orderOf(partner)))).toMatchObject({ status: 200, body: { status: "Success" } });
});

test.each(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])("%s starts nothing", async (method) => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner);
  const answer = await send(`${path}?${new URLSearchParams(order)}`, { method });
  expect([answer.status, await answer.text()]).toEqual([method === "OPTIONS" ? 204 : 405, ""]);
  expect(answer.headers.get("Allow")).toBe("POST, OPTIONS");
  expect(await executions(order["phone"] ?? "")).toBe(0);
});
