// A provider's breaker: opens on refusals of the provider's own and on doubt, half-opens with exactly one recharge. Pure; times are epoch ms.
import type { Minor } from "../base/money.ts";
import type { Outcome } from "../recharges/outcome.ts";

/** What a provider answered to one submit; told by the accounts with each flush of their outbox. */
export interface ReportedOutcome {
  readonly kind: Outcome["kind"];
  readonly at: number;
  readonly sentAt: number;
  /** Our balance after it, minor units, where the reply said so. */
  readonly balance?: Minor;
}

export interface BreakerRules {
  /** So many provider-side refusals and doubts in a row open the breaker; */
  readonly opensAfter: number;
  /** and so do so many of a hundred, */
  readonly opensAtPercent: number;
  /** counted over this many of the last outcomes, once there are as many. */
  readonly window: number;
  /** Then the provider is left out for this long; after that one recharge tries it. */
  readonly opensForMs: number;
  /** Of that one nothing may be heard: another one tries after this long. */
  readonly probeEveryMs: number;
}

/** The one recharge that was let through while half open; `by` names it. */
export interface Probe {
  readonly by: string;
  readonly at: number;
}

export interface Breaker {
  readonly inARow: number;
  readonly trippedUntil: number | null;
  readonly probe: Probe | null;
  /** The last outcomes since it closed, oldest first: `1` for a bad one, `0` for a good one. */
  readonly recent: string;
}

export const closedBreaker: Breaker = { inARow: 0, trippedUntil: null, probe: null, recent: "" };

/** An answer that shows that the provider does its work (true), that it does not (false), or nothing about it (null). */
const speaksWell = {
  succeeded: true,
  failed: true,
  pending: true,
  declined: false,
  in_doubt: false,
  not_started: null,
} as const satisfies Record<Outcome["kind"], boolean | null>;

/** The breaker after some outcomes, in the order of their times. While it is open, what was sent before says nothing more. */
export function breakerAfter(breaker: Breaker, outcomes: readonly ReportedOutcome[], rules: BreakerRules): Breaker {
  return outcomes
    .toSorted((left, right) => left.at - right.at)
    .reduce((state, outcome) => breakerAfterOne(state, outcome, rules), breaker);
}

function breakerAfterOne(breaker: Breaker, outcome: ReportedOutcome, rules: BreakerRules): Breaker {
  const isWell = speaksWell[outcome.kind];
  if (isWell === null) return breaker;
  const { trippedUntil } = breaker;
  const inARow = isWell ? 0 : breaker.inARow + 1;
  if (trippedUntil !== null) {
    if (outcome.sentAt < trippedUntil) return breaker;
    return isWell ? closedBreaker : openUntil(inARow, outcome.at + rules.opensForMs);
  }
  const recent = `${breaker.recent}${isWell ? 0 : 1}`.slice(-rules.window);
  const opens = inARow >= rules.opensAfter || (!isWell && isTooOften(recent, rules));
  return opens ? openUntil(inARow, outcome.at + rules.opensForMs) : { ...breaker, inARow, recent };
}

function isTooOften(recent: string, { window, opensAtPercent }: BreakerRules): boolean {
  const bad = recent.replaceAll("0", "").length;
  return recent.length >= window && bad * 100 >= opensAtPercent * window;
}

function openUntil(inARow: number, trippedUntil: number): Breaker {
  return { inARow, trippedUntil, probe: null, recent: "" };
}

/** Whether a recharge may go through a breaker; the same one is let through again. */
export type ProbeAnswer =
  | { readonly granted: true; readonly breaker: Breaker }
  | { readonly granted: false; readonly retryAt: number };

/** Lets exactly one recharge through a half-open breaker until its outcome is known, or nothing was heard for `probeEveryMs`. */
export function probeAfter(
  breaker: Breaker,
  { by, now, probeEveryMs }: { readonly by: string; readonly now: number; readonly probeEveryMs: number },
): ProbeAnswer {
  const { trippedUntil, probe } = breaker;
  if (trippedUntil === null || probe?.by === by) return { granted: true, breaker };
  if (now < trippedUntil) return { granted: false, retryAt: trippedUntil };
  if (probe !== null && now < probe.at + probeEveryMs) return { granted: false, retryAt: probe.at + probeEveryMs };
  return { granted: true, breaker: { ...breaker, probe: { by, at: now } } };
}
