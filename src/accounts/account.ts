// What a surface may ask of an account. The object in `account-object.ts` satisfies it over RPC; methods return values.
import type { Caller } from "./caller.ts";
import type { CaseCalls } from "./case-types.ts";
import type { SegmentCalls } from "./segment-types.ts";
import type { Refusal } from "../base/refusal.ts";
import type { Result } from "../base/result.ts";
import type { Currency, Minor } from "../base/money.ts";
import type { AccountEvent, CaseKind } from "../recharges/events.ts";
import type { Evidence } from "../recharges/evidence.ts";
import type { AccountFloat, FloatQuestion } from "../recharges/float-check.ts";
import type { HeardLookup } from "../recharges/outcome.ts";
import type { AccountProfile } from "../recharges/profile.ts";
import type { AttemptState, Order, Price, RechargeView, WalletView } from "../recharges/recharge.ts";
import type { RewardView } from "../recharges/reward.ts";
import type { TellingAccount } from "../webhooks/ports.ts";

/** The one provider that a test of staff goes to, in whatever order; `evenIfOff`: also where staff switched it off. */
export interface Via {
  readonly provider: string;
  readonly evenIfOff: boolean;
}

export interface PlaceRequest {
  readonly caller: Caller;
  readonly order: Order;
  /** No partner's request has it. */
  readonly via?: Via;
  /** How long the caller waits for the upstream's answer before it is told `pending`, ms. */
  readonly waitMs: number;
}

/** `isReplay`: the recharge existed before this request came (a request that joined one in flight is not a replay). */
export interface Placed {
  readonly recharge: RechargeView;
  readonly isReplay: boolean;
}

/** An order of a protocol without a reference (`design.md`, "The same thing twice"). */
export interface UnreferencedRequest {
  readonly caller: Caller;
  readonly surface: "aopay" | "nurr";
  readonly order: Omit<Order, "agentId" | "repeatOf">;
  /** The extra field `agentid`: a second order of the same is meant. Null: the same order is the same recharge. */
  readonly agentId: string | null;
  /** The signature that the request carried; it is good for one order. Null: the protocol, or the caller's address, needs none. */
  readonly signature: { readonly text: string; readonly expiresAt: number } | null;
  /** Nothing but its address speaks for the caller: a live partner then needs a day limit. */
  readonly isByAddressAlone: boolean;
  /** The caller asks too fast: told of what is there, and nothing new is placed. */
  readonly isTooFast: boolean;
  readonly waitMs: number;
}

export interface UnreferencedAnswer {
  readonly placed: Result<Placed, Refusal>;
  /** The partner's name; empty where the caller was not admitted. */
  readonly partner: string;
  /**
   * The wallet of the product's currency: after the recharge's last event, so that equal questions have equal answers; as it
   * is now where the order was refused. Null: not admitted, or no such wallet.
   */
  readonly wallet: WalletView | null;
}

export interface Quote extends Price {
  readonly product: string;
  readonly number: string;
  readonly balanceAfter: Minor;
}

/** What one order comes to, or its refusal. */
export type OrderCheck =
  | { readonly kind: "refused"; readonly problem: Refusal }
  /** The agent id has its recharge already: placing the order again costs nothing. */
  | { readonly kind: "known" }
  | {
      readonly kind: "good";
      readonly face: Minor;
      readonly cost: Minor;
      readonly currency: Currency;
      /** What the number guard would take: with the face value it says which orders repeat each other. */
      readonly claimNumber: string;
    };

export type RechargeName = { readonly id: string } | { readonly agentId: string };

/** One attempt with its evidence, as staff and tests read it. */
export interface AttemptView {
  readonly reference: string;
  readonly provider: string;
  readonly state: AttemptState;
  readonly startedAt: number;
  readonly evidence: readonly Evidence[];
}

export interface CaseView {
  readonly kind: CaseKind;
  readonly rechargeId: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
}

/** A credit or debit of a wallet by staff; `externalReference` makes it happen once. */
export interface Movement {
  readonly currency: Currency;
  readonly amount: Minor;
  readonly reason: string;
  readonly externalReference: string;
  readonly staff: string;
}

