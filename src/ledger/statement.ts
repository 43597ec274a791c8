// The statement of one wallet over a time: each movement of what may be spent, from opening to closing balance. It foots, or it throws.
import { z } from "zod";
import { assert } from "../base/assert.ts";
import { rechargeIdOf } from "../base/id.ts";
import { add, type Currency, type Minor, minor, subtract } from "../base/money.ts";
import { walletOf } from "./chart.ts";
import type { LedgerDatabase } from "./client.ts";

/** `from` is included, `to` is not (epoch ms). `after` is the event number that the page before ended with, 0 for the first. */
export interface StatementRequest {
  readonly account: number;
  readonly currency: Currency;
  readonly from: number;
  readonly to: number;
  readonly after: number;
  readonly limit: number;
}

export interface StatementLine {
  readonly event: number;
  readonly at: number;
  /** Type of the event. */
  readonly type: string;
  readonly rechargeId: string | null;
  readonly agentId: string | null;
  readonly product: string | null;
  readonly number: string | null;
  /** Of a credit or debit by staff. */
  readonly reason: string | null;
  readonly externalReference: string | null;
  readonly amountIn: Minor;
  readonly amountOut: Minor;
  readonly balance: Minor;
}

/** opening + amounts in − amounts out = closing, on each page and so over all of them. */
export interface Statement {
  readonly opening: Minor;
  readonly lines: readonly StatementLine[];
  readonly closing: Minor;
  /** Event number of the account up to which the ledger is complete. */
  readonly asOfEvent: number;
  /** Null: this was the last page. */
  readonly nextAfter: number | null;
}

/**
 * One page of a statement. The time is turned into a run of event numbers first, so that no event falls between two statements
 * even if the clock went back.
 */
export async function readStatement(database: LedgerDatabase, request: StatementRequest): Promise<Statement> {
  const { account, currency, limit } = request;
  assert(Number.isInteger(limit) && limit >= 1, "a page has at least one line");
  const bounds = await readBounds(database, request);
  const first = Math.max(bounds.first, request.after + 1);
  const opening = await readBalanceBefore(database, { account, currency, event: first });
  const wallet = walletOf(account, currency);
  const args = [account, wallet, first, bounds.end, limit + 1];
  const rows = z.array(lineRow).parse(await database.all(linesSql, args));
  let balance = opening;
  const lines = rows.slice(0, limit).map((row): StatementLine => {
    balance = subtract(add(balance, row.amountIn), row.amountOut);
    assert(balance === row.balance, `the statement foots at event ${row.event} of account ${account}`);
    const { recharge, ...line } = row;
    return { ...line, rechargeId: recharge === null ? null : rechargeIdOf(account, recharge) };
  });
  const last = lines.at(-1);
  const nextAfter = rows.length > limit && last !== undefined ? last.event : null;
  return { opening, lines, closing: balance, asOfEvent: bounds.watermark, nextAfter };
}

const amount = z.int().transform(minor);

const lineRow = z.object({
  event: z.int(),
  at: z.int(),
  type: z.string(),
  recharge: z.int().nullable(),
  agentId: z.string().nullable(),
  product: z.string().nullable(),
  number: z.string().nullable(),
  reason: z.string().nullable(),
  externalReference: z.string().nullable(),
  amountIn: amount,
  amountOut: amount,
  balance: amount,
});

// ?1 account, ?2 the wallet's ledger account, ?3 first event, ?4 the event after the last, ?5 how many. An event moves a wallet once.
const linesSql = `SELECT t.event, t.at, e.type, t.recharge, r.agent_id AS agentId, r.product, r.number, e.balance,
  e.data ->> '$.movement.reason' AS reason, e.data ->> '$.movement.externalReference' AS externalReference,
  CASE WHEN t.credit = ?2 THEN t.amount ELSE 0 END AS amountIn, CASE WHEN t.debit = ?2 THEN t.amount ELSE 0 END AS amountOut
  FROM transfers AS t CROSS JOIN events AS e ON e.account = t.account AND e.number = t.event
  LEFT JOIN recharges AS r ON r.account = t.account AND r.counter = t.recharge
  WHERE t.account = ?1 AND t.event >= ?3 AND t.event < ?4 AND (t.debit = ?2 OR t.credit = ?2) ORDER BY t.event LIMIT ?5`;

interface Bounds {
  readonly first: number;
  readonly end: number;
  readonly watermark: number;
}

/** The run of event numbers of a time: `first` is included, `end` is not. */
async function readBounds(database: LedgerDatabase, request: StatementRequest): Promise<Bounds> {
  const sql = `SELECT ${firstEventFrom("?2")} AS "first", ${firstEventFrom("?3")} AS "end", ${watermark} AS watermark`;
  const rows = await database.all(sql, [request.account, request.from, request.to]);
  return z.tuple([z.object({ first: z.int(), end: z.int(), watermark: z.int() })]).parse(rows)[0];
}

const watermark = "(SELECT coalesce(max(number), 0) FROM events WHERE account = ?1)";

/** Binary search by event number, since times follow the numbers and an index on the time would cost a row per event. */
function firstEventFrom(time: string): string {
  const middle = "(low + high) / 2";
  const isBefore = `(SELECT at FROM events WHERE account = ?1 AND number = ${middle}) < ${time}`;
  return `(WITH RECURSIVE search(low, high) AS (SELECT 1, ${watermark} + 1 UNION ALL
    SELECT iif(${isBefore}, ${middle} + 1, low), iif(${isBefore}, high, ${middle}) FROM search WHERE low < high)
    SELECT max(low) FROM search)`;
}

async function readBalanceBefore(
  database: LedgerDatabase,
  { account, currency, event }: { account: number; currency: Currency; event: number },
): Promise<Minor> {
  const rows = await database.all(
    `SELECT balance FROM events WHERE account = ?1 AND currency = ?2 AND number < ?3 ORDER BY number DESC LIMIT 1`,
    [account, currency, event],
  );
  return z.array(z.object({ balance: amount })).parse(rows)[0]?.balance ?? minor(0);
}
