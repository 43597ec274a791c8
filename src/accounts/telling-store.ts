// The account's SQL on what its webhook desk was told, and which wallets were said to be low.
import type { Currency } from "../base/money.ts";
import type { EventType } from "../recharges/events.ts";

export interface Tellable {
  readonly number: number;
  readonly type: EventType;
  readonly at: number;
}

export class TellingStore {
  private readonly sql: SqlStorage;
  /** Undefined: not read yet. Null: there never was an endpoint. */
  private told: number | null | undefined;
  private low: readonly Currency[] | null = null;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** After a write that was rolled back: what is remembered may never have been. */
  forget(): void {
    this.told = undefined;
    this.low = null;
  }

  /** The last event that the desk was told; null: nobody ever wanted to be told. */
  readTold(): number | null {
    if (this.told === undefined)
      this.told = this.sql.exec<{ told: number }>("select told from telling").toArray()[0]?.told ?? null;
    return this.told;
  }

  /** Begins with the events after `event`; one that has begun goes on where it is. */
  start(event: number): void {
    this.sql.exec("insert or ignore into telling (id, told) values (1, ?)", event);
    this.told = undefined;
  }

  writeTold(event: number): void {
    this.sql.exec("update telling set told = ?", event);
    this.told = event;
  }

  /** Only remembered: what nobody was told costs no row, and is looked through again after a reset. */
  passOver(event: number): void {
    this.told = event;
  }

  /** Events of these types above `after`, oldest first. */
  readTellable(types: readonly EventType[], after: number, limit: number): readonly Tellable[] {
    return this.sql
      .exec<{ number: number; type: EventType; at: number }>(
        `select number, type, at from events where number > ? and type in (select value from json_each(?))
         order by number limit ?`,
        after,
        JSON.stringify(types),
        limit,
      )
      .toArray();
  }

  /** Number of the last event before a moment, epoch ms, or `from`; found by halving, since numbers grow with time. */
  lastBefore(moment: number, { from, lastEvent }: { readonly from: number; readonly lastEvent: number }): number {
    let [before, notBefore] = [from, lastEvent + 1];
    while (notBefore - before > 1) {
      const middle = Math.floor((before + notBefore) / 2);
      const [row] = this.sql.exec<{ at: number }>("select at from events where number = ?", middle).toArray();
      if (row !== undefined && row.at < moment) before = middle;
      else notBefore = middle;
    }
    return before;
  }

  readLow(): readonly Currency[] {
    this.low ??= this.sql
      .exec<{ currency: Currency }>("select currency from low_balances")
      .toArray()
      .map(({ currency }) => currency);
    return this.low;
  }

  addLow(currency: Currency): void {
    this.sql.exec("insert or ignore into low_balances (currency) values (?)", currency);
    this.low = null;
  }

  removeLow(currency: Currency): void {
    this.sql.exec("delete from low_balances where currency = ?", currency);
    this.low = null;
  }
}
