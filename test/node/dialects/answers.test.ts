// What each refusal and each state is on the wires of aopay and nurr: total tables, held against our own clients.
import { describe, expect, test } from "vitest";
import type { UnreferencedAnswer } from "../../../src/accounts/account.ts";
import { minor } from "../../../src/base/money.ts";
import { refusal, type RefusalCode, refusals } from "../../../src/base/refusal.ts";
import { ok, refuse } from "../../../src/base/result.ts";
import * as aopay from "../../../src/dialects/aopay-answers.ts";
import * as nurr from "../../../src/dialects/nurr-answers.ts";
import { readAopaySubmit } from "../../../src/providers/aopay-outcome.ts";
import { readNurrSubmit } from "../../../src/providers/nurr-outcome.ts";
import { rechargeStates, type RechargeState, type RechargeView } from "../../../src/recharges/recharge.ts";

const reading = { contentTypes: ["application/json"], secrets: [] };
const wallet = { currency: "BDT", balance: minor(98_020), held: minor(0), debt: minor(0) } as const;
const ordered = { phone: "01712345600", amount: minor(2_000), operatorName: "Grameenphone" };

function heard({ status, body }: { status: number; body: string }) {
  return { kind: "answered", status, contentType: "application/json; charset=utf-8", text: body } as const;
}

function refusedWith(code: RefusalCode): UnreferencedAnswer {
  return { placed: refuse(refusal(code, "a sentence for an engineer")), partner: "Shop", wallet };
}

function rechargeIn(state: RechargeState, more: Partial<RechargeView> = {}): UnreferencedAnswer {
  const recharge: RechargeView = {
    id: "rch_000010000001",
    agentId: "nurr:1",
    mode: "sandbox",
    product: "bd.grameenphone.prepaid",
    number: "01712345600",
    fields: {},
    face: minor(2_000),
    commission: minor(20),
    cost: minor(1_980),
    currency: "BDT",
    planVersion: 1,
    state,
    proof: null,
    operatorReference: "TXN1",
    failure: state === "failed" ? { source: "operator", cause: "operator", text: " Line is down " } : null,
    repeatOf: null,
    createdAt: 1,
    updatedAt: 1,
    resolvesBy: null,
    hasOpenCase: false,
    eventNumber: 2,
    ...more,
  };
  return { placed: ok({ recharge, isReplay: false }), partner: "Shop", wallet };
}

const codes = [
  "credentials",
  "address",
  "scope",
  "rate",
  "content_type",
  "body_too_large",
  "body_malformed",
  "parameter",
  "agent_id_conflict",
  "suspended",
  "product_unknown",
  "product_unavailable",
  "number",
  "number_operator",
  "field",
  "amount_range",
  "amount_step",
  "currency",
  "max_cost",
  "limit_recharge",
  "limit_day",
  "balance",
  "repeat",
  "repeat_of",
  "velocity",
  "not_found",
] as const satisfies readonly RefusalCode[];

/** Of nurr: the documented text, or null for a failed reply whose reason is the refusal's title. */
const nurrTexts = {
  credentials: "Invalid API credentials.",
  address: "Invalid API credentials.",
  scope: "Invalid API credentials.",
  rate: null,
  content_type: "Missing required parameters.",
  body_too_large: "Missing required parameters.",
  body_malformed: "Missing required parameters.",
  parameter: "Missing required parameters.",
  agent_id_conflict: null,
  suspended: null,
  product_unknown: "Invalid operator.",
  product_unavailable: null,
  number: "Invalid operator number for this recharge.",
  number_operator: "Invalid operator number for this recharge.",
  field: "Missing required parameters.",
  amount_range: "Invalid recharge amount.",
  amount_step: "Invalid recharge amount.",
  currency: null,
  max_cost: null,
  limit_recharge: "Invalid recharge amount.",
  limit_day: null,
  balance: "Insufficient balance.",
  repeat: null,
  repeat_of: null,
  velocity: null,
  not_found: null,
} as const satisfies Record<RefusalCode, string | null>;

/** Of aopay: the words of `error`, or null for the documented 401. */
const aopayTexts = {
  credentials: null,
  address: null,
  scope: null,
  rate: "Too many requests",
  content_type: "Invalid request",
  body_too_large: "Invalid request",
  body_malformed: "Invalid request",
  parameter: "a sentence for an engineer",
  agent_id_conflict: "agentid was used for another recharge",
  suspended: "Service is not available for this RegistrationID",
  product_unknown: "Invalid ProductID",
  product_unavailable: "Operator is not available now",
  number: "Invalid CustomerNumber",
  number_operator: "Invalid CustomerNumber",
  field: "Invalid request",
  amount_range: "Invalid Amount",
  amount_step: "Invalid Amount",
  currency: "Invalid Amount",
  max_cost: "Invalid Amount",
  limit_recharge: "Amount is above the limit",
  limit_day: "Amount is above the limit of the day",
  balance: "Insufficient balance",
  repeat: "Same CustomerNumber and Amount a short time ago",
  repeat_of: "Same CustomerNumber and Amount a short time ago",
  velocity: "Too many recharges of this CustomerNumber",
  not_found: "Invalid request",
} as const satisfies Record<RefusalCode, string | null>;

