// aopay's own clients against the dialect: the seed's samples with only host and placeholders changed, signatures, and repeats.
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { signingSecretOf } from "../../../src/partners/credentials.ts";
import { signAopayBody } from "../../../src/wire/aopay/request.ts";
import { askStaff } from "../../support/api-journey.ts";
import { newDialectKey, newDialectPartner, read, send } from "../../support/dialect-journey.ts";
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

const path = "/api/AOP/V2/MobileRecharge";
const unauthorised = { status: false, response_code: 5, message: "Invalid signature encoding" };
const home = "192.0.2.7";

type Partner = Awaited<ReturnType<typeof newDialectPartner>>;

function registrationOf({ dialect }: Partner): string {
  return dialect.secrets["RegistrationID"] ?? "";
}

function post(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return send(path, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body });
}

function fromHome(body: string): Promise<Response> {
  return post(body, { "CF-Connecting-IP": home });
}

function signatureOf(partner: Partner, body: string, at = Date.now()): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1_000));
  const secret = partner.dialect.secrets["signing_secret"] ?? "";
  return { "X-Timestamp": timestamp, "X-Signature": signAopayBody(secret, timestamp, body) };
}

/** A partner whose key is good from `home` alone. */
function atHome(): Promise<Partner> {
  return newDialectPartner("aopay", { key: { addresses: [home] } });
}

/** The body of the samples, which send Reliance Jio's 511. */
function sampleOf(partner: Partner, number: string, more: Readonly<Record<string, unknown>> = {}): string {
  const id = { RegistrationID: registrationOf(partner), ProductID: 511, Amount: 10, Geocode: "23.6784,76.8764" };
  return JSON.stringify({ ...id, CustomerNumber: Number(number), ...more });
}

const success = {
  status: true,
  msg: "success",
  error: null,
  statusCode: 200,
  ReferanceID: null,
  data: {
    message: expect.stringContaining("was successful"),
    txnId: expect.stringMatching(/^rch_/),
    status: "SUCCESS",
    ackno: expect.stringMatching(/./),
  },
  Status: "TRUE",
  message: "",
  Value: "",
};

function failure(reason: string, txnId: unknown = "0") {
  return {
    status: false,
    msg: "error",
    error: reason,
    statusCode: 401,
    ReferanceID: null,
    data: {
      message: expect.stringMatching(/^Your payment for .+ failed \| /),
      txnId,
      status: "FAILED",
      ackno: "0",
    },
    Status: "FALSE",
    message: "",
    Value: "",
  };
}

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
    body: { ...failure(""), error: expect.stringMatching(/./), data: { ...failure("").data, txnId } },
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

const minute = 60_000;
const signatures: readonly (readonly [string, number, (partner: Partner, body: string) => Record<string, string>])[] = [
  ["none", 401, () => ({})],
  ["a good one", 200, (partner, body) => ({ ...signatureOf(partner, body) })],
  [
    "a good one, four minutes old",
    200,
    (partner, body) => ({ ...signatureOf(partner, body, Date.now() - 4 * minute) }),
  ],
  ["one that is too old", 401, (partner, body) => ({ ...signatureOf(partner, body, Date.now() - 6 * minute) })],
  ["one out of the future", 401, (partner, body) => ({ ...signatureOf(partner, body, Date.now() + 6 * minute) })],
  ["one of another body", 401, (partner, body) => ({ ...signatureOf(partner, `${body} `) })],
  ["one with another timestamp", 401, (partner, body) => ({ ...signatureOf(partner, body), "X-Timestamp": "1" })],
  [
    "one without its timestamp",
    401,
    (partner, body) => ({ "X-Signature": signatureOf(partner, body)["X-Signature"] ?? "" }),
  ],
  [
    "one under another secret",
    401,
    (partner, body) => ({
      ...signatureOf({ ...partner, dialect: { keyId: "", secrets: { signing_secret: "x" } } }, body),
    }),
  ],
  ["one in hex", 401, (partner, body) => ({ ...signatureOf(partner, body), "X-Signature": "ab".repeat(32) })],
];

test.each(signatures)("a signature from an unregistered address: %s", async (_name, status, headersOf) => {
  const partner = await newDialectPartner("aopay", { key: { addresses: [home] } });
  const number = newNumber("00");
  const body = sampleOf(partner, number);
  const answer = await read(await post(body, { "CF-Connecting-IP": "198.51.100.1", ...headersOf(partner, body) }));
  expect(answer).toEqual(status === 401 ? { status, body: unauthorised } : { status, body: success });
  expect(await executions(number)).toBe(status === 401 ? 0 : 1);
});

