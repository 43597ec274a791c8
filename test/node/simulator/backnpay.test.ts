// The simulator's backnpay: every script once, its rules, lookup, balance and money.
import { describe, expect, test } from "vitest";
import { type ScriptName, scriptNames, scripts } from "../../../src/simulator/script.ts";
import { readBacknpayReply } from "../../../src/wire/backnpay/reply.ts";
import { readFields, simulate } from "./simulated.ts";

const late = 50_000;

/** Answer, what a lookup says at once, what it says 50 s later, executions then. Not listed: as `success`. */
const expected: Partial<Record<ScriptName, readonly [string, string, string, number]>> = {
  success_as_printed: ["200 Success", "SUCCESS", "SUCCESS", 1],
  failed: ["200 FAILED", "FAILED", "FAILED", 0],
  failed_operator: ["200 FAILED", "FAILED", "FAILED", 0],
  failed_amount: ["200 FAILED", "NOTFOUND", "NOTFOUND", 0],
  failed_number: ["200 FAILED", "NOTFOUND", "NOTFOUND", 0],
  failed_more_words: ["200 FAILED,Refunded", "FAILED", "FAILED", 0],
  failed_delayed: ["200 FAILED", "FAILED", "FAILED", 0],
  declined_balance: ["200 FAILED", "NOTFOUND", "NOTFOUND", 0],
  declined_credentials: ["200 FAILED", "NOTFOUND", "NOTFOUND", 0],
  declined_parameter: ["200 FAILED", "NOTFOUND", "NOTFOUND", 0],
  declined_by_backnpay: ["200 FAILED", "NOTFOUND", "NOTFOUND", 0],
  pending_then_success: ["200 PENDING", "PENDING", "SUCCESS", 1],
  pending_then_failure: ["200 PENDING", "PENDING", "FAILED", 0],
  submitted_then_success: ["200 SUCCESS,Request submitted", "PENDING", "SUCCESS", 1],
  submitted_then_failure: ["200 SUCCESS,Request submitted", "PENDING", "FAILED", 0],
  submitted_in_message: ["200 SUCCESS", "PENDING", "SUCCESS", 1],
  pending_for_ever: ["200 PENDING", "PENDING", "PENDING", 0],
  lost_after_execution: ["504 ", "SUCCESS", "SUCCESS", 1],
  lost_before_execution: ["504 ", "NOTFOUND", "NOTFOUND", 0],
  executed_late: ["504 ", "NOTFOUND", "SUCCESS", 1],
  delivered_twice: ["200 FAILED", "SUCCESS", "SUCCESS", 1],
  debited_then_refunded: ["504 ", "PENDING", "FAILED", 0],
  success_then_reversal: ["200 SUCCESS", "SUCCESS", "FAILED", 1],
  cut_off_after_execution: ["cut off", "SUCCESS", "SUCCESS", 1],
  failed_never_answered: ["504 ", "FAILED", "FAILED", 0],
  pending_lost_then_success: ["504 ", "PENDING", "SUCCESS", 1],
  html_after_execution: ["200 ", "SUCCESS", "SUCCESS", 1],
  html_before_execution: ["200 ", "NOTFOUND", "NOTFOUND", 0],
  error_after_execution: ["500 ", "SUCCESS", "SUCCESS", 1],
  error_before_execution: ["500 ", "NOTFOUND", "NOTFOUND", 0],
  bad_gateway_after_execution: ["502 ", "SUCCESS", "SUCCESS", 1],
  unavailable: ["503 ", "NOTFOUND", "NOTFOUND", 0],
  edge_error: ["520 ", "SUCCESS", "SUCCESS", 1],
  redirect: ["302 ", "NOTFOUND", "NOTFOUND", 0],
  broken_body: ["200 ", "SUCCESS", "SUCCESS", 1],
  empty_body: ["200 ", "SUCCESS", "SUCCESS", 1],
  broken_other_format: ["200 ", "SUCCESS", "SUCCESS", 1],
  callbacks_reordered: ["200 SUCCESS", "SUCCESS", "FAILED", 1],
  callback_success: ["200 PENDING", "PENDING", "SUCCESS", 1],
  callback_failure: ["200 PENDING", "PENDING", "FAILED", 0],
  callback_after_loss: ["504 ", "SUCCESS", "SUCCESS", 1],
};

const numberOf = (name: ScriptName) => `98263864${scripts[name].suffix}`;

async function readState(response: Response): Promise<string> {
  const body = await response.text().catch(() => null);
  return body === null ? "cut off" : `${response.status} ${readBacknpayReply(body)?.status ?? ""}`;
}

describe("every script", () => {
  test.each(scriptNames)("%s", async (name) => {
    const [answer, lookup, later, executions] = expected[name] ?? ["200 SUCCESS", "SUCCESS", "SUCCESS", 1];
    const { clock, backnpay, recharge, journal } = simulate();
    const number = numberOf(name);
    expect(await readState(await recharge(number))).toBe(answer);
    expect(await readState(await backnpay({ csagentid: `REF${number}` }))).toBe(`200 ${lookup}`);
    clock.now += late;
    expect(await readState(await backnpay({ csagentid: `REF${number}` }))).toBe(`200 ${later}`);
    expect(await journal()).toMatchObject([
      {
        id: 1,
        account: "sim-user",
        number,
        code: "3",
        amount: "10.00",
        script: name,
        executions,
        executed: executions === 1,
      },
    ]);
    const isPaid = (executions === 1 && later === "SUCCESS") || name === "pending_for_ever";
    const balance = await readFields(await backnpay({ Get: "CB" }));
    expect(balance?.status).toBe(isPaid ? "9999990.20" : "10000000.00");
  });
});

