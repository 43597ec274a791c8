// The account's SQL on money and facts: profile, wallets, numbered events, cases, movements, what was shipped.
import { assert } from "../base/assert.ts";
import type { Currency, Minor } from "../base/money.ts";
import type { AccountEvent, CaseKind } from "../recharges/events.ts";
import type { AccountProfile } from "../recharges/profile.ts";
import type { WalletView } from "../recharges/recharge.ts";
import { noteGoneBack } from "./gone-back.ts";
import { NewestEvents } from "./newest-events.ts";

/** One wallet; `dayUsed` is the face value of the recharges created on `day` that was not given back. */
export interface WalletRecord extends WalletView {
  readonly day: number;
  readonly dayUsed: Minor;
}

type WalletRow = { -readonly [Column in keyof WalletRecord]: WalletRecord[Column] };
type CaseRow = { recharge: number; kind: CaseKind; openedAt: number; closedAt: number | null };
const caseColumns = "recharge, kind, opened_at as openedAt, closed_at as closedAt";
const findCase = `select ${caseColumns} from cases where recharge = ? and closed_at is null`;

type EventRow = { number: number; type: AccountEvent["type"]; at: number; data: string };
/** Omit that keeps the members of a union apart. */
type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;
export type NewEvent = Without<AccountEvent, "number">;

export interface CaseRecord {
  readonly recharge: number;
  readonly kind: CaseKind;
  readonly openedAt: number;
  readonly closedAt: number | null;
}

export class BookStore {
  private readonly sql: SqlStorage;
  /** What was read or written last, so that a recharge reads each once; null: not known. */
  private profile: AccountProfile | null = null;
  private wallets: readonly WalletRecord[] | null = null;
  private lastEvent: number | null = null;
  private shipped: number | null = null;
  private readonly newest = new NewestEvents();
  /** False: no recharge of this account ever had a case. */
  private hasCases: boolean | null = null;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** After a write that was rolled back: what is remembered may never have been. */
  forget(): void {
    this.profile = null;
    this.wallets = null;
    this.lastEvent = null;
    this.shipped = null;
    this.newest.forget();
    this.hasCases = null;
  }

  readProfile(): AccountProfile | null {
    if (this.profile !== null) return this.profile;
    const [row] = this.sql
      .exec<{ data: string; goneBack: number | null }>(
        "select data, (select ledger_event from restored) as goneBack from profile",
      )
      .toArray();
    const profile: AccountProfile | null = row === undefined ? null : JSON.parse(row.data);
    const isHeld = row !== undefined && row.goneBack !== null;
    this.profile = isHeld && profile !== null ? { ...profile, isGoneBack: true } : profile;
    return this.profile;
  }

  /** As staff set it, whether it is held back or not. */
  readStoredProfile(): AccountProfile | null {
    const [row] = this.sql.exec<{ data: string }>("select data from profile").toArray();
    return row === undefined ? null : JSON.parse(row.data);
  }

  /** The ledger is ahead: this account was restored to an earlier moment, and takes no new recharge. `now` is epoch ms. */
  holdBack(ledgerEvent: number, now: number): void {
    noteGoneBack(this.sql, ledgerEvent, now);
    this.profile = null;
  }

  /** The event that the ledger had when it was found ahead; null: it never was. */
  readGoneBack(): number | null {
    const [row] = this.sql.exec<{ event: number | null }>("select ledger_event as event from restored").toArray();
    return row?.event ?? null;
  }

  /** Epoch ms at which the account was last put right; null: it never had to be. */
  readRestoredAt(): number | null {
    return this.sql.exec<{ at: number }>("select restored_at as at from restored").toArray()[0]?.at ?? null;
  }

  writeProfile(profile: AccountProfile): void {
    this.profile = null;
    this.wallets = null;
    this.sql.exec(
      `insert into profile (id, version, data) values (1, ?, ?)
       on conflict (id) do update set version = excluded.version, data = excluded.data`,
      profile.version,
      JSON.stringify(profile),
    );
    for (const currency of profile.wallets)
      this.sql.exec(
        "insert or ignore into wallets (currency, balance, held, debt, day, day_used) values (?, 0, 0, 0, 0, 0)",
        currency,
      );
  }

  readWallets(): readonly WalletRecord[] {
    this.wallets ??= this.sql
      .exec<WalletRow>("select currency, balance, held, debt, day, day_used as dayUsed from wallets order by currency")
      .toArray();
    return this.wallets;
  }

  findWallet(currency: Currency): WalletRecord | null {
    return this.readWallets().find((wallet) => wallet.currency === currency) ?? null;
  }

