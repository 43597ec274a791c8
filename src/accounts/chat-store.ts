// The account's SQL on recharges by chat: its users there, their codes, the messages that were claimed, and what they ordered.
import type { Currency, Minor } from "../base/money.ts";
import type { Channel } from "../partners/chat-secrets.ts";
import type { ChatDayTotal, ChatLanguage, ChatUserLimits } from "./chat-types.ts";

export interface ChatUserRecord {
  readonly counter: number;
  readonly name: string;
  readonly language: ChatLanguage;
  readonly limits: readonly ChatUserLimits[];
  readonly pinSalt: string | null;
  readonly pinHash: string | null;
  readonly pinFailures: number;
  /** Epoch ms at which the PIN was given for an order that did not come yet. */
  readonly pinAt: number | null;
  readonly chat: string | null;
  readonly channel: Channel | null;
  /** The masked number or id of the chat. */
  readonly shownAs: string | null;
  readonly linkedAt: number | null;
  /** The reason for which staff let no chat be linked; null: they do not. */
  readonly blockedFor: string | null;
  readonly blockedAt: number | null;
  readonly removedAt: number | null;
  readonly createdAt: number;
}

type UserRow = Omit<{ -readonly [Column in keyof ChatUserRecord]: ChatUserRecord[Column] }, "limits"> & {
  limits: string;
};
const userColumns = `counter, name, language, limits, pin_salt as pinSalt, pin_hash as pinHash,
  pin_failures as pinFailures, pin_at as pinAt, chat, channel, linked_at as linkedAt, removed_at as removedAt,
  created_at as createdAt, shown_as as shownAs, blocked_for as blockedFor, blocked_at as blockedAt`;

const passedOverAtMost = 1_000;

/** A recharge that was ordered by chat. */
export interface ChatRecharge {
  readonly recharge: number;
  readonly user: number;
  readonly chat: string;
}

export class ChatStore {
  private readonly sql: SqlStorage;
  /** False: nothing was ever ordered here by chat, so nothing is to be told. */
  private isUsed: boolean | null = null;
  private told: number | null = null;
  /** The number that is written down; `told` may be further. */
  private kept = 0;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** After a write that was rolled back: what is remembered may never have been. */
  forget(): void {
    this.isUsed = null;
    this.told = null;
  }

  findUser(counter: number): ChatUserRecord | null {
    const [row] = this.sql.exec<UserRow>(`select ${userColumns} from chat_users where counter = ?`, counter).toArray();
    return row === undefined ? null : { ...row, limits: JSON.parse(row.limits) };
  }

  /** Those that were not removed, oldest first. */
  readUsers(): readonly ChatUserRecord[] {
    return this.sql
      .exec<UserRow>(`select ${userColumns} from chat_users where removed_at is null order by counter`)
      .toArray()
      .map((row) => ({ ...row, limits: JSON.parse(row.limits) }));
  }

  nextUser(): number {
    const { last } = this.sql.exec<{ last: number | null }>("select max(counter) as last from chat_users").one();
    return (last ?? 0) + 1;
  }

