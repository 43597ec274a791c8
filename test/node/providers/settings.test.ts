import { describe, expect, it } from "vitest";
import { readProviderSettings } from "../../../src/providers/settings.ts";

const backnpay = { id: "bp", protocol: "backnpay", mode: "sandbox", baseUrl: "http://127.0.0.1:8788" };
const aopay = { id: "ao", protocol: "aopay", mode: "sandbox", baseUrl: "http://127.0.0.1:8788", geocode: "23.6,76.8" };
const nurr = { id: "nu", protocol: "nurr", mode: "sandbox", baseUrl: "http://127.0.0.1:8788" };
const secrets = {
  bp: { userid: "u", pass: "s3cret" },
  ao: { registrationId: "AOP-1" },
  nu: { api_key: "k", api_secret: "s" },
};
const live = { ...backnpay, mode: "live", baseUrl: "http://www.backnpay.in" };

function read(providers: unknown, given: unknown = secrets, installation = "local") {
  return readProviderSettings({ INSTALLATION: installation, PROVIDERS: providers, PROVIDER_SECRETS: given });
}

/** What the error says of one backnpay provider with these settings, or null when they are right. */
function problemWith(changes: object, base: object = backnpay, installation = "local"): string | null {
  try {
    read([{ ...base, ...changes }], { bp: secrets.bp }, installation);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

const defaultSchedule = [10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000, 21_600_000, 86_400_000];

describe("provider settings", () => {
  it("are read from JSON text or from objects, with the secrets of each", () => {
    const instances = read([backnpay, aopay, nurr]);
    expect(read(JSON.stringify([backnpay, aopay, nurr]), JSON.stringify(secrets))).toEqual(instances);
    expect(instances.map(({ id, secrets: own }) => [id, own])).toEqual(Object.entries(secrets));
  });

  it("have the defaults of the sandbox", () => {
    expect(read([backnpay], { bp: secrets.bp })[0]).toEqual({
      ...backnpay,
      callbacks: { addresses: [], basic: false, mayReverse: false },
      secrets: secrets.bp,
      path: "/API/APIService.aspx",
      contentTypes: ["application/json", "text/json", "text/xml", "application/xml"],
      callLimitMs: 10_000,
      lookupScheduleMs: defaultSchedule,
      caseAfterMs: 86_400_000,
      finalAfterMs: 600_000,
      staleForMs: 10_000,
      order: 100,
      orderOf: {},
      codes: {},
      submitBy: "get",
      codeTable: "numeric",
      duplicate: "rejects",
      notFoundTexts: ["NOTFOUND"],
      notFoundSettlesAfterMs: 60_000,
      repeatWindowMs: 900_000,
      lookupsPerDay: 1_000,
      balanceEveryMs: 600_000,
    });
    expect(read([aopay, nurr], { ao: secrets.ao, nu: secrets.nu })).toMatchObject([
      { path: "/api/AOP/V2/MobileRecharge", caseAfterMs: 3_600_000, callLimitMs: 10_000, geocode: "23.6,76.8" },
      { path: "/api/mobile-recharge.php", caseAfterMs: 3_600_000, contentTypes: ["application/json", "text/json"] },
    ]);
  });

  it("never read absence in live mode by default, and wait longer there", () => {
    const [instance] = read([live], { bp: secrets.bp }, "live");
    expect(instance).toMatchObject({ callLimitMs: 30_000, notFoundTexts: [], notFoundSettlesAfterMs: null });
  });
});

describe("wrong provider settings", () => {
  it.each([
    [{ PROVIDER_SECRETS: {} }, "wrong settings: PROVIDERS: "],
    [{ PROVIDERS: "[{" }, "wrong settings: PROVIDERS: "],
    [{ PROVIDERS: [] }, "wrong settings: PROVIDER_SECRETS: "],
    [{ PROVIDERS: [], PROVIDER_SECRETS: "{" }, "wrong settings: PROVIDER_SECRETS: "],
  ])("name themselves when missing or unreadable: %j", (env, message) => {
    expect(() => readProviderSettings(env)).toThrow(message);
  });

  it.each([
    [{ protocol: "soap" }, "PROVIDERS.0.protocol: "],
    [{ mode: "test" }, "PROVIDERS.0.mode: "],
    [{ id: "Über" }, "PROVIDERS.0.id: 1-32 of a-z"],
    [{ baseUrl: "ftp://x" }, "PROVIDERS.0.baseUrl: "],
    [{ baseUrl: "http://x/API" }, "PROVIDERS.0.baseUrl: scheme and host only"],
    [{ baseUrl: "http://user:pw@x" }, "PROVIDERS.0.baseUrl: scheme and host only"],
    [{ path: "API" }, "PROVIDERS.0.path: a path"],
    [{ callLimitMs: 0 }, "PROVIDERS.0.callLimitMs: "],
    [{ lookupScheduleMs: [] }, "PROVIDERS.0.lookupScheduleMs: "],
    [{ codes: { airtel: { code: "3", provenance: "certified" } } }, "PROVIDERS.0.codes.airtel: "],
    [
      { codes: { "in.x.prepaid": { code: "3", provenance: "inferred" } } },
      "PROVIDERS.0.codes.in.x.prepaid.provenance: ",
    ],
    [{ submitBy: "get", duplicate: "unknown" }, "PROVIDERS.0.submitBy: a GET may be repeated"],
    [{ colour: "red" }, 'Unrecognized key: "colour"'],
  ])("name what is wrong: %j", (changes, message) => {
    expect(problemWith(changes)).toContain(message);
  });

  it("allow POST where duplicates are not known to be rejected", () => {
    expect(problemWith({ submitBy: "post", duplicate: "unknown" })).toBeNull();
  });
});

describe("provider secrets", () => {
  it("are required, checked and never repeated in the error", () => {
    const given = { bp: { userid: "u", pass: 12_345_678 }, ao: { registrationId: "" }, xx: { a: "hidden" } };
    const attempt = () => read([backnpay, aopay, nurr], given);
    for (const name of ["bp.pass", "ao.registrationId", "nu", "xx"])
      expect(attempt).toThrow(`PROVIDER_SECRETS.${name}: `);
    expect(attempt).not.toThrow(/12345678|hidden/);
  });

  it("belong to one provider each: ids are unique", () => {
    const twice = [backnpay, { ...nurr, id: "bp" }];
    expect(() => read(twice, { bp: secrets.bp })).toThrow("PROVIDERS.1.id: an earlier provider has the same id");
  });
});

describe("live mode", () => {
  it.each([
    [{ finalAfterMs: 599_999 }, { finalAfterMs: 600_000 }],
    [{ staleForMs: 9_999 }, { staleForMs: 10_000 }],
    [{ callLimitMs: 9_999 }, { callLimitMs: 10_000 }],
    [{ caseAfterMs: 599_999 }, { caseAfterMs: 600_000 }],
    [{ lookupScheduleMs: [5_000, 4_999] }, { lookupScheduleMs: [5_000] }],
    [{ notFoundSettlesAfterMs: 599_999 }, { notFoundSettlesAfterMs: 600_000 }],
    [{ repeatWindowMs: 899_999 }, { repeatWindowMs: 900_000 }],
    [{ lookupsPerDay: 1_001 }, { lookupsPerDay: 1_000 }],
  ])("has a floor: not %j but %j", (below, at) => {
    expect(problemWith(below, live)).toContain(`PROVIDERS.0.${Object.keys(below).join("")}: `);
    expect(problemWith(at, live)).toBeNull();
    expect(problemWith(below)).toBeNull();
  });

  it.each([
    "http://127.0.0.1:8788",
    "http://127.1",
    "https://LOCALHOST",
    "http://[::1]:1",
    "http://0.0.0.0",
    "http://a.localhost",
  ])("of a live installation refuses %s", (baseUrl) => {
    expect(problemWith({ baseUrl }, live, "live")).toContain(
      "PROVIDERS.0.baseUrl: a live provider cannot be on this machine",
    );
    expect(problemWith({ baseUrl }, live)).toBeNull();
    expect(problemWith({ baseUrl }, backnpay, "live")).toBeNull();
  });

  it("says all that is wrong at once", () => {
    const message = problemWith({ finalAfterMs: 1, callLimitMs: 1 }, live);
    expect(message).toBe(
      "wrong settings: PROVIDERS.0.finalAfterMs: at least 600000 in live mode; PROVIDERS.0.callLimitMs: at least 10000 in live mode",
    );
  });
});
