// Reads that scan an account: attempts for statements and balance segments, events for floats; never on the path of a recharge.
import type { OpenStanding } from "./account.ts";
import { type AttemptRecord, type AttemptRow, attemptColumns } from "./records.ts";

/** A fact that moved a provider's float, or ended what may have moved it for a while; minor units. */
type DecidedRow = {
  number: number;
  type: "recharge.succeeded" | "recharge.reversed" | "recharge.failed";
  at: number;
  placedAt: number;
  provider: string;
  face: number;
  commission: number;
};

export class AccountScans {
  private readonly sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.sql = sql;
  }

  /** Attempts that started between two moments (epoch ms, both included), are open, or are named; oldest first. */
  readStarted(question: {
    readonly provider: string;
    readonly from: number;
    readonly to: number;
    readonly counters: readonly number[];
  }): readonly AttemptRecord[] {
    return this.sql
      .exec<AttemptRow>(
        `select ${attemptColumns} from attempts where provider = ? and (started_at between ? and ?
           or open = 1 or counter in (select value from json_each(?)))
         order by counter`,
        question.provider,
        question.from,
        question.to,
        JSON.stringify(question.counters),
      )
      .toArray();
  }

  /** What is pending, by provider, currency and state: over the open attempts alone. */
  readOpenStanding(): readonly OpenStanding[] {
    return this.sql
      .exec<OpenStanding & Record<string, SqlStorageValue>>(
        `select a.provider, r.currency, a.state, count(*) as count, sum(r.cost) as cost, min(r.created_at) as oldestAt
         from attempts as a join recharges as r on r.counter = a.recharge where a.open = 1 and r.state = 'pending'
         group by a.provider, r.currency, a.state order by a.provider, r.currency, a.state`,
      )
      .toArray();
  }

  /** Attempts that started, or of which anything was heard, since `from` (epoch ms), or that are open; oldest first. */
  readHeard({ provider, from }: { readonly provider: string; readonly from: number }): readonly AttemptRecord[] {
    return this.sql
      .exec<AttemptRow>(
        `select ${attemptColumns} from attempts where provider = ?1 and (started_at >= ?2
           or open = 1
           or exists (select 1 from evidence where evidence.attempt = attempts.counter and received_at >= ?2))
         order by counter`,
        provider,
        from,
      )
      .toArray();
  }

  /** What was spent, given back or never taken: events above a number, and those since a time (epoch ms). Reads from the newest event down. */
  readDecided(after: number, since: number): readonly DecidedRow[] {
    return this.sql
      .exec<DecidedRow>(
        `select number, type, at, data ->> '$.recharge.provider' as provider, data ->> '$.recharge.face' as face,
           coalesce(data ->> '$.recharge.providerCommission', 0) as commission, data ->> '$.recharge.createdAt' as placedAt
         from events where type in ('recharge.succeeded', 'recharge.reversed', 'recharge.failed') and number > min(?1,
           coalesce((select number from events where at < ?2 order by number desc limit 1), 0))`,
        after,
        since,
      )
      .toArray();
  }
}
