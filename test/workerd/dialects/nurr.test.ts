// nurr's own clients against the dialect: the seed's samples with only host and placeholders changed, and its errors.
import { beforeEach, expect, test } from "vitest";
import { newDialectPartner, read, send } from "../../support/dialect-journey.ts";
import { curl, eventsOf, type Fields, nameOf, nurrPath, orderOf, success } from "../../support/nurr-client.ts";
import { accountOf, executions, newBangladeshNumber, readWallet, useSimulator } from "../../support/sandbox.ts";

beforeEach(useSimulator);

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
  const answer = await send(nurrPath, { method: "POST", body: form });
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
      failure_reason: "Something wrong please try again later.",
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

test.each(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])("%s starts nothing", async (method) => {
  const partner = await newDialectPartner("nurr");
  const order = orderOf(partner);
  const answer = await send(`${nurrPath}?${new URLSearchParams(order).toString()}`, { method });
  expect([answer.status, await answer.text()]).toEqual([method === "OPTIONS" ? 204 : 405, ""]);
  expect(answer.headers.get("Allow")).toBe("POST, OPTIONS");
  expect(await executions(order["phone"] ?? "")).toBe(0);
});
