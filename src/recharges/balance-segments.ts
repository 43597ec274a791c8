// What the balances of one provider's wallet prove about the attempts whose answers were lost.
import { unreachable } from "../base/assert.ts";
import { type Minor, minor } from "../base/money.ts";
import { type Anchor, anchorsFrom, anchorsOf, refundsOwed } from "./segment-anchors.ts";
import { callClearAt, isLost, movementClearAt } from "./segment-history.ts";
import type { WalletCall, WalletHistory, WalletMovement } from "./segment-history.ts";
import { type Costed, type CostGroup, fitOf } from "./segment-subsets.ts";

/** Why a segment proves nothing, in the order in which staff read them. */
export const missingReasons = [
  "no_opening_anchor",
  "no_closing_anchor",
  "accepted_call_open",
  "not_exclusive",
  "exclusive_withdrawn",
  "refund_may_fall_in",
  "words_disagree",
  "no_cost_known",
  "several_subsets_fit",
  "too_many_sums",
] as const;
export type MissingReason = (typeof missingReasons)[number];

/**
 * `foots`: nothing was lost and every minor unit is explained. `proves_number`: `groups` of equal costs, of which so many
 * succeeded, beside what is sure. `withdrawn`: it does not foot; the declaration falls and it is a case.
 */
export type Judgement =
  | { readonly kind: "foots" }
  | { readonly kind: "proves"; readonly succeeded: readonly string[]; readonly failed: readonly string[] }
  | {
      readonly kind: "proves_number";
      readonly succeeded: readonly string[];
      readonly failed: readonly string[];
      readonly groups: readonly CostGroup[];
    }
  | {
      readonly kind: "withdrawn";
      /** What is left of the difference after movements and the lowest known costs, minor units. */
      readonly left: Minor;
      /** Calls whose explicit word alone, were it wrong, would make the segment foot: each is a case. */
      readonly against: readonly string[];
    }
  | { readonly kind: "cannot"; readonly missing: readonly MissingReason[] };

/** What lies between two anchors. The call that is an anchor belongs to no segment. */
export interface Segment {
  readonly opening: Anchor | null;
  readonly closing: Anchor | null;
  readonly calls: readonly WalletCall[];
  readonly movements: readonly WalletMovement[];
  /** Epoch ms from which a balance may close it; null: not before the last word of an accepted call. */
  readonly closesFrom: number | null;
}

export interface BalanceSegment extends Segment {
  readonly judgement: Judgement;
}

/** So many calls with a word are tried as the wrong one when a segment does not foot; of more, none is named. */
const mostTried = 30;

/**
 * The segments of a wallet in time, each with its judgement (`design.md`, "Balance segments"). What lies before the
 * first or after the last anchor is a segment without that anchor, given only where an attempt was lost in it. Where
 * one segment does not foot, none of them proves anything. A proof speaks for the time of the closing anchor.
 */
export function judgeSegments(history: WalletHistory): readonly BalanceSegment[] {
  const owed = refundsOwed(history);
  const judged = segmentsOf(history).map((segment) => ({
    ...segment,
    judgement: judge(segment, missingOf(segment, history, owed)),
  }));
  if (!judged.some(({ judgement }) => judgement.kind === "withdrawn")) return judged;
  return judged.map((segment) => ({ ...segment, judgement: withoutProof(segment.judgement) }));
}

function segmentsOf(history: WalletHistory): readonly Segment[] {
  const anchors = anchorsOf(history);
  const anchorIds = new Set(anchors.map(({ callId }) => callId));
  const others = history.calls.filter(({ id }) => !anchorIds.has(id));
  const calls = placedBetween(anchors, others, ({ sentAt }) => sentAt);
  const movements = placedBetween(anchors, history.movements, ({ from }) => from);
  return Array.from({ length: anchors.length + 1 }, (_, place): Segment => {
    const inside = { calls: calls.get(place) ?? [], movements: movements.get(place) ?? [] };
    const [opening, closing] = [anchors[place - 1] ?? null, anchors[place] ?? null];
    return { opening, closing, ...inside, closesFrom: closesFrom(inside, history) };
  }).filter(({ opening, closing, calls: inside }) => (opening !== null && closing !== null) || inside.some(isLost));
}

