// How a provider's daily ration of lookups is spent: by money at risk × age, hints from a fifth. Pure; times are epoch ms.
import type { Minor } from "../base/money.ts";

const dayMs = 86_400_000;
/** A hint buys at most one lookup per attempt in this time (`design.md`, "States and evidence"). */
export const hintEveryMs = 300_000;
/** Asks that wait; the least of them is forgotten when there are more. */
export const waitingAtMost = 1_000;
/** An ask comes back at least this often, so that one which was settled meanwhile keeps no place for long. */
export const comesBackWithinMs = 900_000;
/** Its place is kept for this long after it should have come back. */
export const placeKeptMs = 60_000;

/** Lookups spent on one UTC day. */
export interface LookupsSpent {
  /** Days since 1970. */
  readonly day: number;
  readonly scheduled: number;
  readonly hinted: number;
}

/** One attempt that wants a lookup; `atRisk` in minor units. */
export interface LookupAsk {
  readonly attempt: string;
  readonly atRisk: Minor;
  readonly openedAt: number;
}

/** An ask that was told to come back at `comesAt`. */
export interface WaitingLookup extends LookupAsk {
  readonly comesAt: number;
}

export interface LookupBudget {
  readonly spent: LookupsSpent | null;
  readonly waiting: readonly WaitingLookup[];
}

export interface BudgetRules {
  /** Null: no ration. */
  readonly lookupsPerDay: number | null;
  /** Once the ration is scarce, so long are asks collected before the first of them is granted, ms. */
  readonly collectMs: number;
}

export type LookupPermit = { readonly budget: LookupBudget } & (
  | { readonly granted: true }
  | { readonly granted: false; readonly retryAt: number }
);

/**
 * One lookup of the day's ration, or when to ask again. The first quarter goes to whoever asks; after that half of the ration
 * may be spent at any time and the other half as the day goes on, each lookup by the ask that has most money at risk × age
 * of those that wait. The ration is renewed at midnight UTC.
 */
export function decideLookup(
  budget: LookupBudget,
  request: LookupAsk & { readonly because: "schedule" | "hint"; readonly now: number },
  rules: BudgetRules,
): LookupPermit {
  const { now, because } = request;
  const ration = rules.lookupsPerDay;
  if (ration === null) return { granted: true, budget };
  const day = Math.floor(now / dayMs);
  const spent = budget.spent?.day === day ? budget.spent : { day, scheduled: 0, hinted: 0 };
  const total = spent.scheduled + spent.hinted;
  const isHintSpent = because === "hint" && spent.hinted >= Math.floor(ration / 5);
  if (total >= ration || isHintSpent) {
    const waiting = because === "hint" ? budget.waiting : [];
    return { granted: false, retryAt: (day + 1) * dayMs, budget: { spent, waiting } };
  }
  if (because === "hint")
    return { granted: true, budget: { ...budget, spent: { ...spent, hinted: spent.hinted + 1 } } };
  const waiting = budget.waiting.filter((one) => now <= one.comesAt + placeKeptMs && one.attempt !== request.attempt);
  const granted = { spent: { ...spent, scheduled: spent.scheduled + 1 }, waiting };
  if (waiting.length === 0 && total < Math.floor(ration / 4)) return { granted: true, budget: granted };
  const known = budget.waiting.find((one) => one.attempt === request.attempt);
  const ahead = waiting.filter((one) => weightOf(one, now) > weightOf(request, now)).length;
  if (known !== undefined && known.comesAt <= now && ahead < allowedBy(now, ration) - total)
    return { granted: true, budget: granted };
  const retryAt = known === undefined ? now + rules.collectMs : comesBackAt(known, total + ahead + 1, ration);
  return { granted: false, retryAt, budget: { spent, waiting: withPlace(waiting, { ...request, comesAt: retryAt }) } };

  function comesBackAt({ comesAt }: WaitingLookup, lookup: number, of: number): number {
    if (now < comesAt) return comesAt;
    return Math.min(Math.max(allowedFrom(day, lookup, of), now + rules.collectMs), now + comesBackWithinMs);
  }
}

function weightOf({ atRisk, openedAt }: LookupAsk, now: number): number {
  return atRisk * Math.max(now - openedAt, 1);
}

/** How many lookups may have been spent by a moment of the day. */
function allowedBy(now: number, ration: number): number {
  return Math.ceil(ration * (0.5 + (now % dayMs) / dayMs / 2));
}

/** From when so many may have been spent; midnight where that is more than the ration. */
function allowedFrom(day: number, lookups: number, ration: number): number {
  if (lookups > ration) return (day + 1) * dayMs;
  const partOfDay = Math.max(0, (2 * (lookups - 1)) / ration - 1);
  return day * dayMs + Math.floor(partOfDay * dayMs) + 1;
}

/** The list with one more; what has least at risk × age gives way, at the time at which the new one comes. */
function withPlace(
  waiting: readonly WaitingLookup[],
  { attempt, atRisk, openedAt, comesAt }: WaitingLookup,
): readonly WaitingLookup[] {
  const all = [...waiting, { attempt, atRisk, openedAt, comesAt }];
  if (all.length <= waitingAtMost) return all;
  return all.toSorted((left, right) => weightOf(right, comesAt) - weightOf(left, comesAt)).slice(0, waitingAtMost);
}
