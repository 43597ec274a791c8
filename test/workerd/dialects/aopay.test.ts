// aopay's own clients against the dialect: the seed's samples with only host and placeholders changed, failures, and repeats.
import { beforeEach, expect, test } from "vitest";
import {
  aopayPath,
  atHome,
  failure,
  fromHome,
  home,
  post,
  registrationOf,
  sampleOf,
  success,
  unauthorised,
} from "../../support/aopay-client.ts";
import { newDialectPartner, read, send } from "../../support/dialect-journey.ts";
import {
  accountOf,
  executions,
  expectInvariants,
  newNumber,
  readWallet,
  until,
  useSimulator,
} from "../../support/sandbox.ts";

beforeEach(useSimulator);

/** The body as each sample writes it, byte for byte but for the placeholders. */
const samples = {
  "cURL, Node and PHP": (id: string, number: string) =>
    `{\n"RegistrationID": "${id}",\n"ProductID": 511,\n"Amount": 10,\n"Geocode": "23.6784,76.8764",\n"CustomerNumber": ${number}\n}`,
  "Python (json.dumps)": (id: string, number: string) =>
    `{"RegistrationID": "${id}", "ProductID": 511, "Amount": 10, "Geocode": "23.6784,76.8764", "CustomerNumber": ${number}}`,
  "Node (JSON.stringify)": (id: string, number: string) =>
    `{"RegistrationID":"${id}","ProductID":511,"Amount":10,"Geocode":"23.6784,76.8764","CustomerNumber":${number}}`,
  "C# (StringContent)": (id: string, number: string) =>
    `{\n"RegistrationID": "${id}",\n"ProductID": 511,\n"Amount": 10,\n"Geocode": "23.6784,76.8764",\n"CustomerNumber": ${number}\n  }`,
  "Airtel, as the prose has it": (id: string, number: string) =>
    `{\n  "RegistrationID": "${id}",\n  "ProductID": 518,\n  "Amount": 10,\n  "Geocode": "23.6784,76.8764",\n  "CustomerNumber": ${number}\n} `,
};

test.each(Object.entries(samples))("the seed's sample recharges: %s", async (_name, sample) => {
  const partner = await atHome();
  const number = newNumber("00");
  const answer = await fromHome(sample(registrationOf(partner), number));
  expect(answer.headers.get("Content-Type")).toMatch(/^application\/json/);
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
  expect(await read(answer)).toEqual({ status: 200, body: success });
  expect(await executions(number)).toBe(1);
});

test("CustomerNumber, Amount and ProductID may be text, whatever the content type says", async () => {
  const partner = await atHome();
  const number = newNumber("00");
  const body = sampleOf(partner, number, { CustomerNumber: number, Amount: "10", ProductID: "511" });
  const answer = await post(body, { "CF-Connecting-IP": home, "Content-Type": "text/plain" });
  expect(await read(answer)).toEqual({ status: 200, body: success });
});

test("a failed recharge: all five state fields agree", async () => {
  const partner = await atHome();
  const { status, body } = await read(await fromHome(sampleOf(partner, newNumber("10"))));
  const txnId = expect.stringMatching(/^rch_/);
  expect({ status, body }).toEqual({
    status: 200,
    body: failure("Transaction failed", txnId),
  });
});

test("a pending recharge says so in every field that speaks of it, and nothing of failure", async () => {
  const partner = await atHome();
  const { status, body } = await read(await fromHome(sampleOf(partner, newNumber("35"))));
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      ...success,
      status: false,
      msg: "pending",
      statusCode: 202,
      Status: "PENDING",
      data: { ...success.data, message: expect.stringContaining("is pending"), status: "PENDING", ackno: "0" },
    },
  });
  expect(JSON.stringify(body)).not.toMatch(/fail|"error":"/i);
  expect(await readWallet(accountOf(partner.account))).toMatchObject({ balance: 99_010, held: 990 });
});

test.each([
  ["another ProductID", { ProductID: 999 }, "Invalid ProductID"],
  ["a ProductID that is no number", { ProductID: "0518" }, "Invalid ProductID"],
  ["no ProductID", { ProductID: null }, "ProductID is missing"],
  ["no CustomerNumber", { CustomerNumber: {} }, "CustomerNumber is missing"],
  ["no Amount", { Amount: "" }, "Amount is missing"],
  ["a number of another country", { CustomerNumber: "01712345678" }, "Invalid CustomerNumber"],
  ["an amount that is none", { Amount: "1e1" }, "Invalid Amount"],
  ["an amount below the limit", { Amount: 9 }, "Invalid Amount"],
  ["a fraction", { Amount: 10.5 }, "Invalid Amount"],
  ["too little balance", { Amount: 5_000 }, "Insufficient balance"],
  ["a place that is none", { Geocode: "here" }, "Invalid Geocode"],
  ["an agentid outside its grammar", { agentid: "a b" }, "Invalid agentid"],
])("%s is a failure in the documented shape", async (_name, change, reason) => {
  const partner = await atHome();
  const number = newNumber("00");
  const answer = await read(await fromHome(sampleOf(partner, number, change)));
  expect(answer).toEqual({ status: 200, body: failure(reason) });
  expect(await executions(number)).toBe(0);
});

test.each(["", "{", "[]", "null", '{"RegistrationID":"AOP-unknown"}', '{"RegistrationID":554}', "\xff\xfe"])(
  "a body without a known RegistrationID is answered with the documented 401: %j",
  async (body) => {
    expect(await read(await fromHome(body))).toEqual({ status: 401, body: unauthorised });
  },
);

test("the same order is the same recharge; fifty at once are one, with fifty equal answers", async () => {
  const partner = await atHome();
  const number = newNumber("01");
  const answers = await Promise.all(
    Array.from({ length: 50 }, async () => read(await fromHome(sampleOf(partner, number)))),
  );
  expect(answers[0]).toEqual({ status: 200, body: success });
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await read(await fromHome(sampleOf(partner, number, { Amount: "10" })))).toEqual(answers[0]);
  expect(await executions(number)).toBe(1);
  await expectInvariants(accountOf(partner.account));
});

test("agentid says that a second one is meant", async () => {
  const partner = await atHome();
  const number = newNumber("00");
  const first = await read(await fromHome(sampleOf(partner, number)));
  const second = await read(await fromHome(sampleOf(partner, number, { agentid: "B-2" })));
  expect(second).toEqual({ status: 200, body: success });
  expect(second).not.toEqual(first);
  expect(await read(await fromHome(sampleOf(partner, number, { agentid: "B-2" })))).toEqual(second);
  expect(await read(await fromHome(sampleOf(partner, number)))).toEqual(first);
  expect(await executions(number)).toBe(2);
});

test("a client that chose to hang up hears nothing of a pending recharge", async () => {
  const partner = await newDialectPartner("aopay", { key: { addresses: [home], doubt_answer: "hang_up" } });
  await expect((await fromHome(sampleOf(partner, newNumber("35")))).text()).rejects.toThrow("without an answer");
  await until(async () => (await readWallet(accountOf(partner.account))).held, 990);
  expect(await read(await fromHome(sampleOf(partner, newNumber("00"))))).toEqual({ status: 200, body: success });
});

test.each(["GET", "HEAD", "OPTIONS", "PUT"])("%s starts nothing", async (method) => {
  const answer = await send(aopayPath, { method, headers: { "CF-Connecting-IP": home } });
  expect([answer.status, await answer.text()]).toEqual([method === "OPTIONS" ? 204 : 405, ""]);
  expect(answer.headers.get("Allow")).toBe("POST, OPTIONS");
});
