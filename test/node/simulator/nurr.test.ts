// The simulator's nurr: every script once, its errors in the seed's order, its balances.
import { describe, expect, test } from "vitest";
import { type ScriptName, scriptNames, scripts } from "../../../src/simulator/script.ts";
import { readNurrReply } from "../../../src/wire/nurr/reply.ts";
import { simulate } from "./simulated.ts";

/** HTTP status and what it says, executions at once, executions 50 s later. Not listed: as `success`. */
const expected: Partial<Record<ScriptName, readonly [string, number, number]>> = {
  failed: ["200 false Failed", 0, 0],
  failed_operator: ["200 false Failed", 0, 0],
  failed_amount: ["422 Invalid recharge amount.", 0, 0],
  failed_number: ["422 Invalid operator number for this recharge.", 0, 0],
  failed_delayed: ["200 false Failed", 0, 0],
  failed_number_operator: ["422 Invalid operator number for this recharge.", 0, 0],
  declined_balance: ["422 Insufficient balance.", 0, 0],
  declined_credentials: ["401 Invalid API credentials.", 0, 0],
  declined_parameter: ["422 Missing required parameters.", 0, 0],
  declined_operator_code: ["422 Invalid operator.", 0, 0],
  declined_account_type: ["422 Invalid account type.", 0, 0],
  declined_by_nurr: ["422 Insufficient balance.", 0, 0],
  pending_then_success: ["202 false Pending", 0, 1],
  pending_then_failure: ["202 false Pending", 0, 0],
  submitted_then_success: ["202 false Pending", 0, 1],
  submitted_then_failure: ["202 false Pending", 0, 0],
  submitted_in_message: ["202 false Pending", 0, 1],
  pending_for_ever: ["202 false Pending", 0, 0],
  lost_after_execution: ["504 unreadable", 1, 1],
  lost_before_execution: ["504 unreadable", 0, 0],
  executed_late: ["504 unreadable", 0, 1],
  delivered_twice: ["500 Transaction failed.", 1, 1],
  debited_then_refunded: ["504 unreadable", 0, 0],
  cut_off_after_execution: ["cut off", 1, 1],
  failed_never_answered: ["504 unreadable", 0, 0],
  pending_lost_then_success: ["504 unreadable", 0, 1],
  html_after_execution: ["200 unreadable", 1, 1],
  html_before_execution: ["200 unreadable", 0, 0],
  error_after_execution: ["500 Transaction failed.", 1, 1],
  error_before_execution: ["500 Transaction failed.", 0, 0],
  bad_gateway_after_execution: ["502 unreadable", 1, 1],
  unavailable: ["503 unreadable", 0, 0],
  edge_error: ["520 unreadable", 1, 1],
  redirect: ["302 unreadable", 0, 0],
  broken_body: ["200 unreadable", 1, 1],
  empty_body: ["200 unreadable", 1, 1],
  callback_success: ["202 false Pending", 0, 1],
  callback_failure: ["202 false Pending", 0, 0],
  callback_after_loss: ["504 unreadable", 1, 1],
  contradicting_fields: ["200 true Failed", 1, 1],
};

async function readState(response: Response): Promise<string> {
  const body = await response.text().catch(() => null);
  if (body === null) return "cut off";
  const fields = readNurrReply(body);
  if (fields === null) return `${response.status} unreadable`;
  return `${response.status} ${fields.error ?? `${String(fields.success)} ${fields.status ?? ""}`}`;
}

describe("every script", () => {
  test.each(scriptNames)("%s", async (name) => {
    const [answer, executed, executedLater] = expected[name] ?? ["200 true Success", 1, 1];
    const { clock, nurr, journal, callbacks } = simulate();
    const number = `017123456${scripts[name].suffix}`;
    expect(await readState(await nurr(number))).toBe(answer);
    const entry = { protocol: "nurr", account: "sim-key", reference: null, number, code: "GP prepaid", script: name };
    expect(await journal()).toMatchObject([{ ...entry, amount: "20.00", executions: executed }]);
    clock.now += 50_000;
    expect(await journal()).toMatchObject([{ ...entry, cost: "19.80", executions: executedLater }]);
    expect(callbacks()).toEqual([]);
  });
});

const figures = { phone: "01712345600", amount: "20.00", operator_name: "Grameenphone", full_name: "Customer Name" };

