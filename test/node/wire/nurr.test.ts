import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { findNurrError, nurrErrors, writeNurrError } from "../../../src/wire/nurr/errors.ts";
import { type NurrReply, readNurrReply, writeNurrReply } from "../../../src/wire/nurr/reply.ts";
import { buildNurrRequest, isNurrAccountType, readNurrRequest } from "../../../src/wire/nurr/request.ts";

const seed = readFileSync(new URL("../../../docs/seeds/nurr.txt", import.meta.url), "utf8");

/** The seed's sample under a heading, up to the next heading. */
function sample(heading: string, next: string): string {
  const start = seed.indexOf(heading) + heading.length;
  return seed.slice(start, seed.indexOf(next, start)).trim();
}

const success: NurrReply = {
  state: "success",
  fullName: "Customer Name",
  phone: "017XXXXXXXX",
  amount: minor(2_000),
  operatorName: "Grameenphone",
  commission: minor(20),
  before: minor(100_000),
  after: minor(98_020),
  operatorTransactionId: "TXN123456789",
  failureReason: "Something wrong please try again later.",
  reward: { points: 0.1, levelId: 1, levelKey: "silver" },
};
const failed: NurrReply = {
  ...success,
  state: "failed",
  commission: minor(0),
  after: success.before,
  operatorTransactionId: null,
};

describe("a nurr request", () => {
  const order = {
    apiKey: "k",
    apiSecret: "s",
    phone: "01712345678",
    amount: "20",
    operator: "GP ST",
    accountType: "postpaid",
  } as const;

  it("is a form that reads back", () => {
    const form = buildNurrRequest(order);
    expect(form.toString()).toBe(
      "api_key=k&api_secret=s&phone=01712345678&amount=20&operator=GP+ST&account_type=postpaid",
    );
    expect(readNurrRequest(form)).toEqual({ ...order, agentid: null });
  });

  it("is read from multipart too: blanks and files are missing, the last of a repeated field counts", () => {
    const form = new FormData();
    form.append("action", "recharge");
    form.append("api_key", " ");
    form.append("phone", new Blob(["x"]));
    form.append("amount", "10");
    form.append("amount", " 20 ");
    form.append("agentid", "A1");
    expect(readNurrRequest(form)).toEqual({
      apiKey: null,
      apiSecret: null,
      phone: null,
      amount: "20",
      operator: null,
      accountType: "prepaid",
      agentid: "A1",
    });
  });

  it("keeps an account type that is none of the two", () => {
    expect(readNurrRequest([["account_type", ""]]).accountType).toBe("");
    expect(isNurrAccountType("prepaid")).toBe(true);
    expect(isNurrAccountType("postpaid")).toBe(true);
    expect(isNurrAccountType("")).toBe(false);
    expect(isNurrAccountType("Prepaid")).toBe(false);
  });
});

describe("nurr's errors", () => {
  it("are the seed's eight, in its order, with its HTTP codes", () => {
    const rows = [...seed.matchAll(/^\| (\d{3}) \| ([^|]+) \|/gm)].map(([, status, text]) => ({
      status: Number(status),
      text,
    }));
    expect(rows).toHaveLength(8);
    expect(Object.values(nurrErrors)).toEqual(rows);
  });

  it("are written as in the seed", () => {
    expect(writeNurrError("operator")).toEqual({
      status: 422,
      body: '{"error":"Invalid operator.","allowed_operator":["GP","GP ST","BL","RB","AT","TT"]}',
    });
    expect(writeNurrError("credentials")).toEqual({ status: 401, body: '{"error":"Invalid API credentials."}' });
    expect(writeNurrError("failed")).toEqual({ status: 500, body: '{"error":"Transaction failed."}' });
  });

  it("are found by text and HTTP code together", () => {
    for (const [key, { status, text }] of Object.entries(nurrErrors)) {
      expect(findNurrError(status, text)).toBe(key);
      expect(findNurrError(status + 1, text)).toBeNull();
      expect(findNurrError(status, text.toLowerCase())).toBeNull();
    }
  });
});

const read = {
  success: true,
  status: "Success",
  error: null,
  phone: "017XXXXXXXX",
  amount: "20.00",
  commission: "0.20",
  before: "1000.00",
  after: "980.20",
  operatorTransactionId: "TXN123456789",
  failureReason: null,
};

describe("a nurr reply", () => {
  it("equals the seed's samples", () => {
    const first = sample("Success Response\n{", "Skitto Success Response");
    expect(writeNurrReply(success).status).toBe(200);
    expect(JSON.parse(writeNurrReply(success).body)).toEqual(JSON.parse(first));
    const second = sample("Failed Response\n", "Error Responses");
    expect(writeNurrReply(failed).status).toBe(200);
    expect(JSON.parse(writeNurrReply(failed).body)).toEqual(JSON.parse(second));
  });

  it("is pending with HTTP 202", () => {
    const { status, body } = writeNurrReply({ ...success, state: "pending", operatorTransactionId: null });
    expect(status).toBe(202);
    expect(JSON.parse(body)).toEqual({
      success: false,
      full_name: "Customer Name",
      phone: "017XXXXXXXX",
      amount: "20.00",
      operator_name: "Grameenphone",
      commission_amount: "0.20",
      before_balance: "1000.00",
      after_balance: "980.20",
      operator_transaction_id: null,
      status: "Pending",
    });
  });

  it("may be without a reward", () => {
    expect(JSON.parse(writeNurrReply({ ...success, reward: null }).body)).not.toHaveProperty("reward");
  });
});

describe("a nurr reply as we read it", () => {
  it("is read from the seed's samples as they are printed, doubled brace and all", () => {
    expect(readNurrReply(sample("Success Response\n", "Skitto Success Response"))).toEqual(read);
    expect(readNurrReply(sample("Skitto Success Response\n", "Failed Response"))).toEqual(read);
    expect(readNurrReply(sample("Failed Response\n", "Error Responses"))).toEqual({
      ...read,
      success: false,
      status: "Failed",
      commission: "0.00",
      after: "1000.00",
      operatorTransactionId: null,
      failureReason: "Something wrong please try again later.",
    });
  });

  it.each([
    ["plain", (body: string) => body],
    ["with a byte order mark", (body: string) => `\ufeff ${body}\n`],
    ["with an open doubled brace", (body: string) => `{ ${body}`],
    ["with a closed doubled brace", (body: string) => `{\n${body} }`],
  ])("is read %s", (_name, wrap) => {
    expect(readNurrReply(wrap(writeNurrReply(success).body))).toEqual(read);
  });
});

describe("a nurr reply that lacks something", () => {
  it("says null for what is missing or blank, and reads numbers as their digits", () => {
    const none = { success: null, status: null, error: null, phone: null, commission: null, failureReason: null };
    expect(readNurrReply('{"amount":20.50,"phone":" ","before_balance":null,"after_balance":" 1.00 "}')).toEqual({
      ...none,
      amount: "20.50",
      before: null,
      after: "1.00",
      operatorTransactionId: null,
    });
    expect(readNurrReply(writeNurrError("balance").body)?.error).toBe("Insufficient balance.");
  });

  it.each(["", "{", "{ {", "{{}}}", "[]", "null", "true", "<html></html>", '{"success":"true"}', '{"status":{}}'])(
    "is none when it says %j",
    (body) => {
      expect(readNurrReply(body)).toBeNull();
    },
  );

  it("never dies of a text", () => {
    const pieces = fc.constantFrom("{", "}", '"', "success", ":", "true", ",", "[", " ");
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.array(pieces).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(text, (body) => {
        expect(readNurrReply(body)?.success ?? null).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});
