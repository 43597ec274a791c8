// What each refusal and each state is on the wire of aopay: a total table, held against our own client.
import { expect, test } from "vitest";
import { type RefusalCode, refusals } from "../../../src/base/refusal.ts";
import { presentAnswer, presentUnheard } from "../../../src/dialects/aopay-answers.ts";
import { readAopaySubmit } from "../../../src/providers/aopay-outcome.ts";
import {
  type FailureCause,
  failureCauses,
  type RechargeState,
  rechargeStates,
} from "../../../src/recharges/recharge.ts";
import { heard, kindOf, rechargeIn, refusedWith } from "../../support/unreferenced-answers.ts";

const reading = { contentTypes: ["application/json"], secrets: [] };

const unauthorised = [401, { status: false, response_code: 5, message: "Invalid signature encoding" }] as const;

/** The failure sample of the seed, with these words. */
function failed(error: string) {
  return [
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
  ] as const;
}

const answers = {
  credentials: unauthorised,
  address: unauthorised,
  scope: unauthorised,
  rate: failed("Too many requests"),
  content_type: failed("Invalid request"),
  body_too_large: failed("Invalid request"),
  body_malformed: failed("Invalid request"),
  parameter: failed("a sentence for an engineer"),
  agent_id_conflict: failed("agentid was used for another recharge"),
  suspended: failed("Service is not available for this RegistrationID"),
  product_unknown: failed("Invalid ProductID"),
  product_unavailable: failed("Operator is not available now"),
  number: failed("Invalid CustomerNumber"),
  number_operator: failed("Invalid CustomerNumber"),
  field: failed("Invalid request"),
  amount_range: failed("Invalid Amount"),
  amount_step: failed("Invalid Amount"),
  currency: failed("Invalid Amount"),
  max_cost: failed("Invalid Amount"),
  limit_recharge: failed("Amount is above the limit"),
  limit_day: failed("Amount is above the limit of the day"),
  balance: failed("Insufficient balance"),
  repeat: failed("Same CustomerNumber and Amount a short time ago"),
  repeat_of: failed("Same CustomerNumber and Amount a short time ago"),
  velocity: failed("Too many recharges of this CustomerNumber"),
  not_found: failed("Invalid request"),
  unavailable: failed("Not available now"),
} as const satisfies Record<RefusalCode, unknown>;

test.each(Object.entries(answers).flatMap(([code, answer]) => (isCode(code) ? [[code, answer] as const] : [])))(
  "a refusal for %s is the documented 401, or a failure in the documented shape",
  (code, answer) => {
    const { status, body, isPending } = presentAnswer(refusedWith(code), "in.jio.prepaid");
    expect([status, JSON.parse(body)]).toEqual(answer);
    expect(isPending).toBe(false);
    expect(readAopaySubmit(heard({ status, body }), reading).kind).toMatch(/^(declined|failed)$/);
  },
);

function isCode(code: string): code is RefusalCode {
  return code in refusals;
}

test.each(rechargeStates)("a recharge that is %s is that to a client", (state) => {
  const answer = presentAnswer(rechargeIn(state), "bd.grameenphone.prepaid");
  expect(readAopaySubmit(heard(answer), reading)).toMatchObject({ kind: kindOf[state] });
  expect(answer.isPending).toBe(state === "pending");
});

const reasons = {
  amount: "Invalid Amount",
  number: "Invalid CustomerNumber",
  operator: "Transaction failed",
  provider_declined: "Transaction failed",
  not_executed: "Transaction failed",
  ruled: "Transaction failed",
} as const satisfies Record<FailureCause, string>;

test.each(failureCauses)("a recharge that failed for %s says so in its own words, never in the upstream's", (cause) => {
  const failure = { source: "operator", cause, text: "HTTP 200 balance 98765.43" } as const;
  const { body } = presentAnswer(rechargeIn("failed", { failure }), "");
  const message = `Your payment for Grameenphone prepaid failed | ${reasons[cause]}`;
  expect(JSON.parse(body)).toMatchObject({ error: reasons[cause], data: { message, txnId: "rch_000010000001" } });
  expect(body).not.toContain("98765");
});

test("a reversed recharge says that it was reversed", () => {
  const { body } = presentAnswer(rechargeIn("reversed"), "");
  expect(JSON.parse(body)).toMatchObject({ error: "Transaction reversed" });
});

function bodyOf(state: RechargeState): unknown {
  return JSON.parse(presentAnswer(rechargeIn(state), "").body);
}

test("only a success carries the operator's reference", () => {
  expect(bodyOf("succeeded")).toMatchObject({
    data: { ackno: "TXN1", message: "Your payment for Grameenphone prepaid was successful" },
  });
  expect(bodyOf("pending")).toMatchObject({ data: { message: "Your payment for Grameenphone prepaid is pending" } });
  for (const state of ["pending", "failed", "reversed"] as const)
    expect(bodyOf(state)).toMatchObject({ data: { ackno: "0" } });
});

test("an order about which the account was not heard is pending; one that names no product is a recharge", () => {
  expect(presentUnheard("in.jio.prepaid")).toMatchObject({ status: 200, isPending: true });
  expect(readAopaySubmit(heard(presentUnheard("in.jio.prepaid")), reading).kind).toBe("pending");
  expect(presentUnheard("none").body).toContain("Your payment for the recharge is pending");
});
