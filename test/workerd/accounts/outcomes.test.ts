// What becomes of a recharge for every script of the simulator (`docs/simulator.md`), through each protocol.
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { CaseKind } from "../../../src/recharges/events.ts";
import type { AttemptState, Failure, Proof, RechargeState } from "../../../src/recharges/recharge.ts";
import {
  caller,
  executions,
  expectInvariants,
  newAccount,
  newBangladeshNumber,
  newNumber,
  newOrder,
  readWallet,
  request,
  type TestAccount,
  until,
  useSimulator,
} from "../../support/sandbox.ts";

beforeEach(useSimulator);

type Attempts = readonly (readonly [provider: string, state: AttemptState])[];

/** A row of a table: what the partner is told at once, and how it ends. */
interface Expected {
  /** Right after the call; null where the answer comes about when the call's limit ends. */
  readonly first: RechargeState | null;
  readonly last: RechargeState;
  readonly proof?: Proof | null;
  readonly failure?: readonly [Failure["source"], Failure["cause"]];
  readonly executions: number;
  readonly case?: CaseKind;
  readonly attempts: Attempts;
}

const succeeded = (attempts: Attempts): Expected => ({
  first: "succeeded",
  last: "succeeded",
  proof: "operator_reference",
  executions: 1,
  attempts,
});
const failed = (attempts: Attempts, ...failure: readonly [Failure["source"], Failure["cause"]]): Expected => ({
  first: "failed",
  last: "failed",
  failure,
  executions: 0,
  attempts,
});

async function expectOutcome(product: string, number: string, expected: Expected): Promise<void> {
  const { account } = await newAccount();
  const order = newOrder({ product, number });
  const placed = await account.place(request(order));
  if (!placed.ok) throw new Error(placed.problem.detail);
  const { id } = placed.value.recharge;
  if (expected.first !== null) expect(placed.value.recharge.state).toBe(expected.first);
  await until(() => endOf(account, id), { state: expected.last, case: expected.case ?? null }, 12_000);

  const read = await account.findRecharge(caller, { id });
  if (!read.ok) throw new Error(read.problem.detail);
  const { value: recharge } = read;
  expect(recharge.proof).toBe(expected.proof ?? null);
  expect(recharge.operatorReference === null).toBe(expected.proof !== "operator_reference");
  expect(recharge.failure && [recharge.failure.source, recharge.failure.cause]).toEqual(expected.failure ?? null);
  const attempts = await account.readAttempts(id);
  expect(attempts.map(({ provider, state }) => [provider, state])).toEqual(expected.attempts);
  const held = expected.last === "pending" ? 1_980 : 0;
  const spent = expected.last === "succeeded" ? 1_980 : 0;
  const wallet = await readWallet(account, product.startsWith("bd") ? "BDT" : "INR");
  expect(wallet).toEqual({ balance: 1_000_000 - held - spent, held, debt: 0 });
  expect(await executions(number)).toBe(expected.executions);
  expect(recharge.resolvesBy === null).toBe(expected.last !== "pending" || expected.case !== undefined);
  await expectInvariants(account);
}

async function endOf(account: TestAccount, id: string) {
  const read = await account.findRecharge(caller, { id });
  const cases = await account.readCases();
  return {
    state: read.ok ? read.value.state : read.problem.code,
    case: cases.find((one) => one.rechargeId === id && one.closedAt === null)?.kind ?? null,
  };
}

