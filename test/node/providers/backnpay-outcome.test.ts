import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readBacknpayBalance,
  readBacknpayLookup,
  readBacknpaySubmit,
} from "../../../src/providers/backnpay-outcome.ts";

const reading = { contentTypes: ["application/json", "text/xml"], notFoundTexts: ["NOTFOUND"], secrets: ["s3cret"] };
const usual = {
  STATUS: "SUCCESS",
  MOBILE: "9826386456",
  AMOUNT: "12",
  RPID: "R1",
  AGENTID: "LC000010000001",
  OPID: "OP1",
  BAL: 302.15,
  MSG: "Recharge done",
};
const carried = {
  ourReference: "LC000010000001",
  theirReference: "R1",
  number: "9826386456",
  amount: 1_200,
  balanceAfter: 30_215,
};
const answer = (text: string, status = 200, contentType = "application/json") =>
  ({ kind: "answered", status, contentType, text }) as const;
const reply = (changes: Readonly<Record<string, unknown>>) => answer(JSON.stringify({ ...usual, ...changes }));
const submit = (changes: Readonly<Record<string, unknown>>) => readBacknpaySubmit(reply(changes), reading);
const lookUp = (changes: Readonly<Record<string, unknown>>) => readBacknpayLookup(reply(changes), reading);

const states = [
  [{ STATUS: "Success" }, "succeeded"],
  [{ MSG: "" }, "succeeded"],
  [{ STATUS: "SUCCESS,Request submitted" }, "pending"],
  [{ STATUS: "SUCCESS , x" }, "pending"],
  [{ STATUS: "SUCCESSFUL" }, "in_doubt"],
  [{ STATUS: "OK" }, "in_doubt"],
  [{ MSG: "Request Submitted Successfully" }, "pending"],
  [{ MSG: "Processed" }, "pending"],
  [{ MSG: "Accepted" }, "pending"],
  [{ MSG: "Transaction Failed" }, "in_doubt"],
  [{ MSG: "Unsuccessful" }, "in_doubt"],
  [{ MSG: "Refunded" }, "in_doubt"],
  [{ STATUS: "PENDING" }, "pending"],
  [{ STATUS: "Pending" }, "pending"],
  [{ STATUS: "PENDINGX" }, "in_doubt"],
  [{ STATUS: "DUPLICATE" }, "in_doubt"],
  [{ STATUS: "FAILED", MSG: "Duplicate order" }, "in_doubt"],
  [{ STATUS: "FAILED", OPID: "Repeat Request within Specific Time" }, "in_doubt"],
  [{ STATUS: "FAILED", MSG: "Repeat Request within Specific Time", RPID: "", OPID: "" }, "in_doubt"],
  [{ STATUS: "FAILED", MSG: "Recharge Success" }, "in_doubt"],
  [{ STATUS: "FAILURE" }, "in_doubt"],
  [{ STATUS: "Login Failed", RPID: "" }, "in_doubt"],
  [{ AMOUNT: "twelve" }, "in_doubt"],
  [{ STATUS: "FAILED", MSG: "Login Failed", RPID: "", AMOUNT: "1.005" }, "in_doubt"],
] as const;

const failures = [
  [{ MSG: "Transaction Failed" }, { kind: "failed", cause: "operator" }],
  [{ STATUS: "FAILED,no stock" }, { kind: "failed", cause: "operator" }],
  [{ STATUS: "Failed , Invalid Refill Amount" }, { kind: "failed", cause: "amount" }],
  [{ MSG: "Invalid Refill Amount" }, { kind: "failed", cause: "amount" }],
  [
    { MSG: "Failed", OPID: "Invalid Acount Number" },
    { kind: "failed", cause: "number" },
  ],
  [
    { MSG: "Invalid Refill Amount", OPID: "Invalid Acount Number" },
    { kind: "failed", cause: "operator" },
  ],
  [{ MSG: "Login Failed" }, { kind: "failed", cause: "operator" }],
  [{ MSG: "Login Failed", RPID: "", OPID: "Login Failed" }, { kind: "declined" }],
  [
    { MSG: "Login Failed", RPID: "", OPID: "Invalid Refill Amount" },
    { kind: "failed", cause: "operator" },
  ],
  [
    { MSG: "Login Failed", RPID: "0" },
    { kind: "failed", cause: "operator" },
  ],
  [{ MSG: "Insufficiant Balance", RPID: "" }, { kind: "declined" }],
  [
    { MSG: "Inavlid or Incomplete parameter", RPID: "" },
    { kind: "declined", alarm: "backnpay found our request incomplete" },
  ],
  [{ MSG: "Inavlid or Incomplete parameter" }, { kind: "failed", cause: "operator" }],
] as const;

