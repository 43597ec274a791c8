import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { buildCallbackParams, readCallback } from "../../../src/wire/backnpay/callback.ts";
import {
  buildBalanceParams,
  buildRechargeParams,
  buildStatusParams,
  readBacknpayRequest,
} from "../../../src/wire/backnpay/request.ts";
import { backnpayTexts, balanceMessage, findBacknpayText } from "../../../src/wire/backnpay/texts.ts";

const seed = readFileSync(new URL("../../../docs/seeds/backnpay.txt", import.meta.url), "utf8");
const login = { userid: "u", pass: "p&=" };
const read = (query: string) => readBacknpayRequest(new URLSearchParams(query));

describe("backnpay's texts", () => {
  it("are the seed's, misprints included", () => {
    expect(Object.keys(backnpayTexts)).toHaveLength(6);
    for (const text of Object.values(backnpayTexts)) expect(seed).toContain(`\n${text}\t`);
    expect(seed).toContain(`Msg\t${balanceMessage}`);
  });

  it.each([
    ["Login Failed", "loginFailed"],
    [" login failed ", "loginFailed"],
    ["Insufficiant Balance", "insufficientBalance"],
    ["Inavlid or Incomplete parameter", "incompleteParameter"],
    ["Repeat Request within Specific Time", "repeatRequest"],
    ["Invalid Refill Amount", "invalidAmount"],
    ["Invalid Acount Number", "invalidAccountNumber"],
    ["Insufficient Balance", null],
    ["Login Failed.", null],
    ["", null],
    [null, null],
  ])("%j is %j", (text, expected) => {
    expect(findBacknpayText(text)).toBe(expected);
  });
});

describe("a backnpay request", () => {
  it("is a recharge with names in any case, where the last of a repeated one counts", () => {
    expect(read("UserID=u&PASS= p &Mob=9826386456&OPT=3&amt=12&AgentId=A1&optional2=b&fmt=xml&fmt=Json")).toEqual({
      kind: "recharge",
      userid: "u",
      pass: "p",
      format: "json",
      mob: "9826386456",
      opt: "3",
      amt: "12",
      agentid: "A1",
      optionals: [undefined, "b", undefined, undefined, undefined],
    });
  });

  it("says null for what is missing or blank, and for a format that is none", () => {
    expect(read(" mob =&fmt=yaml")).toEqual({
      kind: "recharge",
      userid: null,
      pass: null,
      format: null,
      mob: null,
      opt: null,
      amt: null,
      agentid: null,
      optionals: [undefined, undefined, undefined, undefined, undefined],
    });
    expect(read("fmt=XML").format).toBe("xml");
    expect(read("%20userid%20=u").userid).toBe("u");
  });

  it("is a status check as soon as it names a reference, even beside an order", () => {
    const none = { userid: null, pass: null, format: null };
    expect(read("csagentid=A1")).toEqual({ kind: "status", ...none, csagentid: "A1", csrpid: null });
    expect(read("CSRPID=R1&mob=9&opt=3&amt=1")).toEqual({ kind: "status", ...none, csagentid: null, csrpid: "R1" });
    expect(read("csagentid=&mob=9&opt=3&amt=1").kind).toBe("status");
  });

  it("is a balance check for Get=CB in any case, and for no other value", () => {
    expect(read("userid=u&pass&Get=CB")).toEqual({ kind: "balance", userid: "u", pass: null, format: null });
    expect(read("GET=cb&csagentid=1").kind).toBe("balance");
    expect(read("get=xx").kind).toBe("recharge");
  });
});

describe("a request of our backnpay client", () => {
  it("reads back what our client builds", () => {
    const order = { mob: "98 26", opt: "DS", amt: "20.50", agentid: "00000010000001", optionals: ["022", "a b"] };
    const params = buildRechargeParams(login, order);
    expect(params).toBe(
      "userid=u&pass=p%26%3D&mob=98+26&opt=DS&amt=20.50&agentid=00000010000001&optional1=022&optional2=a+b&fmt=Json",
    );
    const optionals = ["022", "a b", undefined, undefined, undefined];
    expect(read(params)).toEqual({ kind: "recharge", ...login, ...order, format: "json", optionals });
    expect(buildStatusParams(login, "A1")).toBe("userid=u&pass=p%26%3D&csagentid=A1&fmt=Json");
    expect(buildBalanceParams(login)).toBe("userid=u&pass=p%26%3D&Get=CB&fmt=Json");
  });
});

describe("a backnpay callback", () => {
  const callback = { status: "SUCCESS", rpid: "R1", mobile: "9826386456", amount: "12", agentid: "A1", opid: null };

  it("goes out in the family's form and is read back", () => {
    const params = buildCallbackParams(callback);
    expect(params.toString()).toBe("status=SUCCESS&rpid=R1&mobile=9826386456&amount=12&agentid=A1&opid=");
    expect(readCallback(params)).toEqual(callback);
  });

  it("is read with names in any case, the last of a repeated one counting", () => {
    const params = new URLSearchParams("STATUS=FAILED&Status= SUCCESS &RPID=R1&OpId=O");
    const rest = { mobile: null, amount: null, agentid: null };
    expect(readCallback(params)).toEqual({ status: "SUCCESS", rpid: "R1", opid: "O", ...rest });
  });

  it("is none without a status", () => {
    expect(readCallback(new URLSearchParams("rpid=R1&status="))).toBeNull();
  });
});
