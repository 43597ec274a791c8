import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AopayReply, aopayUnauthorised, readAopayReply, writeAopayReply } from "../../../src/wire/aopay/reply.ts";
import { buildAopayRequest, mayBeInteger, readAopayRequest, signAopayBody } from "../../../src/wire/aopay/request.ts";

const seed = readFileSync(new URL("../../../docs/seeds/aopay.txt", import.meta.url), "utf8");
const order = {
  registrationId: 'AOP-"554',
  productId: "518",
  rupees: "10",
  geocode: "23.6784,76.8764",
  customerNumber: "98765432109876543210",
};

describe("an aopay request", () => {
  it("types product, amount and number as integers and loses no digit", () => {
    const body = buildAopayRequest(order);
    expect(body).toBe(
      '{"RegistrationID":"AOP-\\"554","ProductID":518,"Amount":10,"Geocode":"23.6784,76.8764","CustomerNumber":98765432109876543210}',
    );
    const { rupees: amount, ...rest } = order;
    expect(readAopayRequest(body)).toEqual({ ...rest, amount, agentid: null });
  });

  it.each([["productId"], ["rupees"], ["customerNumber"]] as const)(
    "is not written with a %s that is no integer",
    (field) => {
      for (const wrong of ["0", "012", "1a", "", "-1", "1.5", "1".repeat(31)])
        expect(() => buildAopayRequest({ ...order, [field]: wrong })).toThrow("integers without a leading zero");
    },
  );

  it("knows which digits an integer carries", () => {
    expect(mayBeInteger("9")).toBe(true);
    expect(mayBeInteger("1".repeat(30))).toBe(true);
    expect(mayBeInteger("1".repeat(31))).toBe(false);
    expect(mayBeInteger("09")).toBe(false);
    expect(mayBeInteger(" 9")).toBe(false);
    expect(mayBeInteger("9 ")).toBe(false);
  });
});

describe("an aopay request as we read it", () => {
  it("is read with numbers or text, and with null for what is missing or of another type", () => {
    const body =
      '{"RegistrationID":" A ","ProductID":"518","Amount":10.50,"CustomerNumber":"0123","Geocode":[1],"agentid":"X1"}';
    expect(readAopayRequest(body)).toEqual({
      registrationId: "A",
      productId: "518",
      amount: "10.50",
      geocode: null,
      customerNumber: "0123",
      agentid: "X1",
    });
    const others = { productId: null, amount: null, geocode: null, customerNumber: null, agentid: null };
    expect(readAopayRequest('{"RegistrationID":""}')).toEqual({ registrationId: null, ...others });
  });

  it.each(["", "[]", "null", "12", "x", '{"Amount":'])("is none when the body is %j", (body) => {
    expect(readAopayRequest(body)).toBeNull();
  });

  it("is signed over timestamp and raw body", () => {
    const expected = createHmac("sha256", "s3cret").update('1700000000.{"a":"বা"}').digest("base64");
    expect(signAopayBody("s3cret", "1700000000", '{"a":"বা"}')).toBe(expected);
  });
});

const failed: AopayReply = {
  state: "failed",
  message: "Your payment for Reliance Jio Bill Payment Prepaid failed | Transaction failed",
  error: "Transaction failed",
  txnId: "DGFIN4c31cf793a",
  ackno: null,
};

function parse(text: string): Record<string, unknown> {
  return JSON.parse(text);
}

const wrong: Record<"success" | "failed" | "pending", readonly (readonly [string, unknown])[]> = {
  success: [
    ["status", false],
    ["Status", "FALSE"],
    ["Status", "XTRUE"],
    ["statusCode", 202],
    ["statusCode", 401],
    ["error", "x"],
    ["msg", "ERROR"],
    ["data.status", "FAILED"],
    ["data.status", "SUCCESS,SUBMITTED"],
  ],
  failed: [
    ["status", true],
    ["Status", "TRUE"],
    ["statusCode", 200],
    ["statusCode", 500],
    ["statusCode", 4010],
    ["statusCode", 14_01],
    ["error", null],
    ["error", " "],
    ["msg", "success"],
    ["data.status", "PENDING"],
  ],
  pending: [
    ["status", true],
    ["Status", "FALSE"],
    ["statusCode", 200],
    ["error", "x"],
    ["data.status", "SUCCESS"],
  ],
};
const cases = Object.entries(wrong).flatMap(([state, changes]) => changes.map((change) => [state, ...change] as const));

