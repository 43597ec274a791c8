// The account's SQL on what left it: events that the ledger and the archive hold. Every write inside one `transactionSync`.
import { orderKeyOf } from "./order-key.ts";
import type { RechargeRecord } from "./records.ts";

/** The last event that left, and when it was made, epoch ms. */
export interface Seam {
  readonly upTo: number;
  readonly upToAt: number;
}

const nothingLeft: Seam = { upTo: 0, upToAt: 0 };

export class RolledStore {
  private readonly sql: SqlStorage;
  private seam: Seam | null = null;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** After a write that was rolled back: what is remembered may never have been. */
  forget(): void {
    this.seam = null;
  }

  readSeam(): Seam {
    this.seam ??=
      this.sql
        .exec<{ upTo: number; upToAt: number }>("select up_to as upTo, up_to_at as upToAt from rolled")
        .toArray()[0] ?? nothingLeft;
    return this.seam;
  }

  /** When the event of this number was made, epoch ms; null: it is not here. */
  readAt(number: number): number | null {
    return this.sql.exec<{ at: number }>("select at from events where number = ?", number).toArray()[0]?.at ?? null;
  }

  /** Takes the events away that follow the seam, up to number `upTo`: what booked a movement stays, because it is looked up by its reference. */
  takeAway(upTo: number, rolledAt: number): void {
    const upToAt = this.readAt(upTo) ?? 0;
    this.sql.exec(
      "delete from events where number > ? and number <= ? and type not in ('wallet.credited', 'wallet.debited')",
      this.readSeam().upTo,
      upTo,
    );
    this.sql.exec(
      `insert into rolled (id, up_to, up_to_at, rolled_at) values (1, ?, ?, ?)
       on conflict (id) do update set up_to = excluded.up_to, up_to_at = excluded.up_to_at, rolled_at = excluded.rolled_at`,
      upTo,
      upToAt,
      rolledAt,
    );
    this.seam = { upTo, upToAt };
  }

  /** The order of a final recharge of a protocol without a reference is another recharge by now. */
  forgetOrder(recharge: RechargeRecord): void {
    const { product, number, face: amount, fields, counter } = recharge;
    this.sql.exec(
      "delete from unreferenced where order_key = ? and recharge = ?",
      orderKeyOf({ product, number, amount, fields }),
      counter,
    );
  }
}
