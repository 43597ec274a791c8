// What the files of a webhook desk share: its tables, its services, and what it remembers only while it is awake.
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Archive } from "../recharges/archive.ts";
import type { WebhookMessage, WebhookStopped } from "./delivery.ts";
import type { Endpoint } from "./endpoint.ts";
import type { WebhookTimes } from "./schedule.ts";
import type { WebhookStore } from "./webhook-store.ts";

export interface WebhookDeskServices {
  readonly clock: Clock;
  readonly times: WebhookTimes;
  readonly log: Log;
  /** At least 0, below 1: the jitter. */
  random(): number;
  /** Null: none is bound, and nothing is deleted. */
  readonly archive: Archive | null;
  /** Number of the account whose desk it is. */
  readonly account: number;
  /** Puts messages on the queue. What it loses is put there again by the schedule. */
  enqueue(messages: readonly WebhookMessage[]): Promise<void>;
  /** Notes in the account's list of events that an endpoint was stopped. */
  noteStopped(stopped: WebhookStopped): Promise<void>;
}

/** One delivery on its way, from the moment at which it was handed to the queue. */
export interface Out {
  /** Epoch ms: then it is handed out again. */
  readonly until: number;
  /** Epoch ms until which one sender has it; 0: nobody has taken it yet. */
  readonly leasedUntil: number;
}

export interface DeskContext {
  readonly services: WebhookDeskServices;
  readonly store: WebhookStore;
  /** By endpoint's serial, then by event. Forgotten with a reset: then some may go out twice. */
  readonly out: Map<number, Map<number, Out>>;
  /** Serials of endpoints whose notice the account is being told at this moment. */
  readonly noticing: Set<number>;
  atomically<Value>(write: () => Value): Value;
}

export function outOf(desk: DeskContext, { serial }: Pick<Endpoint, "serial">): Map<number, Out> {
  const known = desk.out.get(serial);
  if (known !== undefined) return known;
  const fresh = new Map<number, Out>();
  desk.out.set(serial, fresh);
  return fresh;
}