  writeUser(user: ChatUserRecord): void {
    this.sql.exec(
      `insert or replace into chat_users (counter, name, language, limits, pin_salt, pin_hash, pin_failures, pin_at,
         chat, channel, linked_at, removed_at, created_at, shown_as, blocked_for, blocked_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      user.counter,
      user.name,
      user.language,
      JSON.stringify(user.limits),
      user.pinSalt,
      user.pinHash,
      user.pinFailures,
      user.pinAt,
      user.chat,
      user.channel,
      user.linkedAt,
      user.removedAt,
      user.createdAt,
      user.shownAs,
      user.blockedFor,
      user.blockedAt,
    );
  }

  /** The only code of a user: an earlier one is void. */
  writeCode(hash: string, user: number, expiresAt: number): void {
    this.removeCodes(user);
    this.sql.exec(
      "insert into chat_codes (hash, user, expires_at, used_by) values (?, ?, ?, null)",
      hash,
      user,
      expiresAt,
    );
  }

  findCode(hash: string): { readonly user: number; readonly expiresAt: number; readonly usedBy: string | null } | null {
    const [row] = this.sql
      .exec<{ user: number; expiresAt: number; usedBy: string | null }>(
        "select user, expires_at as expiresAt, used_by as usedBy from chat_codes where hash = ?",
        hash,
      )
      .toArray();
    return row ?? null;
  }

  useCode(hash: string, chat: string): void {
    this.sql.exec("update chat_codes set used_by = ? where hash = ?", chat, hash);
  }

  removeCodes(user: number): void {
    this.sql.exec("delete from chat_codes where user = ?", user);
  }

  /** The number under which a message is claimed, for good, and the ticket of the work that claimed it. */
  claimMessage(chat: string, message: string, ticket: string): { readonly serial: number; readonly ticket: string } {
    this.sql.exec(
      "insert or ignore into chat_messages (chat, message, ticket) values (?, ?, ?)",
      chat,
      message,
      ticket,
    );
    return this.sql
      .exec<{ serial: number; ticket: string }>(
        "select serial, ticket from chat_messages where chat = ? and message = ?",
        chat,
        message,
      )
      .one();
  }

  /** `lastEvent`: the account's last one, from which on events are looked at once the first order by chat is there. */
  noteRecharge({ recharge, user, chat }: ChatRecharge, day: number, lastEvent: number): void {
    if (!this.hasRecharges()) this.writeTold(lastEvent);
    this.sql.exec(
      "insert into chat_recharges (recharge, user, chat, day) values (?, ?, ?, ?)",
      recharge,
      user,
      chat,
      day,
    );
    this.isUsed = true;
  }

  hasRecharges(): boolean {
    this.isUsed ??= this.sql.exec("select 1 from chat_recharges limit 1").toArray().length > 0;
    return this.isUsed;
  }

  findRecharge(recharge: number): ChatRecharge | null {
    const [row] = this.sql
      .exec<{ recharge: number; user: number; chat: string }>(
        "select recharge, user, chat from chat_recharges where recharge = ?",
        recharge,
      )
      .toArray();
    return row ?? null;
  }

  /** Counters of what a user ordered, newest first. */
  readRecharges(user: number, limit: number): readonly number[] {
    return this.sql
      .exec<{ recharge: number }>(
        "select recharge from chat_recharges where user = ? order by day desc, recharge desc limit ?",
        user,
        limit,
      )
      .toArray()
      .map((row) => row.recharge);
  }

  /** What a user ordered on one day of a wallet, by state. */
  readDay(user: number, currency: Currency, day: number): readonly ChatDayTotal[] {
    return this.sql
      .exec<{ state: ChatDayTotal["state"]; count: number; face: Minor; cost: Minor }>(
        `select state, count(*) as count, sum(face) as face, sum(cost) as cost
         from chat_recharges join recharges on counter = chat_recharges.recharge
         where user = ? and chat_recharges.day = ? and currency = ? group by state order by state`,
        user,
        day,
        currency,
      )
      .toArray()
      .map((row) => ({ ...row, currency }));
  }

  /** Number of the event up to which chats were told. */
  readTold(): number {
    if (this.told !== null) return this.told;
    const [row] = this.sql.exec<{ told: number }>("select told from chat_news").toArray();
    this.kept = row?.told ?? 0;
    this.told = this.kept;
    return this.told;
  }

  writeTold(event: number): void {
    this.sql.exec("insert or replace into chat_news (id, told) values (1, ?)", event);
    this.kept = event;
    this.told = event;
  }

  /** Events that concern no chat: after a reset they are looked at again, so that they cost hardly a row. */
  passOver(event: number): void {
    if (event - this.kept >= passedOverAtMost) this.writeTold(event);
    this.told = event;
  }
}
