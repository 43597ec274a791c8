// Which lost attempts a sum of money can have paid: an exact subset-sum within a stated bound.
import { assert } from "../base/assert.ts";
import type { Minor } from "../base/money.ts";

/** One attempt and what it takes if it succeeded: one figure for each commission seen, each above zero. */
export interface Costed {
  readonly id: string;
  readonly costs: readonly Minor[];
}

/** Attempts of equal costs, and how many of them succeeded: arithmetic cannot say which. */
export interface CostGroup {
  readonly ids: readonly string[];
  readonly succeeded: number;
}

/** `too_many`: beyond the bound, so nothing is said. `several`: more than one subset fits, equal costs apart. */
export type Fit =
  | { readonly kind: "one"; readonly groups: readonly CostGroup[] }
  | { readonly kind: "none" | "several" | "too_many" };

/**
 * At most so many additions, for the memory and time of an object: any seventeen lost attempts of one commission are
 * within it, more where sums coincide.
 */
export const mostAdditions = 2 ** 17;

/** Stands for "several" in place of the number that tells how many of each group succeeded. */
const several = -1;

interface Group {
  readonly ids: readonly string[];
  readonly costs: readonly Minor[];
  /** What one success of this group adds to the number of a subset: mixed radix, one place for each group. */
  readonly weight: number;
}

/**
 * The subsets of `lost` that cost exactly `target` (minor units) beside all of `known`, over every commission. Exact
 * or refused: `too_many` beyond `mostAdditions`, or where the subsets cannot be numbered by safe integers.
 */
export function fitOf(target: Minor, known: readonly Costed[], lost: readonly Costed[]): Fit {
  const groups = groupsOf(lost);
  if (groups === null) return { kind: "too_many" };
  const sums = sumsOf(target, known, groups);
  if (sums === null) return { kind: "too_many" };
  const subset = sums.get(target);
  if (subset === undefined) return { kind: "none" };
  if (subset === several) return { kind: "several" };
  return {
    kind: "one",
    groups: groups.map(({ ids, weight }) => ({
      ids,
      succeeded: Math.floor(subset / weight) % (ids.length + 1),
    })),
  };
}

function groupsOf(lost: readonly Costed[]): readonly Group[] | null {
  const byCosts = Map.groupBy(lost, ({ costs }) => [...new Set(costs)].toSorted((left, right) => left - right).join());
  let weight = 1;
  const groups: Group[] = [];
  for (const members of byCosts.values()) {
    groups.push({ ids: members.map(({ id }) => id), costs: members[0]?.costs ?? [], weight });
    weight *= members.length + 1;
  }
  return Number.isSafeInteger(weight) ? groups : null;
}

/** Every sum up to `target` with the one subset that costs it, or `several`; null beyond the bound. */
function sumsOf(target: Minor, known: readonly Costed[], groups: readonly Group[]): ReadonlyMap<number, number> | null {
  const items = [
    ...known.map(({ costs }) => ({ costs, weight: 0, isSure: true })),
    ...groups.flatMap(({ ids, costs, weight }) => ids.map(() => ({ costs, weight, isSure: false }))),
  ];
  let sums = new Map([[0, 0]]);
  let additions = 0;
  for (const { costs, weight, isSure } of items) {
    assert(costs.length > 0 && costs.every((cost) => cost > 0), "each attempt of a segment has costs above zero");
    additions += sums.size * costs.length;
    if (additions > mostAdditions) return null;
    const next = isSure ? new Map<number, number>() : new Map(sums);
    for (const [sum, subset] of sums)
      for (const cost of costs)
        if (sum + cost <= target) note(next, sum + cost, subset === several ? several : subset + weight);
    sums = next;
  }
  return sums;
}

function note(sums: Map<number, number>, sum: number, subset: number): void {
  const there = sums.get(sum);
  sums.set(sum, there === undefined || there === subset ? subset : several);
}
