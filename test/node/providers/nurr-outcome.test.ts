import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { readNurrSubmit } from "../../../src/providers/nurr-outcome.ts";
import { nurrErrors, writeNurrError } from "../../../src/wire/nurr/errors.ts";
import { type NurrReply, writeNurrReply } from "../../../src/wire/nurr/reply.ts";

const reading = { contentTypes: ["application/json"], secrets: ["key-1", "secret-1"] };
const usual: NurrReply = {
  state: "success",
  fullName: "Customer Name",
  phone: "01712345678",
  amount: minor(2_000),
  operatorName: "Grameenphone",
  commission: minor(20),
  before: minor(100_000),
  after: minor(98_020),
  operatorTransactionId: "TXN1",
  failureReason: "Something wrong please try again later.",
  reward: null,
};
const failed = { state: "failed", commission: minor(0), after: usual.before, operatorTransactionId: null } as const;
const read = (text: string, status: number, contentType = "application/json") =>
  readNurrSubmit({ kind: "answered", status, contentType, text }, reading);
const reply = (changes: Partial<NurrReply>, status?: number) => {
  const written = writeNurrReply({ ...usual, ...changes });
  return read(written.body, status ?? written.status);
};
const carried = {
  number: "01712345678",
  amount: 2_000,
  balanceBefore: 100_000,
  balanceAfter: 98_020,
  providerCommission: 20,
};

describe("a nurr answer", () => {
  it("succeeds with all that it carried", () => {
    const said = `HTTP 200 ${writeNurrReply(usual).body}`;
    expect(reply({})).toEqual({ kind: "succeeded", carried: { ...carried, operatorReference: "TXN1" }, said });
  });

  it("fails with an unmoved balance and no reference", () => {
    const unmoved = { ...carried, balanceAfter: 100_000, providerCommission: 0 };
    const said = `HTTP 200 ${writeNurrReply({ ...usual, ...failed }).body}`;
    expect(reply(failed)).toEqual({ kind: "failed", cause: "operator", carried: unmoved, said });
  });

  it("is pending with HTTP 202, or with the word", () => {
    expect(reply({ state: "pending" })).toMatchObject({ kind: "pending", carried });
    expect(reply({ state: "pending" }, 200).kind).toBe("pending");
    expect(reply({}, 202).kind).toBe("pending");
  });

  it("raises an alarm where the balances do not fit the words", () => {
    expect(reply({ after: minor(98_000) })).toMatchObject({
      kind: "succeeded",
      alarm: "a success whose balances do not foot",
    });
    expect(reply({ ...failed, after: minor(98_000) })).toMatchObject({
      kind: "failed",
      alarm: "a failure that moved the balance",
    });
  });

  it("raises none where a balance is missing", () => {
    expect(read('{"success":true,"status":"Success","amount":"20.00","after_balance":"1.00"}', 200)).toEqual({
      kind: "succeeded",
      carried: { amount: 2_000, balanceAfter: 100 },
      said: expect.any(String),
    });
    const noCommission =
      '{"success":true,"status":"Success","amount":"20.00","before_balance":"9.00","after_balance":"1.00"}';
    expect(read(noCommission, 200)).not.toHaveProperty("alarm");
  });
});

describe("a nurr answer whose words do not count", () => {
  it.each([
    ["success without the word", '{"success":true}'],
    ["the word without success", '{"success":false,"status":"Success"}'],
    ["the word alone", '{"status":"Success"}'],
    ["another word", '{"success":true,"status":"SUCCESS!"}'],
    ["failed and success", '{"success":true,"status":"Failed"}'],
    ["an error beside the words", '{"success":true,"status":"Success","error":"x"}'],
    ["an amount that cannot be read", '{"success":true,"status":"Success","amount":"twenty"}'],
    ["an error with HTTP 200", '{"error":"Invalid API credentials."}'],
    ["a page", "<html>Success</html>"],
    ["half an answer", '{"success":true,"status":"Succ'],
  ])("is in doubt: %s", (_name, text) => {
    expect(read(text, 200).kind).toBe("in_doubt");
  });

  it("is in doubt with a failure in HTTP 202, another status, type or no answer at all", () => {
    expect(reply(failed, 202).kind).toBe("in_doubt");
    for (const status of [201, 302, 400, 500, 502, 525]) expect(reply({}, status).kind).toBe("in_doubt");
    expect(read(writeNurrReply(usual).body, 200, "text/html").kind).toBe("in_doubt");
    expect(readNurrSubmit({ kind: "problem", problem: "timeout" }, reading).kind).toBe("in_doubt");
  });

  it("keeps no credential", () => {
    expect(reply({ fullName: "key-1 secret-1" })).toMatchObject({ said: expect.not.stringMatching(/key-1|secret-1/) });
  });

  it("is in doubt whatever the text", () => {
    const statuses = fc.constantFrom(200, 202, 401, 422, 500);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), statuses, (text, status) => {
        expect(read(text, status).kind).toBe("in_doubt");
      }),
    );
  });
});

describe("a documented error of nurr", () => {
  it.each([
    ["credentials", { kind: "declined" }],
    ["missing", { kind: "declined", alarm: "nurr missed a parameter in our request" }],
    ["accountType", { kind: "declined", alarm: "nurr refused our account type" }],
    ["operator", { kind: "declined", alarm: "nurr refused our operator code" }],
    ["operatorNumber", { kind: "failed", cause: "number" }],
    ["amount", { kind: "failed", cause: "amount" }],
    ["balance", { kind: "declined" }],
    ["failed", { kind: "in_doubt" }],
  ] as const)("%s is %j", (error, expected) => {
    const { status, body } = writeNurrError(error);
    expect(read(body, status)).toEqual({ ...expected, carried: {}, said: `HTTP ${status} ${body}` });
  });

  const text = nurrErrors.balance.text;

  it.each([
    ["with the code of another", 401, { error: text }],
    ["in another spelling", 422, { error: "insufficient balance" }],
    ["beside a success", 422, { error: text, success: true }],
    ["beside a state", 422, { error: text, status: "Pending" }],
    ["beside an id", 422, { error: text, operator_transaction_id: "T1" }],
    ["beside a balance that moved", 422, { error: text, before_balance: "10.00", after_balance: "9.00" }],
    ["missing", 422, {}],
  ])("is in doubt %s", (_name, status, body) => {
    expect(read(JSON.stringify(body), status).kind).toBe("in_doubt");
  });

  it("may carry a balance that did not move", () => {
    const body = JSON.stringify({ error: text, success: false, before_balance: "10.00", after_balance: "10.00" });
    expect(read(body, 422).kind).toBe("declined");
  });
});