describe("a backnpay answer to a recharge", () => {
  it("succeeds with all that it carried", () => {
    const said = `HTTP 200 ${JSON.stringify(usual)}`;
    expect(submit({})).toEqual({ kind: "succeeded", carried: { ...carried, operatorReference: "OP1" }, said });
  });

  it.each(states)("%j is %s", (changes, kind) => {
    expect(submit(changes).kind).toBe(kind);
  });

  it.each(failures)("a failure that says %j is %j", (changes, expected) => {
    const {
      carried: _carried,
      said: _said,
      ...outcome
    } = { carried: {}, said: "", ...submit({ STATUS: "FAILED", ...changes }) };
    expect(outcome).toEqual(expected);
  });

  it("takes no reference of the operator from a failure, nor a placeholder from a success", () => {
    expect(submit({ STATUS: "FAILED" })).toMatchObject({ carried });
    expect(submit({ STATUS: "FAILED" })).not.toHaveProperty("carried.operatorReference");
    expect(submit({ OPID: "NA" })).not.toHaveProperty("carried.operatorReference");
  });

  it("carries what speaks of another attempt: the account compares", () => {
    const other = { MOBILE: "9000000000", AMOUNT: "99.50", AGENTID: "X" };
    expect(submit(other)).toMatchObject({ kind: "succeeded", carried: { number: "9000000000", amount: 9_950 } });
  });

  it("raises an alarm about an amount that cannot be read", () => {
    expect(submit({ AMOUNT: "12,00" })).toMatchObject({ alarm: "an amount that cannot be read" });
  });
});

describe("a backnpay answer whose words do not count", () => {
  const body = JSON.stringify(usual);

  it.each([
    [answer(body, 200, "text/html")],
    [answer(body, 302)],
    [answer(body, 201)],
    [answer(body, 500)],
    [answer(body, 520)],
    [answer(body.slice(0, -2))],
    [answer("<html><body>SUCCESS</body></html>")],
    [answer("")],
    [{ kind: "problem", problem: "timeout" } as const],
  ])("is in doubt: %j", (given) => {
    expect(readBacknpaySubmit(given, reading)).toMatchObject({ kind: "in_doubt", carried: {} });
    expect(readBacknpayLookup(given, reading)).toMatchObject({ kind: "in_doubt", carried: {} });
    expect(readBacknpayBalance(given, reading).balance).toBeNull();
  });

  it("is in doubt whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(readBacknpaySubmit(answer(text), reading).kind).toBe("in_doubt");
        expect(readBacknpayLookup(answer(text, 200, "text/xml"), reading).kind).toBe("in_doubt");
        expect(readBacknpayBalance(answer(text), reading).balance).toBeNull();
      }),
    );
  });

  it("is in doubt or pending for any state but the exact words", () => {
    const state = fc.string().filter((text) => !/^\s*(success|failed\s*(,.*)?)\s*$/i.test(text));
    fc.assert(
      fc.property(state, (STATUS) => {
        expect(["in_doubt", "pending"]).toContain(submit({ STATUS }).kind);
      }),
    );
  });

  it("keeps no secret", () => {
    expect(submit({ MSG: "pass=s3cret" })).toMatchObject({ said: expect.not.stringContaining("s3cret") });
  });
});

describe("a backnpay answer to a status check", () => {
  it.each([
    [{}, "succeeded"],
    [{ MSG: "submitted" }, "pending"],
    [{ STATUS: "PENDING" }, "pending"],
    [{ STATUS: "FAILED" }, "failed"],
    [{ STATUS: "FAILED", RPID: "" }, "in_doubt"],
    [{ STATUS: "FAILED", RPID: "0" }, "in_doubt"],
    [{ STATUS: "FAILED", MSG: "Login Failed", RPID: "" }, "in_doubt"],
    [{ STATUS: "FAILED", MSG: "Repeat Request within Specific Time" }, "in_doubt"],
    [{ STATUS: "NOTFOUND" }, "not_found"],
    [{ STATUS: "NotFound" }, "in_doubt"],
    [{ STATUS: "NOTFOUND,x" }, "in_doubt"],
    [{ AMOUNT: "x" }, "in_doubt"],
  ])("%j is %s", (changes, kind) => {
    expect(lookUp(changes).kind).toBe(kind);
  });

  it("carries what it carried", () => {
    expect(lookUp({})).toMatchObject({ carried: { ...carried, operatorReference: "OP1" } });
  });

  it("is never absence where no text is certified", () => {
    expect(readBacknpayLookup(reply({ STATUS: "NOTFOUND" }), { ...reading, notFoundTexts: [] }).kind).toBe("in_doubt");
  });
});

describe("a backnpay answer to a balance check", () => {
  it.each([
    ['{"STATUS":"302.10","MSG":"Remaining Balance"}', 30_210],
    ['{"Status":-5,"MSG":"Remaining Balance"}', -500],
    ['{"STATUS":"FAILED","MSG":"Login Failed"}', null],
    ['{"STATUS":"","BAL":302.10}', null],
  ])("%s is %j", (text, balance) => {
    expect(readBacknpayBalance(answer(text), reading)).toEqual({ balance, said: `HTTP 200 ${text}` });
  });
});
