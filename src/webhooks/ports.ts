// What webhooks ask of accounts and of desks. Object stubs satisfy these interfaces without a cast.
import type { Refusal } from "../base/refusal.ts";
import type { Result } from "../base/result.ts";
import type { AccountEvent } from "../recharges/events.ts";
import type { RechargeView, WalletView } from "../recharges/recharge.ts";
import type {
  Backlog,
  Delivery,
  DeliveryState,
  Leased,
  Reported,
  ToldEvent,
  WebhookMessage,
  WebhookStopped,
} from "./delivery.ts";
import type { Endpoint, EndpointChange, EndpointMade } from "./endpoint.ts";

/** A fact of an account, and how what it is about stands now; null: it is about no recharge. */
export interface ToldFacts {
  readonly event: AccountEvent;
  readonly recharge: RechargeView | null;
  readonly wallet: WalletView;
}

export interface TellingAccount {
  /** From now on the account tells its desk; its last event number. May be said again. */
  startTelling(): Promise<number>;
  /** The facts of these numbers as they stand now; numbers that are not there are left out. */
  readTold(numbers: readonly number[]): Promise<readonly ToldFacts[]>;
  /** Events that can be told, above number `after` and not before `since` (epoch ms), oldest first. */
  readTellable(page: {
    readonly since: number;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly ToldEvent[]>;
  /** Notes that an endpoint was stopped, as a fact of the account. */
  noteWebhookStopped(stopped: WebhookStopped): Promise<void>;
}

export interface DeliveryPage {
  readonly before: number;
  readonly limit: number;
  readonly state: DeliveryState | null;
}

export interface WebhookDeskCalls {
  take(events: readonly ToldEvent[]): Promise<{ readonly isWanted: boolean }>;
  make(made: EndpointMade): Promise<Result<Endpoint, Refusal>>;
  change(id: string, wanted: EndpointChange): Promise<Result<Endpoint, Refusal>>;
  rotate(id: string): Promise<Result<Endpoint, Refusal>>;
  remove(id: string): Promise<Result<null, Refusal>>;
  readEndpoints(): Promise<readonly Endpoint[]>;
  findEndpoint(id: string): Promise<Result<Endpoint, Refusal>>;
  readDeliveries(id: string, page: DeliveryPage): Promise<Result<readonly Delivery[], Refusal>>;
  sendTest(id: string): Promise<Result<Delivery, Refusal>>;
  redeliver(id: string, event: number): Promise<Result<Delivery, Refusal>>;
  redeliverAll(id: string, events: readonly ToldEvent[]): Promise<Result<number, Refusal>>;
  lease(message: WebhookMessage): Promise<Leased | null>;
  report(endpoint: number, reports: readonly Reported[]): Promise<void>;
  sweep(isThorough: boolean): Promise<Backlog>;
}