/** What an upstream said of an attempt by itself. `receivedAt` is epoch ms of its arrival here. */
export interface CallbackHeard {
  readonly provider: string;
  /** The account's attempt counter, out of our reference. */
  readonly attempt: number;
  readonly outcome: HeardLookup;
  /** False: it proves nothing (`design.md`, "hint"). */
  readonly isAuthentic: boolean;
  readonly receivedAt: number;
}

/** Which attempts at a provider a statement could speak of: started in its time (epoch ms, both included), still open, or named by counter. */
export interface AttemptQuestion {
  readonly provider: string;
  readonly from: number;
  readonly to: number;
  readonly counters: readonly number[];
}

/** One attempt at a provider, as its account knows it now. */
export interface ProviderAttempt {
  readonly account: number;
  readonly counter: number;
  readonly reference: string;
  readonly rechargeId: string;
  readonly number: string;
  /** Face value. */
  readonly amount: Minor;
  readonly state: AttemptState;
  readonly startedAt: number;
  readonly startBy: number;
  readonly theirReference: string | null;
  /** Pieces of evidence about it so far, and the keys of those that statements gave. */
  readonly evidence: number;
  readonly statementKeys: readonly string[];
}

/** What a provider's statement says of one attempt. Counts only if the attempt has heard nothing since `seenEvidence`. */
export interface StatementWord
  extends Pick<Evidence, "key" | "speaksAt" | "operatorReference" | "theirReference" | "cause" | "said"> {
  readonly attempt: number;
  readonly seenEvidence: number;
  readonly kind: "statement" | "absence";
  readonly word: "success" | "failure" | "absent";
  /** The row's; null where there is no row. */
  readonly amount: Minor | null;
}

/** `outdated`: nothing was applied, because these attempts are not as the words say. */
export type StatementAnswer =
  | { readonly kind: "fits" }
  | { readonly kind: "applied"; readonly words: number }
  | { readonly kind: "outdated"; readonly attempts: readonly number[] };

export interface EventPage {
  readonly events: readonly AccountEvent[];
  readonly nextAfter: number;
}

/** Figures at one event number, to be compared with the ledger at the same number. */
export interface AccountFigures {
  readonly account: number;
  readonly eventNumber: number;
  readonly wallets: readonly WalletView[];
  /** Recharges that are pending, and how many of them neither have a settlement planned nor an open case (must be 0); null: not counted. */
  readonly pending: number | null;
  readonly forgotten: number | null;
}

/** Pending recharges of one provider, currency and state of the attempt. `cost` is held for them; `oldestAt` is epoch ms. */
export interface OpenStanding {
  readonly provider: string;
  readonly currency: Currency;
  readonly state: AttemptState;
  readonly count: number;
  readonly cost: Minor;
  readonly oldestAt: number;
}

/** What those who watch the installation must know of an account. */
export interface AccountStanding {
  readonly open: readonly OpenStanding[];
  /** When the oldest event was made that the ledger is not known to have, epoch ms; null: it has all. */
  readonly unshippedAt: number | null;
  /** Size of the object's database. */
  readonly bytes: number;
  /** The ledger was found ahead of it: it was restored to an earlier moment, and takes no new recharge. */
  readonly isGoneBack: boolean;
  /** Events that have left it for the ledger and the archive. */
  readonly rolled: number;
}

/** All of an account as lines of JSON; `empty`: nobody uses it; `too_large`: more than 8 MiB. */
export type Copied =
  | { readonly kind: "copied"; readonly text: string }
  | { readonly kind: "empty" }
  | { readonly kind: "too_large" };

/**
 * `occupied`: the object has rows of its own. `unreadable`: not a whole copy of this account, made by this version of the code.
 * `isGoneBack`: the ledger knows more than the copy, and the account takes no new recharge.
 */
export type Returned =
  | { readonly kind: "returned"; readonly event: number; readonly rows: number; readonly isGoneBack: boolean }
  | { readonly kind: "occupied" }
  | { readonly kind: "unreadable" };

