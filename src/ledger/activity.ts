// What goes on now, beside the same hours of last week: volume, outcomes, money set aside. A scan of two days of recharges.
import { z } from "zod";
import { type Currency, currencies, type Minor, minor } from "../base/money.ts";
import type { LedgerDatabase } from "./client.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;

interface Figures {
  /** `last`: seven days before. */
  readonly week: "this" | "last";
  readonly currency: Currency;
  readonly recharges: number;
  readonly face: Minor;
  readonly succeeded: number;
  readonly failed: number;
  readonly reversed: number;
  readonly pending: number;
  /** Cost of what is pending. */
  readonly atRisk: Minor;
}

/** Whole hours back from now: 0 is the last sixty minutes. */
export interface HourOfActivity extends Figures {
  readonly hoursAgo: number;
}

/** Twenty-four hours of one provider and product. */
export interface LineOfActivity extends Figures {
  readonly provider: string;
  readonly product: string;
  /** Of the recharges: those of the last sixty minutes. */
  readonly lastHour: number;
  /** Face value of what succeeded or may have. */
  readonly spent: Minor;
}

export interface Activity {
  readonly hours: readonly HourOfActivity[];
  readonly lines: readonly LineOfActivity[];
  /** Set aside in all wallets, and the part of it, or of what was paid, that open cases are about. */
  readonly held: readonly { readonly currency: Currency; readonly amount: Minor }[];
  readonly cases: readonly { readonly currency: Currency; readonly count: number; readonly amount: Minor }[];
  /** Epoch ms of the newest fact that is counted; null: nothing is. */
  readonly knownUntil: number | null;
}

/** The last twenty-four hours before `now` (epoch ms) and the same ones of last week, by the recharges' creation. */
export async function readActivity(database: LedgerDatabase, now: number): Promise<Activity> {
  const args = [now, now - dayMs, now - weekMs, now - weekMs - dayMs];
  const [hours = [], lines = [], held = [], cases = [], known = []] = await database.batch([
    { sql: hoursSql, args },
    { sql: linesSql, args },
    { sql: "SELECT currency, sum(held) AS amount FROM wallet_states GROUP BY currency ORDER BY currency", args: [] },
    { sql: casesSql, args: [] },
    { sql: "SELECT max(updated_at) AS at FROM recharges WHERE created_at >= ?1", args: [now - dayMs] },
  ]);
  return {
    hours: z.array(hourRow).parse(hours),
    lines: z.array(lineRow).parse(lines),
    held: z.array(z.object({ currency, amount })).parse(held),
    cases: z.array(z.object({ currency, count, amount })).parse(cases),
    knownUntil: z.tuple([z.object({ at: z.int().nullable() })]).parse(known)[0].at,
  };
}

const amount = z.int().transform(minor);
const count = z.int().nonnegative();
const currency = z.enum(currencies);
const figures = {
  week: z.enum(["this", "last"]),
  currency,
  recharges: count,
  face: amount,
  succeeded: count,
  failed: count,
  reversed: count,
  pending: count,
  atRisk: amount,
};
const hourRow = z.object({ ...figures, hoursAgo: count });
const lineRow = z.object({ ...figures, provider: z.string(), product: z.string(), lastHour: count, spent: amount });

// ?1 now, ?2 a day before, ?3 a week before, ?4 a week and a day before. Each half of the UNION is one range of the index by time.
const both = `(SELECT 'this' AS week, CAST((?1 - created_at) / ${hourMs} AS INTEGER) AS hoursAgo, * FROM recharges
    WHERE created_at > ?2 AND created_at <= ?1
  UNION ALL SELECT 'last', CAST((?3 - created_at) / ${hourMs} AS INTEGER), * FROM recharges WHERE created_at > ?4 AND created_at <= ?3)`;
const sums = `count(*) AS recharges, sum(face) AS face, sum(state = 'succeeded') AS succeeded, sum(state = 'failed') AS failed,
  sum(state = 'reversed') AS reversed, sum(state = 'pending') AS pending, sum(iif(state = 'pending', cost, 0)) AS atRisk`;
const hoursSql = `SELECT week, hoursAgo, currency, ${sums} FROM ${both} GROUP BY week, hoursAgo, currency
  ORDER BY currency, week, hoursAgo`;
const linesSql = `SELECT week, provider, product, currency, ${sums}, sum(hoursAgo = 0) AS lastHour,
  sum(iif(state IN ('succeeded', 'pending'), face, 0)) AS spent FROM ${both}
  GROUP BY week, provider, product, currency ORDER BY currency, provider, product, week DESC`;
const casesSql = `SELECT r.currency, count(*) AS count, sum(r.cost) AS amount FROM cases AS o
  JOIN recharges AS r ON r.account = o.account AND r.counter = o.recharge
  WHERE o.closed_at IS NULL GROUP BY r.currency ORDER BY r.currency`;
