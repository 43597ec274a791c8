// The day book: what happened to recharges on each day, by partner, product and provider. What commission came to is made of it.
import { z } from "zod";
import { add, type Currency, currencies, type Minor, minor, subtract } from "../base/money.ts";
import type { LedgerDatabase } from "./client.ts";
import { dayIn, readRuns, type ReportMark, type ReportSpan } from "./report-runs.ts";

/** How often something happened, and to what it came. `provided`: what providers gave us, as far as they said so. */
export interface Happened {
  readonly count: number;
  readonly face: Minor;
  readonly commission: Minor;
  readonly cost: Minor;
  readonly provided: Minor;
  /** Of the count: those whose provider said nothing. */
  readonly unsaid: number;
}

export const happenings = ["placed", "succeeded", "failed", "reversed", "taken_again"] as const;
export type Happening = (typeof happenings)[number];

export interface DayBookLine extends Readonly<Record<Happening, Happened>> {
  /** Days since 1970-01-01 in the zone of the currency. */
  readonly day: number;
  readonly account: number;
  readonly currency: Currency;
  readonly product: string;
  /** The one that was asked when it happened. */
  readonly provider: string;
}

export interface DayBook {
  readonly lines: readonly DayBookLine[];
  readonly marks: readonly ReportMark[];
}

/** Counts on the day on which it happened, not on that of the order. */
export async function readDayBook(database: LedgerDatabase, span: ReportSpan): Promise<DayBook> {
  const { answers, marks } = await readRuns(database, span, [happenedSql]);
  const lines = new Map<string, DayBookLine>();
  for (const row of z.array(happenedRow).parse(answers[0])) {
    const { day, account, currency, product, provider, happening, ...happened } = row;
    const key = JSON.stringify([day, account, currency, product, provider]);
    const line = lines.get(key) ?? { day, account, currency, product, provider, ...nothing() };
    lines.set(key, { ...line, [happening]: happened });
  }
  return { lines: [...lines.values()].toSorted(inOrder), marks };
}

function inOrder(left: DayBookLine, right: DayBookLine): number {
  const keys = ["day", "currency", "account", "product", "provider"] as const;
  const key = keys.find((one) => left[one] !== right[one]);
  return key === undefined ? 0 : left[key] < right[key] ? -1 : 1;
}

const none: Happened = {
  count: 0,
  face: minor(0),
  commission: minor(0),
  cost: minor(0),
  provided: minor(0),
  unsaid: 0,
};

function nothing(): Record<Happening, Happened> {
  return { placed: none, succeeded: none, failed: none, reversed: none, taken_again: none };
}

/** The lines without their providers, which are not the partner's business. */
export function withoutProviders(lines: readonly DayBookLine[]): readonly DayBookLine[] {
  const merged = new Map<string, DayBookLine>();
  for (const line of lines) {
    const key = JSON.stringify([line.day, line.account, line.currency, line.product]);
    const before = merged.get(key);
    merged.set(key, { ...(before === undefined ? line : together(before, line)), provider: "" });
  }
  return [...merged.values()];
}

function together(left: DayBookLine, right: DayBookLine): DayBookLine {
  const sums = Object.fromEntries(happenings.map((one) => [one, plus(left[one], right[one])]));
  return { ...left, ...sums };
}

function plus(left: Happened, right: Happened): Happened {
  return {
    count: left.count + right.count,
    face: add(left.face, right.face),
    commission: add(left.commission, right.commission),
    cost: add(left.cost, right.cost),
    provided: add(left.provided, right.provided),
    unsaid: left.unsaid + right.unsaid,
  };
}

/** What commission came to over the days: successes less reversals. */
export interface CommissionLine {
  readonly account: number;
  readonly currency: Currency;
  readonly product: string;
  readonly provider: string;
  readonly succeeded: number;
  readonly reversed: number;
  /** Each of successes less reversals. */
  readonly face: Minor;
  /** What the partner paid less than the face value. */
  readonly commission: Minor;
  readonly cost: Minor;
  /** What the provider took less than the face value, where it said so. */
  readonly provided: Minor;
  /** Successes whose provider did not say. */
  readonly unsaid: number;
  /** What stays with us: provided − commission. */
  readonly earned: Minor;
}

/** Adds the lines of a day book up over its days. */
export function commissionsOf(lines: readonly DayBookLine[]): readonly CommissionLine[] {
  const sums = new Map<string, CommissionLine>();
  for (const { account, currency, product, provider, succeeded, reversed } of lines) {
    if (succeeded.count === 0 && reversed.count === 0) continue;
    const key = JSON.stringify([currency, account, product, provider]);
    const sum = sums.get(key);
    const netOf = (part: "face" | "commission" | "cost" | "provided"): Minor =>
      add(sum?.[part] ?? minor(0), subtract(succeeded[part], reversed[part]));
    const [commission, provided] = [netOf("commission"), netOf("provided")];
    sums.set(key, {
      account,
      currency,
      product,
      provider,
      succeeded: (sum?.succeeded ?? 0) + succeeded.count,
      reversed: (sum?.reversed ?? 0) + reversed.count,
      face: netOf("face"),
      commission,
      cost: netOf("cost"),
      provided,
      unsaid: (sum?.unsaid ?? 0) + succeeded.unsaid,
      earned: subtract(provided, commission),
    });
  }
  return [...sums.entries()].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, sum]) => sum);
}

const happenedSql = `SELECT ${dayIn("r", "e.at")} AS day, r.account, r.currency, c.product,
    e.data ->> '$.recharge.provider' AS provider,
    CASE e.type WHEN 'recharge.case_ruled' THEN 'taken_again' ELSE substr(e.type, 10) END AS happening, count(*) AS count,
    sum(c.face) AS face, sum(c.commission) AS commission, sum(c.cost) AS cost,
    sum(coalesce(e.data ->> '$.recharge.providerCommission', 0)) AS provided,
    sum((e.data ->> '$.recharge.providerCommission') IS NULL) AS unsaid
  FROM runs AS r CROSS JOIN events AS e ON e.account = r.account AND e.number >= r.first AND e.number < r."end"
    AND e.currency = r.currency
  JOIN recharges AS c ON c.account = e.account AND c.counter = e.recharge
  WHERE e.type IN ('recharge.placed', 'recharge.succeeded', 'recharge.failed', 'recharge.reversed')
    OR (e.type = 'recharge.case_ruled' AND e.data ->> '$.ruling.takesAgain')
  GROUP BY 1, 2, 3, 4, 5, 6`;

const amount = z.int().transform(minor);
const happenedRow = z.object({
  day: z.int(),
  account: z.int(),
  currency: z.enum(currencies),
  product: z.string(),
  provider: z.string(),
  happening: z.enum(happenings),
  count: z.int(),
  face: amount,
  commission: amount,
  cost: amount,
  provided: amount,
  unsaid: z.int(),
});
