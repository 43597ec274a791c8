// What nurr's clients are told: from recharges and refusals to the documented bodies. Pure.
import type { UnreferencedAnswer } from "../accounts/account.ts";
import { formatAmount, type Minor, minor } from "../base/money.ts";
import { type Refusal, type RefusalCode, refusals } from "../base/refusal.ts";
import type { FailureCause, RechargeState, RechargeView, WalletView } from "../recharges/recharge.ts";
import { type NurrError, writeNurrError } from "../wire/nurr/errors.ts";
import { type NurrReward, type NurrState, writeNurrReply } from "../wire/nurr/reply.ts";
import { writeNurrUnheard } from "../wire/nurr/unheard.ts";

export interface NurrAnswerOut {
  readonly status: 200 | 202 | 401 | 422 | 500;
  readonly body: string;
  /** Neither success nor failure: a client that chose to hears nothing instead. */
  readonly isPending: boolean;
}

/** What a reply repeats of its order. */
export interface NurrOrdered {
  /** As it was sent. */
  readonly phone: string;
  readonly amount: Minor;
  readonly operatorName: string;
}

/** `failed`: the seed has no error for it, so it is a failed reply, whose reason is the refusal's title. Nothing was done. */
const errorOf = {
  credentials: "credentials",
  address: "credentials",
  scope: "credentials",
  rate: "failed",
  content_type: "missing",
  body_too_large: "missing",
  body_malformed: "missing",
  parameter: "missing",
  agent_id_conflict: "failed",
  suspended: "failed",
  product_unknown: "operator",
  product_unavailable: "failed",
  number: "operatorNumber",
  number_operator: "operatorNumber",
  field: "missing",
  amount_range: "amount",
  amount_step: "amount",
  currency: "failed",
  max_cost: "failed",
  limit_recharge: "amount",
  limit_day: "failed",
  balance: "balance",
  repeat: "failed",
  repeat_of: "failed",
  velocity: "failed",
  not_found: "failed",
  unavailable: "failed",
} as const satisfies Record<RefusalCode, NurrError>;

const states = {
  pending: "pending",
  succeeded: "success",
  failed: "failed",
  reversed: "failed",
} as const satisfies Record<RechargeState, NurrState>;

/** The seed's one reason, and what is the order's own fault. What the upstream said word for word is not for partners' clients. */
const reasons = {
  amount: "The operator did not accept the amount.",
  number: "The operator did not accept the number.",
  operator: "Something wrong please try again later.",
  provider_declined: "Something wrong please try again later.",
  not_executed: "Something wrong please try again later.",
  ruled: "Something wrong please try again later.",
} as const satisfies Record<FailureCause, string>;

function reasonOf({ state, failure }: RechargeView): string {
  if (state === "reversed") return "The recharge was reversed and refunded.";
  return reasons[failure?.cause ?? "operator"];
}

export function presentError(error: NurrError): NurrAnswerOut {
  return { ...writeNurrError(error), isPending: false };
}

/** The account's answer. `reward` is what a success earned; null leaves it out. */
export function presentAnswer(
  { placed, partner, wallet }: UnreferencedAnswer,
  ordered: NurrOrdered,
  reward: NurrReward | null,
): NurrAnswerOut {
  const heard = { ...ordered, fullName: partner, wallet };
  return placed.ok ? presentRecharge(placed.value.recharge, heard, reward) : presentRefusal(placed.problem, heard);
}

interface Heard extends NurrOrdered {
  readonly fullName: string;
  readonly wallet: WalletView | null;
}

/** before − amount + commission = after; a failed recharge moved nothing, and a pending one holds its cost. */
function presentRecharge(
  recharge: RechargeView,
  { wallet, ...heard }: Heard,
  reward: NurrReward | null,
): NurrAnswerOut {
  const state = states[recharge.state];
  const after = wallet?.balance ?? minor(0);
  const moved = state === "failed" ? minor(0) : recharge.cost;
  const reply = writeNurrReply({
    ...heard,
    state,
    commission: state === "failed" ? minor(0) : recharge.commission,
    before: minor(after + moved),
    after,
    operatorTransactionId: state === "success" ? recharge.operatorReference : null,
    failureReason: reasonOf(recharge),
    reward: state === "success" ? reward : null,
  });
  return { ...reply, isPending: state === "pending" };
}

function presentRefusal({ code }: Refusal, { wallet, ...heard }: Heard): NurrAnswerOut {
  const error = errorOf[code];
  if (error !== "failed") return presentError(error);
  const balance = wallet?.balance ?? minor(0);
  const reply = writeNurrReply({
    ...heard,
    state: "failed",
    commission: minor(0),
    before: balance,
    after: balance,
    operatorTransactionId: null,
    failureReason: refusals[code].title,
    reward: null,
  });
  return { ...reply, isPending: false };
}

/** Of an order about which the account was not heard: it may be under way. */
export function presentUnheard({ phone, amount, operatorName }: NurrOrdered): NurrAnswerOut {
  const body = writeNurrUnheard({ phone, amount: formatAmount(amount), operatorName });
  return { status: 202, body, isPending: true };
}
