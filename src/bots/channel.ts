// The words between a chat and the platform that it is on: what came in, what goes out, and what became of that.
import type { Channel } from "../partners/chat-secrets.ts";
import type { ChatMessage, Language } from "./dialogue-types.ts";

export type { Channel } from "../partners/chat-secrets.ts";

/** Where a chat is: the platform's own id of it, which is personal and stays out of logs. */
export interface ChatPlace {
  readonly channel: Channel;
  readonly address: string;
}

export type Incoming =
  | { readonly kind: "text"; readonly text: string }
  /** A button or row of ours, by its id. */
  | { readonly kind: "press"; readonly payload: string }
  | { readonly kind: "unreadable" };

/** One message of a chat. `messageId` is the platform's, unique for good; `sentAt` is epoch ms by the platform's clock. */
export interface IncomingMessage {
  readonly messageId: string;
  readonly sentAt: number;
  readonly content: Incoming;
  /** By what the platform deletes the user's own message; null: it cannot. */
  readonly erasableBy: string | null;
}

/** `news` comes by itself, perhaps long after the user's last message: it can go out as a template too. */
export type Outgoing =
  | { readonly kind: "say"; readonly message: ChatMessage }
  | {
      readonly kind: "news";
      readonly message: ChatMessage;
      readonly language: Language;
      readonly parameters: readonly string[];
    }
  | { readonly kind: "template"; readonly language: Language; readonly parameters: readonly string[] }
  | { readonly kind: "erase"; readonly messageId: string };

export interface ChannelCall extends ChatPlace {
  readonly outgoing: Outgoing;
}

/** `said` is the platform's word for it, without the address. */
export type ChannelOutcome =
  | { readonly kind: "sent"; readonly messageId: string | null }
  /** Not taken, or not heard of: to be sent again, not before `afterMs` where the platform says so. */
  | { readonly kind: "later"; readonly afterMs: number | null; readonly said: string }
  /** The user has not written for 24 hours: only a template is taken. */
  | { readonly kind: "window_closed" }
  /** Never will be taken. */
  | { readonly kind: "refused"; readonly said: string };

/** The way out to the platforms: an entrypoint of its own, because an object does not fetch. */
export interface ChannelCalls {
  send(call: ChannelCall): Promise<ChannelOutcome>;
}

/** What a platform says of a message of ours after it took it. */
export interface DeliveryStatus {
  readonly messageId: string;
  readonly status: "delivered" | "failed";
  readonly isWindowClosed: boolean;
  readonly said: string;
}

/** What the webhooks ask of a chat's object; it answers as soon as the message is written down. */
export interface ChatInbox {
  take(place: ChatPlace, message: IncomingMessage): Promise<void>;
  takeStatus(status: DeliveryStatus): Promise<void>;
}
