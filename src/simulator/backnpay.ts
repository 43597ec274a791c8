// The simulator's backnpay: which of its rules a request breaks, and its replies in JSON and XML.
import { formatAmount, type Minor, minor, parseAmount } from "../base/money.ts";
import { checkAmount, checkNumber } from "../catalog/check.ts";
import {
  type BacknpayReply,
  backnpayContentTypes,
  writeBacknpayBalance,
  writeBacknpayReply,
} from "../wire/backnpay/reply.ts";
import type { BacknpayLogin, BacknpayRequest } from "../wire/backnpay/request.ts";
import { backnpayTexts, balanceMessage } from "../wire/backnpay/texts.ts";
import { productOfBacknpayCode } from "../wire/codes/backnpay.ts";
import type { Reason } from "./effect.ts";
import type { Decision, Format, Found, Received, Reply } from "./reply.ts";
import { findUpstreamAccount, openUpstreamAccount, type UpstreamAccount } from "./upstream-accounts.ts";

type Recharge = Extract<BacknpayRequest, { kind: "recharge" }>;

/** Seed, section 5; a reason that this protocol has no text for is answered with the usual failure. */
const texts = {
  credentials: backnpayTexts.loginFailed,
  balance: backnpayTexts.insufficientBalance,
  parameter: backnpayTexts.incompleteParameter,
  repeat: backnpayTexts.repeatRequest,
  amount: backnpayTexts.invalidAmount,
  number: backnpayTexts.invalidAccountNumber,
  number_operator: backnpayTexts.invalidAccountNumber,
  operator_code: backnpayTexts.incompleteParameter,
  account_type: backnpayTexts.incompleteParameter,
  operator: "Transaction Failed",
  declined_by_operator: "Transaction Failed",
} as const satisfies Record<Reason, string>;

/** Null unless `userid` and `pass` fit. Status and balance take an empty `pass` too: the seed prints it without a value. */
export function logIn(login: BacknpayLogin, passIsNeeded: boolean): UpstreamAccount | null {
  const name = login.userid ?? "";
  if (!passIsNeeded && login.pass === null) return findUpstreamAccount("backnpay", name);
  return openUpstreamAccount("backnpay", name, login.pass ?? "");
}

/** Without `fmt` clients of this family expect XML (`wire.md`, backnpay). */
export function formatOf(login: BacknpayLogin): Format {
  return login.format ?? "xml";
}

/** The request as the journal takes it, with the first of the seed's rules that it breaks. */
export function receiveBacknpay(request: Recharge): Received {
  const account = logIn(request, true);
  const amount = parseAmount(request.amt ?? "");
  return {
    protocol: "backnpay",
    account: account?.name ?? "",
    reference: request.agentid,
    number: request.mob ?? "",
    code: request.opt?.toUpperCase() ?? "",
    amount: amount ?? minor(0),
    format: formatOf(request),
    refusal: account === null ? "credentials" : brokenRule(request, amount),
  };
}

function brokenRule(request: Recharge, amount: Minor | null): Reason | null {
  const { mob, opt, amt, agentid, optionals } = request;
  if (mob === null || opt === null || amt === null || agentid === null || request.format === null) return "parameter";
  const product = productOfBacknpayCode(opt, { mob, optionals });
  if (!product.ok) return "parameter";
  if (amount === null || checkAmount(product.value, amount, null) !== null) return "amount";
  return checkNumber(product.value, mob).ok ? null : "number";
}

