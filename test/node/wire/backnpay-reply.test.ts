import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import {
  type BacknpayReply,
  readBacknpayReply,
  writeBacknpayBalance,
  writeBacknpayReply,
} from "../../../src/wire/backnpay/reply.ts";
import { balanceMessage } from "../../../src/wire/backnpay/texts.ts";

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

const unreadable = [
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
];

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
});

describe("a backnpay reply as we read it", () => {
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

  it.each(unreadable)("is none when it says %j", (text) => {
    expect(readBacknpayReply(text)).toBeNull();
  });

  it("may say one field twice if it says the same", () => {
    expect(readBacknpayReply('{"STATUS":"SUCCESS","RPID":"1","TID":"1"}')?.rpid).toBe("1");
    expect(readBacknpayReply('{"STATUS":"SUCCESS","RPID":"","TID":"1","OPID":null}')).toMatchObject({
      rpid: "1",
      opid: null,
    });
  });
});

describe("any text", () => {
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

  it("says in JSON exactly what was said", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (said) => {
        expect(readBacknpayReply(writeBacknpayReply({ ...sample, MSG: `x${said}x` }, "json"))?.msg).toBe(`x${said}x`);
      }),
    );
  });

  it("is read with any words in a field", () => {
    const word = fc.string({ unit: "grapheme", minLength: 1 }).map((text) => `x${text}x`);
    fc.assert(
      fc.property(word, fc.constantFrom("json" as const, "xml" as const), (said, format) => {
        const fields = readBacknpayReply(writeBacknpayReply({ ...sample, MSG: said }, format));
        expect(fields?.rpid).toBe(sample.RPID);
      }),
    );
  });
});
