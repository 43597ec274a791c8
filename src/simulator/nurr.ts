// The simulator's nurr: its checks in the order of the seed's errors, and its replies.
import { type Minor, minor, parseAmount } from "../base/money.ts";
import { checkAmount, checkNumber } from "../catalog/check.ts";
import { nurrCodeOf, productOfNurrCode } from "../wire/codes/nurr.ts";
import { type NurrError, writeNurrError } from "../wire/nurr/errors.ts";
import { writeNurrReply } from "../wire/nurr/reply.ts";
import { isNurrAccountType, type NurrRequest } from "../wire/nurr/request.ts";
import { otherNumber } from "./backnpay.ts";
import type { Reason } from "./effect.ts";
import type { Decision, Received, Reply } from "./reply.ts";
import { openUpstreamAccount } from "./upstream-accounts.ts";

/** The documented error of a reason; null: the failed reply with `success:false` instead. */
const errors = {
  credentials: "credentials",
  parameter: "missing",
  account_type: "accountType",
  operator_code: "operator",
  number: "operatorNumber",
  number_operator: "operatorNumber",
  amount: "amount",
  balance: "balance",
  repeat: "failed",
  operator: null,
  declined_by_operator: null,
} as const satisfies Record<Reason, NurrError | null>;

const contentType = "application/json; charset=utf-8";
const reward = { points: 0.1, levelId: 1, levelKey: "silver" } as const;

/** The request as the journal takes it, with the first error that applies. `code`: operator and account type. */
export function receiveNurr(request: NurrRequest): Received {
  const account = openUpstreamAccount("nurr", request.apiKey ?? "", request.apiSecret ?? "");
  const amount = parseAmount(request.amount ?? "");
  return {
    protocol: "nurr",
    account: account?.name ?? "",
    reference: null,
    number: request.phone ?? "",
    code: `${request.operator ?? ""} ${request.accountType}`,
    amount: amount ?? minor(0),
    format: "json",
    refusal: account === null ? "credentials" : brokenRule(request, amount),
  };
}

function brokenRule(request: NurrRequest, amount: Minor | null): Reason | null {
  const { phone, operator, accountType } = request;
  if (phone === null || operator === null || request.amount === null) return "parameter";
  if (!isNurrAccountType(accountType)) return "account_type";
  const product = productOfNurrCode(operator, accountType);
  if (product === null) return "operator_code";
  if (!checkNumber(product, phone).ok) return "number_operator";
  return amount === null || checkAmount(product, amount, null) !== null ? "amount" : null;
}

/** An error of the seed with its HTTP code, or the reply with the balances before and after. */
export function replyOfNurr(received: Received, decision: Decision): Reply {
  const { said, reason, twist } = decision;
  const error = reason === null ? null : errors[reason];
  if (error !== null) return { ...writeNurrError(error), contentType };
  const isStale = twist === "stale_balance";
  const reply = writeNurrReply({
    state: said === "succeeded" ? "success" : said === "pending" ? "pending" : "failed",
    fullName: "Customer Name",
    phone: twist === "other_number" ? otherNumber(received.number) : received.number,
    amount: twist === "other_amount" ? minor(received.amount + 100) : received.amount,
    operatorName: operatorNameOf(received.code),
    commission: decision.commission,
    before: decision.balanceBefore,
    after: isStale ? decision.balanceBefore : decision.balanceAfter,
    operatorTransactionId:
      said === "succeeded" && twist !== "no_operator_reference" ? decision.operatorReference : null,
    failureReason: reason === "operator" ? "Operator is not available." : "Something wrong please try again later.",
    reward: twist === "no_reward" ? null : reward,
  });
  return { status: reply.status, contentType, body: twistBody(reply.body, decision) };
}

function twistBody(body: string, { twist }: Decision): string {
  if (twist === "rubbish_first") return `{\n${body}`;
  return twist === "contradicting_fields" ? body.replace('"status":"Success"', '"status":"Failed"') : body;
}

function operatorNameOf(code: string): string {
  const [, operator = "", accountType = ""] = /^(.*) (\w+)$/.exec(code) ?? [];
  const product = isNurrAccountType(accountType) ? productOfNurrCode(operator, accountType) : null;
  return (product === null ? null : nurrCodeOf(product.id))?.operatorName ?? "";
}
