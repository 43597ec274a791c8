// The contract between the engine and a protocol's client.
import type { Currency, Minor } from "../base/money.ts";
import type { BalanceOutcome, LookupOutcome, Outcome } from "../recharges/outcome.ts";
import type { Mode } from "../recharges/recharge.ts";
import type { Safety } from "../recharges/safety.ts";
import type { Provenance } from "../wire/codes/product-code.ts";
import type { Protocol } from "../wire/protocol.ts";

/** One attempt as a client sends it: `code` is this provider's code of the product. */
export interface Submission {
  readonly reference: string;
  readonly product: string;
  readonly code: string;
  readonly number: string;
  readonly amount: Minor;
  readonly fields: Readonly<Record<string, string>>;
  readonly geocode: string | null;
}

/**
 * When a callback is more than a hint: each rule that is set must hold; none set: never. `basic` is what the
 * `Authorization` header then says.
 */
export interface CallbackRules {
  readonly addresses: readonly string[];
  readonly basic: string | null;
  /** Whether such a callback may reverse a success (`design.md`, "States and evidence"). */
  readonly mayReverse: boolean;
}

/** A code as the settings or the tables of the seed have it. */
export interface TabledCode {
  readonly code: string;
  readonly provenance: Provenance;
  /** Whether it is used without a word of staff: not a shared one, nor an inferred one in live mode. */
  readonly isUsable: boolean;
}

/** What the engine may know of a provider without talking to it. */
export interface ProviderFacts {
  readonly id: string;
  readonly protocol: Protocol;
  readonly mode: Mode;
  readonly currency: Currency;
  readonly safety: Safety;
  /** The code of a product here, usable or not; null: none. */
  tabledCodeOf(product: string): TabledCode | null;
  /** The same where it is used without a word of staff; else null. */
  codeOf(product: string): string | null;
  /** False where the wire cannot carry the number (aopay: an integer loses leading zeros). */
  acceptsNumber(number: string): boolean;
  /** False where the wire cannot carry the amount (aopay: whole rupees only). */
  acceptsAmount(amount: Minor): boolean;
  /** Place of this provider among the candidates of a product; lower is asked first. */
  orderOf(product: string): number;
  /** How long a call may run, ms. */
  readonly callLimitMs: number;
  /** Waits before the first, second … lookup, ms; the last one repeats. */
  readonly lookupScheduleMs: readonly number[];
  /** After this long without an explicit word a person gets the case, ms. */
  readonly caseAfterMs: number;
  /** Calls for the balance are at least this far apart, ms. Absent: it has no such call. */
  readonly balanceEveryMs?: number;
  /** Absent: the protocol has no callbacks. */
  readonly callbacks?: CallbackRules;
}

/** A client holds no state, writes nothing, retries nothing, never throws. Optional methods are capabilities. */
export interface Provider {
  readonly facts: ProviderFacts;
  submit(submission: Submission): Promise<Outcome>;
  lookUp?(reference: string, theirReference: string | null): Promise<LookupOutcome>;
  readBalance?(): Promise<BalanceOutcome>;
}
