// What is known of the wallet that we have at one provider: our calls, balances read, movements and declarations of staff.
import type { Minor } from "../base/money.ts";

/** `reversed`: a success that was taken back. `disputed`: explicit words of both kinds. `none`: no explicit word. */
export type CallWord = "success" | "failure" | "declined" | "reversed" | "disputed" | "none";

/** One attempt at this provider. Times are epoch ms. */
export interface WalletCall {
  readonly id: string;
  readonly sentAt: number;
  /** Arrival of the reply, where `word` (or the success that was reversed) is what the reply itself said; else null. */
  readonly answeredAt: number | null;
  /**
   * Until when a call without such a reply may have been running (`startBy` and its limit); where the upstream accepted
   * it or said something else first, when its last word came. Null: accepted, and the last word is still to come.
   */
  readonly overBy: number | null;
  /** From all evidence but balance segments: what a segment said is never an input of a segment. */
  readonly word: CallWord;
  /** What a success takes from the wallet: one figure where the reply said it, else one for each commission ever seen. */
  readonly costs: readonly Minor[];
  /** Both balances of the reply with the word; null unless it carried both. */
  readonly balances: { readonly before: Minor; readonly after: Minor } | null;
}

/** A balance call that was answered. Times are epoch ms. */
export interface BalanceReading {
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly balance: Minor;
}

/** A movement that staff recorded (a top-up, a fee, a correction): at some moment of `from` to `until`, epoch ms. */
export interface WalletMovement {
  readonly id: string;
  readonly from: number;
  readonly until: number;
  /** Above zero: the balance grew. */
  readonly change: Minor;
}

export interface WalletHistory {
  readonly calls: readonly WalletCall[];
  readonly readings: readonly BalanceReading[];
  readonly movements: readonly WalletMovement[];
  /** Every call that was still running at this moment or later is here, epoch ms. */
  readonly completeFrom: number;
  /** Every call that was sent until this moment is here, epoch ms. */
  readonly completeUntil: number;
  /** Since when staff declare that nothing but our calls and recorded movements moves the wallet; null: they do not. */
  readonly exclusiveSince: number | null;
  /** Since when staff declare that no refund of the upstream can come any more; null: they do not. */
  readonly refundFreeSince: number | null;
  /** After this long a call without an answer no longer moves the balance (`Safety.finalAfterMs`). */
  readonly finalAfterMs: number;
  /** For so long a balance may be shown as it was before, ms; it covers the difference of our own clocks, too. */
  readonly staleForMs: number;
}

/** A call about which no explicit word exists: what a segment may settle. */
export function isLost(call: WalletCall): boolean {
  return call.word === "none";
}

/** Epoch ms from which the call no longer changes a balance that is read; infinite: its last word is still to come. */
export function callClearAt(call: WalletCall, rules: Pick<WalletHistory, "finalAfterMs" | "staleForMs">): number {
  if (call.answeredAt !== null && !isLost(call)) return call.answeredAt + Math.max(rules.staleForMs, 1);
  return (call.overBy ?? Number.POSITIVE_INFINITY) + Math.max(rules.finalAfterMs + rules.staleForMs, 1);
}

/** Epoch ms from which a recorded movement shows in every balance that is read. */
export function movementClearAt(movement: WalletMovement, rules: Pick<WalletHistory, "staleForMs">): number {
  return movement.until + Math.max(rules.staleForMs, 1);
}
