// Generated requests against aopay and nurr: valid, mutated and hostile. `FUZZ_RUNS` says how many for each dialect.
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { readAopayReply } from "../../../src/wire/aopay/reply.ts";
import { signAopayBody } from "../../../src/wire/aopay/request.ts";
import { findNurrError, writeNurrError } from "../../../src/wire/nurr/errors.ts";
import { readNurrReply } from "../../../src/wire/nurr/reply.ts";
import { newDialectPartner, send } from "../../support/dialect-journey.ts";
import { accountOf, caller, expectInvariants, readWallet, useSimulator } from "../../support/sandbox.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      /** How many requests are generated; 1 000 where it is not set. */
      FUZZ_RUNS?: string;
    }
  }
}

beforeEach(useSimulator);

const runs = Number(env.FUZZ_RUNS ?? "1000");
/** Rounds of requests that go out at once, so that repeats meet each other. */
const atOnce = 20;
const timeoutMs = 60_000 + runs * 60;

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "\r\nX-Injected: 1",
    "'; drop table recharges; --",
    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    "<script>alert(1)</script>",
    "__proto__",
    "constructor",
    "NaN",
    "Infinity",
    "1e308",
    "-1",
    "0x14",
    "99999999999999999999999999",
    "20.005",
    "১০",
    "\ud800",
    "null",
    "[]",
    "%",
    "%00",
    "a".repeat(70_000),
  ),
);

/** Numbers that succeed, fail or are never heard of again; few, so that orders repeat. */
const suffixes = ["00", "10", "13"] as const;
const bangladeshi = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.constantFrom(...suffixes))
  .map(([index, suffix]) => `0171${String(index).padStart(5, "0")}${suffix}`);
const indian = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.constantFrom(...suffixes))
  .map(([index, suffix]) => `97${String(index).padStart(6, "0")}${suffix}`);

