// The other end of backnpay, made of the wire's own readers and writers.
import { minor } from "../../src/base/money.ts";
import type { Fetch } from "../../src/providers/exchange.ts";
import type { Submission } from "../../src/providers/provider.ts";
import { readAmount } from "../../src/wire/amount.ts";
import {
  backnpayContentTypes,
  type BacknpayReply,
  writeBacknpayBalance,
  writeBacknpayReply,
} from "../../src/wire/backnpay/reply.ts";
import { type BacknpayFormat, readBacknpayRequest } from "../../src/wire/backnpay/request.ts";
import { type BacknpayText, backnpayTexts, balanceMessage } from "../../src/wire/backnpay/texts.ts";
import { doubtfulAnswers } from "./doubtful-answers.ts";
import type { Act, DocumentedAnswer, OtherEnd } from "./provider-contract.ts";

export const backnpaySubmission: Submission = {
  reference: "LC000010000001",
  product: "in.airtel.prepaid",
  code: "3",
  number: "9826386400",
  amount: minor(1_200),
  fields: {},
  geocode: null,
};

const meanings = {
  loginFailed: { kind: "declined" },
  insufficientBalance: { kind: "declined" },
  incompleteParameter: { kind: "declined" },
  repeatRequest: { kind: "in_doubt" },
  invalidAmount: { kind: "failed", cause: "amount" },
  invalidAccountNumber: { kind: "failed", cause: "number" },
} as const satisfies Record<BacknpayText, DocumentedAnswer["expected"]>;

const success = { STATUS: "SUCCESS", OPID: "OP1", MSG: "Recharge done" };
const failure = { STATUS: "FAILED", OPID: "Invalid Service Provider", MSG: "Transaction Failed" };

/** Answers the order, or the status check of it, with these changes to the usual reply; a balance check with 302.15. */
function answering(changes: Partial<BacknpayReply>, format: BacknpayFormat): Fetch {
  let order = { MOBILE: "", AMOUNT: "", AGENTID: "" };
  return async (url, { method, body }) => {
    const request = readBacknpayRequest(method === "POST" ? new URLSearchParams(body) : new URL(url).searchParams);
    const headers = { "content-type": backnpayContentTypes[format] };
    if (request.kind === "balance")
      return new Response(writeBacknpayBalance(minor(30_215), balanceMessage, format), { headers });
    if (request.kind === "recharge") {
      if (readAmount(request.amt) === null) throw new Error("the amount cannot be read");
      order = { MOBILE: request.mob ?? "", AMOUNT: request.amt ?? "", AGENTID: request.agentid ?? "" };
    } else if (request.csagentid !== order.AGENTID) throw new Error("asked about another order");
    const reply = { ...success, RPID: "16010823084714D907", BAL: minor(30_215), ...order, ...changes };
    return new Response(writeBacknpayReply(reply, format), { headers });
  };
}

function error(text: BacknpayText): Partial<BacknpayReply> {
  return { STATUS: "FAILED", MSG: backnpayTexts[text], RPID: "", OPID: "" };
}

const texts = [
  "loginFailed",
  "insufficientBalance",
  "incompleteParameter",
  "repeatRequest",
  "invalidAmount",
  "invalidAccountNumber",
] as const satisfies readonly BacknpayText[];

/** The other end in one of the two formats, whatever the client asks for. */
export function backnpayEnd(format: BacknpayFormat): OtherEnd {
  const act = (changes: Partial<BacknpayReply>): Act => ({
    submission: backnpaySubmission,
    fetch: answering(changes, format),
  });
  return {
    success: act({}),
    successWithoutReference: act({ OPID: "" }),
    failure: act(failure),
    pending: act({ STATUS: "PENDING", OPID: "", MSG: "" }),
    otherNumber: act({ MOBILE: "9000000000" }),
    documented: texts.map((text) => ({ ...act(error(text)), text: backnpayTexts[text], expected: meanings[text] })),
    doubtful: doubtfulAnswers(answering({}, format), backnpaySubmission),
    lookups: {
      succeeded: act({}),
      failed: act(failure),
      pending: act({ STATUS: "SUCCESS,Request submitted" }),
      not_found: act({ STATUS: "NOTFOUND", MOBILE: "", AMOUNT: "", RPID: "", AGENTID: "", OPID: "" }),
      in_doubt: act(error("loginFailed")),
    },
    balance: { ...act({}), balance: 30_215 },
  };
}
