// Who may order on aopay: signatures, registered addresses, and what a key must have.
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { signingSecretOf } from "../../../src/partners/credentials.ts";
import {
  failure,
  fromHome,
  home,
  type Partner,
  post,
  sampleOf,
  signatureOf,
  success,
  unauthorised,
} from "../../support/aopay-client.ts";
import { askStaff } from "../../support/api-journey.ts";
import { newDialectKey, newDialectPartner, read } from "../../support/dialect-journey.ts";
import { executions, newNumber, useSimulator } from "../../support/sandbox.ts";

beforeEach(useSimulator);

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

test("a signature is good for one order: again, it tells of that order; after a refusal, nothing", async () => {
  const partner = await newDialectPartner("aopay", { inr: "5.00" });
  const number = newNumber("00");
  const body = sampleOf(partner, number);
  const at = Date.now();
  const signed = signatureOf(partner, body, at);
  expect(await read(await post(body, signed))).toEqual({ status: 200, body: failure("Insufficient balance") });
  const credit = { currency: "INR", amount: "500.00", reason: "top-up", external_reference: "top-up" };
  await askStaff(`/partners/${partner.id}/credits`, credit);
  expect(await read(await post(body, signed))).toEqual({ status: 401, body: unauthorised });
  expect(await executions(number)).toBe(0);
  const again = signatureOf(partner, body, at - 1_000);
  const placed = await read(await post(body, again));
  expect(placed).toEqual({ status: 200, body: success });
  expect(await read(await post(body, again))).toEqual(placed);
  expect(await executions(number)).toBe(1);
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
