// What each refusal and each state is on the wire of nurr: a total table, held against our own client.
import { expect, test } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { type RefusalCode, refusals } from "../../../src/base/refusal.ts";
import { presentAnswer, presentUnheard } from "../../../src/dialects/nurr-answers.ts";
import { readNurrSubmit } from "../../../src/providers/nurr-outcome.ts";
import { type FailureCause, failureCauses, rechargeStates } from "../../../src/recharges/recharge.ts";
import { heard, kindOf, rechargeIn, refusedWith } from "../../support/unreferenced-answers.ts";

const reading = { contentTypes: ["application/json"], secrets: [] };
const ordered = { phone: "01712345600", amount: minor(2_000), operatorName: "Grameenphone" };

const allowed = { allowed_operator: ["GP", "GP ST", "BL", "RB", "AT", "TT"] };
const errors = {
  credentials: [401, { error: "Invalid API credentials." }],
  missing: [422, { error: "Missing required parameters." }],
  operator: [422, { error: "Invalid operator.", ...allowed }],
  number: [422, { error: "Invalid operator number for this recharge." }],
  amount: [422, { error: "Invalid recharge amount." }],
  balance: [422, { error: "Insufficient balance." }],
} as const;

/** The seed has no error for it: a failed reply that moved nothing, whose reason is the refusal's title. */
function failed(code: RefusalCode) {
  return [
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
  ] as const;
}

const answers = {
  credentials: errors.credentials,
  address: errors.credentials,
  scope: errors.credentials,
  rate: failed("rate"),
  content_type: errors.missing,
  body_too_large: errors.missing,
  body_malformed: errors.missing,
  parameter: errors.missing,
  agent_id_conflict: failed("agent_id_conflict"),
  suspended: failed("suspended"),
  product_unknown: errors.operator,
  product_unavailable: failed("product_unavailable"),
  number: errors.number,
  number_operator: errors.number,
  field: errors.missing,
  amount_range: errors.amount,
  amount_step: errors.amount,
  currency: failed("currency"),
  max_cost: failed("max_cost"),
  limit_recharge: errors.amount,
  limit_day: failed("limit_day"),
  balance: errors.balance,
  repeat: failed("repeat"),
  repeat_of: failed("repeat_of"),
  velocity: failed("velocity"),
  not_found: failed("not_found"),
  unavailable: failed("unavailable"),
} as const satisfies Record<RefusalCode, unknown>;

test.each(Object.entries(answers).flatMap(([code, answer]) => (isCode(code) ? [[code, answer] as const] : [])))(
  "a refusal for %s is its documented error, or a failed reply that moved nothing",
  (code, answer) => {
    const { status, body, isPending } = presentAnswer(refusedWith(code), ordered, null);
    expect([status, JSON.parse(body)]).toEqual(answer);
    expect(isPending).toBe(false);
    expect(readNurrSubmit(heard({ status, body }), reading).kind).toMatch(/^(declined|failed)$/);
  },
);

function isCode(code: string): code is RefusalCode {
  return code in refusals;
}

test.each(rechargeStates)("a recharge that is %s is that to a client, and its figures foot", (state) => {
  const answer = presentAnswer(rechargeIn(state), ordered, null);
  const outcome = readNurrSubmit(heard(answer), reading);
  expect(outcome).toMatchObject({ kind: kindOf[state] });
  expect(outcome).not.toHaveProperty("alarm");
  expect(answer.isPending).toBe(state === "pending");
});

const tryLater = "Something wrong please try again later.";
const reasons = {
  amount: "The operator did not accept the amount.",
  number: "The operator did not accept the number.",
  operator: tryLater,
  provider_declined: tryLater,
  not_executed: tryLater,
  ruled: tryLater,
} as const satisfies Record<FailureCause, string>;

test.each(failureCauses)("a recharge that failed for %s says so in its own words, never in the upstream's", (cause) => {
  const failure = { source: "operator", cause, text: "HTTP 200 balance 98765.43" } as const;
  const { body } = presentAnswer(rechargeIn("failed", { failure }), ordered, null);
  expect(JSON.parse(body)).toMatchObject({ failure_reason: reasons[cause] });
  expect(body).not.toContain("98765");
});

test("a reversed recharge says that it was reversed", () => {
  const { body } = presentAnswer(rechargeIn("reversed"), ordered, null);
  expect(JSON.parse(body)).toMatchObject({ failure_reason: "The recharge was reversed and refunded." });
});

test("only a success carries the operator's reference and a reward", () => {
  const reward = { points: 0.1, levelId: 1, levelKey: "silver" };
  expect(JSON.parse(presentAnswer(rechargeIn("succeeded"), ordered, reward).body)).toMatchObject({
    operator_transaction_id: "TXN1",
    before_balance: "1000.00",
    after_balance: "980.20",
    reward: { points: { points: 0.1, new_level_key: "silver" } },
  });
  for (const state of ["pending", "failed", "reversed"] as const) {
    const body: unknown = JSON.parse(presentAnswer(rechargeIn(state), ordered, reward).body);
    expect(body).toMatchObject({ operator_transaction_id: null });
    expect(body).not.toHaveProperty("reward");
  }
});

test("an order about which the account was not heard is pending", () => {
  expect(presentUnheard(ordered)).toMatchObject({ status: 202, isPending: true });
  expect(readNurrSubmit(heard(presentUnheard(ordered)), reading).kind).toBe("pending");
});
