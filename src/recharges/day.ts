// Days in a wallet's zone, for limits that count per day.
import type { Currency } from "../base/money.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Asia/Kolkata and Asia/Dhaka; neither keeps summer time. */
const zoneOffsetMs = { INR: 330 * minuteMs, BDT: 360 * minuteMs } as const satisfies Record<Currency, number>;

/** Number of the day (days since 1970-01-01 in the zone) that `at` (epoch ms) falls on. */
export function dayOf(currency: Currency, at: number): number {
  return Math.floor((at + zoneOffsetMs[currency]) / dayMs);
}

/** Epoch ms at which a day (days since 1970-01-01 in the zone) begins. */
export function dayStartAt(currency: Currency, day: number): number {
  return day * dayMs - zoneOffsetMs[currency];
}

/** Epoch ms at which the day after the one of `at` begins in the zone. */
export function nextDayAt(currency: Currency, at: number): number {
  return dayStartAt(currency, dayOf(currency, at) + 1);
}
