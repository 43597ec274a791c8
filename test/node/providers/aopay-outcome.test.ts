import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAopaySubmit } from "../../../src/providers/aopay-outcome.ts";
import { type AopayReply, aopayUnauthorised, writeAopayReply } from "../../../src/wire/aopay/reply.ts";

const reading = { contentTypes: ["application/json"], secrets: ["AOP-554"] };
const usual: AopayReply = { state: "success", message: "Recharge done", error: null, txnId: "T1", ackno: "OP1" };
const read = (text: string, status = 200, contentType = "application/json; charset=utf-8") =>
  readAopaySubmit({ kind: "answered", status, contentType, text }, reading);
const reply = (changes: Partial<AopayReply>, status = 200) => read(writeAopayReply({ ...usual, ...changes }), status);

describe("an aopay answer", () => {
  it("succeeds with the two references that it carried", () => {
    const said = `HTTP 200 ${writeAopayReply(usual)}`;
    expect(reply({})).toEqual({ kind: "succeeded", carried: { theirReference: "T1", operatorReference: "OP1" }, said });
    expect(reply({ ackno: null })).toMatchObject({ kind: "succeeded", carried: { theirReference: "T1" } });
    expect(reply({ ackno: null })).not.toHaveProperty("carried.operatorReference");
  });

  it("is pending when all fields say so", () => {
    expect(reply({ state: "pending" })).toMatchObject({ kind: "pending", carried: { theirReference: "T1" } });
  });

  it.each([200, 401])("fails with HTTP %i when all fields say so", (status) => {
    const outcome = reply({ state: "failed", ackno: "OP1" }, status);
    expect(outcome).toMatchObject({ kind: "failed", cause: "operator", carried: { theirReference: "T1" } });
    expect(outcome).not.toHaveProperty("carried.operatorReference");
  });

  it("is declined by the documented 401 body with HTTP 401 only", () => {
    const said = `HTTP 401 ${JSON.stringify(aopayUnauthorised)}`;
    expect(read(JSON.stringify(aopayUnauthorised), 401)).toEqual({ kind: "declined", carried: {}, said });
    expect(read(JSON.stringify(aopayUnauthorised)).kind).toBe("in_doubt");
  });

  it.each([
    ["a success with HTTP 401", () => reply({}, 401)],
    ["pending with HTTP 401", () => reply({ state: "pending" }, 401)],
    ["fields that disagree", () => read(writeAopayReply(usual).replace('"TRUE"', '"FALSE"'))],
    ["a failure with HTTP 500", () => reply({ state: "failed" }, 500)],
    ["a redirect", () => reply({}, 302)],
    ["another content type", () => read(writeAopayReply(usual), 200, "text/html")],
    ["a page", () => read("<html>SUCCESS</html>")],
    ["a broken body", () => read(writeAopayReply(usual).slice(0, -1))],
    ["no answer", () => readAopaySubmit({ kind: "problem", problem: "lost" }, reading)],
  ])("is in doubt: %s", (_name, outcome) => {
    expect(outcome().kind).toBe("in_doubt");
  });

  it("carries the reference of a reply whose fields disagree", () => {
    const outcome = read(writeAopayReply(usual).replace('"TRUE"', '"FALSE"'));
    expect(outcome).toMatchObject({ carried: { theirReference: "T1" } });
  });

  it("keeps no registration id", () => {
    expect(reply({ message: "id AOP-554" })).toMatchObject({ said: expect.not.stringContaining("AOP-554") });
  });

  it("is in doubt whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), fc.constantFrom(200, 401), (text, status) => {
        expect(read(text, status).kind).toBe("in_doubt");
      }),
    );
  });
});