/**
 * `healed`: the account has what the ledger has, from its own last event on; `unsure` recharges are pending and with a person,
 * because more may have been sent for them than the ledger was told. `diverged`: from event `at` on the account has booked
 * otherwise than the ledger, and nothing was changed. `not_behind`: there is nothing to heal.
 */
export type Healed =
  | { readonly kind: "healed"; readonly from: number; readonly to: number; readonly unsure: number }
  | { readonly kind: "diverged"; readonly at: number }
  | { readonly kind: "not_behind" };

/** `isTelling`: the partner has, or had, webhook endpoints. Null: nobody uses the account yet. */
export interface Swept {
  readonly isIdle: boolean;
  readonly isTelling: boolean;
  readonly standing: AccountStanding | null;
}

export interface AccountCalls extends CaseCalls, SegmentCalls, TellingAccount {
  place(request: PlaceRequest): Promise<Result<Placed, Refusal>>;
  placeUnreferenced(request: UnreferencedRequest): Promise<UnreferencedAnswer>;
  quote(request: Omit<PlaceRequest, "waitMs">): Promise<Result<Quote, Refusal>>;
  /** One answer for each order of a file; what depends on all of them together (balance, the day's limit) is not looked at. */
  checkOrders(caller: Caller, orders: readonly Order[]): Promise<Result<readonly OrderCheck[], Refusal>>;
  findRecharge(caller: Caller, name: RechargeName): Promise<Result<RechargeView, Refusal>>;
  /** What a recharge was given and has kept; null where that is nothing, or where there is no such recharge. */
  findReward(caller: Caller, name: RechargeName): Promise<Result<RewardView | null, Refusal>>;
  readWallets(caller: Caller): Promise<Result<readonly WalletView[], Refusal>>;
  readEvents(caller: Caller, page: { after: number; limit: number }): Promise<Result<EventPage, Refusal>>;
  /** Refuses revoked keys and nothing else: for surfaces that read the ledger on the partner's behalf. */
  admit(caller: Caller): Promise<Result<null, Refusal>>;

  /** Takes the profile if its version is newer; creates wallets that are missing. Idempotent. */
  configure(profile: AccountProfile): Promise<void>;
  /** The profile it works by; null before the first `configure`. Staff verbs change what stands here, never a copy of it. */
  readProfile(): Promise<AccountProfile | null>;
  credit(movement: Movement): Promise<Result<WalletView, Refusal>>;
  debit(movement: Movement): Promise<Result<WalletView, Refusal>>;
  /** Takes what an upstream said by itself; false: it matches no attempt of this account. */
  takeCallback(heard: CallbackHeard): Promise<boolean>;
  readProviderAttempts(question: AttemptQuestion): Promise<readonly ProviderAttempt[]>;
  /** Applies the words of a statement in one write, each once, or none; a dry run only says whether it would. */
  takeStatement(provider: string, words: readonly StatementWord[], isDryRun: boolean): Promise<StatementAnswer>;
  readAttempts(rechargeId: string): Promise<readonly AttemptView[]>;
  readCases(): Promise<readonly CaseView[]>;
  /** Null before the first `configure`. Counting what is pending scans all recharges. */
  readFigures(request: { readonly withPending: boolean }): Promise<AccountFigures | null>;
  /** What this account knows of the providers' floats beside the ledger. */
  readFloats(question: FloatQuestion): Promise<readonly AccountFloat[]>;
  /**
   * Arms the alarm if settlement, outbox or an overdue alarm wants it; answers at once. `ledgerEvent`: the last event that
   * the ledger has (null: all), so that a restored ledger is fed again. `isTelling`: it has, or had, webhook endpoints.
   */
  sweep(ledgerEvent: number | null): Promise<Swept>;
  /** All its tables as lines of JSON; and their return into an empty object. */
  copyAccount(): Promise<Copied>;
  returnAccount(copy: { readonly profile: AccountProfile; readonly text: string }): Promise<Returned>;
  /** Books again what the ledger has and the account has lost. Throws while the ledger is down; asked again, it goes on. */
  healAccount(): Promise<Healed>;
}