describe.concurrent("through backnpay, which can be asked, and aopay after it", () => {
  const first = "backnpay-sandbox";
  const second = "aopay-sandbox";
  const clear = succeeded([[first, "succeeded"]]);
  const settles: Expected = { ...clear, first: "pending" };
  const settlesByFailure: Expected = {
    ...failed([[first, "failed"]], "operator", "operator"),
    first: "pending",
  };
  const neverExecuted: Expected = { ...settlesByFailure, failure: ["provider", "not_executed"] };
  const rows: Readonly<Record<string, Expected>> = {
    "00 success": clear,
    "01 success_delayed": { ...clear, first: null },
    "02 success_slow": { ...clear, first: null },
    "03 success_unproven": { ...clear, proof: "claimed" },
    "04 success_other_format": clear,
    "05 success_stale_balance": clear,
    "06 success_rubbish_first": clear,
    "07 success_no_reward": clear,
    "08 success_as_printed": clear,
    "10 failed": failed([[first, "failed"]], "operator", "operator"),
    "11 failed_operator": failed([[first, "failed"]], "operator", "operator"),
    "12 failed_amount": failed([[first, "failed"]], "operator", "amount"),
    "13 failed_number": failed([[first, "failed"]], "subscriber", "number"),
    "14 failed_more_words": failed([[first, "failed"]], "operator", "operator"),
    "15 failed_delayed": { ...failed([[first, "failed"]], "operator", "operator"), first: null },
    "16 failed_number_operator": clear,
    "20 declined_balance": failed(
      [
        [first, "declined"],
        [second, "failed"],
      ],
      "operator",
      "operator",
    ),
    "21 declined_credentials": failed(
      [
        [first, "declined"],
        [second, "declined"],
      ],
      "provider",
      "provider_declined",
    ),
    "22 declined_parameter": failed(
      [
        [first, "declined"],
        [second, "failed"],
      ],
      "operator",
      "operator",
    ),
    "25 declined_by_backnpay": succeeded([
      [first, "declined"],
      [second, "succeeded"],
    ]),
    "26 declined_by_aopay": clear,
    "27 declined_by_nurr": clear,
    "30 pending_then_success": settles,
    "31 pending_then_failure": settlesByFailure,
    "32 submitted_then_success": settles,
    "33 submitted_then_failure": settlesByFailure,
    "34 submitted_in_message": settles,
    "35 pending_for_ever": {
      first: "pending",
      last: "pending",
      executions: 0,
      case: "doubt",
      attempts: [[first, "accepted"]],
    },
    "40 lost_after_execution": settles,
    "41 lost_before_execution": neverExecuted,
    "42 executed_late": settles,
    "43 delivered_twice": settles,
    "44 debited_then_refunded": settlesByFailure,
    "45 success_then_reversal": clear,
    "46 cut_off_after_execution": settles,
    "47 failed_never_answered": settlesByFailure,
    "48 pending_lost_then_success": settles,
    "50 html_after_execution": settles,
    "51 html_before_execution": neverExecuted,
    "52 error_after_execution": settles,
    "53 error_before_execution": neverExecuted,
    "54 bad_gateway_after_execution": settles,
    "55 unavailable": neverExecuted,
    "56 edge_error": settles,
    "57 redirect": neverExecuted,
    "58 wrong_content_type": settles,
    "59 broken_body": settles,
    "60 empty_body": settles,
    "65 callback_twice": clear,
    "66 callback_contradicts": clear,
    "67 callback_success": settles,
    "68 callback_failure": settlesByFailure,
    "69 callback_after_loss": settles,
    "70 other_number": settles,
    "71 other_amount": settles,
    "72 other_reference": settles,
    "73 contradicting_fields": clear,
    "80 (unlisted)": clear,
  };
  it.each(Object.entries(rows))("%s", { timeout: 20_000 }, (name, expected) =>
    expectOutcome("in.airtel.prepaid", newNumber(name.slice(0, 2)), expected),
  );
});

describe.concurrent("through aopay, which cannot be asked, and backnpay after it", () => {
  const first = "aopay-sandbox";
  const clear = succeeded([[first, "succeeded"]]);
  const failure = failed([[first, "failed"]], "operator", "operator");
  const doubt = (executed: number): Expected => ({
    first: "pending",
    last: "pending",
    executions: executed,
    case: "doubt",
    attempts: [[first, "in_doubt"]],
  });
  const accepted = (executed: number): Expected => ({ ...doubt(executed), attempts: [[first, "accepted"]] });
  const rows: Readonly<Record<string, Expected>> = {
    "00 success": clear,
    "03 success_unproven": { ...clear, proof: "claimed" },
    "10 failed": failure,
    "11 failed_operator": failure,
    "12 failed_amount": failure,
    "13 failed_number": failure,
    "20 declined_balance": failure,
    "21 declined_credentials": failed(
      [
        [first, "declined"],
        ["backnpay-sandbox", "declined"],
      ],
      "provider",
      "provider_declined",
    ),
    "22 declined_parameter": failure,
    "25 declined_by_backnpay": clear,
    "26 declined_by_aopay": succeeded([
      [first, "declined"],
      ["backnpay-sandbox", "succeeded"],
    ]),
    "30 pending_then_success": accepted(1),
    "31 pending_then_failure": accepted(0),
    "32 submitted_then_success": accepted(1),
    "35 pending_for_ever": accepted(0),
    "40 lost_after_execution": doubt(1),
    "41 lost_before_execution": doubt(0),
    "42 executed_late": doubt(1),
    "43 delivered_twice": doubt(1),
    "44 debited_then_refunded": doubt(0),
    "45 success_then_reversal": clear,
    "46 cut_off_after_execution": doubt(1),
    "47 failed_never_answered": doubt(0),
    "50 html_after_execution": doubt(1),
    "51 html_before_execution": doubt(0),
    "52 error_after_execution": doubt(1),
    "53 error_before_execution": doubt(0),
    "55 unavailable": doubt(0),
    "57 redirect": doubt(0),
    "58 wrong_content_type": doubt(1),
    "59 broken_body": doubt(1),
    "60 empty_body": doubt(1),
    "70 other_number": clear,
    "73 contradicting_fields": doubt(1),
  };
  it.each(Object.entries(rows))("%s", { timeout: 20_000 }, (name, expected) =>
    expectOutcome("in.jio.prepaid", newNumber(name.slice(0, 2)), expected),
  );
});