/** By the number of anchors that were over before it began; in time. */
function placedBetween<One>(
  anchors: readonly Anchor[],
  all: readonly One[],
  beginOf: (one: One) => number,
): ReadonlyMap<number, readonly One[]> {
  let place = 0;
  const inTime = all.toSorted((left, right) => beginOf(left) - beginOf(right));
  return Map.groupBy(inTime, (one) => {
    while ((anchors[place]?.until ?? Number.POSITIVE_INFINITY) < beginOf(one)) place += 1;
    return place;
  });
}

function closesFrom(inside: Pick<Segment, "calls" | "movements">, history: WalletHistory): number | null {
  const latest = Math.max(
    anchorsFrom(history),
    ...inside.calls.map((call) => callClearAt(call, history)),
    ...inside.movements.map((movement) => movementClearAt(movement, history)),
  );
  return Number.isFinite(latest) ? latest : null;
}

function missingOf(
  { opening, closing, calls, closesFrom: from }: Segment,
  history: WalletHistory,
  owed: readonly WalletCall[],
): readonly MissingReason[] {
  const isDeclared = (since: number | null) => since !== null && since <= (opening?.from ?? Number.POSITIVE_INFINITY);
  const isOwed = owed.some(
    ({ sentAt }) =>
      sentAt >= (history.refundFreeSince ?? Number.NEGATIVE_INFINITY) &&
      sentAt < (closing?.from ?? Number.POSITIVE_INFINITY),
  );
  const needsCost = calls.some(({ word, costs }) => (word === "none" || word === "success") && costs.length === 0);
  const isMissing = {
    no_opening_anchor: opening === null,
    no_closing_anchor: closing === null,
    accepted_call_open: from === null,
    not_exclusive: !isDeclared(history.exclusiveSince),
    exclusive_withdrawn: false,
    refund_may_fall_in: !isDeclared(history.refundFreeSince) || isOwed,
    words_disagree: calls.some(({ word }) => word === "disputed"),
    no_cost_known: needsCost,
    several_subsets_fit: false,
    too_many_sums: false,
  } as const satisfies Record<MissingReason, boolean>;
  return missingReasons.filter((reason) => isMissing[reason]);
}

function judge(segment: Segment, missing: readonly MissingReason[]): Judgement {
  const { opening, closing, movements } = segment;
  if (opening === null || closing === null || missing.length > 0) return { kind: "cannot", missing };
  const target = differenceOf(opening, closing, movements);
  const known = segment.calls.filter(({ word }) => word === "success");
  const lost = segment.calls.filter(isLost);
  const fit = fitOf(target, known, lost);
  switch (fit.kind) {
    case "too_many":
      return { kind: "cannot", missing: ["too_many_sums"] };
    case "several":
      return { kind: "cannot", missing: ["several_subsets_fit"] };
    case "none": {
      const left = known.reduce((rest, { costs }) => rest - Math.min(...costs), Number(target));
      return { kind: "withdrawn", left: minor(left), against: wordsAgainst(target, segment.calls) };
    }
    case "one":
      return lost.length === 0 ? { kind: "foots" } : proofOf(fit.groups);
    default:
      return unreachable(fit);
  }
}

/** What left the wallet between two anchors beside the movements that staff recorded, minor units. */
export function differenceOf(opening: Anchor, closing: Anchor, movements: readonly WalletMovement[]): Minor {
  return minor(movements.reduce((rest, { change }) => rest + change, opening.after - closing.before));
}

function proofOf(all: readonly CostGroup[]): Judgement {
  const sure = {
    succeeded: all.filter((group) => group.succeeded === group.ids.length).flatMap(({ ids }) => ids),
    failed: all.filter((group) => group.succeeded === 0).flatMap(({ ids }) => ids),
  };
  const groups = all.filter((group) => group.succeeded > 0 && group.succeeded < group.ids.length);
  return groups.length === 0 ? { kind: "proves", ...sure } : { kind: "proves_number", ...sure, groups };
}

function wordsAgainst(target: Minor, calls: readonly WalletCall[]): readonly string[] {
  const worded = calls.filter((call) => !isLost(call) && call.costs.length > 0);
  if (worded.length > mostTried) return [];
  const lost = calls.filter(isLost);
  const fits = (known: readonly Costed[]) => ["one", "several"].includes(fitOf(target, known, lost).kind);
  return worded
    .filter((wrong) => fits(worded.filter((call) => (call.word === "success") !== (call === wrong))))
    .map(({ id }) => id);
}

function withoutProof(judgement: Judgement): Judgement {
  return judgement.kind === "proves" || judgement.kind === "proves_number"
    ? { kind: "cannot", missing: ["exclusive_withdrawn"] }
    : judgement;
}
