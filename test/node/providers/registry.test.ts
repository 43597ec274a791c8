import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import type { Fetch } from "../../../src/providers/exchange.ts";
import type { Submission } from "../../../src/providers/provider.ts";
import { createProviders } from "../../../src/providers/registry.ts";
import { candidatesOf } from "../../../src/recharges/routing.ts";
import { protocolSafety } from "../../../src/providers/safety.ts";
import { readProviderSettings } from "../../../src/providers/settings.ts";
import { signAopayBody } from "../../../src/wire/aopay/request.ts";

const backnpay = { id: "bp", protocol: "backnpay", mode: "sandbox", baseUrl: "http://bp.test" };
const aopay = { id: "ao", protocol: "aopay", mode: "sandbox", baseUrl: "http://ao.test", geocode: "23.6,76.8" };
const nurr = { id: "nu", protocol: "nurr", mode: "sandbox", baseUrl: "http://nu.test/" };
const secrets = {
  bp: { userid: "u", pass: "p&1" },
  ao: { registrationId: "AOP-1" },
  nu: { api_key: "k", api_secret: "s" },
};

interface Sent {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: unknown;
  readonly body: unknown;
}

const standard = { bp: backnpay, ao: aopay, nu: nurr };

/** One provider with these settings changed, and what it sends. */
function providerOf(id: keyof typeof standard, changes: object = {}, own: object = secrets[id]) {
  const sent: Sent[] = [];
  const fetch: Fetch = async (url, { method, headers, body }) => {
    sent.push({ url, method, headers, body });
    return new Response("");
  };
  const instances = readProviderSettings({
    PROVIDERS: [{ ...standard[id], ...changes }],
    PROVIDER_SECRETS: { [id]: own },
  });
  const provider = createProviders(instances, fetch, { now: () => 1_700_000_000_999 }).get(id);
  if (provider === undefined) throw new Error("the provider is missing");
  return { provider, sent };
}

const submission: Submission = {
  reference: "LC000010000001",
  product: "in.airtel.prepaid",
  code: "3",
  number: "9826386400",
  amount: minor(2_000),
  fields: {},
  geocode: null,
};

describe("what the backnpay client sends", () => {
  const query = "userid=u&pass=p%261&mob=9826386400&opt=3&amt=20&agentid=LC000010000001&fmt=Json";

  it("is a GET as documented", async () => {
    const { provider, sent } = providerOf("bp");
    await provider.submit(submission);
    const url = `http://bp.test/API/APIService.aspx?${query}`;
    expect(sent).toEqual([{ url, method: "GET", headers: undefined, body: undefined }]);
  });

  it("is a POST by setting, at the path of the setting", async () => {
    const { provider, sent } = providerOf("bp", { submitBy: "post", path: "/API/NewAPIService.aspx" });
    await provider.submit(submission);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect(sent).toEqual([{ url: "http://bp.test/API/NewAPIService.aspx", method: "POST", headers, body: query }]);
  });

  it("has a biller's fields in its optionals, and paise where there are some", async () => {
    const { provider, sent } = providerOf("bp");
    const fields = { district: "Guntur", ero: "E 1", unknown: "x" };
    const product = "in.apspdcl.electricity";
    await provider.submit({ ...submission, product, code: "88", fields, amount: minor(2_050) });
    expect(new URL(sent[0]?.url ?? "").search).toBe(
      "?userid=u&pass=p%261&mob=9826386400&opt=88&amt=20.50&agentid=LC000010000001&optional1=Guntur&optional2=E+1&fmt=Json",
    );
  });

  it("asks for a status and for the balance", async () => {
    const { provider, sent } = providerOf("bp");
    expect(await provider.lookUp?.("LC000010000001", null)).toMatchObject({ kind: "in_doubt" });
    expect(await provider.readBalance?.()).toMatchObject({ balance: null });
    expect(sent.map(({ url }) => new URL(url).search)).toEqual([
      "?userid=u&pass=p%261&csagentid=LC000010000001&fmt=Json",
      "?userid=u&pass=p%261&Get=CB&fmt=Json",
    ]);
  });
});

describe("what the aopay client sends", () => {
  const order = { ...submission, product: "in.jio.prepaid", code: "511" };

  it("is JSON with integers and the setting's place", async () => {
    const { provider, sent } = providerOf("ao");
    await provider.submit(order);
    const body =
      '{"RegistrationID":"AOP-1","ProductID":511,"Amount":20,"Geocode":"23.6,76.8","CustomerNumber":9826386400}';
    const headers = { "content-type": "application/json" };
    expect(sent).toEqual([{ url: "http://ao.test/api/AOP/V2/MobileRecharge", method: "POST", headers, body }]);
  });

  it("has the order's own place, and a signature where there is a secret", async () => {
    const { provider, sent } = providerOf("ao", {}, { registrationId: "AOP-1", signingSecret: "sign" });
    await provider.submit({ ...order, geocode: "1.5,2.5" });
    const body = String(sent[0]?.body);
    expect(body).toContain('"Geocode":"1.5,2.5"');
    const signature = signAopayBody("sign", "1700000000", body);
    expect(sent[0]?.headers).toMatchObject({ "x-timestamp": "1700000000", "x-signature": signature });
  });

  it.each([
    ["a number with a leading zero", { number: "0123456789" }],
    ["a number with a letter", { number: "A1" }],
    ["paise", { amount: minor(2_050) }],
    ["no amount", { amount: minor(0) }],
    ["a code that is no integer", { code: "RJ" }],
  ])("is nothing for %s", async (_name, changes) => {
    const { provider, sent } = providerOf("ao");
    expect(await provider.submit({ ...order, ...changes })).toEqual({ kind: "not_started" });
    expect(sent).toEqual([]);
  });

  it("is announced in its facts", () => {
    const { facts } = providerOf("ao").provider;
    expect([facts.acceptsNumber("9826386400"), facts.acceptsNumber("0123")]).toEqual([true, false]);
    expect([facts.acceptsAmount(minor(2_000)), facts.acceptsAmount(minor(2_001))]).toEqual([true, false]);
  });
});

