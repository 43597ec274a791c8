// The account's SQL on orders without a reference: which recharge an order is, and which signatures were used.

export interface UsedSignature {
  /** Counter of the recharge that it ordered or asked about; null: its order was refused. */
  readonly recharge: number | null;
}

const purgeEveryMs = 60_000;

export class UnreferencedStore {
  private readonly sql: SqlStorage;
  /** Epoch ms. */
  private purgedAt = 0;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** Counter of the latest recharge that the order made. */
  find(orderKey: string): number | null {
    const [row] = this.sql
      .exec<{ recharge: number }>("select recharge from unreferenced where order_key = ?", orderKey)
      .toArray();
    return row?.recharge ?? null;
  }

  /** Belongs in the write of the recharge. */
  name(orderKey: string, recharge: number): void {
    this.sql.exec(
      `insert into unreferenced (order_key, recharge) values (?, ?)
       on conflict (order_key) do update set recharge = excluded.recharge`,
      orderKey,
      recharge,
    );
  }

  findSignature(signature: string): UsedSignature | null {
    const [row] = this.sql
      .exec<{ recharge: number | null }>("select recharge from signatures where signature = ?", signature)
      .toArray();
    return row ?? null;
  }

  /** Notes a signature as used; those whose time is over go, at most once a minute. Times are epoch ms. */
  useSignature(signature: string, used: UsedSignature & { readonly expiresAt: number }, now: number): void {
    if (now - this.purgedAt >= purgeEveryMs) {
      this.purgedAt = now;
      this.sql.exec("delete from signatures where expires_at < ?", now);
    }
    this.sql.exec(
      "insert or ignore into signatures (signature, recharge, expires_at) values (?, ?, ?)",
      signature,
      used.recharge,
      used.expiresAt,
    );
  }
}
