// The account's SQL on rewards: its points, what each offer has given, and what each recharge was given. Inside one write.
import { assert } from "../base/assert.ts";
import type { Currency, Minor } from "../base/money.ts";
import type { Cashback, RewardView } from "../recharges/reward.ts";

type RewardRow = {
  points: number;
  levelId: number | null;
  levelKey: string | null;
  offer: string | null;
  cashback: Minor | null;
  currency: Currency;
};

export class RewardStore {
  private readonly sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** Hundredths of a point. */
  readTotal(): number {
    const [row] = this.sql.exec<{ total: number }>("select total from reward_points").toArray();
    return row?.total ?? 0;
  }

  writeTotal(totalHundredths: number): void {
    this.sql.exec(
      "insert into reward_points (id, total) values (1, ?) on conflict (id) do update set total = excluded.total",
      totalHundredths,
    );
  }

  /** What each offer has given and not taken back, by its id. */
  readGiven(): ReadonlyMap<string, Minor> {
    const rows = this.sql.exec<{ offer: string; given: Minor }>("select offer, given from reward_offers").toArray();
    return new Map(rows.map(({ offer, given }) => [offer, given]));
  }

  writeGiven(offer: string, given: Minor): void {
    this.sql.exec(
      "insert into reward_offers (offer, given) values (?, ?) on conflict (offer) do update set given = excluded.given",
      offer,
      given,
    );
  }

  /** What a recharge was given; null where nothing was, or where it was taken back. */
  find(recharge: number): RewardView | null {
    const [row] = this.sql
      .exec<RewardRow>(
        `select points, level_id as levelId, level_key as levelKey, offer, cashback, currency from rewards
         where recharge = ?`,
        recharge,
      )
      .toArray();
    if (row === undefined) return null;
    const { points, levelId, levelKey } = row;
    return {
      pointsHundredths: points,
      level: levelId === null || levelKey === null ? null : { id: levelId, key: levelKey },
      cashback: cashbackIn(row),
    };
  }

  /** `currency` is that of the recharge. A recharge has at most one reward at a time. */
  insert(recharge: number, currency: Currency, { pointsHundredths, level, cashback }: RewardView): void {
    this.sql.exec(
      `insert into rewards (recharge, points, level_id, level_key, offer, cashback, currency)
       values (?, ?, ?, ?, ?, ?, ?)`,
      recharge,
      pointsHundredths,
      level?.id ?? null,
      level?.key ?? null,
      cashback?.offer ?? null,
      cashback?.amount ?? null,
      currency,
    );
  }

  remove(recharge: number): void {
    const { rowsWritten } = this.sql.exec("delete from rewards where recharge = ?", recharge);
    assert(rowsWritten > 0, "a reward is taken back once");
  }
}

function cashbackIn({ offer, cashback: amount, currency }: RewardRow): Cashback | null {
  return offer === null || amount === null ? null : { offer, amount, currency };
}
