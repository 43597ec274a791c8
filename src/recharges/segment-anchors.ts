// Between which balances a segment may lie: those that were read while nothing of ours could move the wallet.
import type { Minor } from "../base/money.ts";
import { callClearAt, movementClearAt, type WalletCall, type WalletHistory } from "./segment-history.ts";

/** A balance that counts: it opens a segment with `after` and closes one with `before`. Times are epoch ms. */
export interface Anchor {
  /** The call that was alone from send to answer; null: a balance call. */
  readonly callId: string | null;
  readonly from: number;
  readonly until: number;
  readonly before: Minor;
  readonly after: Minor;
}

/**
 * The anchors of a wallet, in time (`design.md`, "Balance segments"): balance calls, and calls whose reply carried both
 * balances and whose own figures foot. From send to answer no other call ran, every earlier one without an answer was
 * `finalAfterMs` ago, and the history is complete.
 */
export function anchorsOf(history: WalletHistory): readonly Anchor[] {
  const readings = history.readings.map(({ askedAt, answeredAt, balance }) => ({
    callId: null,
    from: askedAt,
    until: answeredAt,
    before: balance,
    after: balance,
  }));
  const isQuiet = quietIn(history);
  const replies = history.calls.flatMap((call) => anchorOfCall(call).filter((anchor) => foots(call, anchor)));
  return [...readings, ...replies]
    .filter(isQuiet)
    .toSorted((left, right) => left.from - right.from || left.until - right.until);
}

/** Epoch ms from which a balance may be an anchor: nothing that the history does not know moves the wallet any more. */
export function anchorsFrom(history: WalletHistory): number {
  return history.completeFrom + history.finalAfterMs + history.staleForMs;
}

/**
 * Calls after which the upstream owes a refund: a success that was taken back, and one that was alone, did not succeed
 * and yet moved the balance. The refund may come at any later time.
 */
export function refundsOwed(history: WalletHistory): readonly WalletCall[] {
  const isQuiet = quietIn(history);
  return history.calls.filter(
    (call) =>
      call.word === "reversed" ||
      ((call.word === "failure" || call.word === "declined") &&
        anchorOfCall(call).some((anchor) => anchor.before !== anchor.after && isQuiet(anchor))),
  );
}

function anchorOfCall({ id, sentAt, answeredAt, balances }: WalletCall): readonly Anchor[] {
  return answeredAt === null || balances === null ? [] : [{ callId: id, from: sentAt, until: answeredAt, ...balances }];
}

/** Did the call take what its word says? A success whose balance still stands as before is no anchor. */
function foots({ word, costs }: WalletCall, { before, after }: Anchor): boolean {
  if (word === "success") return costs.some((cost) => cost === before - after);
  return (word === "failure" || word === "declined") && before === after;
}

interface Clearing {
  readonly id: string;
  readonly from: number;
  readonly clearAt: number;
}

/** Whether nothing else of ours could move the wallet from an anchor's send to its answer. */
function quietIn(history: WalletHistory): (anchor: Anchor) => boolean {
  const latestBefore = latestClearing([
    ...history.calls.map((call) => ({ id: call.id, from: call.sentAt, clearAt: callClearAt(call, history) })),
    ...history.movements.map((one) => ({ id: "", from: one.from, clearAt: movementClearAt(one, history) })),
  ]);
  return ({ callId, from, until }) =>
    from >= anchorsFrom(history) && until <= history.completeUntil && latestBefore(until, callId) <= from;
}

/**
 * When all that began until a moment is clear, one call left aside, epoch ms. Looked up, not searched: a wallet has as many
 * anchors as calls.
 */
function latestClearing(all: readonly Clearing[]): (until: number, aside: string | null) => number {
  const inTime = all.toSorted((left, right) => left.from - right.from);
  let latest: readonly Clearing[] = [];
  const latestTwo = inTime.map((one) => {
    latest = [...latest, one].toSorted((left, right) => right.clearAt - left.clearAt).slice(0, 2);
    return latest;
  });
  return (until, aside) => {
    const known = latestTwo[countUntil(inTime, until) - 1] ?? [];
    return known.find(({ id }) => id !== aside)?.clearAt ?? Number.NEGATIVE_INFINITY;
  };
}

/** How many of them begin at `until` or before; they are in time. */
function countUntil(inTime: readonly Clearing[], until: number): number {
  let [low, high] = [0, inTime.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((inTime[middle]?.from ?? Number.POSITIVE_INFINITY) <= until) low = middle + 1;
    else high = middle;
  }
  return low;
}