const fieldsOf = async (name: ScriptName) => readFields(await simulate().recharge(numberOf(name)));

const typeOf = (response: Response) => response.headers.get("content-type");

describe("the words of a reply", () => {
  test("of a success carry our reference, theirs, the operator's, and the balance less the cost", async () => {
    expect(await fieldsOf("success")).toEqual({
      status: "SUCCESS",
      mobile: "9826386400",
      amount: "10",
      rpid: "SIM000000000001",
      agentid: "REF9826386400",
      opid: "OP0000000001",
      bal: "9999990.2",
      msg: "Transaction Successful",
    });
  });

  test.each([
    ["success_unproven", { opid: null, rpid: "SIM000000000001" }],
    ["success_stale_balance", { bal: "10000000" }],
    ["other_number", { mobile: "9826386471" }],
    ["other_amount", { amount: "11" }],
    ["other_reference", { agentid: "REF9826386472X" }],
    ["submitted_in_message", { status: "SUCCESS", msg: "Recharge request submitted", opid: null }],
    ["failed", { opid: "Operator declined", msg: "Transaction Failed", rpid: "SIM000000000001", bal: "10000000" }],
    ["failed_operator", { opid: "Invalid Service Provider", msg: "Transaction Failed" }],
    ["failed_amount", { opid: null, msg: "Invalid Refill Amount", rpid: null }],
    ["failed_number", { opid: null, msg: "Invalid Acount Number", rpid: null }],
    ["declined_balance", { opid: null, msg: "Insufficiant Balance", rpid: null }],
    ["declined_credentials", { opid: null, msg: "Login Failed", rpid: null }],
    ["declined_parameter", { opid: null, msg: "Inavlid or Incomplete parameter", rpid: null }],
    ["delivered_twice", { opid: null, msg: "Repeat Request within Specific Time", rpid: null, bal: "9999990.2" }],
  ] as const)("of %s", async (name, fields) => {
    const expectedNumber = name === "other_number" ? fields : { mobile: numberOf(name), ...fields };
    expect(await fieldsOf(name)).toMatchObject(expectedNumber);
  });

  test("are XML where XML or nothing was asked, and the other format where the script says so", async () => {
    const { recharge, backnpay } = simulate();
    expect(typeOf(await recharge("9826386400"))).toBe("application/json; charset=utf-8");
    expect(typeOf(await recharge("9826386480", { fmt: "XML" }))).toBe("text/xml; charset=utf-8");
    expect(typeOf(await recharge("9826386404"))).toBe("text/xml; charset=utf-8");
    expect(typeOf(await recharge("9826386504", { fmt: "xml" }))).toBe("application/json; charset=utf-8");
    expect(typeOf(await backnpay({ fmt: "", Get: "CB" }))).toBe("text/xml; charset=utf-8");
    expect(typeOf(await recharge("9826386458"))).toBe("text/html; charset=utf-8");
  });
});

describe("the ways of an answer", () => {
  test("waits as long as the script says, divided by TIME_DIVISOR", async () => {
    for (const [timeDivisor, waited] of [
      [1, [2_000, 8_000, 2_000, 120_000]],
      [100, [20, 80, 20, 120_000]],
    ] as const) {
      const { recharge, waits } = simulate(timeDivisor);
      for (const suffix of ["00", "01", "02", "15", "40"]) await recharge(`98263864${suffix}`);
      expect(waits).toEqual(waited);
    }
  });

  test("a redirect names the same path", async () => {
    const response = await simulate().recharge("9826386457");
    expect(response.headers.get("location")).toBe("?again=1");
  });

  test("sends the callbacks of the script once, when its effect is due", async () => {
    const { clock, recharge, callbacks } = simulate();
    for (const suffix of ["00", "45", "65", "66", "67", "68", "69", "63", "64"]) await recharge(`98263864${suffix}`);
    expect(callbacks()).toEqual([]);
    clock.now += 2_000;
    const told = callbacks().map(({ number, status, operatorReference }) => [number, status, operatorReference]);
    expect(told).toEqual([
      ["9826386463", "SUCCESS", "OP0000000008"],
      ["9826386465", "SUCCESS", "OP0000000003"],
      ["9826386465", "SUCCESS", "OP0000000003"],
      ["9826386466", "FAILED", ""],
      ["9826386467", "SUCCESS", "OP0000000005"],
      ["9826386468", "FAILED", ""],
      ["9826386469", "SUCCESS", "OP0000000007"],
    ]);
    clock.now += 3_000;
    expect(callbacks().map(({ number, status }) => [number, status])).toEqual([
      ["9826386445", "FAILED"],
      ["9826386464", "FAILED"],
      ["9826386464", "SUCCESS"],
    ]);
    clock.now += late;
    expect(callbacks()).toEqual([]);
  });
});
