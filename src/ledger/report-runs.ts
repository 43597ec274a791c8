// What all reports share: which accounts, and for each wallet the run of event numbers that its days come to.
import { z } from "zod";
import { assert } from "../base/assert.ts";
import { currencies } from "../base/money.ts";
import { dayStartAt } from "../recharges/day.ts";
import type { LedgerDatabase, SqlRow, Statement } from "./client.ts";

/** Days since 1970-01-01, each in the zone of the wallet's currency; both are included. `account` null: all. */
export interface ReportSpan {
  readonly fromDay: number;
  readonly toDay: number;
  readonly account: number | null;
}

/** The last event of an account that a report counts with, where it is within its days. */
export interface ReportMark {
  readonly account: number;
  readonly asOfEvent: number;
}

/** A read of so many accounts stays far below what a database answers in its time. */
const accountsPerBatch = 25;
const daysAtMost = 366;

/**
 * Asks for the accounts of a span, some at a time, each time in one transaction. The statements may use the tables of
 * `runsSql`; the last answer is the marks.
 */
export async function readRuns(
  database: LedgerDatabase,
  span: ReportSpan,
  statements: readonly string[],
): Promise<{ readonly answers: readonly (readonly SqlRow[])[]; readonly marks: readonly ReportMark[] }> {
  const { fromDay, toDay } = span;
  assert(fromDay <= toDay && toDay - fromDay < daysAtMost, `a report covers 1 to ${daysAtMost} days`);
  const accounts = span.account === null ? await readAccounts(database) : [span.account];
  const answers: SqlRow[][] = statements.map(() => []);
  const marks: ReportMark[] = [];
  for (let start = 0; start < accounts.length; start += accountsPerBatch) {
    const args = argsOf(span, accounts.slice(start, start + accountsPerBatch));
    const asked = [...statements, marksSql].map((sql): Statement => ({ sql: `${runsSql} ${sql}`, args }));
    const read = await database.batch(asked);
    for (const [at, rows] of read.slice(0, -1).entries()) answers[at]?.push(...rows);
    marks.push(...z.array(markRow).parse(read.at(-1)));
  }
  return { answers, marks };
}

async function readAccounts(database: LedgerDatabase): Promise<readonly number[]> {
  const rows = await database.all("SELECT DISTINCT account FROM wallet_states ORDER BY account", []);
  return z
    .array(z.object({ account: z.int() }))
    .parse(rows)
    .map(({ account }) => account);
}

function argsOf({ fromDay, toDay }: ReportSpan, accounts: readonly number[]): readonly string[] {
  const spans = currencies.map((currency) => {
    const from = dayStartAt(currency, fromDay);
    return [currency, from, dayStartAt(currency, toDay + 1), fromDay, toDay, dayStartAt(currency, 0)];
  });
  return [JSON.stringify(accounts), JSON.stringify(spans)];
}

const watermark = "(SELECT coalesce(max(number), 0) FROM events WHERE account = w.account)";

/** Binary search by event number (`statement.ts`): a clock that went back leaves no event out, and none in two reports. */
function firstEventFrom(time: string): string {
  const middle = "(low + high) / 2";
  const isBefore = `(SELECT at FROM events WHERE account = w.account AND number = ${middle}) < ${time}`;
  return `(WITH RECURSIVE search(low, high) AS (SELECT 1, ${watermark} + 1 UNION ALL
    SELECT iif(${isBefore}, ${middle} + 1, low), iif(${isBefore}, high, ${middle}) FROM search WHERE low < high)
    SELECT max(low) FROM search)`;
}

/** `runs`: a wallet with the events of its days, `first` included and `end` not. ?1: the accounts, ?2: the span of each currency. */
const runsSql = `WITH spans AS MATERIALIZED (SELECT value ->> 0 AS currency, value ->> 1 AS from_at, value ->> 2 AS to_at,
    value ->> 3 AS from_day, value ->> 4 AS to_day, value ->> 5 AS day_zero FROM json_each(?2)),
  runs AS MATERIALIZED (SELECT w.account, w.currency, s.from_day, s.to_day, s.day_zero,
    ${firstEventFrom("s.from_at")} AS first, ${firstEventFrom("s.to_at")} AS "end", ${watermark} AS watermark
    FROM wallet_states AS w JOIN spans AS s ON s.currency = w.currency
    WHERE w.account IN (SELECT value FROM json_each(?1)))`;

/** The day on which something of a run counts: that of its time, within the days of the run. */
export function dayIn(run: string, at: string): string {
  return `min(max((${at} - ${run}.day_zero) / 86400000, ${run}.from_day), ${run}.to_day)`;
}

const marksSql = `SELECT account, max(min("end" - 1, watermark)) AS asOfEvent FROM runs GROUP BY account ORDER BY account`;
const markRow = z.object({ account: z.int(), asOfEvent: z.int() });
