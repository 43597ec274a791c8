// What aopay's clients are told: from recharges and refusals to the documented bodies. Pure.
import type { UnreferencedAnswer } from "../accounts/account.ts";
import type { Refusal, RefusalCode } from "../base/refusal.ts";
import { findProduct } from "../catalog/products.ts";
import type { FailureCause, RechargeState, RechargeView } from "../recharges/recharge.ts";
import { type AopayState, aopayUnauthorised, writeAopayReply } from "../wire/aopay/reply.ts";

export interface AopayAnswerOut {
  readonly status: 200 | 401;
  readonly body: string;
  /** Neither success nor failure: a client that chose to hears nothing instead. */
  readonly isPending: boolean;
}

/** `null`: the documented 401. The others are failures in the documented shape, with these words: the seed has none for them. */
const wordsOf = {
  credentials: null,
  address: null,
  scope: null,
  rate: "Too many requests",
  content_type: "Invalid request",
  body_too_large: "Invalid request",
  body_malformed: "Invalid request",
  parameter: "Invalid request",
  agent_id_conflict: "agentid was used for another recharge",
  suspended: "Service is not available for this RegistrationID",
  product_unknown: "Invalid ProductID",
  product_unavailable: "Operator is not available now",
  number: "Invalid CustomerNumber",
  number_operator: "Invalid CustomerNumber",
  field: "Invalid request",
  amount_range: "Invalid Amount",
  amount_step: "Invalid Amount",
  currency: "Invalid Amount",
  max_cost: "Invalid Amount",
  limit_recharge: "Amount is above the limit",
  limit_day: "Amount is above the limit of the day",
  balance: "Insufficient balance",
  repeat: "Same CustomerNumber and Amount a short time ago",
  repeat_of: "Same CustomerNumber and Amount a short time ago",
  velocity: "Too many recharges of this CustomerNumber",
  not_found: "Invalid request",
  unavailable: "Not available now",
} as const satisfies Record<RefusalCode, string | null>;

const states = {
  pending: "pending",
  succeeded: "success",
  failed: "failed",
  reversed: "failed",
} as const satisfies Record<RechargeState, AopayState>;

/** The seed's one reason, and what is the order's own fault. What the upstream said word for word is not for partners' clients. */
const reasons = {
  amount: "Invalid Amount",
  number: "Invalid CustomerNumber",
  operator: "Transaction failed",
  provider_declined: "Transaction failed",
  not_executed: "Transaction failed",
  ruled: "Transaction failed",
} as const satisfies Record<FailureCause, string>;

const endings = { success: "was successful", pending: "is pending" } as const;

/** The account's answer. `product` is the order's, for the words. */
export function presentAnswer({ placed }: UnreferencedAnswer, product: string): AopayAnswerOut {
  return placed.ok ? presentRecharge(placed.value.recharge) : presentRefusal(placed.problem, product);
}

function presentRecharge(recharge: RechargeView): AopayAnswerOut {
  const state = states[recharge.state];
  const error = state === "failed" ? reasonOf(recharge) : null;
  const message = messageOf(recharge.product, error === null ? { state } : { error });
  const references = { txnId: recharge.id, ackno: state === "success" ? recharge.operatorReference : null };
  const body = writeAopayReply({ state, error, message, ...references });
  return { status: 200, body, isPending: state === "pending" };
}

function reasonOf({ state, failure }: RechargeView): string {
  return state === "reversed" ? "Transaction reversed" : reasons[failure?.cause ?? "operator"];
}

/** A refusal: nothing was done. `product` null: the order did not name one. */
export function presentRefusal({ code, detail }: Refusal, product: string | null): AopayAnswerOut {
  const words = wordsOf[code];
  if (words === null) return { status: 401, body: JSON.stringify(aopayUnauthorised), isPending: false };
  const error = code === "parameter" ? detail : words;
  const message = messageOf(product, { error });
  return {
    status: 200,
    body: writeAopayReply({ state: "failed", error, message, txnId: "0", ackno: null }),
    isPending: false,
  };
}

/** Of an order about which the account was not heard: it may be under way. */
export function presentUnheard(product: string): AopayAnswerOut {
  const reply = { state: "pending", error: null, txnId: "0", ackno: null } as const;
  const message = messageOf(product, { state: "pending" });
  return { status: 200, body: writeAopayReply({ ...reply, message }), isPending: true };
}

/** As the seed's failure sample says it: `Your payment for … failed | Transaction failed`. */
function messageOf(product: string | null, end: { state: AopayState } | { error: string }): string {
  const name = (product === null ? null : findProduct(product)?.name) ?? "the recharge";
  if ("error" in end) return `Your payment for ${name} failed | ${end.error}`;
  return `Your payment for ${name} ${end.state === "success" ? endings.success : endings.pending}`;
}