test("without registered addresses every request is signed, and the secret is the one that was shown", async () => {
  const partner = await newDialectPartner("aopay");
  expect(partner.dialect.secrets["signing_secret"]).toBe(signingSecretOf(env.HASH_SECRET, partner.dialect.keyId));
  const body = sampleOf(partner, newNumber("00"));
  expect(await read(await post(body, { "CF-Connecting-IP": home }))).toEqual({ status: 401, body: unauthorised });
  expect(await read(await post(body, signatureOf(partner, body)))).toEqual({ status: 200, body: success });
});

test.each(["", "{", "[]", "null", '{"RegistrationID":"AOP-unknown"}', '{"RegistrationID":554}', "\xff\xfe"])(
  "a body without a known RegistrationID is answered with the documented 401: %j",
  async (body) => {
    expect(await read(await fromHome(body))).toEqual({ status: 401, body: unauthorised });
  },
);

test("a signature is good for one order: again, it tells of that order; after a refusal, nothing", async () => {
  const partner = await newDialectPartner("aopay", { inr: "5.00" });
  const number = newNumber("00");
  const body = sampleOf(partner, number);
  const signed = signatureOf(partner, body);
  expect(await read(await post(body, signed))).toEqual({ status: 200, body: failure("Insufficient balance") });
  const credit = { currency: "INR", amount: "500.00", reason: "top-up", external_reference: "top-up" };
  await askStaff(`/partners/${partner.id}/credits`, credit);
  expect(await read(await post(body, signed))).toEqual({ status: 401, body: unauthorised });
  expect(await executions(number)).toBe(0);
  const again = signatureOf(partner, body, Date.now() - 1_000);
  const placed = await read(await post(body, again));
  expect(placed).toEqual({ status: 200, body: success });
  expect(await read(await post(body, again))).toEqual(placed);
  expect(await executions(number)).toBe(1);
});

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
  await expect((await fromHome(sampleOf(partner, newNumber("35")))).text()).rejects.toThrow();
  await until(async () => (await readWallet(accountOf(partner.account))).held, 990);
  expect(await read(await fromHome(sampleOf(partner, newNumber("00"))))).toEqual({ status: 200, body: success });
});

test("a key without the scope orders nothing", async () => {
  const partner = await newDialectPartner("aopay");
  const dialect = await newDialectKey(partner, "aopay", { addresses: [home], scopes: ["account:read"] });
  const answer = await read(await fromHome(sampleOf({ ...partner, dialect }, newNumber("00"))));
  expect(answer).toEqual({ status: 401, body: unauthorised });
});

test("a live key wants a recorded choice, and for an address alone a limit per day", async () => {
  const created = await askStaff("/partners", {
    name: crypto.randomUUID(),
    mode: "live",
    wallets: ["INR"],
    commission: [{ product: "*", basis_points: 100 }],
  });
  const { id } = z.looseObject({ id: z.string() }).parse(created.body);
  const issue = (surface: string, more: object = {}) =>
    askStaff(`/partners/${id}/keys`, { name: crypto.randomUUID(), surface, scopes: ["recharges:write"], ...more });
  for (const surface of ["aopay", "nurr"]) {
    expect((await issue(surface)).body).toMatchObject({ errors: [{ pointer: "/doubt_answer" }] });
    const chosen = (await issue(surface, { doubt_answer: "hang_up" })).body;
    expect(chosen).toMatchObject({ surface, doubt_answer: "hang_up" });
  }
  const alone = { doubt_answer: "pending", addresses: [home] };
  expect((await issue("aopay", alone)).body).toMatchObject({ errors: [{ pointer: "/addresses" }] });
  await askStaff(
    `/partners/${id}/limits`,
    { limits: [{ currency: "INR", per_recharge: null, per_day: "100.00" }] },
    "PUT",
  );
  expect((await issue("aopay", alone)).body).toMatchObject({ doubt_answer: "pending", addresses: [home] });
  expect((await issue("backnpay", { doubt_answer: "pending" })).body).toMatchObject({
    errors: [{ pointer: "/doubt_answer" }],
  });
});

test.each(["GET", "HEAD", "OPTIONS", "PUT"])("%s starts nothing", async (method) => {
  const answer = await send(path, { method, headers: { "CF-Connecting-IP": home } });
  expect([answer.status, await answer.text()]).toEqual([method === "OPTIONS" ? 204 : 405, ""]);
  expect(answer.headers.get("Allow")).toBe("POST, OPTIONS");
});