describe("the replies", () => {
  test("of a success are the seed's, and before − amount + commission = after", async () => {
    const { nurr } = simulate();
    await nurr("01712345680", { amount: "100" });
    expect(await (await nurr("01712345600")).json()).toEqual({
      success: true,
      ...figures,
      commission_amount: "0.20",
      before_balance: "9999901.00",
      after_balance: "9999881.20",
      operator_transaction_id: "OP0000000002",
      status: "Success",
      reward: {
        ok: true,
        points: {
          ok: true,
          message: "Points awarded successfully",
          points: 0.1,
          new_level_id: 1,
          new_level_key: "silver",
        },
        cashback: { ok: true, message: "No eligible active offer found" },
      },
    });
  });

  test("of a failure leave the balance", async () => {
    expect(await (await simulate().nurr("01712345610")).json()).toEqual({
      success: false,
      ...figures,
      phone: "01712345610",
      commission_amount: "0.00",
      before_balance: "10000000.00",
      after_balance: "10000000.00",
      operator_transaction_id: null,
      status: "Failed",
      failure_reason: "Something wrong please try again later.",
    });
  });
});

describe("the figures of a reply", () => {
  test.each([
    ["03", { operator_transaction_id: null, status: "Success" }],
    ["05", { before_balance: "10000000.00", after_balance: "10000000.00", status: "Success" }],
    ["11", { failure_reason: "Operator is not available." }],
    ["23", { error: "Invalid operator.", allowed_operator: ["GP", "GP ST", "BL", "RB", "AT", "TT"] }],
    ["30", { before_balance: "10000000.00", after_balance: "9999980.20", operator_transaction_id: null }],
    ["70", { phone: "01712345671" }],
    ["71", { amount: "21.00" }],
    ["73", { success: true, status: "Failed" }],
  ])("of suffix %s", async (suffix, body) => {
    expect(await (await simulate().nurr(`017123456${suffix}`)).json()).toMatchObject(body);
  });
});

describe("the oddities", () => {
  test("are rubbish first, and no reward", async () => {
    const { nurr } = simulate();
    expect(await (await nurr("01712345606")).text()).toMatch(/^\{\n\{"success":true/);
    expect(await (await nurr("01712345607")).json()).not.toHaveProperty("reward");
  });

  test("and the operator is named by its code", async () => {
    const { nurr } = simulate();
    expect(await (await nurr("01712345600", { operator: "GP ST" })).json()).toMatchObject({
      operator_name: "Grameenphone Skitto",
    });
    expect(await (await nurr("01812345600", { operator: "RB", account_type: "postpaid" })).json()).toMatchObject({
      operator_name: "Robi",
    });
  });
});

describe("the rules", () => {
  test("are the seed's errors in its order", async () => {
    const wrong = { api_secret: "x", phone: "01812345600", amount: "9", operator: "XX", account_type: "other" };
    const { nurr } = simulate();
    expect(await readState(await nurr("", { ...wrong, phone: "" }))).toBe("401 Invalid API credentials.");
    const login = { ...wrong, api_secret: "sim-secret" };
    expect(await readState(await nurr("", { ...login, phone: "" }))).toBe("422 Missing required parameters.");
    expect(await readState(await nurr("", { ...login, amount: "" }))).toBe("422 Missing required parameters.");
    expect(await readState(await nurr("", { ...login, operator: "" }))).toBe("422 Missing required parameters.");
    expect(await readState(await nurr("", login))).toBe("422 Invalid account type.");
    const type = { ...login, account_type: "prepaid" };
    expect(await readState(await nurr("", type))).toBe("422 Invalid operator.");
    const operator = { ...type, operator: "GP" };
    expect(await readState(await nurr("", operator))).toBe("422 Invalid operator number for this recharge.");
    const number = { ...operator, phone: "01712345600" };
    expect(await readState(await nurr("", number))).toBe("422 Invalid recharge amount.");
    expect(await readState(await nurr("", { ...number, amount: "x" }))).toBe("422 Invalid recharge amount.");
    expect(await readState(await nurr("", { ...number, amount: "10" }))).toBe("200 true Success");
  });

  test("take a multipart form, and an action that means nothing", async () => {
    const { send } = simulate();
    const body = new FormData();
    const fields = {
      api_key: "sim-key",
      api_secret: "sim-secret",
      phone: "01712345600",
      amount: "20",
      operator: "GP",
      action: "x",
    };
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    expect(await readState(await send("/api/mobile-recharge.php", { method: "POST", body }))).toBe("200 true Success");
  });

  test("answer a body that is no form with the first error", async () => {
    const response = await simulate().send("/api/mobile-recharge.php", { method: "POST", body: "{}" });
    expect(await readState(response)).toBe("401 Invalid API credentials.");
  });
});
