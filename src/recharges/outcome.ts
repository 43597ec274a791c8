// What an upstream said, or did not say, to one call: values, never exceptions.
import type { Minor } from "../base/money.ts";
import type { FailureCause } from "./recharge.ts";

/** References, number, amount and balances that an answer carried. Absent: the answer did not say. */
export interface Carried {
  readonly ourReference?: string;
  readonly theirReference?: string;
  readonly operatorReference?: string;
  readonly number?: string;
  readonly amount?: Minor;
  readonly balanceBefore?: Minor;
  readonly balanceAfter?: Minor;
  /** What the provider itself kept back for us, in minor units (nurr `commission_amount`). */
  readonly providerCommission?: Minor;
}

interface Heard {
  readonly carried: Carried;
  /** The upstream's words: secrets struck out, cut to 500 characters. */
  readonly said: string;
  /** Set when staff should look (our own bug, a reply about another attempt); one plain sentence. */
  readonly alarm?: string;
}

/** The outcome of a submit. `declined`: nothing was done, the next candidate may be tried. `not_started`: never sent. */
export type Outcome =
  | (Heard & { readonly kind: "succeeded" })
  | (Heard & { readonly kind: "failed"; readonly cause: FailureCause })
  | (Heard & { readonly kind: "declined" })
  | (Heard & { readonly kind: "pending" })
  | (Heard & { readonly kind: "in_doubt" })
  | { readonly kind: "not_started" };

/** The outcome of a lookup. `not_found`: the provider's closed texts for an unknown reference, nothing else. */
export type LookupOutcome =
  | (Heard & { readonly kind: "succeeded" | "failed" | "pending" | "not_found" | "in_doubt" })
  | { readonly kind: "not_started" };

/** What was heard about an attempt that was asked about, or that an upstream spoke of by itself. */
export type HeardLookup = Exclude<LookupOutcome, { readonly kind: "not_started" }>;

/** The outcome of a balance call, in minor units of the provider's currency; null when the answer was not one. */
export interface BalanceOutcome {
  readonly balance: Minor | null;
  readonly said: string;
}
