import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { buildCallbackParams, readCallback } from "../../../src/wire/backnpay/callback.ts";
import {
  type BacknpayReply,
  readBacknpayReply,
  writeBacknpayBalance,
  writeBacknpayReply,
} from "../../../src/wire/backnpay/reply.ts";
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

  it("reads back what our client builds", () => {
    const order = { mob: "98 26", opt: "DS", amt: "20.50", agentid: "00000010000001", optionals: ["022", "a b"] };
    const params = buildRechargeParams(login, order);
    expect(params.toString()).toBe(
      "userid=u&pass=p%26%3D&mob=98+26&opt=DS&amt=20.50&agentid=00000010000001&optional1=022&optional2=a+b&fmt=Json",
    );
    const optionals = ["022", "a b", undefined, undefined, undefined];
    expect(readBacknpayRequest(params)).toEqual({ kind: "recharge", ...login, ...order, format: "json", optionals });
    expect(buildStatusParams(login, "A1").toString()).toBe("userid=u&pass=p%26%3D&csagentid=A1&fmt=Json");
    expect(buildBalanceParams(login).toString()).toBe("userid=u&pass=p%26%3D&Get=CB&fmt=Json");
  });
});

const sample: BacknpayReply = {
  STATUS: "FAILED",
  MOBILE: "9826386456",
  AMOUNT: "12",
  RPID: "16010823084714D907",
  AGENTID: "11499852",
  OPID: "Invalid Service Provider",
  BAL: minor(30_215),
  MSG: "Transaction Failed",
};
const sampleFields = {
  status: "FAILED",
  mobile: "9826386456",
  amount: "12",
  rpid: "16010823084714D907",
  agentid: "11499852",
  opid: "Invalid Service Provider",
  bal: "302.15",
  msg: "Transaction Failed",
};

describe("a backnpay reply", () => {
  it("is the family's JSON, with BAL as a number", () => {
    expect(writeBacknpayReply(sample, "json")).toBe(
      '{"STATUS":"FAILED","MOBILE":"9826386456","AMOUNT":"12","RPID":"16010823084714D907","AGENTID":"11499852","OPID":"Invalid Service Provider","BAL":302.15,"MSG":"Transaction Failed"}',
    );
    expect(writeBacknpayReply({ ...sample, BAL: null }, "json")).not.toContain("BAL");
  });

  it("is one XML element with text only, without control characters", () => {
    const xml = writeBacknpayReply({ ...sample, OPID: "a<b>&\u0000\u0008\u000b\u001f\ufffe\tc" }, "xml");
    expect(xml).toBe(
      '<?xml version="1.0" encoding="utf-8"?><RESPONSE><STATUS>FAILED</STATUS><MOBILE>9826386456</MOBILE><AMOUNT>12</AMOUNT><RPID>16010823084714D907</RPID><AGENTID>11499852</AGENTID><OPID>a&lt;b&gt;&amp;\tc</OPID><BAL>302.15</BAL><MSG>Transaction Failed</MSG></RESPONSE>',
    );
    expect(readBacknpayReply(xml)).toEqual({ ...sampleFields, opid: "a<b>&\tc" });
    expect(writeBacknpayReply({ ...sample, BAL: null }, "xml")).not.toContain("BAL");
  });

  it("carries a balance in STATUS", () => {
    expect(writeBacknpayBalance(minor(30_210), balanceMessage, "json")).toBe(
      '{"STATUS":"302.10","MSG":"Remaining Balance"}',
    );
    expect(writeBacknpayBalance(minor(30_210), balanceMessage, "xml")).toBe(
      '<?xml version="1.0" encoding="utf-8"?><RESPONSE><STATUS>302.10</STATUS><MSG>Remaining Balance</MSG></RESPONSE>',
    );
  });

  it("is read the same in both formats, with or without a byte order mark", () => {
    for (const format of ["json", "xml"] as const) {
      const text = writeBacknpayReply(sample, format);
      expect(readBacknpayReply(text)).toEqual(sampleFields);
      expect(readBacknpayReply(`\ufeff${text}`)).toEqual(sampleFields);
    }
  });

  it("is read with the names of the seed's status reply, in any case", () => {
    const text =
      '{"Status":" Success ","Mobile":"9","Amount":10,"Oprater ID":"OP1","TID":"R1","Agent ID":"A1","x":[1]}';
    const rest = { mobile: "9", amount: "10", bal: null, msg: null };
    expect(readBacknpayReply(text)).toEqual({ status: "Success", ...rest, opid: "OP1", rpid: "R1", agentid: "A1" });
    const xml = "<r><status>Success</status><opraterid>OP1</opraterid><agent_id>007</agent_id></r>";
    expect(readBacknpayReply(xml)).toMatchObject({ status: "Success", opid: "OP1", agentid: "007", rpid: null });
  });

  it.each([
    '{"STATUS":"SUCCESS","Status":"FAILED"}',
    '{"STATUS":"SUCCESS","RPID":"1","TID":"2"}',
    '{"STATUS":true}',
    '{"STATUS":"SUCCESS","MSG":{}}',
    '{"STATUS":" "}',
    '{"MOBILE":"9"}',
    "[]",
    '[{"STATUS":"SUCCESS"}]',
    '"SUCCESS"',
    "null",
    "SUCCESS",
    "",
    "Login Failed",
    "<html><body><STATUS>SUCCESS</STATUS></body></html>",
    "<!DOCTYPE html><r><STATUS>SUCCESS</STATUS></r>",
    '<!doctype x [<!ENTITY a "b">]><r><STATUS>SUCCESS</STATUS></r>',
    "<r><STATUS>SUCCESS</STATUS>",
    "<r><STATUS>SUCCESS</r>",
    "<r><STATUS>SUCCESS</STATUS><STATUS>SUCCESS</STATUS></r>",
    "<STATUS>SUCCESS</STATUS>",
    "<r><STATUS>SUCCESS</STATUS></r><r/>",
    "<r><STATUS><b>SUCCESS</b></STATUS></r>",
  ])("is none when it says %j", (text) => {
    expect(readBacknpayReply(text)).toBeNull();
  });

  it("may say one field twice if it says the same", () => {
    expect(readBacknpayReply('{"STATUS":"SUCCESS","RPID":"1","TID":"1"}')?.rpid).toBe("1");
    expect(readBacknpayReply('{"STATUS":"SUCCESS","RPID":"","TID":"1","OPID":null}')).toMatchObject({
      rpid: "1",
      opid: null,
    });
  });

  it("never dies of a text, and never finds a status that is not there", () => {
    const pieces = fc.constantFrom(
      "<",
      ">",
      "/",
      "<r>",
      "</r>",
      "{",
      "}",
      '"',
      ":",
      "STATU",
      "SUCCESS",
      "&#0;",
      "&amp;",
      "<?xml",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(pieces).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(text, (body) => {
        expect(readBacknpayReply(body)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it("survives any words in any field", () => {
    const word = fc.string({ unit: "grapheme", minLength: 1 }).map((text) => `x${text}x`);
    fc.assert(
      fc.property(word, fc.constantFrom("json" as const, "xml" as const), (said, format) => {
        const fields = readBacknpayReply(writeBacknpayReply({ ...sample, MSG: said }, format));
        expect(fields).not.toBeNull();
        if (format === "json") expect(fields?.msg).toBe(said);
      }),
    );
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
