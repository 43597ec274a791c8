// What the files of an account share: its storage, its services, and what it remembers only while it is awake.
import { assert } from "../base/assert.ts";
import type { Clock } from "../base/clock.ts";
import { type InstallationCode, rechargeIdOf } from "../base/id.ts";
import type { Log } from "../base/log.ts";
import type { Minor } from "../base/money.ts";
import type { ProviderFacts } from "../providers/provider.ts";
import type { Evidence } from "../recharges/evidence.ts";
import type { Outcome } from "../recharges/outcome.ts";
import type { Archive } from "../recharges/archive.ts";
import type { LedgerWriter, LookupPermits, NumberClaims, ProviderCalls, WebhookTaker } from "../recharges/ports.ts";
import type { AccountProfile } from "../recharges/profile.ts";
import type { VerdictWord } from "../recharges/verdict.ts";
import type { ScheduleRules } from "../recharges/schedule.ts";
import type { Healed } from "./account.ts";
import type { AccountScans } from "./account-scans.ts";
import type { AttemptStore } from "./attempt-store.ts";
import type { BookStore, WalletRecord } from "./book-store.ts";
import type { CaseStore } from "./case-store.ts";
import type { AttemptRecord, OpenRecord } from "./records.ts";
import type { ChatStore } from "./chat-store.ts";
import type { ChatEnd } from "./chat-types.ts";
import type { RewardStore } from "./reward-store.ts";
import type { RolledStore } from "./rolled-store.ts";
import type { SharedCommit } from "./shared-commit.ts";
import type { RechargeStore } from "./store.ts";
import type { TellingStore } from "./telling-store.ts";
import type { UnreferencedStore } from "./unreferenced-store.ts";

/** All in ms. */
export interface AccountTimes {
  readonly startByMs: number;
  readonly repeatWindowMs: number;
  readonly resolveMarginMs: number;
  readonly outboxDelayMs: number;
  readonly outboxRetryMs: number;
}

/** How old events leave an account. */
export interface RollOverRules {
  readonly archive: Archive;
  /** Ms. */
  readonly eventsKeptMs: number;
  /** Events of one page; fixed for ever, because the names of pages follow from it. */
  readonly pageEvents: number;
}

export interface AccountServices {
  readonly clock: Clock;
  readonly times: AccountTimes;
  readonly installation: InstallationCode;
  readonly providers: ReadonlyMap<string, ProviderFacts>;
  readonly line: ProviderCalls;
  readonly claims: NumberClaims;
  readonly ledger: LedgerWriter;
  /** Null: no archive is bound, and nothing leaves an account. */
  readonly rollOver: RollOverRules | null;
  readonly log: Log;
  permits(provider: string): LookupPermits;
  /** The webhook desk of an account. */
  webhookDesk(account: number): WebhookTaker;
  /** A chat, by the name of its object. */
  chat(name: string): ChatEnd;
  /** What became of attempts, for the provider's desk; told with each flush, and lost without harm. */
  reportOutcomes(provider: string, outcomes: readonly ProviderOutcome[]): Promise<void>;
}

export interface AccountNow {
  readonly profile: AccountProfile;
  readonly wallets: readonly WalletRecord[];
  readonly providers: ReadonlyMap<string, ProviderFacts>;
  /** Epoch ms. */
  readonly now: number;
}

/** What a submit came to, for the breaker. Times are epoch ms. */
export interface ProviderOutcome {
  readonly kind: Outcome["kind"];
  readonly at: number;
  readonly sentAt: number;
  /** Our balance there after it, where the reply said so. */
  readonly balance?: Minor;
}

const outcomes = {
  success: "succeeded",
  failure: "failed",
  declined: "declined",
  pending: "pending",
  doubt: "in_doubt",
} as const satisfies Record<VerdictWord, ProviderOutcome["kind"]>;

