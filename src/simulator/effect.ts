// What a script may say: what becomes of a recharge, in which words it is answered, and how the answer travels.
import type { Protocol } from "../wire/protocol.ts";

/** What becomes of the recharge. `…_when_due` waits for `dueMs`; the money of a pending one is debited at once. */
export type Effect =
  | "executes"
  | "executes_when_due"
  | "executes_late"
  | "reverses_when_due"
  | "fails"
  | "fails_when_due"
  | "refused"
  | "vanishes"
  | "waits";

/** Why nothing was executed; each protocol has its own words for it. */
export const reasons = [
  "credentials",
  "balance",
  "parameter",
  "repeat",
  "amount",
  "number",
  "number_operator",
  "operator",
  "operator_code",
  "account_type",
  "declined_by_operator",
] as const;
export type Reason = (typeof reasons)[number];

/** Null when the text names none. */
export function readReason(text: string | null): Reason | null {
  return reasons.find((reason) => reason === text) ?? null;
}

/** How the words of the reply differ from the usual ones. */
export type Twist =
  | "as_the_seed_prints"
  | "no_operator_reference"
  | "other_format"
  | "stale_balance"
  | "rubbish_first"
  | "no_reward"
  | "submitted"
  | "submitted_in_message"
  | "more_words"
  | "other_number"
  | "other_amount"
  | "other_reference"
  | "contradicting_fields";

/** How the reply travels. */
export type Delivery =
  | "answers"
  | "never_answers"
  | "delivered_twice"
  | "cut_off"
  | "error_500"
  | "bad_gateway"
  | "unavailable"
  | "edge_error_520"
  | "redirect"
  | "html"
  | "wrong_content_type"
  | "broken"
  | "empty";

export interface Script {
  /** Last two digits of the subscriber number. */
  readonly suffix: string;
  /** One sentence for `docs/simulator.md`. */
  readonly does: string;
  readonly effect: Effect;
  readonly reason?: Reason;
  readonly twist?: Twist;
  readonly delivery?: Delivery;
  /** Wait before the answer, ms before division by `TIME_DIVISOR`. */
  readonly delayMs?: number;
  /** When the effect is due, ms after the request, before division; `settleMs` where absent. */
  readonly dueMs?: number;
  /** STATUS of each callback, sent in this order when the effect is due (backnpay only: the others have none). */
  readonly callbacks?: readonly ("SUCCESS" | "FAILED")[];
  /** The protocols that follow the script; at any other the recharge succeeds at once. */
  readonly only?: readonly Protocol[];
}
