// The other end of nurr, made of the wire's own reader and writers.
import { minor } from "../../src/base/money.ts";
import type { Fetch } from "../../src/providers/exchange.ts";
import type { Submission } from "../../src/providers/provider.ts";
import { readAmount } from "../../src/wire/amount.ts";
import { type NurrError, nurrErrors, writeNurrError } from "../../src/wire/nurr/errors.ts";
import { type NurrReply, writeNurrReply } from "../../src/wire/nurr/reply.ts";
import { readNurrRequest } from "../../src/wire/nurr/request.ts";
import { doubtfulAnswers } from "./doubtful-answers.ts";
import type { Act, DocumentedAnswer, OtherEnd } from "./provider-contract.ts";

export const nurrSubmission: Submission = {
  reference: "LC000010000001",
  product: "bd.skitto.prepaid",
  code: "GP ST",
  number: "01712345600",
  amount: minor(2_000),
  fields: {},
  geocode: null,
};

const meanings = {
  credentials: { kind: "declined" },
  missing: { kind: "declined" },
  accountType: { kind: "declined" },
  operator: { kind: "declined" },
  operatorNumber: { kind: "failed", cause: "number" },
  amount: { kind: "failed", cause: "amount" },
  balance: { kind: "declined" },
  failed: { kind: "in_doubt" },
} as const satisfies Record<NurrError, DocumentedAnswer["expected"]>;

const headers = { "content-type": "application/json; charset=utf-8" };

function answering(changes: Partial<NurrReply>): Fetch {
  return async (_url, init) => {
    const request = readNurrRequest(new URLSearchParams(init.body ?? ""));
    const amount = readAmount(request.amount);
    if (amount === null || request.operator !== "GP ST" || request.accountType !== "prepaid")
      throw new Error("not the order that was placed");
    const { status, body } = writeNurrReply({
      state: "success",
      fullName: "Customer Name",
      phone: request.phone ?? "",
      amount,
      operatorName: "Grameenphone Skitto",
      commission: minor(20),
      before: minor(100_000),
      after: minor(98_020),
      operatorTransactionId: "TXN123456789",
      failureReason: "Something wrong please try again later.",
      reward: { points: 0.1, levelId: 1, levelKey: "silver" },
      ...changes,
    });
    return new Response(body, { status, headers });
  };
}

function act(changes: Partial<NurrReply>): Act {
  return { submission: nurrSubmission, fetch: answering(changes) };
}

function errorAct(error: NurrError): DocumentedAnswer {
  const { status, body } = writeNurrError(error);
  const fetch: Fetch = async () => new Response(body, { status, headers });
  return { submission: nurrSubmission, fetch, text: nurrErrors[error].text, expected: meanings[error] };
}

const errors = [
  "credentials",
  "missing",
  "accountType",
  "operator",
  "operatorNumber",
  "amount",
  "balance",
  "failed",
] as const satisfies readonly NurrError[];
const unmoved = { commission: minor(0), after: minor(100_000), operatorTransactionId: null } as const;

export const nurrEnd: OtherEnd = {
  success: act({}),
  successWithoutReference: act({ operatorTransactionId: null }),
  failure: act({ state: "failed", ...unmoved }),
  pending: act({ state: "pending", operatorTransactionId: null }),
  otherNumber: act({ phone: "01700000000" }),
  documented: errors.map(errorAct),
  doubtful: doubtfulAnswers(answering({}), nurrSubmission),
  lookups: { skip: "the seed documents no status call" },
  balance: { skip: "the seed documents no balance call; replies carry the balance" },
};
