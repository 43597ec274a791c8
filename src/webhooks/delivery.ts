// Deliveries: one event on its way to one endpoint, with the tries that were made.
import type { EndpointState, StopCause, WebhookForm, WebhookType } from "./endpoint.ts";
import type { Mode } from "../recharges/recharge.ts";

/** `dead`: the last try of the schedule has failed, or the endpoint said 410. */
export const deliveryStates = ["pending", "delivered", "dead"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** What came of a try: 2xx, 410, another answer, 3xx, no answer in time, no connection, or an address that we do not call. */
export const tryResults = [
  "delivered",
  "gone",
  "refused",
  "redirected",
  "timed_out",
  "unreachable",
  "closed_address",
] as const;
export type TryResult = (typeof tryResults)[number];

export interface Try {
  /** Epoch ms. */
  readonly at: number;
  readonly result: TryResult;
  /** HTTP status; null: there was no answer. */
  readonly status: number | null;
  readonly tookMs: number;
  /** The beginning of what the receiver answered, or why it was not asked. */
  readonly said: string;
}

/** An event that an account tells its desk. */
export interface ToldEvent {
  readonly number: number;
  readonly type: WebhookType;
  readonly at: number;
}

export const testType = "webhook.test";

export interface Delivery {
  /** The event's number; negative: a test, counted per endpoint. */
  readonly event: number;
  readonly type: WebhookType | typeof testType;
  /** Of the event, epoch ms. */
  readonly at: number;
  readonly state: DeliveryState;
  /** When it is handed to the queue, again if need be; null: nothing more is tried. */
  readonly dueAt: number | null;
  /** Tries since it was last asked for; a redelivery begins anew. */
  readonly tries: number;
  /** Tries ever. A message that names another number is an old one. */
  readonly sent: number;
  /** The latest tries, oldest first. */
  readonly log: readonly Try[];
  readonly createdAt: number;
  readonly finishedAt: number | null;
}

/** What goes through the queue: deliveries of one endpoint, by event and number of tries so far. No more than one call may fetch at once. */
export interface WebhookMessage {
  readonly account: number;
  readonly endpoint: number;
  readonly items: readonly (readonly [event: number, sent: number])[];
}

/** What a sender is given: it alone has these deliveries until the lease ends. */
export interface Leased {
  readonly id: string;
  readonly url: string;
  readonly form: WebhookForm;
  readonly mode: Mode;
  readonly secretVersion: number;
  readonly previousSecretUntil: number | null;
  readonly items: readonly Pick<Delivery, "event" | "type" | "at" | "sent">[];
}

/** What a sender brings back; null: it could not be tried, which counts as nothing. */
export interface Reported {
  readonly event: number;
  readonly sent: number;
  readonly tried: Try | null;
}

/** For the account's list of events: an endpoint gets nothing more. */
export interface WebhookStopped {
  readonly endpointId: string;
  readonly state: Exclude<EndpointState, "active">;
  readonly cause: Exclude<StopCause, "owner">;
}

/** What waits at a desk, for staff and for the scheduled run. */
export interface Backlog {
  readonly endpoints: number;
  readonly stopped: number;
  readonly pending: number;
  readonly dead: number;
  /** Epoch ms at which the oldest pending delivery was made. */
  readonly oldestAt: number | null;
}