/** The reply to a recharge. A refusal is the usual reply with RPID and OPID empty (`lists.md`, "Where the seeds are silent"). */
export function replyOfBacknpay(received: Received, decision: Decision): Reply {
  const { twist } = decision;
  const asked = received.format;
  const format = twist === "other_format" ? (asked === "json" ? "xml" : "json") : asked;
  const reply: BacknpayReply = {
    STATUS: statusOf(decision),
    MOBILE: twist === "other_number" ? otherNumber(received.number) : received.number,
    AMOUNT: formatRupees(twist === "other_amount" ? minor(received.amount + 100) : received.amount),
    RPID: decision.said === "refused" ? "" : decision.theirReference,
    AGENTID: twist === "other_reference" ? `${received.reference ?? ""}X` : (received.reference ?? ""),
    OPID: operatorIdOf(decision),
    BAL: twist === "stale_balance" ? decision.balanceBefore : decision.balanceAfter,
    MSG: messageOf(decision),
  };
  return { status: 200, contentType: backnpayContentTypes[format], body: writeBacknpayReply(reply, format) };
}

function statusOf({ said, twist }: Decision): string {
  if (twist === "submitted") return "SUCCESS,Request submitted";
  if (twist === "submitted_in_message") return "SUCCESS";
  if (said === "succeeded") return twist === "as_the_seed_prints" ? "Success" : "SUCCESS";
  if (said === "pending") return "PENDING";
  return twist === "more_words" ? "FAILED,Refunded" : "FAILED";
}

/** The operator's reference on success, the reason on failure (`wire.md`, backnpay). */
function operatorIdOf({ said, twist, reason, operatorReference }: Decision): string {
  if (said === "failed") return reason === "operator" ? "Invalid Service Provider" : "Operator declined";
  return said === "succeeded" && twist !== "no_operator_reference" ? (operatorReference ?? "") : "";
}

function messageOf({ said, twist, reason }: Decision): string {
  if (twist === "submitted_in_message") return "Recharge request submitted";
  if (said === "succeeded") return "Transaction Successful";
  if (said === "pending") return "Transaction Pending";
  return reason === null ? "Transaction Failed" : texts[reason];
}

/** The answer to a status check; null: `NOTFOUND` (`lists.md`, "Where the seeds are silent"). */
export function replyOfBacknpayStatus(reference: string, found: Found | null, balance: Minor, format: Format): Reply {
  const contentType = backnpayContentTypes[format];
  const empty = { MOBILE: "", AMOUNT: "", RPID: "", AGENTID: reference, OPID: "", BAL: balance };
  if (found === null)
    return { status: 200, contentType, body: writeBacknpayReply({ STATUS: "NOTFOUND", ...empty, MSG: "" }, format) };
  const now: Decision = {
    ...found,
    twist: null,
    balanceBefore: balance,
    balanceAfter: balance,
    commission: minor(0),
  };
  const reply: BacknpayReply = {
    STATUS: statusOf(now),
    MOBILE: found.number,
    AMOUNT: formatRupees(found.amount),
    RPID: found.theirReference,
    AGENTID: found.reference,
    OPID: operatorIdOf(now),
    BAL: balance,
    MSG: messageOf(now),
  };
  return { status: 200, contentType, body: writeBacknpayReply(reply, format) };
}

/** The answer to `Get=CB`: the balance in `STATUS` (seed, section 4). */
export function replyOfBacknpayBalance(balance: Minor, format: Format): Reply {
  const body = writeBacknpayBalance(balance, balanceMessage, format);
  return { status: 200, contentType: backnpayContentTypes[format], body };
}

/** The answer to a status or balance check whose login fails. */
export function replyOfBacknpayLogin(format: Format): Reply {
  const empty = { MOBILE: "", AMOUNT: "", RPID: "", AGENTID: "", OPID: "", BAL: null };
  const body = writeBacknpayReply({ STATUS: "FAILED", ...empty, MSG: backnpayTexts.loginFailed }, format);
  return { status: 200, contentType: backnpayContentTypes[format], body };
}

/** Whole rupees without decimals, as the sample `"AMOUNT":"12"`. */
function formatRupees(amount: Minor): string {
  return formatAmount(amount).replace(/\.00$/, "");
}

/** Another number of the same length. */
export function otherNumber(number: string): string {
  return number.replace(/.$/, (last) => (last === "1" ? "2" : "1"));
}
