// The other end of aopay, made of the wire's own reader and writers.
import { minor } from "../../src/base/money.ts";
import type { Fetch } from "../../src/providers/exchange.ts";
import type { Submission } from "../../src/providers/provider.ts";
import { type AopayReply, aopayUnauthorised, writeAopayReply } from "../../src/wire/aopay/reply.ts";
import { readAopayRequest } from "../../src/wire/aopay/request.ts";
import { doubtfulAnswers } from "./doubtful-answers.ts";
import type { Act, OtherEnd } from "./provider-contract.ts";

export const aopaySubmission: Submission = {
  reference: "LC000010000001",
  product: "in.jio.prepaid",
  code: "511",
  number: "9826386400",
  amount: minor(1_000),
  fields: {},
  geocode: null,
};

const success: AopayReply = { state: "success", message: "Recharge done", error: null, txnId: "DGFIN1", ackno: "OP1" };
const headers = { "content-type": "application/json" };

function answering(status: number, body: string): Fetch {
  return async (_url, init) => {
    const request = readAopayRequest(init.body ?? "");
    const { number, code } = aopaySubmission;
    if (request?.customerNumber !== number || request.productId !== code || request.amount !== "10")
      throw new Error("not the order that was placed");
    return new Response(body, { status, headers });
  };
}

function act(changes: Partial<AopayReply>): Act {
  return { submission: aopaySubmission, fetch: answering(200, writeAopayReply({ ...success, ...changes })) };
}

export const aopayEnd: OtherEnd = {
  success: act({}),
  successWithoutReference: act({ ackno: null }),
  failure: act({ state: "failed", ackno: null }),
  pending: act({ state: "pending", ackno: null }),
  otherNumber: { skip: "an aopay reply names no number" },
  documented: [
    {
      submission: aopaySubmission,
      fetch: answering(401, JSON.stringify(aopayUnauthorised)),
      text: aopayUnauthorised.message,
      expected: { kind: "declined" },
    },
    {
      ...act({ state: "failed", error: "Transaction failed", ackno: null }),
      text: "Transaction failed",
      expected: { kind: "failed", cause: "operator" },
    },
  ],
  doubtful: doubtfulAnswers(act({}).fetch, aopaySubmission),
  lookups: { skip: "the seed documents no status call" },
  balance: { skip: "the seed documents no balance call" },
};