  writeWallet(wallet: WalletRecord): void {
    this.sql.exec(
      "update wallets set balance = ?, held = ?, debt = ?, day = ?, day_used = ? where currency = ?",
      wallet.balance,
      wallet.held,
      wallet.debt,
      wallet.day,
      wallet.dayUsed,
      wallet.currency,
    );
    this.wallets = this.wallets?.map((kept) => (kept.currency === wallet.currency ? wallet : kept)) ?? null;
  }

  lastEventNumber(): number {
    this.lastEvent ??= this.sql.exec<{ last: number | null }>("select max(number) as last from events").one().last ?? 0;
    return this.lastEvent;
  }

  /** Appends the next fact and returns its number: the list has no gap because the number is made in the same write. */
  appendEvent(event: NewEvent): number {
    assert(this.readProfile()?.isGoneBack !== true, "an account that is behind its ledger books nothing");
    return this.writeEvent(event);
  }

  /** Writes the next fact as the ledger has it. */
  appendFromLedger({ number, ...event }: AccountEvent): void {
    assert(number === this.lastEventNumber() + 1, "events are written in their order");
    this.writeEvent(event);
  }

  private writeEvent(event: NewEvent): number {
    const number = this.lastEventNumber() + 1;
    const { type, at, ...data } = event;
    this.sql.exec(
      "insert into events (number, type, at, data) values (?, ?, ?, ?)",
      number,
      type,
      at,
      JSON.stringify(data),
    );
    this.lastEvent = number;
    this.newest.keep(asRead({ number, type, at, ...data }));
    return number;
  }

  readEvents(after: number, limit: number): readonly AccountEvent[] {
    const newest = this.newest.find(after, limit);
    if (newest !== null) return newest;
    return this.sql
      .exec<EventRow>(
        "select number, type, at, data from events where number > ? order by number limit ?",
        after,
        limit,
      )
      .toArray()
      .map(({ data, ...numbered }) => ({ ...numbered, ...JSON.parse(data) }));
  }

  /** False when this external reference was booked before. */
  claimMovement(externalReference: string, event: number): boolean {
    const cursor = this.sql.exec(
      "insert or ignore into movements (external_reference, event) values (?, ?)",
      externalReference,
      event,
    );
    return cursor.rowsWritten > 0;
  }

  findMovement(externalReference: string): AccountEvent | null {
    const [row] = this.sql
      .exec<{ event: number }>("select event from movements where external_reference = ?", externalReference)
      .toArray();
    if (row === undefined) return null;
    const [event] = this.readEvents(row.event - 1, 1);
    assert(event !== undefined, "a movement names an event");
    return event;
  }

  /** The case of a recharge that is open, if one is: there is never more than one. */
  findOpenCase(recharge: number): CaseRecord | null {
    this.hasCases ??= this.sql.exec("select 1 from cases limit 1").toArray().length > 0;
    if (!this.hasCases) return null;
    const [row] = this.sql.exec<CaseRow>(findCase, recharge).toArray();
    return row ?? null;
  }

  openCase(recharge: number, kind: CaseKind, openedAt: number): void {
    this.hasCases = true;
    this.sql.exec(
      `insert into cases (recharge, opened_at, kind) values (?, ?, ?)
       on conflict (recharge, opened_at) do update set kind = excluded.kind, closed_at = null`,
      recharge,
      openedAt,
      kind,
    );
  }

  /** Makes the open case of a recharge one of another kind. */
  changeCase(recharge: number, kind: CaseKind): void {
    this.sql.exec("update cases set kind = ? where recharge = ? and closed_at is null", kind, recharge);
  }

  closeCases(recharge: number, closedAt: number): void {
    this.sql.exec("update cases set closed_at = ? where recharge = ? and closed_at is null", closedAt, recharge);
  }

  /** All cases, oldest first. */
  readCases(): readonly CaseRecord[] {
    return this.sql.exec<CaseRow>(`select ${caseColumns} from cases order by opened_at, recharge`).toArray();
  }

  readShipped(): number {
    this.shipped ??= this.sql.exec<{ shipped: number }>("select shipped from outbox").one().shipped;
    return this.shipped;
  }

  writeShipped(number: number): void {
    this.sql.exec("update outbox set shipped = ?", number);
    this.shipped = number;
  }
}

// Its members are those of a fact, in the order in which the row is read again: the ledger is compared with it to the letter.
function asRead(event: Pick<AccountEvent, "number" | "type" | "at">): AccountEvent {
  return event as AccountEvent;
}
