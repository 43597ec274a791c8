// Recharges by chat: what an account keeps of its users there, what is asked of it, and what it tells by itself.
import type { Refusal } from "../base/refusal.ts";
import type { Result } from "../base/result.ts";
import type { Currency, Minor } from "../base/money.ts";
import type { Channel } from "../partners/chat-secrets.ts";
import type { Mode, Order, RechargeState, RechargeView, WalletView } from "../recharges/recharge.ts";
import type { Placed, Quote, RechargeName } from "./account.ts";
import type { Caller } from "./caller.ts";

export const chatLanguages = ["en", "bn", "hi"] as const;
export type ChatLanguage = (typeof chatLanguages)[number];

/** Minor units of the currency, of face values; null: no limit beside the partner's own, or never a PIN. */
export interface ChatUserLimits {
  readonly currency: Currency;
  readonly perRecharge: Minor | null;
  readonly perDay: Minor | null;
  /** Above this an order needs the PIN. */
  readonly pinAbove: Minor | null;
}

export interface ChatUserView {
  readonly id: string;
  readonly name: string;
  readonly language: ChatLanguage;
  readonly limits: readonly ChatUserLimits[];
  readonly hasPin: boolean;
  /** Too many wrong ones: nothing above `pinAbove` until the partner sets another. */
  readonly isPinLocked: boolean;
  /** Null: no chat is linked. */
  readonly channel: Channel | null;
  /** The end of the chat's number or id; null: none is linked, or it was linked before that was kept. */
  readonly shownAs: string | null;
  readonly linkedAt: number | null;
  /** Staff let no chat be linked to it; null: they do not. */
  readonly blocked: { readonly reason: string; readonly at: number } | null;
  readonly createdAt: number;
}

/** `hash` is what `chatPinHash` makes of a PIN. Null takes the PIN away; left out: it stays. */
export interface ChatUserWanted {
  readonly name: string;
  readonly language: ChatLanguage;
  readonly limits: readonly ChatUserLimits[];
  readonly pinHash?: string | null;
}

/** What a partner wants of its chat users. Codes are hashes; `expiresAt` is epoch ms. */
export type ChatUserWish =
  | { readonly kind: "list" }
  | { readonly kind: "add"; readonly wanted: Omit<ChatUserWanted, "pinHash"> }
  | { readonly kind: "change"; readonly id: string; readonly wanted: ChatUserWanted }
  | { readonly kind: "code"; readonly id: string; readonly hash: string; readonly expiresAt: number }
  | { readonly kind: "remove"; readonly id: string }
  | StaffChatWish;

/** What staff do: unlink a user's chat; and let none be linked, until they allow it again. */
export type StaffChatWish =
  | { readonly kind: "unlink" | "unblock"; readonly id: string }
  | { readonly kind: "block"; readonly id: string; readonly reason: string };

/** A chat that asks to be linked. `name` is its object's name. */
export interface ChatLinking {
  readonly codeHash: string;
  readonly name: string;
  readonly channel: Channel;
  /** Its number or id, masked. */
  readonly shownAs: string;
}

/** A chat that speaks for a user: believed only as long as the account has them linked. */
export interface ChatAsker {
  readonly user: string;
  readonly chat: string;
}

/** A message is claimed for good before any work; `ticket` tells the work that goes on from a message that came again. */
export type ChatQuestion =
  | { readonly kind: "take"; readonly messageId: string; readonly ticket: string }
  | { readonly kind: "quote"; readonly order: Order }
  /** Not placed for the first time after `notAfter`, epoch ms. */
  | { readonly kind: "place"; readonly order: Order; readonly waitMs: number; readonly notAfter: number }
  /** Of what this user ordered by chat. */
  | { readonly kind: "find"; readonly by: RechargeName }
  /** Latest first; `number` is canonical, null for any. */
  | { readonly kind: "recent"; readonly limit: number; readonly number: string | null }
  | { readonly kind: "wallets" }
  | { readonly kind: "today" }
  | { readonly kind: "set_language"; readonly language: ChatLanguage }
  | { readonly kind: "check_pin"; readonly pinHash: string }
  | { readonly kind: "unlink" };

/** What a user ordered today by chat, in one currency and state. */
export interface ChatDayTotal {
  readonly currency: Currency;
  readonly state: RechargeState;
  readonly count: number;
  readonly face: Minor;
  readonly cost: Minor;
}

/** The answer has the question's kind. */
export type ChatAnswer =
  /** `serial`: 1, 2, 3 … for the messages of the account. Not first: another work has claimed this message. */
  | { readonly kind: "take"; readonly isFirst: boolean; readonly serial: number }
  | { readonly kind: "quote"; readonly quote: Result<Quote, Refusal> }
  /** Null: nothing was placed, and it is too late to. */
  | { readonly kind: "place"; readonly placed: Result<Placed, Refusal> | null }
  | { readonly kind: "find"; readonly recharge: RechargeView | null }
  | { readonly kind: "recent"; readonly recharges: readonly RechargeView[] }
  | { readonly kind: "wallets"; readonly wallets: readonly WalletView[] }
  | { readonly kind: "today"; readonly totals: readonly ChatDayTotal[]; readonly wallets: readonly WalletView[] }
  | { readonly kind: "set_language" }
  | { readonly kind: "check_pin"; readonly verdict: "right" | "wrong" | "locked" }
  | { readonly kind: "unlink" };

/** How a user stands, after the answer. `usedToday`: face values of today that were not given back. */
export interface ChatStanding {
  readonly mode: Mode;
  readonly currencies: readonly Currency[];
  readonly user: ChatUserView;
  readonly usedToday: readonly { readonly currency: Currency; readonly used: Minor }[];
}

export interface ChatReply {
  readonly standing: ChatStanding;
  readonly answer: ChatAnswer;
}

/** What an account tells a chat by itself: a recharge that was ordered there came to its end, or was reversed. */
export interface ChatNews {
  readonly account: number;
  readonly user: string;
  readonly recharge: RechargeView;
}

/** The end of a chat that an account speaks to. */
export interface ChatEnd {
  tell(news: ChatNews): Promise<void>;
}

export interface ChatCalls {
  /** Answers with all users, or with the one that the wish was about. `caller` null: staff, whom the surface has let in. */
  askChatUsers(caller: Caller | null, wish: ChatUserWish): Promise<Result<readonly ChatUserView[], Refusal>>;
  /** Uses the code up. Null: there is no such code, or not any more. The same chat with the same code again is answered alike. */
  linkChat(linking: ChatLinking): Promise<ChatUserView | null>;
  /** Null: the chat is not linked to this user, or not any more. */
  askFromChat(asker: ChatAsker, question: ChatQuestion): Promise<ChatReply | null>;
}

/** An order that came by chat, as the write checks and notes it. */
export interface ChatOrder {
  readonly user: number;
  readonly chat: string;
}
