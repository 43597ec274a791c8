// Endpoints of a partner: where its webhooks go, which ones, in which form, and how that has been going.
import type { EventType } from "../recharges/events.ts";
import type { Mode } from "../recharges/recharge.ts";

/** The events of an account that are told (`lists.md`, "Events and scopes"), and that an endpoint was stopped. */
export const webhookTypes = [
  "recharge.succeeded",
  "recharge.failed",
  "recharge.reversed",
  "recharge.case_opened",
  "account.low_balance",
  "account.webhook_stopped",
  "dispute.opened",
  "dispute.won",
  "dispute.lost",
] as const satisfies readonly EventType[];
export type WebhookType = (typeof webhookTypes)[number];

/** `standard`: a signed POST by Standard Webhooks. `backnpay`: a GET with that family's parameters. */
export const webhookForms = ["standard", "backnpay"] as const;
export type WebhookForm = (typeof webhookForms)[number];

/** What the backnpay family calls back about: that a recharge has its last word, or another one. */
export const backnpayTypes = [
  "recharge.succeeded",
  "recharge.failed",
  "recharge.reversed",
] as const satisfies readonly WebhookType[];

/** `paused`: its events wait. `disabled`: it answered 410, and its events are not kept for it. */
export const endpointStates = ["active", "paused", "disabled"] as const;
export type EndpointState = (typeof endpointStates)[number];

/** Why an endpoint is not active. */
export const stopCauses = ["owner", "failing", "gone"] as const;
export type StopCause = (typeof stopCauses)[number];

export interface Endpoint {
  /** 1, 2 … per account. */
  readonly serial: number;
  /** `whe_…`; never given twice. */
  readonly id: string;
  readonly url: string;
  readonly form: WebhookForm;
  readonly mode: Mode;
  /** Empty: all that its form can say. */
  readonly types: readonly WebhookType[];
  readonly description: string;
  readonly state: EndpointState;
  readonly cause: StopCause | null;
  readonly stoppedAt: number | null;
  readonly secretVersion: number;
  /** Until when the previous secret signs as well, epoch ms. */
  readonly previousSecretUntil: number | null;
  /** Events up to this number happened before it was there. */
  readonly afterEvent: number;
  /** Tries that failed in a row, and since when (epoch ms). */
  readonly failures: number;
  readonly failingSince: number | null;
  /** The account has yet to note that it was stopped. */
  readonly isNoticeOwed: boolean;
  readonly createdAt: number;
}

/** What the owner says of an endpoint. */
export type EndpointWanted = Pick<Endpoint, "url" | "form" | "types" | "description">;

export interface EndpointMade extends EndpointWanted {
  readonly id: string;
  readonly mode: Mode;
  /** The account's last event when it was asked for. */
  readonly afterEvent: number;
}

export interface EndpointChange extends EndpointWanted {
  /** Null: as it is. */
  readonly state: "active" | "paused" | null;
}

export function isWantedBy(endpoint: Pick<Endpoint, "form" | "types">, type: WebhookType): boolean {
  const isSayable = endpoint.form === "standard" || backnpayTypes.some((sayable) => sayable === type);
  return isSayable && (endpoint.types.length === 0 || endpoint.types.includes(type));
}
