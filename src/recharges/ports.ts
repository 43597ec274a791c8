// What objects ask of each other. Object stubs and `ctx.exports` entrypoints satisfy these interfaces without a cast.
import type { EarlierRecharge } from "../base/refusal.ts";
import type { Minor } from "../base/money.ts";
import type { AccountEvent, EventType } from "./events.ts";
import type { BalanceOutcome, LookupOutcome, Outcome } from "./outcome.ts";
import type { Mode } from "./recharge.ts";

/** One attempt as the provider line gets it. `number` is canonical; times are epoch ms. */
export interface SubmitCall {
  readonly provider: string;
  readonly mode: Mode;
  readonly reference: string;
  readonly product: string;
  readonly number: string;
  readonly amount: Minor;
  readonly fields: Readonly<Record<string, string>>;
  readonly geocode: string | null;
  /** The line refuses to start after this: then nothing was sent. */
  readonly startBy: number;
}

export interface LookupCall {
  readonly provider: string;
  readonly reference: string;
  readonly theirReference: string | null;
  readonly startBy: number;
}

/** The way to an upstream: one call, one answer, a time limit, no retry. Never throws on purpose; a throw means in doubt. */
export interface ProviderCalls {
  submit(call: SubmitCall): Promise<Outcome>;
  lookUp(call: LookupCall): Promise<LookupOutcome>;
  readBalance(provider: string): Promise<BalanceOutcome>;
}

export interface ClaimRequest {
  readonly mode: Mode;
  /** Only for the order that staff set for it: a number is taken whatever the product. */
  readonly product: string;
  /** Canonical number, for billers with the fields that tell accounts apart. Not the product. */
  readonly number: string;
  readonly amount: Minor;
  readonly account: number;
  readonly agentId: string;
  /** Providers that may be asked, in order, with the time in which each refuses an equal order. */
  readonly candidates: readonly {
    readonly provider: string;
    readonly repeatWindowMs: number | null;
    /** The settings do not trust its code of the product: it is asked only where staff certified the code. */
    readonly isUncertified?: true;
  }[];
  /** A test by staff goes to its provider whatever these say of it. */
  readonly ignores?: readonly LeftOut[];
  /** The agent id of the blocking claim of the same account that a `repeat_of` names; it alone may be overwritten. */
  readonly replaces: string | null;
  /** The account's next attempt counter, and the life of its object that says so; left out where nothing would be sent. */
  readonly counted?: { readonly life: string; readonly next: number };
}

/** Why a candidate is left out, or null where it may be asked. */
export type LeftOut = "switched_off" | "tripped" | "float_low" | "not_certified" | "repeat_window";

export type ClaimAnswer =
  /** An earlier life of the account's object counted further: it was set back, and its next references have travelled. */
  | { readonly kind: "set_back" }
  | {
      readonly kind: "claimed";
      /** Epoch ms at which the same account and agent id took it first; left out where they had not. */
      readonly takenAt?: number;
      /** First to ask first, by the order that staff set. */
      readonly candidates: readonly { readonly provider: string; readonly leftOut: LeftOut | null }[];
    }
  /** `earlier` is set only where the claim belongs to the asking account. */
  | { readonly kind: "repeat"; readonly earlier: EarlierRecharge | null; readonly retryAfterMs: number }
  | { readonly kind: "velocity"; readonly retryAfterMs: number }
  /** Staff want nothing sent to this number. */
  | { readonly kind: "blocked" };

/** The number guard, whichever shard it is. */
export interface NumberClaims {
  claim(request: ClaimRequest): Promise<ClaimAnswer>;
  /** The same answer without taking anything, and without the claims of other accounts. */
  peek(request: ClaimRequest): Promise<ClaimAnswer>;
  /** Gives a claim back that no attempt followed. A lost release does no harm: the owner does not confirm it. */
  release(request: Pick<ClaimRequest, "mode" | "number" | "amount" | "account" | "agentId">): Promise<void>;
  /** Notes that a further provider was sent this number and amount (after the first one declined). */
  noteSend(request: Pick<ClaimRequest, "mode" | "number" | "amount"> & { readonly provider: string }): Promise<void>;
}

