// What a callback of the backnpay family says, and when it is more than a hint.
import { describe, expect, it } from "vitest";
import { readBacknpayCallback } from "../../../src/providers/backnpay-outcome.ts";
import { createProviders } from "../../../src/providers/registry.ts";
import { readProviderSettings } from "../../../src/providers/settings.ts";

const callback = {
  status: "SUCCESS",
  rpid: "16010823084714D907",
  mobile: "9826386456",
  amount: "12",
  agentid: "LC000010000001",
  opid: "OP1",
};
const carried = {
  ourReference: "LC000010000001",
  theirReference: "16010823084714D907",
  number: "9826386456",
  amount: 1_200,
};

describe("the words of a callback", () => {
  it("are kept whole, and carry what a reply carries", () => {
    expect(readBacknpayCallback(callback)).toEqual({
      kind: "succeeded",
      carried: { ...carried, operatorReference: "OP1" },
      said: `callback ${JSON.stringify(callback)}`,
    });
  });

  it.each([
    ["success", "succeeded"],
    ["FAILED", "failed"],
    ["FAILED,Refunded", "failed"],
    ["PENDING", "pending"],
    ["SUCCESS,Submitted", "pending"],
    ["DUPLICATE", "in_doubt"],
    ["REFUND", "in_doubt"],
  ])("%s is %s", (status, kind) => {
    const { opid: _, ...rest } = callback;
    expect(readBacknpayCallback({ ...rest, opid: null, status })).toMatchObject({ kind, carried });
  });

  it("with an amount that cannot be read are in doubt, and carry no operator's reference", () => {
    const read = readBacknpayCallback({ ...callback, amount: "much" });
    const { amount: _, ...rest } = carried;
    expect(read).toMatchObject({ kind: "in_doubt", carried: rest });
    expect(read.carried).toEqual(rest);
  });

  it("are cut", () => {
    expect(readBacknpayCallback({ ...callback, opid: "x".repeat(900) }).said).toHaveLength(500);
  });
});

function rulesOf(callbacks: object | undefined, login?: object) {
  const settings = { id: "up", protocol: "backnpay", mode: "sandbox", baseUrl: "http://up.test" };
  const instances = readProviderSettings({
    PROVIDERS: [callbacks === undefined ? settings : { ...settings, callbacks }],
    PROVIDER_SECRETS: { up: { userid: "u", pass: "p", ...(login === undefined ? {} : { callback: login }) } },
  });
  return createProviders(instances, () => Promise.reject(new Error("not asked"))).get("up")?.facts.callbacks;
}

describe("the rules of a provider's callbacks", () => {
  it("let none be more than a hint by default", () => {
    expect(rulesOf(undefined)).toEqual({ addresses: [], basic: null, mayReverse: false });
    expect(rulesOf(undefined, { user: "up", pass: "x" })).toEqual({ addresses: [], basic: null, mayReverse: false });
  });

  it("name addresses, and the header of Basic credentials (RFC 7617, UTF-8)", () => {
    const settings = { addresses: ["192.0.2.1", "2001:db8::/32"], basic: true, mayReverse: true };
    expect(rulesOf(settings, { user: "up", pass: "pä:ss" })).toEqual({
      ...settings,
      basic: `Basic ${Buffer.from("up:pä:ss").toString("base64")}`,
    });
  });

  it("want credentials where they are set, and addresses that are some", () => {
    const missing = "wrong settings: PROVIDER_SECRETS.up.callback: required where callbacks.basic is set";
    expect(() => rulesOf({ basic: true })).toThrow(missing);
    expect(() => rulesOf({ addresses: ["the office"] })).toThrow("PROVIDERS.0.callbacks.addresses.0");
    expect(() => rulesOf({}, { user: "a:b", pass: "x" })).toThrow("PROVIDER_SECRETS.up.callback.user: without a colon");
  });

  it("are none where the protocol has no callbacks", () => {
    const instances = readProviderSettings({
      PROVIDERS: [{ id: "n", protocol: "nurr", mode: "sandbox", baseUrl: "http://n.test" }],
      PROVIDER_SECRETS: { n: { api_key: "k", api_secret: "s" } },
    });
    const facts = createProviders(instances, () => Promise.reject(new Error("not asked"))).get("n")?.facts;
    expect(facts?.id).toBe("n");
    expect(facts?.callbacks).toBeUndefined();
  });
});