describe.each(codes)("a refusal for %s", (code) => {
  test("is a documented error of nurr, or a failed reply that moved nothing", () => {
    const { status, body, isPending } = nurr.presentAnswer(refusedWith(code), ordered, null);
    const text = nurrTexts[code];
    expect(isPending).toBe(false);
    if (text !== null) {
      expect(status).toBe(text === "Invalid API credentials." ? 401 : 422);
      expect(JSON.parse(body)).toMatchObject({ error: text });
      return;
    }
    expect([status, JSON.parse(body)]).toEqual([
      200,
      {
        success: false,
        full_name: "Shop",
        phone: "01712345600",
        amount: "20.00",
        operator_name: "Grameenphone",
        commission_amount: "0.00",
        before_balance: "980.20",
        after_balance: "980.20",
        operator_transaction_id: null,
        status: "Failed",
        failure_reason: refusals[code].title,
      },
    ]);
  });

  test("is the documented 401 of aopay, or a failure in the documented shape", () => {
    const { status, body, isPending } = aopay.presentAnswer(refusedWith(code), "in.jio.prepaid");
    const error = aopayTexts[code];
    expect(isPending).toBe(false);
    if (error === null) {
      expect([status, body]).toEqual([
        401,
        '{"status":false,"response_code":5,"message":"Invalid signature encoding"}',
      ]);
      return;
    }
    expect([status, JSON.parse(body)]).toEqual([
      200,
      {
        status: false,
        msg: "error",
        error,
        statusCode: 401,
        ReferanceID: null,
        data: {
          message: `Your payment for Reliance Jio prepaid failed | ${error}`,
          txnId: "0",
          status: "FAILED",
          ackno: "0",
        },
        Status: "FALSE",
        message: "",
        Value: "",
      },
    ]);
  });

  test("is never a success, and never pending, to a client", () => {
    const kinds = [
      readNurrSubmit(heard(nurr.presentAnswer(refusedWith(code), ordered, null)), reading).kind,
      readAopaySubmit(heard(aopay.presentAnswer(refusedWith(code), "in.jio.prepaid")), reading).kind,
    ];
    expect(kinds.every((kind) => kind === "declined" || kind === "failed")).toBe(true);
  });
});

const kindOf = {
  pending: "pending",
  succeeded: "succeeded",
  failed: "failed",
  reversed: "failed",
} as const satisfies Record<RechargeState, string>;

describe.each(rechargeStates)("a recharge that is %s", (state) => {
  test("is that to a client of nurr, and its figures foot", () => {
    const answer = nurr.presentAnswer(rechargeIn(state), ordered, null);
    const outcome = readNurrSubmit(heard(answer), reading);
    expect(outcome).toMatchObject({ kind: kindOf[state] });
    expect("alarm" in outcome).toBe(false);
    expect(answer.isPending).toBe(state === "pending");
  });

  test("is that to a client of aopay", () => {
    const answer = aopay.presentAnswer(rechargeIn(state), "bd.grameenphone.prepaid");
    expect(readAopaySubmit(heard(answer), reading)).toMatchObject({ kind: kindOf[state] });
    expect(answer.isPending).toBe(state === "pending");
  });
});

test("a failed recharge gives the upstream's reason, and the seed's where there is none", () => {
  const said = rechargeIn("failed");
  const silent = rechargeIn("failed", { failure: { source: "operator", cause: "operator", text: " " } });
  expect(nurr.presentAnswer(said, ordered, null).body).toContain('"failure_reason":"Line is down"');
  expect(nurr.presentAnswer(silent, ordered, null).body).toContain(
    '"failure_reason":"Something wrong please try again later."',
  );
  expect(aopay.presentAnswer(said, "").body).toContain('"error":"Line is down"');
  expect(aopay.presentAnswer(silent, "").body).toContain('"error":"Transaction failed"');
});

test("only a success carries the operator's reference and a reward", () => {
  const reward = { points: 0.1, levelId: 1, levelKey: "silver" };
  expect(JSON.parse(nurr.presentAnswer(rechargeIn("succeeded"), ordered, reward).body)).toMatchObject({
    operator_transaction_id: "TXN1",
    before_balance: "1000.00",
    after_balance: "980.20",
    reward: { points: { points: 0.1, new_level_key: "silver" } },
  });
  for (const state of ["pending", "failed", "reversed"] as const) {
    const body: unknown = JSON.parse(nurr.presentAnswer(rechargeIn(state), ordered, reward).body);
    expect(body).toMatchObject({ operator_transaction_id: null });
    expect(body).not.toHaveProperty("reward");
    expect(aopay.presentAnswer(rechargeIn(state), "").body).toContain('"ackno":"0"');
  }
  expect(aopay.presentAnswer(rechargeIn("succeeded"), "").body).toContain('"ackno":"TXN1"');
});

test("an order about which the account was not heard is pending on both wires", () => {
  expect(readNurrSubmit(heard(nurr.presentUnheard(ordered)), reading).kind).toBe("pending");
  expect(readAopaySubmit(heard(aopay.presentUnheard("in.jio.prepaid")), reading).kind).toBe("pending");
});
