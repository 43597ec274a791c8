// The simulator's aopay: every script once, its checks and its money.
import { describe, expect, test } from "vitest";
import { type ScriptName, scriptNames, scripts } from "../../../src/simulator/script.ts";
import { readAopayReply } from "../../../src/wire/aopay/reply.ts";
import { simulate } from "./simulated.ts";

/** HTTP status and state, executions at once, executions 50 s later. Not listed: as `success`. */
const expected: Partial<Record<ScriptName, readonly [string, number, number]>> = {
  failed: ["200 failed", 0, 0],
  failed_operator: ["200 failed", 0, 0],
  failed_amount: ["200 failed", 0, 0],
  failed_number: ["200 failed", 0, 0],
  failed_delayed: ["200 failed", 0, 0],
  declined_balance: ["200 failed", 0, 0],
  declined_credentials: ["401 unauthorised", 0, 0],
  declined_parameter: ["200 failed", 0, 0],
  declined_by_aopay: ["401 unauthorised", 0, 0],
  pending_then_success: ["200 pending", 0, 1],
  pending_then_failure: ["200 pending", 0, 0],
  submitted_then_success: ["200 pending", 0, 1],
  submitted_then_failure: ["200 pending", 0, 0],
  submitted_in_message: ["200 pending", 0, 1],
  pending_for_ever: ["200 pending", 0, 0],
  lost_after_execution: ["504 unreadable", 1, 1],
  lost_before_execution: ["504 unreadable", 0, 0],
  executed_late: ["504 unreadable", 0, 1],
  delivered_twice: ["409 unauthorised", 1, 1],
  debited_then_refunded: ["504 unreadable", 0, 0],
  cut_off_after_execution: ["cut off", 1, 1],
  failed_never_answered: ["504 unreadable", 0, 0],
  pending_lost_then_success: ["504 unreadable", 0, 1],
  html_after_execution: ["200 unreadable", 1, 1],
  html_before_execution: ["200 unreadable", 0, 0],
  error_after_execution: ["500 unreadable", 1, 1],
  error_before_execution: ["500 unreadable", 0, 0],
  bad_gateway_after_execution: ["502 unreadable", 1, 1],
  unavailable: ["503 unreadable", 0, 0],
  edge_error: ["520 unreadable", 1, 1],
  redirect: ["302 unreadable", 0, 0],
  broken_body: ["200 unreadable", 1, 1],
  empty_body: ["200 unreadable", 1, 1],
  callback_success: ["200 pending", 0, 1],
  callback_failure: ["200 pending", 0, 0],
  callback_after_loss: ["504 unreadable", 1, 1],
  contradicting_fields: ["200 contradicting", 1, 1],
};

async function readState(response: Response): Promise<string> {
  const body = await response.text().catch(() => null);
  if (body === null) return "cut off";
  const answer = readAopayReply(body);
  if (answer === null) return `${response.status} unreadable`;
  return `${response.status} ${answer.kind === "reply" ? (answer.state ?? "contradicting") : answer.kind}`;
}

describe("every script", () => {
  test.each(scriptNames)("%s", async (name) => {
    const [answer, executed, executedLater] = expected[name] ?? ["200 success", 1, 1];
    const { clock, aopay, journal } = simulate();
    const number = `98263864${scripts[name].suffix}`;
    expect(await readState(await aopay(number))).toBe(answer);
    const entry = {
      protocol: "aopay",
      account: "SIM-1",
      reference: null,
      number,
      code: "511",
      amount: "10.00",
      script: name,
    };
    expect(await journal()).toMatchObject([{ ...entry, executions: executed }]);
    clock.now += 50_000;
    expect(await journal(`?number=${number}`)).toMatchObject([{ ...entry, executions: executedLater }]);
  });
});

describe("the replies", () => {
  test("of a success are the failure sample turned round", async () => {
    const response = await simulate().aopay("9826386400");
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await response.json()).toMatchObject({
      status: true,
      error: null,
      statusCode: 200,
      data: {
        message: "Your payment for Reliance Jio prepaid is successful",
        txnId: "SIM000000000001",
        status: "SUCCESS",
        ackno: "OP0000000001",
      },
      Status: "TRUE",
    });
  });

  test.each([
    ["03", { data: { ackno: "0", status: "SUCCESS" } }],
    [
      "10",
      {
        error: "Transaction failed",
        data: { message: "Your payment for Reliance Jio prepaid failed | Transaction failed", ackno: "0" },
      },
    ],
    ["11", { error: "Operator not available" }],
    ["12", { error: "Invalid recharge amount" }],
    ["13", { error: "Invalid customer number" }],
    ["20", { error: "Insufficient balance" }],
    ["21", { status: false, response_code: 5, message: "Invalid signature encoding" }],
    ["22", { error: "Invalid request" }],
    ["30", { error: null, data: { message: "Your payment for Reliance Jio prepaid is pending", ackno: "0" } }],
    ["43", { status: false, response_code: 9, message: "Duplicate request" }],
    ["73", { status: true, Status: "TRUE", data: { status: "FAILED" } }],
  ])("of suffix %s", async (suffix, body) => {
    expect(await (await simulate().aopay(`98263864${suffix}`)).json()).toMatchObject(body);
  });
});

describe("the rules", () => {
  test.each([
    ["an unknown RegistrationID", { RegistrationID: "AOP-1" }, "401 unauthorised"],
    ["no RegistrationID", { RegistrationID: undefined }, "401 unauthorised"],
    ["no Geocode", { Geocode: undefined }, "200 failed"],
    ["no Amount", { Amount: undefined }, "200 failed"],
    ["an unknown product", { ProductID: 999 }, "200 failed"],
    ["a product that is no number", { ProductID: "Jio" }, "200 failed"],
    ["an amount with paise", { Amount: 10.5 }, "200 failed"],
    ["an amount that is not sold", { Amount: 9 }, "200 failed"],
    ["a number that is none", { CustomerNumber: 123 }, "200 failed"],
  ])("judge %s", async (_, fields, answer) => {
    const { aopay, journal } = simulate();
    expect(await readState(await aopay("9826386400", fields))).toBe(answer);
    expect(await journal()).toMatchObject([{ executed: false, state: "refused" }]);
  });

  test("take an order whose number and amount are integers, or text", async () => {
    const { aopay } = simulate();
    expect(await readState(await aopay("9826386400", { CustomerNumber: 9_826_386_400, ProductID: 518 }))).toBe(
      "200 success",
    );
    expect(await readState(await aopay("9826386400", { Amount: "20", ProductID: "518" }))).toBe("200 success");
  });

  test("answer a body that is no JSON with the documented 401", async () => {
    const { send } = simulate();
    const response = await send("/api/AOP/V2/MobileRecharge", { method: "POST", body: "{" });
    expect(await readState(response)).toBe("401 unauthorised");
  });

  test("execute an equal request again: the protocol has no rule against it", async () => {
    const { aopay, journal, send } = simulate();
    await aopay("9826386400");
    await aopay("9826386400");
    expect((await journal()).map((entry) => entry.executions)).toEqual([1, 1]);
    expect(await (await send("/wallets")).json()).toMatchObject([
      {},
      {},
      { account: "SIM-1", balance: "9999980.40" },
      {},
    ]);
  });

  test("take POST alone, and nothing of a HEAD", async () => {
    const { send, journal } = simulate();
    expect((await send("/api/AOP/V2/MobileRecharge")).status).toBe(404);
    expect((await send("/API/APIService.aspx?userid=sim-user&pass=sim-pass", { method: "HEAD" })).status).toBe(405);
    expect(await journal()).toEqual([]);
  });
});