/** Mostly `good`, else hostile; null: left out. */
function mutable<Value>(good: fc.Arbitrary<Value>) {
  return fc.oneof(
    { weight: 40, arbitrary: good },
    { weight: 1, arbitrary: hostile },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

/** One of `others` in twenty-one; `constantFrom` would favour the ends of its list. */
function mostly(usual: string, ...others: string[]): fc.Arbitrary<string> {
  return fc.oneof({ weight: 20, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

/** Many addresses: one that fails too often is not looked at any more, and then nothing else would be seen. */
function addressOf(index: number): string {
  return `198.51.100.${index}`;
}

async function rounds<Value>(each: fc.Arbitrary<Value>, check: (value: Value) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(each, { minLength: atOnce, maxLength: atOnce }), async (values) => {
      await Promise.all(values.map(check));
    }),
    { numRuns: Math.ceil(runs / atOnce), endOnFailure: true },
  );
}

const nurrKeys = ["amount", "after_balance", "before_balance", "commission_amount", "full_name", "operator_name"];

const words = { Success: [200, true], Failed: [200, false], Pending: [202, false] } as const;

/** What is wrong with an answer of nurr; null where it is of the protocol's own shape. 500 was never in place here. */
function oddityOfNurr(status: number, text: string): string | null {
  const fields = readNurrReply(text);
  if (fields === null) return "no reply";
  if (fields.error !== null) {
    const error = findNurrError(status, fields.error);
    if (error === null || error === "failed") return "not an error of the seed, or its 500";
    return text === writeNurrError(error).body ? null : "an error with another body";
  }
  const body = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  if (nurrKeys.some((key) => typeof body[key] !== "string")) return "a key is missing";
  const isAgreed = Object.entries(words).some(
    ([word, [code, success]]) => fields.status === word && status === code && fields.success === success,
  );
  return isAgreed ? null : "status and words disagree";
}

/** The same of aopay. */
function oddityOfAopay(status: number, text: string): string | null {
  const answer = readAopayReply(text);
  if (answer === null) return "no reply";
  if (answer.kind === "unauthorised") return status === 401 ? null : "the 401 body with another status";
  if (status !== 200) return "a reply with another status";
  return answer.state === null ? "the state fields disagree" : null;
}

test("nurr keeps its shape, its money and its holds, whatever it is sent", { timeout: timeoutMs }, async () => {
  const partner = await newDialectPartner("nurr", { bdt: "90000.00" });
  const { api_key: apiKey = "", api_secret: apiSecret = "" } = partner.dialect.secrets;
  const field = fc.record({
    api_key: mutable(fc.constant(apiKey)),
    api_secret: mutable(fc.constant(apiSecret)),
    phone: mutable(bangladeshi),
    amount: mutable(fc.constantFrom("10", "20", "20.00", "9", "10001")),
    operator: mutable(fc.constantFrom("GP", "GP ST", "BL")),
    account_type: mutable(fc.constantFrom("prepaid", "postpaid")),
    agentid: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, fc.constantFrom("a", "b", "c"), hostile),
    action: fc.option(hostile),
  });
  const wire = fc.record({
    fields: field,
    /** Sent before the others, so that the last one counts. */
    repeated: fc.option(fc.record({ name: fc.constantFrom("phone", "amount", "api_key"), value: hostile })),
    type: fc.oneof(
      { weight: 3, arbitrary: fc.constant("multipart") },
      { weight: 9, arbitrary: mostly("urlencoded", "mislabelled", "json") },
    ),
  });
  let successes = 0;
  await rounds(wire, async ({ fields, repeated, type }) => {
    const pairs: [string, string][] = repeated === null ? [] : [[repeated.name, repeated.value]];
    for (const [name, value] of Object.entries(fields)) if (value !== null) pairs.push([name, value]);
    const answer = await send("/api/mobile-recharge.php", { method: "POST", ...encode(pairs, type) });
    expect(answer.headers.get("Content-Type")).toMatch(/^application\/json/);
    const text = await answer.text();
    if (text.includes('"Success"')) successes += 1;
    expect(oddityOfNurr(answer.status, text)).toBeNull();
  });
  expect(successes).toBeGreaterThan(runs / 100);
  await expectNothingHeld(partner.account, "BDT");
});

function encode(
  pairs: readonly [string, string][],
  type: string,
): { body: BodyInit; headers?: Record<string, string> } {
  if (type === "multipart") {
    const body = new FormData();
    for (const [name, value] of pairs) body.append(name, value);
    return { body };
  }
  if (type === "json")
    return { body: JSON.stringify(Object.fromEntries(pairs)), headers: { "Content-Type": "application/json" } };
  const body = new URLSearchParams(pairs).toString();
  const label = type === "mislabelled" ? "multipart/form-data; boundary=none" : "application/x-www-form-urlencoded";
  return { body, headers: { "Content-Type": label } };
}

/** Money is held for recharges that are pending, and for nothing else: a loaded machine leaves some in doubt. */
async function expectNothingHeld(account: number, currency: "INR" | "BDT"): Promise<void> {
  await expectInvariants(accountOf(account));
  const page = await accountOf(account).readEvents(caller, { after: 0, limit: 100_000 });
  const costs = new Map<string, number>();
  for (const event of page.ok ? page.value.events : []) {
    if (event.type === "recharge.placed") costs.set(event.recharge.id, event.recharge.cost);
    if (event.type === "recharge.succeeded" || event.type === "recharge.failed") costs.delete(event.recharge.id);
  }
  const pending = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  expect(await readWallet(accountOf(account), currency)).toMatchObject({ held: pending });
}

test("aopay keeps its shape, its money and its holds, whatever it is sent", { timeout: timeoutMs }, async () => {
  const partner = await newDialectPartner("aopay", { inr: "90000.00" });
  const { RegistrationID: registration = "", signing_secret: secret = "" } = partner.dialect.secrets;
  const odd = fc.oneof(hostile, fc.constantFrom(null, true, -1, 1e21, [], {}, [1], { a: 1 }));
  const mutableJson = <Value>(good: fc.Arbitrary<Value>) =>
    fc.oneof({ weight: 40, arbitrary: good }, { weight: 2, arbitrary: odd });
  const wire = fc.record({
    fields: fc.record(
      {
        RegistrationID: mutableJson(fc.constant(registration)),
        ProductID: mutableJson(fc.constantFrom(511, 518, "511", 999)),
        Amount: mutableJson(fc.constantFrom(10, 20, "20", 9, 10_001, 10.5)),
        Geocode: mutableJson(fc.constantFrom("23.6784,76.8764", "23.6784, 76.8764")),
        CustomerNumber: mutableJson(fc.oneof(indian, indian.map(Number))),
        agentid: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, fc.constantFrom("a", "b", "c"), odd),
      },
      { requiredKeys: ["RegistrationID", "ProductID", "Amount", "CustomerNumber"] },
    ),
    spoil: mostly("", "{", "\u0000", "]"),
    signing: mostly("good", "none", "old", "wrong"),
    /** Signatures of equal orders differ by their second. */
    ageS: fc.integer({ min: 0, max: 250 }),
  });
  let successes = 0;
  await rounds(wire, async ({ fields, spoil, signing, ageS }) => {
    const body = JSON.stringify(fields) + spoil;
    const timestamp = String(Math.floor(Date.now() / 1_000) - (signing === "old" ? 1_000 : ageS));
    const signature = signAopayBody(signing === "wrong" ? "x" : secret, timestamp, body);
    const signed = signing === "none" ? {} : { "X-Timestamp": timestamp, "X-Signature": signature };
    const headers = { ...signed, "CF-Connecting-IP": addressOf(ageS) };
    const answer = await send("/api/AOP/V2/MobileRecharge", { method: "POST", headers, body });
    expect(answer.headers.get("Content-Type")).toMatch(/^application\/json/);
    const text = await answer.text();
    if (text.includes('"SUCCESS"')) successes += 1;
    expect(oddityOfAopay(answer.status, text)).toBeNull();
  });
  expect(successes).toBeGreaterThan(runs / 100);
  await expectNothingHeld(partner.account, "INR");
});
