// When a webhook is tried again, how many may be out at once, and when an endpoint is given up. Pure.
import type { Endpoint } from "./endpoint.ts";

/** All in ms. */
export interface WebhookTimes {
  /** How long a receiver may take, headers and body. */
  readonly webhookLimitMs: number;
  /** Waits between the tries of a delivery: one try more than there are waits. */
  readonly webhookRetryMs: readonly number[];
  /** What was handed to the queue and not heard of for so long is handed to it again. */
  readonly webhookPutBackMs: number;
  /** An endpoint without one success for so long is paused. */
  readonly webhookPauseAfterMs: number;
  /** How long the previous secret signs beside the new one. */
  readonly webhookSecretOverlapMs: number;
  /** How long deliveries can be read and redelivered by their id. */
  readonly webhookKeptMs: number;
}

/** At least so many tries in a row fail before an endpoint is paused, however long they took. */
const failuresBeforePause = 10;
/** A message carries what one call may fetch at once: the platform allows six. */
export const itemsPerMessage = 6;
const secondMs = 1_000;
const outAtOnce = 300;
const failuresBeforeNarrow = 5;

/**
 * A fifth more at most, so that what failed together does not come back together, and on a full second, so that a desk wakes
 * once for many. `tries` made so far; null: it was the last one.
 */
export function nextTryAt(
  times: Pick<WebhookTimes, "webhookRetryMs">,
  { tries, now, random }: { readonly tries: number; readonly now: number; readonly random: number },
): number | null {
  const wait = times.webhookRetryMs[tries - 1];
  return wait === undefined ? null : Math.ceil((now + wait + Math.round((wait * random) / 5)) / secondMs) * secondMs;
}

export function isGivenUp(
  times: Pick<WebhookTimes, "webhookPauseAfterMs">,
  { failures, failingSince }: Pick<Endpoint, "failures" | "failingSince">,
  now: number,
): boolean {
  if (failingSince === null || failures < failuresBeforePause) return false;
  return now - failingSince >= times.webhookPauseAfterMs;
}

/** Deliveries of an endpoint that may be out at once: one that fails is asked by one sender at a time, and holds up nobody else. */
export function outAtMost({ failures }: Pick<Endpoint, "failures">): number {
  return failures >= failuresBeforeNarrow ? itemsPerMessage : outAtOnce;
}
