// What the ledger's book says of one recharge: its events, and the transfers that they made.
import { z } from "zod";
import { currencies, type Currency, type Minor, minor } from "../base/money.ts";
import type { LedgerDatabase } from "./client.ts";
import { watermarkStatement } from "./project.ts";

export interface BookedEvent {
  readonly number: number;
  readonly type: string;
  /** Epoch ms. */
  readonly at: number;
  /** State of the recharge after it, and the provider that it is about; null for an event beside the recharge. */
  readonly state: string | null;
  readonly provider: string | null;
  /** Kind of the case that it opens or closes. */
  readonly case: string | null;
  /** The wallet after it. */
  readonly wallet: {
    readonly currency: Currency;
    readonly balance: Minor;
    readonly held: Minor;
    readonly debt: Minor;
  };
}

export interface BookedTransfer {
  readonly event: number;
  readonly leg: number;
  readonly debit: string;
  readonly credit: string;
  readonly amount: Minor;
  readonly currency: Currency;
}

export interface RechargeBook {
  /** The event up to which the ledger knows the account. */
  readonly asOfEvent: number;
  readonly events: readonly BookedEvent[];
  readonly transfers: readonly BookedTransfer[];
}

/**
 * Events of a recharge in their order, with their transfers; none where the ledger does not know it yet. They are looked for
 * between its creation and a thousand events of the account after its last one.
 */
export async function readRechargeBook(
  database: LedgerDatabase,
  { account, counter }: { readonly account: number; readonly counter: number },
): Promise<RechargeBook> {
  const args = [account, counter];
  const [events = [], transfers = [], watermark = []] = await database.batch([
    { sql: `${runSql} ${eventsSql}`, args },
    { sql: `${runSql} ${transfersSql}`, args },
    watermarkStatement(account),
  ]);
  return {
    asOfEvent: z.tuple([z.object({ watermark: z.int() })]).parse(watermark)[0].watermark,
    events: z.array(eventRow).parse(events),
    transfers: z.array(transferRow).parse(transfers),
  };
}

const amount = z.int().transform(minor);
const currency = z.enum(currencies);
const eventRow = z
  .object({
    number: z.int(),
    type: z.string(),
    at: z.int(),
    state: z.string().nullable(),
    provider: z.string().nullable(),
    case: z.string().nullable(),
    currency,
    balance: amount,
    held: amount,
    debt: amount,
  })
  .transform(({ currency: of, balance, held, debt, ...event }): BookedEvent => {
    return { ...event, wallet: { currency: of, balance, held, debt } };
  });
const transferRow = z.object({
  event: z.int(),
  leg: z.int(),
  debit: z.string(),
  credit: z.string(),
  amount,
  currency,
});

// Events have no index by recharge, because every recharge would pay for it: their time finds the first one, by binary search.
// A minute of margin, because a clock may go back.
const isBefore = `(SELECT at FROM events WHERE account = ?1 AND number = (low + high) / 2) < of_one.created_at - 60000`;
const runSql = `WITH RECURSIVE of_one AS MATERIALIZED (
    SELECT created_at, last_event FROM recharges WHERE account = ?1 AND counter = ?2),
  search(low, high) AS (
    SELECT 1, last_event + 1 FROM of_one UNION ALL
    SELECT iif(${isBefore}, (low + high) / 2 + 1, low), iif(${isBefore}, high, (low + high) / 2)
    FROM search, of_one WHERE low < high),
  run AS MATERIALIZED (SELECT e.* FROM of_one CROSS JOIN events AS e WHERE e.account = ?1
    AND e.number >= (SELECT max(low) FROM search) AND e.number <= of_one.last_event + 1000 AND e.recharge = ?2)`;
const eventsSql = `SELECT number, type, at, data ->> '$.recharge.state' AS state, data ->> '$.recharge.provider' AS provider,
  coalesce(data ->> '$.case', data ->> '$.closesCase') AS "case", currency, balance, held, debt FROM run ORDER BY number`;
const transfersSql = `SELECT t.event, t.leg, t.debit, t.credit, t.amount, t.currency
  FROM run CROSS JOIN transfers AS t ON t.account = ?1 AND t.event = run.number ORDER BY t.event, t.leg`;
