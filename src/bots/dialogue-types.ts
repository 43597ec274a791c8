// The words of the dialogue between a chat and a channel: what goes in, what comes out, what is asked of the account.
//
// How a channel runs it, for each message that it has claimed, one at a time per chat:
//   1. `step(state, input, context)`; keep the new state in the same write as the messages to send.
//   2. Send each `say`; carry out each `perform`; where the platform can, delete the user's message for each `erase`.
//   3. Give each answer back as `{ kind: "result", id, … }`, which may say and ask more. Until there is nothing to perform.
// After a crash `awaitedOf(state)` lists what was asked and not yet answered: carry it out again with the same words.
// A `place` carries its agent id, so a second time is the same recharge. A PIN is never among them: the user types it
// again. While `expectsSecret(state)` is true the text of the next message must not be stored or logged.
import type { Currency, Minor } from "../base/money.ts";
import type { Refusal } from "../base/refusal.ts";
import type { Result } from "../base/result.ts";
import type { Price, RechargeState, RechargeView, WalletView } from "../recharges/recharge.ts";

export const languages = ["en", "bn", "hi"] as const;
export type Language = (typeof languages)[number];

/** What a user may spend in one currency, in minor units of face value; null: no limit. */
export interface ChatLimits {
  readonly currency: Currency;
  readonly perRecharge: Minor | null;
  readonly perDay: Minor | null;
  /** Face values of today's recharges of this user that were not given back; the day of the wallet's zone. */
  readonly usedToday: Minor;
  /** Above this amount the PIN is asked; null: never. */
  readonly pinAbove: Minor | null;
}

/** The partner's user to whom a chat is linked. */
export interface ChatUser {
  /** 1 to 24 of `[A-Za-z0-9_]`, unique for the account. */
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  readonly limits: readonly ChatLimits[];
}

/** What the dialogue has to know beside its state; read anew for each input. */
export interface DialogueContext {
  readonly user: ChatUser;
  /** Of the partner's wallets: they say whose numbers are understood. */
  readonly currencies: readonly Currency[];
  /** Whether the partner can buy the product at all; what it cannot buy is not offered. */
  readonly sells: (productId: string) => boolean;
}

/** An order as the user means it; number and fields as typed, the amount in minor units. */
export interface ChatOrder {
  readonly product: string;
  readonly number: string;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly fields: Readonly<Record<string, string>>;
  readonly repeatOf: string | null;
}

/** What the dialogue asks of the channel; how each is answered is in `CommandAnswer`. */
export type DialogueCommand =
  | { readonly kind: "quote"; readonly order: ChatOrder; readonly agentId: string }
  /** Only ever after the user confirmed the quote of this very agent id; `maxCost` is that quote's cost. */
  | { readonly kind: "place"; readonly order: ChatOrder; readonly agentId: string; readonly maxCost: Minor }
  /** Not before `notBefore` (epoch ms), and again until the account has answered: it settles a `place` without answer. */
  | { readonly kind: "settle"; readonly agentId: string; readonly order: ChatOrder; readonly notBefore: number }
  | { readonly kind: "find"; readonly by: RechargeBy }
  /** Latest first; `number` is canonical or as typed, null for any. */
  | { readonly kind: "recent"; readonly limit: number; readonly number: string | null }
  | { readonly kind: "balance" }
  | { readonly kind: "today" }
  | { readonly kind: "set_language"; readonly language: Language }
  | { readonly kind: "unlink" }
  | { readonly kind: "check_pin"; readonly pin: string };

export type RechargeBy = { readonly id: string } | { readonly agentId: string };

export interface ChatQuote extends Price {
  /** Canonical. */
  readonly number: string;
  readonly balanceAfter: Minor;
}

/** What is shown of a recharge; a `RechargeView` and the facts of an event both carry it. */
export type ShownRecharge = Pick<
  RechargeView,
  | "id"
  | "agentId"
  | "product"
  | "number"
  | "fields"
  | "face"
  | "cost"
  | "currency"
  | "state"
  | "failure"
  | "operatorReference"
  | "createdAt"
>;

/** What was recharged since midnight of the wallet's zone, in one currency. */
export interface DayTotals {
  readonly currency: Currency;
  readonly states: Readonly<
    Record<RechargeState, { readonly count: number; readonly face: Minor; readonly cost: Minor }>
  >;
  readonly balance: Minor;
  readonly held: Minor;
}

