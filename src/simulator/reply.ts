// What the journal decides about a request, and what is answered to it: the types between journal and protocols.
import type { Minor } from "../base/money.ts";
import type { Protocol } from "../wire/protocol.ts";
import type { Reason, Twist } from "./effect.ts";

export type Format = "json" | "xml";

/** A recharge request as a protocol read it. `refusal`: its own checks have already found it wrong. */
export interface Received {
  readonly protocol: Protocol;
  /** Name of the upstream account; empty when the credentials fit none. */
  readonly account: string;
  readonly reference: string | null;
  readonly number: string;
  /** The product as the wire names it; nurr: operator and account type. */
  readonly code: string;
  readonly amount: Minor;
  readonly format: Format;
  readonly refusal: Reason | null;
}

/** What became of it, as far as the upstream says so now. */
export interface Decision {
  readonly said: "succeeded" | "failed" | "pending" | "refused";
  readonly reason: Reason | null;
  readonly twist: Twist | null;
  readonly theirReference: string;
  readonly operatorReference: string | null;
  readonly balanceBefore: Minor;
  readonly balanceAfter: Minor;
  readonly commission: Minor;
}

/** A reply before anything happens to it on its way. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What goes out: `never` holds the connection, `cut` breaks it in the middle of the body. `delayMs` is divided already. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly how: "whole" | "never" | "cut";
  readonly delayMs: number;
}

/** A recharge as a status lookup finds it. */
export interface Found {
  readonly said: "succeeded" | "failed" | "pending";
  readonly number: string;
  readonly amount: Minor;
  readonly reference: string;
  readonly theirReference: string;
  readonly operatorReference: string | null;
  readonly reason: Reason | null;
}
