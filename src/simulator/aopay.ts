// The simulator's aopay: which of its rules a request breaks, and its replies.
import { type Minor, minor, parseAmount } from "../base/money.ts";
import { checkAmount, checkNumber } from "../catalog/check.ts";
import type { Product } from "../catalog/product.ts";
import { type AopayReply, aopayUnauthorised, writeAopayReply } from "../wire/aopay/reply.ts";
import type { AopayRequest } from "../wire/aopay/request.ts";
import { productOfAopayCode } from "../wire/codes/aopay.ts";
import type { Reason } from "./effect.ts";
import type { Decision, Received, Reply } from "./reply.ts";
import { openUpstreamAccount } from "./upstream-accounts.ts";

/** What `error` says. The seed documents `Transaction failed` alone; the others are the simulator's. */
const errors = {
  credentials: "Invalid signature encoding",
  balance: "Insufficient balance",
  parameter: "Invalid request",
  repeat: "Duplicate request",
  amount: "Invalid recharge amount",
  number: "Invalid customer number",
  number_operator: "Invalid customer number",
  operator_code: "Invalid product",
  account_type: "Invalid product",
  operator: "Operator not available",
  declined_by_operator: "Transaction failed",
} as const satisfies Record<Reason, string>;

const contentType = "application/json; charset=utf-8";

/** The request as the journal takes it; `null`: the body was no JSON object. */
export function receiveAopay(request: AopayRequest | null): Received {
  const account = openUpstreamAccount("aopay", request?.registrationId ?? "", null);
  const amount = readRupees(request?.amount ?? "");
  return {
    protocol: "aopay",
    account: account?.name ?? "",
    reference: null,
    number: request?.customerNumber ?? "",
    code: request?.productId ?? "",
    amount: amount ?? minor(0),
    format: "json",
    refusal: request === null || account === null ? "credentials" : brokenRule(request, amount),
  };
}

function brokenRule(request: AopayRequest, amount: Minor | null): Reason | null {
  const { customerNumber, productId, geocode } = request;
  if (customerNumber === null || productId === null || geocode === null || request.amount === null) return "parameter";
  const product = productOf(productId);
  if (product === null) return "operator_code";
  if (amount === null || checkAmount(product, amount, null) !== null) return "amount";
  return checkNumber(product, customerNumber).ok ? null : "number";
}

function productOf(code: string): Product | null {
  return /^\d{1,6}$/.test(code) ? productOfAopayCode(Number(code)) : null;
}

/** `Amount` is an integer of rupees. */
function readRupees(text: string): Minor | null {
  return /^\d+$/.test(text) ? parseAmount(text) : null;
}

/**
 * The reply: a login that fails gets the documented 401. A second delivery gets 409 in no documented shape, for the
 * seed says nothing about it and no word of success or failure may be invented.
 */
export function replyOfAopay(received: Received, decision: Decision): Reply {
  const { said, reason, twist } = decision;
  if (reason === "credentials") return { status: 401, contentType, body: JSON.stringify(aopayUnauthorised) };
  if (reason === "repeat")
    return {
      status: 409,
      contentType,
      body: JSON.stringify({ status: false, response_code: 9, message: errors.repeat }),
    };
  const reply: AopayReply = {
    state: said === "succeeded" ? "success" : said === "pending" ? "pending" : "failed",
    message: messageOf(received, decision),
    error: reason === null ? null : errors[reason],
    txnId: decision.theirReference,
    ackno: said === "succeeded" && twist !== "no_operator_reference" ? decision.operatorReference : null,
  };
  const body = writeAopayReply(reply);
  return { status: 200, contentType, body: twist === "contradicting_fields" ? contradict(body) : body };
}

/** `status`, `statusCode` and `Status` say success, `data.status` does not. */
function contradict(body: string): string {
  return body.replace('"status":"SUCCESS"', '"status":"FAILED"');
}

function messageOf(received: Received, { said, reason }: Decision): string {
  const name = productOf(received.code)?.name ?? "recharge";
  if (said === "succeeded") return `Your payment for ${name} is successful`;
  if (said === "pending") return `Your payment for ${name} is pending`;
  return `Your payment for ${name} failed | ${reason === null ? "Transaction failed" : errors[reason]}`;
}