/** `unavailable`: nobody could be asked, or the answer was lost; of a `place` it says nothing about the recharge. */
export type CommandAnswer =
  | { readonly kind: "unavailable" }
  | { readonly kind: "quote"; readonly quote: Result<ChatQuote, Refusal> }
  | { readonly kind: "place"; readonly placed: Result<ShownRecharge, Refusal> }
  /** For `settle` and `find`; null: the account has no such recharge. */
  | { readonly kind: "found"; readonly recharge: ShownRecharge | null }
  | { readonly kind: "recent"; readonly recharges: readonly ShownRecharge[] }
  | { readonly kind: "balance"; readonly wallets: readonly WalletView[] }
  | { readonly kind: "today"; readonly totals: readonly DayTotals[] }
  | { readonly kind: "done" }
  /** `locked`: too many wrong ones; who counts them is the keeper of the PIN. */
  | { readonly kind: "pin"; readonly verdict: "right" | "wrong" | "locked" };

/**
 * What comes from a chat. `serial`: 1 to 20 of `[a-z0-9]`, another one for each message of the account and for good
 * (the number under which the message was claimed, in base 36); quotes and agent ids are made from it. `at`: epoch ms
 * of now by our clock; `sentAt`: epoch ms at which the platform says that it was sent.
 */
export type DialogueInput =
  | { readonly kind: "linked"; readonly serial: string; readonly at: number }
  | {
      readonly kind: "text";
      readonly serial: string;
      readonly at: number;
      readonly sentAt: number;
      readonly text: string;
    }
  /** A button or list row of ours, by its `id`; or anything that looks like one. */
  | { readonly kind: "press"; readonly serial: string; readonly at: number; readonly payload: string }
  /** A picture, a voice message, a place …; or a text that was lost unread, because it may have been a PIN. */
  | { readonly kind: "unreadable"; readonly serial: string; readonly at: number }
  | { readonly kind: "result"; readonly id: string; readonly at: number; readonly answer: CommandAnswer };

export type DialogueOutput =
  | { readonly kind: "say"; readonly message: ChatMessage }
  | { readonly kind: "perform"; readonly id: string; readonly command: DialogueCommand }
  | { readonly kind: "erase" };

/** Plain text, no markup: at most 1,000 characters with choices, 4,000 without. */
export interface ChatMessage {
  readonly text: string;
  readonly choices: Choices | null;
}

/** At most 3 buttons, or at most 10 rows behind a button that opens the list (`opens`, at most 20 code points). */
export type Choices =
  | { readonly kind: "buttons"; readonly buttons: readonly Button[] }
  | { readonly kind: "list"; readonly opens: string; readonly rows: readonly Row[] };

/** `id`: at most 64 bytes; `title`: at most 20 code points. */
export interface Button {
  readonly id: string;
  readonly title: string;
}

/** `id`: at most 64 bytes; `title`: at most 24 code points, `description`: at most 72. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
}

export interface Step {
  readonly state: DialogueState;
  readonly outputs: readonly DialogueOutput[];
}

/** Fit for JSON, bounded in size. Holds no PIN, ever. A change of its shape is a new `version`. */
export interface DialogueState {
  readonly version: 1;
  readonly language: Language;
  readonly stage: Stage;
  readonly awaited: readonly Awaited[];
}

/** What was asked of the channel and is not answered yet. */
export interface Awaited {
  readonly id: string;
  /** Epoch ms. */
  readonly since: number;
  /** Of the message that caused it: what the answer makes the dialogue ask next is named by it. */
  readonly serial: string;
  readonly command: Exclude<DialogueCommand, { kind: "check_pin" }>;
  /** What the answer is for. */
  readonly purpose: Purpose;
}

export type Purpose = "show" | "status" | "repeat" | "stale" | "suggested" | "confirmed";

export type Stage =
  | { readonly kind: "idle" }
  | { readonly kind: "collecting"; readonly draft: Draft; readonly asks: Asks }
  /** `repeatId`: the earlier recharge of which the user is asked whether a second one is meant. */
  | { readonly kind: "repeating"; readonly draft: Draft; readonly repeatId: string }
  | { readonly kind: "quoted"; readonly quote: OpenQuote }
  | { readonly kind: "pin"; readonly quote: OpenQuote; readonly tries: number };

/** An order in the making; number and fields as typed. */
export interface Draft {
  /** Serial of the message that began it: its buttons carry it. */
  readonly token: string;
  readonly startedAt: number;
  readonly products: readonly string[];
  /** The products follow from the number plan alone. */
  readonly isSuggested: boolean;
  readonly number: string | null;
  readonly amount: Minor | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly repeatOf: string | null;
}

/** What a draft is waiting for; `page` of a long list of products. */
export type Asks =
  | { readonly what: "number" }
  | { readonly what: "amount" }
  | { readonly what: "product"; readonly page: number }
  | { readonly what: "field"; readonly name: string };

/** A quote that was shown. Its token is the serial of the message that asked for it; its agent id follows from it. */
export interface OpenQuote {
  readonly token: string;
  readonly order: ChatOrder;
  readonly cost: Minor;
  readonly shownAt: number;
  /** Two minutes after `shownAt`; nothing is placed from then on. */
  readonly expiresAt: number;
}
