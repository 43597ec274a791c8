// Replies of nurr (seed, "Success & Failed Responses"), written and read. Money is text with two decimals.
import { z } from "zod";
import { formatAmount, type Minor } from "../../base/money.ts";
import { parseJsonKeepingDigits } from "../json.ts";

export type NurrState = "success" | "failed" | "pending";

export interface NurrReply {
  readonly state: NurrState;
  readonly fullName: string;
  readonly phone: string;
  readonly amount: Minor;
  readonly operatorName: string;
  readonly commission: Minor;
  readonly before: Minor;
  readonly after: Minor;
  readonly operatorTransactionId: string | null;
  /** Only a failed reply carries it. */
  readonly failureReason: string;
  /** Only a successful reply carries it; null leaves it out. */
  readonly reward: NurrReward | null;
}

export interface NurrReward {
  readonly points: number;
  /** Null: no level is reached. */
  readonly levelId: number | null;
  readonly levelKey: string | null;
  /** Null, or left out: no offer paid. */
  readonly cashback?: Minor | null;
}

const words = {
  success: { status: 200, success: true, word: "Success" },
  failed: { status: 200, success: false, word: "Failed" },
  pending: { status: 202, success: false, word: "Pending" },
} as const satisfies Record<NurrState, object>;

/** A reply's HTTP status and body. Pending is ours: the seed has none (HTTP 202, `"status":"Pending"`). */
export function writeNurrReply(reply: NurrReply): { readonly status: 200 | 202; readonly body: string } {
  const { status, success, word } = words[reply.state];
  const body = {
    success,
    full_name: reply.fullName,
    phone: reply.phone,
    amount: formatAmount(reply.amount),
    operator_name: reply.operatorName,
    commission_amount: formatAmount(reply.commission),
    before_balance: formatAmount(reply.before),
    after_balance: formatAmount(reply.after),
    operator_transaction_id: reply.operatorTransactionId,
    status: word,
    ...(reply.state === "failed" && { failure_reason: reply.failureReason }),
    ...(reply.state === "success" && reply.reward !== null && { reward: rewardOf(reply.reward) }),
  };
  return { status, body: JSON.stringify(body) };
}

/** The seed's texts; that of a paid cashback and its amount are ours. Where no points were given, it says what it says of offers. */
function rewardOf({ points, levelId, levelKey, cashback }: NurrReward): object {
  const none = "No eligible active offer found";
  const level = { new_level_id: levelId, new_level_key: levelKey };
  return {
    ok: true,
    points: { ok: true, message: points > 0 ? "Points awarded successfully" : none, points, ...level },
    cashback:
      cashback === undefined || cashback === null
        ? { ok: true, message: none }
        : { ok: true, message: "Cashback awarded successfully", amount: formatAmount(cashback) },
  };
}

const text = z.string().nullish();
const fieldsSchema = z.object({
  success: z.boolean().optional(),
  status: text,
  error: text,
  phone: text,
  amount: text,
  commission_amount: text,
  before_balance: text,
  after_balance: text,
  operator_transaction_id: text,
  failure_reason: text,
});

/** The fields that we read, as they were sent; null where one is missing or blank. */
export interface NurrFields {
  readonly success: boolean | null;
  readonly status: string | null;
  readonly error: string | null;
  readonly phone: string | null;
  readonly amount: string | null;
  readonly commission: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly operatorTransactionId: string | null;
  readonly failureReason: string | null;
}

/** Reads a body; null when it is no JSON object with such fields. The samples' doubled first brace does no harm. */
export function readNurrReply(body: string): NurrFields | null {
  const read = fieldsSchema.safeParse(parseWithDoubledBrace(body.replace(/^\ufeff/, "").trim()));
  if (!read.success) return null;
  const { success, status, error, phone, amount, failure_reason: reason } = read.data;
  const { commission_amount: commission, before_balance: before, after_balance: after } = read.data;
  return {
    success: success ?? null,
    status: said(status),
    error: said(error),
    phone: said(phone),
    amount: said(amount),
    commission: said(commission),
    before: said(before),
    after: said(after),
    operatorTransactionId: said(read.data.operator_transaction_id),
    failureReason: said(reason),
  };
}

function said(value: string | null | undefined): string | null {
  return value?.trim() || null;
}

/** The seed's samples open with `{ {` and close the outer brace or not. */
function parseWithDoubledBrace(body: string): unknown {
  const inner = /^\{\s*(\{[\s\S]*)$/.exec(body)?.[1];
  if (inner === undefined) return parseJsonKeepingDigits(body);
  return parseJsonKeepingDigits(inner) ?? parseJsonKeepingDigits(inner.replace(/\}$/, ""));
}
