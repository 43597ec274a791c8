// The pace of a run: how many rows may be placed now. Pure.

export const minuteMs = 60_000;

/** Times are epoch ms; `pacedAt` is the moment up to which the rows that were placed pay for. */
export interface Pace {
  readonly perMinute: number;
  readonly pacedAt: number;
  readonly tickMs: number;
}

/** Rows that may be placed now, and the `pacedAt` after them. What was slept through is not made good: no burst of more than two ticks. */
export function paceAt({ perMinute, pacedAt, tickMs }: Pace, now: number): { rows: number; pacedAt: number } {
  const rowMs = minuteMs / perMinute;
  const passed = Math.min(Math.max(now - pacedAt, 0), Math.max(2 * tickMs, rowMs));
  const rows = Math.floor(passed / rowMs);
  return { rows, pacedAt: now - (passed - rows * rowMs) };
}

/** When the next row may be placed, at the earliest with the next tick; epoch ms. */
export function nextTickAt({ perMinute, pacedAt, tickMs }: Pace, now: number): number {
  return Math.max(now + tickMs, Math.ceil(pacedAt + minuteMs / perMinute));
}
