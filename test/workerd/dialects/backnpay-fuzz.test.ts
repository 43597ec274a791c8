// Generated requests to the backnpay dialect: valid, mutated and hostile; `FUZZ_RUNS` says how many. Always the protocol's own shape, never a hold left.
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, expect, it, vi } from "vitest";
import { newBacknpayPartner, readReply, send } from "../../support/backnpay-client.ts";
import { expectInvariants, newNumber, readWallet, until, useSimulator } from "../../support/sandbox.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      FUZZ_RUNS?: string;
    }
  }
}

beforeEach(useSimulator);

const runs = Number(env.FUZZ_RUNS ?? "1000");
const partner = await newBacknpayPartner({ balance: "900000.00" });

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "",
    "' OR 1=1; DROP TABLE recharges;--",
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "</STATUS><STATUS>SUCCESS</STATUS>",
    "]]>\u0000\u0001\u001b[31m\r\nSet-Cookie: a=b",
    "NaN",
    "1e309",
    "-0",
    "99999999999999999999",
    "__proto__",
    "constructor",
    "९८२६३८६४००",
    "\ud83d\ude00\u202e\ufffe",
  ),
  fc.integer({ min: 1, max: 9_000 }).map((length) => "9".repeat(length)),
);
const code = fc.oneof(fc.integer({ min: 0, max: 230 }).map(String), fc.constantFrom("RA", "ds", "JIS", "pd", "3"));
const amount = fc.oneof(
  fc.integer({ min: 0, max: 300 }).map(String),
  fc.constantFrom("20.50", "10.001", "020", "1,000"),
);
const suffix = fc.constantFrom("00", "03", "04", "10", "12", "13", "20", "21", "25");
const number = fc.oneof(
  suffix.map(newNumber),
  suffix.map((end) => `+91 ${newNumber(end)}`),
  fc.constantFrom("98263864", "100000000000"),
);

const order = fc.record({
  userid: fc.constant(partner.userid),
  pass: fc.constant(partner.pass),
  mob: number,
  opt: code,
  amt: amount,
  agentid: fc.uuid(),
});
const question = fc.record({
  userid: fc.constant(partner.userid),
  pass: fc.constant(partner.pass),
  csagentid: fc.oneof(fc.uuid(), hostile),
});
const valid: fc.Arbitrary<readonly (readonly [string, string])[]> = fc
  .oneof(order, question)
  .map((fields) => Object.entries(fields));
const name = fc.oneof(
  fc.constantFrom("mob", "OPT", "amt", "agentid", "optional1", "Optional2", "fmt", "Get", "csrpid", "csagentid"),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const more = fc.array(fc.tuple(name, fc.oneof(hostile, fc.constantFrom("json", "XML", "CB", "011"))), { maxLength: 3 });

const request = fc.record({
  fields: fc.tuple(valid, more).map(([fields, others]) => [...fields, ...others]),
  wrongLogin: fc.constantFrom(false, false, false, false, false, false, false, true),
  path: fc.constantFrom("/API/APIService.aspx", "/api/newapiservice.ASPX"),
  form: fc.constantFrom("query", "query", "query", "urlencoded", "multipart", "both", "raw"),
  contentType: fc.constantFrom("application/x-www-form-urlencoded", "multipart/form-data", "application/json", "x"),
  raw: fc.uint8Array({ maxLength: 300 }),
});
type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

/** The request as its form says it; wrong encodings come as raw bytes beside good parameters. */
function sendGenerated({ fields, wrongLogin, path, form, contentType, raw }: Request): Promise<Response> {
  const params = new URLSearchParams(fields.map(([key, value]) => [key, value]));
  if (wrongLogin) params.append("pass", "wrong");
  const headers = { "CF-Connecting-IP": partner.address };
  const query = `${path}?${params.toString()}`;
  if (form === "query") return send(query, { headers });
  if (form === "urlencoded") return send(path, { method: "POST", headers, body: params });
  if (form === "both") return send(query, { method: "POST", headers, body: params });
  if (form === "raw")
    return send(query, { method: "POST", headers: { ...headers, "content-type": contentType }, body: raw.slice() });
  const multipart = new FormData();
  for (const [key, value] of params) multipart.append(key, value);
  return send(path, { method: "POST", headers, body: multipart });
}

const words = new Set(["SUCCESS", "FAILED", "PENDING", "NOTFOUND", "DUPLICATE"]);
const keys = "STATUS MOBILE AMOUNT RPID AGENTID OPID BAL MSG";

/** What is wrong with the fields of a reply; null: nothing. A success has an id; a balance is the only other shape. */
function flawOf(fields: Readonly<Record<string, unknown>>): string | null {
  const { STATUS, MSG, RPID, BAL } = fields;
  const found = Object.keys(fields).join(" ");
  if (found === "STATUS MSG")
    return /^\d+\.\d\d$/.test(String(STATUS)) && MSG === "Remaining Balance" ? null : "balance";
  if (found !== keys && found !== keys.replace("BAL ", "")) return `keys: ${found}`;
  if (!words.has(String(STATUS))) return `status: ${String(STATUS)}`;
  if (!["undefined", "number", "string"].includes(typeof BAL)) return "BAL";
  return STATUS === "SUCCESS" && !/^[0-9A-Z]{12}$/.test(String(RPID)) ? "RPID" : null;
}

const seen = new Set<unknown>();

async function expectOwnShape(generated: Request): Promise<void> {
  const reply = await sendGenerated(generated);
  expect([reply.status, reply.headers.get("cache-control")]).toEqual([200, "no-store"]);
  const fields = await readReply(reply);
  expect(flawOf(fields)).toBeNull();
  seen.add(words.has(String(fields["STATUS"])) ? fields["STATUS"] : "a balance");
}

it(`answers ${runs} generated requests in its own shape and leaves no hold behind`, {
  timeout: runs * 200,
}, async () => {
  const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await fc.assert(fc.asyncProperty(request, expectOwnShape), { numRuns: runs });
  expect([...seen]).toEqual(expect.arrayContaining(["FAILED", "NOTFOUND", "SUCCESS", "a balance"]));
  const faults = said.mock.calls.map(String).filter((line) => line.includes('"level":"error"'));
  expect(faults).toEqual([]);
  await until(async () => (await readWallet(partner.account)).held, 0, 20_000);
  await expectInvariants(partner.account);
});
