// The SQL of a chat's object: its link and dialogue, what came in, what must go out, what was sent and told.
import type { ChatNews } from "../../accounts/chat-types.ts";
import type { RechargeState } from "../../recharges/recharge.ts";
import type { ChatPlace, Incoming, IncomingMessage, Outgoing } from "../channel.ts";
import type { DialogueState } from "../dialogue-types.ts";

/** For whom a chat speaks, and where its dialogue stands. */
export interface ChatLink {
  readonly account: number;
  readonly user: string;
  readonly state: DialogueState;
}

/** Times are epoch ms. `guesses` are wrong codes since `guessedAt`; `hintedAt`: when it was last told to send a code. */
export interface ChatRecord extends ChatPlace {
  readonly heardAt: number;
  readonly link: ChatLink | null;
  readonly guesses: number;
  readonly guessedAt: number;
  readonly hintedAt: number;
}

/** `secret`: a text that is not written down, because it may be a PIN. */
export type InboxContent = Incoming | { readonly kind: "secret" } | { readonly kind: "news"; readonly news: ChatNews };

export interface InboxItem {
  readonly number: number;
  readonly message: string;
  readonly ticket: string;
  readonly content: InboxContent;
  readonly erasableBy: string | null;
  readonly sentAt: number;
}

export interface OutboxItem {
  readonly number: number;
  readonly content: Outgoing;
  readonly tries: number;
  readonly dueAt: number;
  readonly writtenAt: number;
}

type ChatRow = {
  channel: ChatPlace["channel"];
  address: string;
  heardAt: number;
  account: number | null;
  user: string | null;
  state: string | null;
  guesses: number;
  guessedAt: number;
  hintedAt: number;
};
type InboxRow = Omit<{ -readonly [Column in keyof InboxItem]: InboxItem[Column] }, "content"> & { content: string };
type OutboxRow = Omit<{ -readonly [Column in keyof OutboxItem]: OutboxItem[Column] }, "content"> & { content: string };

export class ChatObjectStore {
  private readonly sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** Null: nobody has written from this chat yet. */
  read(): ChatRecord | null {
    const [row] = this.sql
      .exec<ChatRow>(
        `select channel, address, heard_at as heardAt, account, user, state, guesses, guessed_at as guessedAt,
           hinted_at as hintedAt from chat`,
      )
      .toArray();
    if (row === undefined) return null;
    const { account, user, state, ...rest } = row;
    const isLinked = account !== null && user !== null && state !== null;
    return { ...rest, link: isLinked ? { account, user, state: JSON.parse(state) } : null };
  }

  write({ link, ...chat }: ChatRecord): void {
    this.sql.exec(
      `insert or replace into chat (id, channel, address, heard_at, account, user, state, guesses, guessed_at, hinted_at)
       values (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      chat.channel,
      chat.address,
      chat.heardAt,
      link?.account ?? null,
      link?.user ?? null,
      link === null ? null : JSON.stringify(link.state),
      chat.guesses,
      chat.guessedAt,
      chat.hintedAt,
    );
  }

  /** The number of the new item; null where this message is there already. */
  addIncoming(
    { messageId, sentAt, erasableBy }: Pick<IncomingMessage, "messageId" | "sentAt" | "erasableBy">,
    content: InboxContent,
  ): number | null {
    const [row] = this.sql
      .exec<{ number: number }>(
        `insert into inbox (message, ticket, content, erasable_by, sent_at) values (?, ?, ?, ?, ?)
         on conflict (message) do nothing returning number`,
        messageId,
        crypto.randomUUID(),
        JSON.stringify(content),
        erasableBy,
        sentAt,
      )
      .toArray();
    return row?.number ?? null;
  }

  /** The oldest that was not worked on. */
  nextIncoming(): InboxItem | null {
    const [row] = this.sql
      .exec<InboxRow>(
        `select number, message, ticket, content, erasable_by as erasableBy, sent_at as sentAt from inbox
         where done_at is null order by number limit 1`,
      )
      .toArray();
    return row === undefined ? null : { ...row, content: JSON.parse(row.content) };
  }

  /** What was written is forgotten with it: only the id stays, so that the same message again is known. */
  finish(number: number, now: number): void {
    this.sql.exec("update inbox set done_at = ?, content = '' where number = ?", now, number);
  }

  addOutgoing(content: Outgoing, now: number): void {
    this.sql.exec(
      "insert into outbox (content, tries, due_at, written_at) values (?, 0, ?, ?)",
      JSON.stringify(content),
      now,
      now,
    );
  }

  /** The oldest: what comes after it waits for it. */
  nextOutgoing(): OutboxItem | null {
    const [row] = this.sql
      .exec<OutboxRow>(
        `select number, content, tries, due_at as dueAt, written_at as writtenAt from outbox order by number limit 1`,
      )
      .toArray();
    return row === undefined ? null : { ...row, content: JSON.parse(row.content) };
  }

  postpone(number: number, dueAt: number): void {
    this.sql.exec("update outbox set tries = tries + 1, due_at = ? where number = ?", dueAt, number);
  }

  replaceOutgoing(number: number, content: Outgoing): void {
    this.sql.exec("update outbox set content = ? where number = ?", JSON.stringify(content), number);
  }

  removeOutgoing(number: number): void {
    this.sql.exec("delete from outbox where number = ?", number);
  }

  /** News that a platform took; what it says of it later is asked for here. */
  noteSent(message: string, content: Outgoing, now: number): void {
    this.sql.exec(
      "insert or replace into sent (message, content, sent_at) values (?, ?, ?)",
      message,
      JSON.stringify(content),
      now,
    );
  }

  /** What was sent under this id, once. */
  takeSent(message: string): Outgoing | null {
    const [row] = this.sql
      .exec<{ content: string }>("delete from sent where message = ? returning content", message)
      .toArray();
    return row === undefined ? null : JSON.parse(row.content);
  }

  /** The state of a recharge that the user was told last. */
  readTold(recharge: string): RechargeState | null {
    const [row] = this.sql
      .exec<{ state: RechargeState }>("select state from told where recharge = ?", recharge)
      .toArray();
    return row?.state ?? null;
  }

  writeTold(recharge: string, state: RechargeState, now: number): void {
    this.sql.exec("insert or replace into told (recharge, state, told_at) values (?, ?, ?)", recharge, state, now);
  }

  /** True while there is something that is forgotten one day. */
  remembers(): boolean {
    const kept = "select 1 from inbox union all select 1 from sent union all select 1 from told";
    return this.sql.exec(`${kept} limit 1`).toArray().length > 0;
  }

  /** Forgets what nothing asks for any more: ids and notes older than `before`, epoch ms. */
  prune(before: number): void {
    this.sql.exec("delete from inbox where done_at < ?", before);
    this.sql.exec("delete from sent where sent_at < ?", before);
    this.sql.exec("delete from told where told_at < ?", before - keptToldMs);
  }
}

/** News of a reversal may come long after: it must not look like news of the success that was told. */
const keptToldMs = 90 * 86_400_000;