describe("what the nurr client sends", () => {
  it.each([
    ["bd.skitto.prepaid", "GP ST", 2_000, "amount=20&operator=GP+ST&account_type=prepaid"],
    ["bd.robi.postpaid", "RB", 2_050, "amount=20.50&operator=RB&account_type=postpaid"],
  ])("is a form for %s", async (product, code, amount, rest) => {
    const { provider, sent } = providerOf("nu");
    await provider.submit({ ...submission, product, code, number: "01812345600", amount: minor(amount) });
    const body = `api_key=k&api_secret=s&phone=01812345600&${rest}`;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect(sent).toEqual([{ url: "http://nu.test/api/mobile-recharge.php", method: "POST", headers, body }]);
  });
});

describe("facts", () => {
  it("carry the safety of the protocol with what the settings narrow", () => {
    const narrow = {
      finalAfterMs: 900_000,
      lookupsPerDay: 100,
      repeatWindowMs: 1_000_000,
      notFoundSettlesAfterMs: null,
    };
    const { provider } = providerOf("bp", narrow);
    expect(provider.facts.safety).toEqual({ ...protocolSafety.backnpay, ...narrow });
    expect(providerOf("nu", { finalAfterMs: 700_000 }).provider.facts.safety).toEqual({
      ...protocolSafety.nurr,
      finalAfterMs: 700_000,
    });
  });

  it("have methods only for what the protocol can do", () => {
    for (const { provider } of [providerOf("ao"), providerOf("nu")])
      expect(Object.keys(provider)).toEqual(["facts", "submit"]);
    expect(Object.keys(providerOf("bp").provider)).toEqual(["facts", "submit", "lookUp", "readBalance"]);
  });

  it("keep a shared code off until it is certified here", () => {
    const { facts } = providerOf("bp").provider;
    expect(facts.codeOf("in.airtel.prepaid")).toBe("3");
    expect(facts.codeOf("in.jvvnl.electricity")).toBeNull();
    expect(facts.codeOf("bd.robi.prepaid")).toBeNull();
    expect(facts.codeOf("constructor")).toBeNull();
    const codes = { "in.jvvnl.electricity": { code: "113", provenance: "certified" } };
    expect(providerOf("bp", { codes }).provider.facts.codeOf("in.jvvnl.electricity")).toBe("113");
    const letters = providerOf("bp", { codeTable: "alphabetic" }).provider.facts;
    expect(letters.codeOf("in.airtel.prepaid")).toBe("RA");
  });

  it("keep an inferred code off in live mode until it is certified", () => {
    expect(providerOf("ao").provider.facts.codeOf("in.jio.prepaid")).toBe("511");
    const { facts } = providerOf("ao", { mode: "live" }).provider;
    expect([facts.codeOf("in.jio.prepaid"), facts.codeOf("in.airtel.prepaid")]).toEqual([null, "518"]);
  });
});

describe("candidates", () => {
  const PROVIDERS = [
    { ...aopay, order: 20, orderOf: { "in.jio.prepaid": 5 } },
    { ...backnpay, order: 10 },
    nurr,
    { ...backnpay, id: "bp-live", mode: "live" },
  ];
  const instances = readProviderSettings({ PROVIDERS, PROVIDER_SECRETS: { ...secrets, "bp-live": secrets.bp } });
  const providers = createProviders(instances, () => Promise.reject(new Error("not asked")));

  it.each([
    ["in.airtel.prepaid", "sandbox", "INR", ["bp", "ao"]],
    ["in.jio.prepaid", "sandbox", "INR", ["ao", "bp"]],
    ["in.airtel.prepaid", "live", "INR", ["bp-live"]],
    ["in.airtel.prepaid", "sandbox", "BDT", []],
    ["bd.robi.prepaid", "sandbox", "BDT", ["nu"]],
    ["in.bescom.electricity", "sandbox", "INR", ["bp"]],
    ["in.nobody.prepaid", "sandbox", "INR", []],
  ] as const)("for %s, %s, %s are %j", (product, mode, currency, ids) => {
    const order = { product, mode, currency, number: "9812345678", amount: minor(2_000) };
    const facts = [...providers.values()].map((provider) => provider.facts);
    expect(candidatesOf(order, facts).map(({ id }) => id)).toEqual(ids);
  });
});
