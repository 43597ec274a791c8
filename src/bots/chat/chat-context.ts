// What the files of a chat's object share: its storage, its services, and what it knows only while it is awake.
import type { ChatCalls, ChatStanding } from "../../accounts/chat-types.ts";
import { assert } from "../../base/assert.ts";
import type { Clock } from "../../base/clock.ts";
import type { Log } from "../../base/log.ts";
import type { Mode } from "../../recharges/recharge.ts";
import type { ChannelCalls } from "../channel.ts";
import type { ChatObjectStore, ChatRecord } from "./chat-store.ts";

/** All in ms. */
export interface ChatTimes {
  /** How long a chat waits for the end of a recharge before it is told that it is pending. */
  readonly chatWaitMs: number;
  /** The first wait before something is tried again; doubled each time. */
  readonly chatRetryMs: number;
}

export interface ChatServices {
  readonly clock: Clock;
  readonly times: ChatTimes;
  readonly log: Log;
  /** For the hashes of codes and PINs. */
  readonly hashSecret: string;
  readonly line: ChannelCalls;
  /** A fresh stub on each call. */
  account(number: number): ChatCalls;
  /** Whether a partner of this mode can buy a product at all. */
  sells(mode: Mode, product: string): boolean;
  /** Counts, for staff, a message that was given up. */
  countGivenUp(): Promise<void>;
}

export interface ChatContext {
  /** The name of the object: what accounts know the chat by. */
  readonly name: string;
  readonly services: ChatServices;
  readonly store: ChatObjectStore;
  /** Texts that may be PINs, by the number of their item: never written down. */
  readonly secrets: Map<number, string>;
  /** How the user stood when the account was asked last; null: it was not asked since the object woke. */
  standing: ChatStanding | null;
  atomically<Value>(write: () => Value): Value;
  /** Begins to send what there is to say, while the work goes on. */
  speak(): void;
}

export function recordOf(chat: ChatContext): ChatRecord {
  const record = chat.store.read();
  assert(record !== null, "a chat is written down with its first message");
  return record;
}
