// aopay's clients as the seed shows them, and what they are answered.
import { expect } from "vitest";
import { signAopayBody } from "../../src/wire/aopay/request.ts";
import { newDialectPartner, send } from "./dialect-journey.ts";

export const aopayPath = "/api/AOP/V2/MobileRecharge";
export const unauthorised = { status: false, response_code: 5, message: "Invalid signature encoding" };
export const home = "192.0.2.7";

export type Partner = Awaited<ReturnType<typeof newDialectPartner>>;

export function registrationOf({ dialect }: Partner): string {
  return dialect.secrets["RegistrationID"] ?? "";
}

export function post(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return send(aopayPath, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body });
}

export function fromHome(body: string): Promise<Response> {
  return post(body, { "CF-Connecting-IP": home });
}

export function signatureOf(partner: Partner, body: string, at = Date.now()): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1_000));
  const secret = partner.dialect.secrets["signing_secret"] ?? "";
  return { "X-Timestamp": timestamp, "X-Signature": signAopayBody(secret, timestamp, body) };
}

/** A partner whose key is good from `home` alone. */
export function atHome(): Promise<Partner> {
  return newDialectPartner("aopay", { key: { addresses: [home] } });
}

/** The body of the samples, which send Reliance Jio's 511. */
export function sampleOf(partner: Partner, number: string, more: Readonly<Record<string, unknown>> = {}): string {
  const id = { RegistrationID: registrationOf(partner), ProductID: 511, Amount: 10, Geocode: "23.6784,76.8764" };
  return JSON.stringify({ ...id, CustomerNumber: Number(number), ...more });
}

export const success = {
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

export function failure(reason: string, txnId: unknown = "0") {
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