describe.concurrent("through nurr, which cannot be asked and stands alone", () => {
  const first = "nurr-sandbox";
  const clear = succeeded([[first, "succeeded"]]);
  const declined = failed([[first, "declined"]], "provider", "provider_declined");
  const doubt = (executed: number): Expected => ({
    first: "pending",
    last: "pending",
    executions: executed,
    case: "doubt",
    attempts: [[first, "in_doubt"]],
  });
  const accepted = (executed: number): Expected => ({ ...doubt(executed), attempts: [[first, "accepted"]] });
  const rows: Readonly<Record<string, Expected>> = {
    "00 success": clear,
    "03 success_unproven": { ...clear, proof: "claimed" },
    "05 success_stale_balance": clear,
    "06 success_rubbish_first": clear,
    "07 success_no_reward": clear,
    "10 failed": failed([[first, "failed"]], "operator", "operator"),
    "12 failed_amount": failed([[first, "failed"]], "operator", "amount"),
    "13 failed_number": failed([[first, "failed"]], "subscriber", "number"),
    "16 failed_number_operator": failed([[first, "failed"]], "subscriber", "number"),
    "20 declined_balance": declined,
    "21 declined_credentials": declined,
    "22 declined_parameter": declined,
    "23 declined_operator_code": declined,
    "24 declined_account_type": declined,
    "25 declined_by_backnpay": clear,
    "27 declined_by_nurr": declined,
    "30 pending_then_success": accepted(1),
    "31 pending_then_failure": accepted(0),
    "40 lost_after_execution": doubt(1),
    "41 lost_before_execution": doubt(0),
    "43 delivered_twice": doubt(1),
    "46 cut_off_after_execution": doubt(1),
    "51 html_before_execution": doubt(0),
    "52 error_after_execution": doubt(1),
    "53 error_before_execution": doubt(0),
    "58 wrong_content_type": doubt(1),
    "70 other_number": doubt(1),
    "71 other_amount": doubt(1),
    "72 other_reference": clear,
    "73 contradicting_fields": doubt(1),
  };
  it.each(Object.entries(rows))("%s", { timeout: 20_000 }, (name, expected) =>
    expectOutcome("bd.grameenphone.prepaid", newBangladeshNumber(name.slice(0, 2)), expected),
  );
});

describe("an answer about another recharge", () => {
  it.each([
    ["in.airtel.prepaid", newNumber("70"), "an answer carried another number"],
    ["in.airtel.prepaid", newNumber("71"), "an answer carried another amount"],
    ["in.airtel.prepaid", newNumber("72"), "an answer carried another reference"],
    ["bd.grameenphone.prepaid", newBangladeshNumber("70"), "an answer carried another number"],
    ["bd.grameenphone.prepaid", newBangladeshNumber("71"), "an answer carried another amount"],
    ["in.airtel.prepaid", newNumber("22"), "backnpay found our request incomplete"],
    ["bd.grameenphone.prepaid", newBangladeshNumber("22"), "nurr missed a parameter in our request"],
    ["bd.grameenphone.prepaid", newBangladeshNumber("23"), "nurr refused our operator code"],
    ["bd.grameenphone.prepaid", newBangladeshNumber("24"), "nurr refused our account type"],
  ])("and a request of ours that was wrong raise an alarm: %s %s", async (product, number, alarm) => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const { account } = await newAccount();
    await account.place(request(newOrder({ product, number })));
    const lines = log.mock.calls.map(([line]): unknown => JSON.parse(String(line)));
    log.mockRestore();
    expect(lines).toContainEqual(
      expect.objectContaining({ level: "warn", event: "provider.alarm", attempt: 1, alarm }),
    );
    expect(JSON.stringify(lines)).not.toContain(number);
  });
});