describe("an aopay reply", () => {
  it("equals the seed's samples for failure and 401", () => {
    const samples = seed.slice(seed.indexOf("Example")).replace("Example", "");
    const split = samples.indexOf('{\n  "status": false,\n  "response_code"');
    expect(parse(writeAopayReply(failed))).toEqual(parse(samples.slice(0, split)));
    expect(aopayUnauthorised).toEqual(parse(samples.slice(split)));
  });

  it("says success and pending as decided where the seed is silent", () => {
    expect(parse(writeAopayReply({ ...failed, state: "success", message: "ok", error: "x", ackno: "OP1" }))).toEqual({
      status: true,
      msg: "success",
      error: null,
      statusCode: 200,
      ReferanceID: null,
      data: { message: "ok", txnId: "DGFIN4c31cf793a", status: "SUCCESS", ackno: "OP1" },
      Status: "TRUE",
      message: "",
      Value: "",
    });
    expect(parse(writeAopayReply({ ...failed, state: "pending" }))).toMatchObject({
      status: false,
      msg: "pending",
      error: null,
      statusCode: 202,
      data: { status: "PENDING", ackno: "0" },
      Status: "PENDING",
    });
    expect(parse(writeAopayReply({ ...failed, error: null }))["error"]).toBe("Transaction failed");
  });

  it.each(["success", "failed", "pending"] as const)("is read back as %s", (state) => {
    const reason = state === "failed" ? "Transaction failed" : failed.message;
    const expected = { kind: "reply", state, reason, txnId: failed.txnId, ackno: "OP1" };
    expect(readAopayReply(`\ufeff${writeAopayReply({ ...failed, state, ackno: "OP1" })}`)).toEqual(expected);
  });
});

describe("a refusal of aopay", () => {
  it("is read as a refusal only in exactly the documented shape", () => {
    const read = { kind: "unauthorised", message: "Invalid signature encoding" };
    expect(readAopayReply(JSON.stringify(aopayUnauthorised))).toEqual(read);
    expect(readAopayReply(JSON.stringify({ ...aopayUnauthorised, status: true }))).toBeNull();
    expect(readAopayReply(JSON.stringify({ ...aopayUnauthorised, txnId: "T" }))).toBeNull();
    expect(readAopayReply('{"status":false,"response_code":5}')).toBeNull();
  });
});

describe("the state of an aopay reply", () => {
  it.each(cases)("is in doubt when a %s reply says %s: %j", (state, field, value) => {
    const written = writeAopayReply({
      ...failed,
      state: state === "success" || state === "failed" ? state : "pending",
    });
    const body = parse(written);
    if (field === "data.status") body["data"] = { txnId: "T", status: value };
    else body[field] = value;
    expect(readAopayReply(JSON.stringify(body))).toMatchObject({ kind: "reply", state: null });
  });

  it("reads states in any case, and references as none when they are missing", () => {
    const body = { status: true, statusCode: "200", data: { status: "Success" }, Status: "true" };
    const none = { reason: null, txnId: null, ackno: null };
    expect(readAopayReply(JSON.stringify(body))).toEqual({ kind: "reply", state: "success", ...none });
    const data = { status: "failed", message: " why ", txnId: " T1 ", ackno: "" };
    const failure = { status: false, statusCode: 499, error: "e", data, Status: "False", msg: "Error" };
    expect(readAopayReply(JSON.stringify(failure))).toEqual({
      kind: "reply",
      state: "failed",
      reason: "e",
      txnId: "T1",
      ackno: null,
    });
  });

  it.each([
    "",
    "{}",
    "[]",
    "null",
    "<html></html>",
    '{"status":true}',
    '{"status":"true","statusCode":200,"Status":"TRUE","data":{"status":"SUCCESS"}}',
  ])("is none when it says %j", (body) => {
    expect(readAopayReply(body)).toBeNull();
  });

  it("never dies of a text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (body) => {
        expect(readAopayReply(body)).toBeNull();
        readAopayRequest(body);
      }),
    );
  });
});