/** What an account says of a claim in its name. */
export interface ClaimConfirmation {
  /** False: the claim may be overwritten. */
  readonly holds: boolean;
  /** Null while the order is in progress and nothing was written yet. */
  readonly earlier: EarlierRecharge | null;
  /** Epoch ms at which a success stops blocking; null while pending or in progress. */
  readonly blocksUntil: number | null;
}

/** Asked by the guard, also while that account waits for the guard. */
export interface ClaimOwner {
  confirmClaim(agentId: string): Promise<ClaimConfirmation>;
}

export interface ProviderSwitch {
  readonly provider: string;
  readonly isOff: boolean;
  /** Epoch ms until which the breaker keeps it out; null: closed. */
  readonly trippedUntil: number | null;
  /** Amounts above this are left out; null: not known, so not a reason. */
  readonly float: Minor | null;
  /** Counts up with each change: an older push never overwrites a newer one. */
  readonly version: number;
}

/** Taken by a guard shard from a provider's desk. */
export interface SwitchTaker {
  takeSwitch(state: ProviderSwitch): Promise<void>;
}

/** Asked by a guard shard where a breaker has been open long enough: one recharge may try the provider, over all shards. */
export interface ProbePermits {
  /** `by` names the recharge; the same one is let through again. `retryAt`: epoch ms before which no other one is. */
  takeProbe(by: string): Promise<{ readonly granted: true } | { readonly granted: false; readonly retryAt: number }>;
}

/** What staff set for the whole installation and every recharge must know. */
export interface StaffRules {
  /** By product, or `*` for all others: the providers that are asked first, in this order; others come after. */
  readonly order: Readonly<Record<string, readonly string[]>>;
  /** Claims that one number may have within the velocity window; null: as the settings say. */
  readonly velocityPerDay: number | null;
  /** By provider, by product: whether its code may be used. What is not named goes by the settings. */
  readonly codes: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
  /** Counts up with each change: an older push never overwrites a newer one. */
  readonly version: number;
}

export const firstRules: StaffRules = { order: {}, velocityPerDay: null, codes: {}, version: 0 };

/** Taken by a guard shard from the desk of the installation. */
export interface RulesTaker {
  takeRules(rules: StaffRules): Promise<void>;
}

export interface LookupPermits {
  /** One lookup of the provider's ration. `atRisk` in minor units and `openedAt` (epoch ms) decide who goes first. */
  takeLookup(request: {
    readonly attempt: string;
    readonly atRisk: Minor;
    readonly openedAt: number;
    readonly because: "schedule" | "hint";
  }): Promise<LookupAnswer>;
}

/** `isHintAgain`: another hint bought a lookup of this attempt a short time ago; its ration may well have more. */
export type LookupAnswer =
  | { readonly granted: true }
  | { readonly granted: false; readonly retryAt: number; readonly isHintAgain?: true };

/** A partner's webhook desk, as its account tells it what has happened. */
export interface WebhookTaker {
  /** Events in order; told again, they are the same. False: nobody wants to be told. */
  take(
    events: readonly { readonly number: number; readonly type: EventType; readonly at: number }[],
  ): Promise<{ readonly isWanted: boolean }>;
}

/** Where an account's events go. */
export interface LedgerWriter {
  /** The ledger's own highest contiguous event number of the account; 0 when it knows none. */
  readWatermark(account: number): Promise<number>;
  /** Writes events `watermark + 1 …` in one batch that may be repeated; returns the new watermark. Throws when the ledger is down. */
  write(account: number, events: readonly AccountEvent[]): Promise<number>;
  /** Events above number `after`, oldest first, as the account wrote them. */
  readEvents(
    account: number,
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly AccountEvent[]>;
  /** Number of the last event before a moment (epoch ms), looked for from number `upTo` down; 0: there is none. */
  readLastBefore(account: number, moment: number, upTo: number): Promise<number>;
}
