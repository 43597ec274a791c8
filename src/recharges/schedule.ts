// When an open attempt is asked about, and when a person gets it.
import type { Evidence } from "./evidence.ts";

export interface ScheduleRules {
  /** Waits before the first, second … lookup, ms; the last repeats. */
  readonly lookupScheduleMs: readonly number[];
  readonly callLimitMs: number;
  readonly caseAfterMs: number;
  readonly notFoundSettlesAfterMs: number | null;
  readonly canLookUp: boolean;
}

export interface OpenAttempt {
  readonly startedAt: number;
  readonly startBy: number;
  /** Lookups made so far. */
  readonly lookups: number;
  readonly hasCase: boolean;
}

/** Epoch ms from which an unknown reference counts: `startBy` + the call's limit + `notFoundSettlesAfterMs`; null: never. */
export function absenceSettlesFrom(rules: ScheduleRules, startBy: number): number | null {
  return rules.notFoundSettlesAfterMs === null ? null : startBy + rules.callLimitMs + rules.notFoundSettlesAfterMs;
}

/** Epoch ms by which the attempt is settled or a case. */
export function caseAt(rules: ScheduleRules, attempt: Pick<OpenAttempt, "startedAt">): number {
  return attempt.startedAt + rules.caseAfterMs;
}

/** When a call that was sent can no longer be running, epoch ms: nobody asks before. */
export function callEndsBy(rules: ScheduleRules, attempt: Pick<OpenAttempt, "startBy">, marginMs: number): number {
  return attempt.startBy + rules.callLimitMs + marginMs;
}

/**
 * Epoch ms of the next step for an open attempt, or null when nothing is left to do but wait for a person. Lookups
 * follow the provider's schedule from `now`; where absence may settle, they meet the moment from which it counts.
 */
export function nextStepAt(
  rules: ScheduleRules,
  attempt: OpenAttempt,
  now: number,
  last: Evidence["word"] | null,
): number | null {
  if (!rules.canLookUp) return attempt.hasCase ? null : Math.max(caseAt(rules, attempt), now);
  const waits = rules.lookupScheduleMs;
  const scheduled = now + (waits[Math.min(attempt.lookups, waits.length - 1)] ?? 0);
  const settlesFrom = last === "absent" ? absenceSettlesFrom(rules, attempt.startBy) : null;
  const lookup = settlesFrom === null ? scheduled : Math.min(scheduled, Math.max(settlesFrom, now + (waits[0] ?? 0)));
  return attempt.hasCase ? lookup : Math.min(lookup, Math.max(caseAt(rules, attempt), now));
}