export interface AccountContext {
  readonly services: AccountServices;
  /** Another one for each life of the object. */
  readonly life: string;
  readonly recharges: RechargeStore;
  readonly attempts: AttemptStore;
  readonly scans: AccountScans;
  readonly book: BookStore;
  readonly unreferenced: UnreferencedStore;
  readonly rewards: RewardStore;
  readonly cases: CaseStore;
  readonly telling: TellingStore;
  readonly chats: ChatStore;
  readonly rolled: RolledStore;
  /** Agent ids that are being placed and not written yet; each promise resolves, never rejects. */
  readonly placing: Map<string, Promise<void>>;
  /** Orders without a reference that are being placed, by what they order; each promise resolves, never rejects. */
  readonly ordering: Map<string, Promise<void>>;
  /** Recharges whose upstream call is running, by counter; each promise resolves, never rejects. */
  readonly answering: Map<number, Promise<void>>;
  /** The flush of the outbox that is running (null: none is), and whether the ledger was seen to hold the account's own events. */
  readonly shipping: { flush: Promise<void> | null; isAgreed: boolean };
  /** The run of the roll-over that is at work; null: none is. */
  readonly rolling: { run: Promise<void> | null };
  /** The healing that is at work; null: none is. */
  readonly healing: { run: Promise<Healed> | null };
  readonly commit: SharedCommit;
  /** Not told to the desks yet. */
  readonly outcomes: Map<string, ProviderOutcome[]>;
  /** What the stores remember, where their rows are other ones now. */
  forget(): void;
  atomically<Value>(write: () => Value): Value;
  /** Arms the alarm for the next work that waits: settlement or outbox. Called in the same turn as the write. */
  wake(): void;
  /** Goes on when the caller has gone. */
  keepAlive(work: Promise<unknown>): void;
}

export function profileOf(account: AccountContext): AccountProfile {
  const profile = account.book.readProfile();
  assert(profile !== null, "an account has a profile before it is used");
  return profile;
}

export function factsOf(account: AccountContext, provider: string): ProviderFacts {
  const facts = account.services.providers.get(provider);
  assert(facts !== undefined, "a provider that has attempts stays in the settings");
  return facts;
}

/** How log lines name an attempt: by the id of its recharge, and its own counter. */
export function namesOf(
  account: AccountContext,
  { recharge, attempt }: Pick<OpenRecord, "recharge" | "attempt">,
): { readonly recharge: string; readonly attempt: number } {
  return { recharge: rechargeIdOf(profileOf(account).account, recharge), attempt };
}

export function scheduleOf(facts: ProviderFacts): ScheduleRules {
  return {
    lookupScheduleMs: facts.lookupScheduleMs,
    callLimitMs: facts.callLimitMs,
    caseAfterMs: facts.caseAfterMs,
    notFoundSettlesAfterMs: facts.safety.notFoundSettlesAfterMs,
    canLookUp: facts.safety.lookup !== "none",
  };
}

/** Waits for the other recharges that are under way, where there are any: they go on in one turn. */
export async function gatherRecharges({ commit, placing, answering }: AccountContext): Promise<void> {
  await commit.gather(placing.size + answering.size);
}

/** What a submit came to, by what its answer was worth. */
export function outcomeOf(word: VerdictWord): ProviderOutcome["kind"] {
  return outcomes[word];
}

/** Remembers what a submit came to until the desk is told. */
export function noteOutcome(
  account: AccountContext,
  { provider, startedAt }: Pick<AttemptRecord, "provider" | "startedAt">,
  kind: ProviderOutcome["kind"],
  { receivedAt: at, balances }: Pick<Evidence, "receivedAt" | "balances">,
): void {
  const noted = account.outcomes.get(provider) ?? [];
  noted.push({ kind, at, sentAt: startedAt, ...(balances !== undefined && { balance: balances.after }) });
  account.outcomes.set(provider, noted);
}

/** What the checks of an order read, as it is now. */
export function accountNow(account: AccountContext): AccountNow {
  const { providers, clock } = account.services;
  return { profile: profileOf(account), wallets: account.book.readWallets(), providers, now: clock.now() };
}
