// Reads of the ledger: lists of recharges, wallets and sums. Each says up to which event of the account it speaks.
import { z } from "zod";
import { assert } from "../base/assert.ts";
import { rechargeIdOf } from "../base/id.ts";
import { type Currency, currencies, type Minor, minor } from "../base/money.ts";
import {
  failureCauses,
  type RechargeState,
  type RechargeView,
  rechargeStates,
  type WalletView,
} from "../recharges/recharge.ts";
import type { LedgerDatabase, SqlRow, SqlValue, Statement } from "./client.ts";
import { watermarkStatement } from "./project.ts";
import { type Sought, soughtArgs, soughtSql } from "./sought.ts";

/** A recharge as the ledger knows it. What only the account knows (when it resolves, open cases) is not in it. */
export interface BookedRecharge extends Omit<RechargeView, "resolvesBy" | "hasOpenCase"> {
  readonly account: number;
  readonly provider: string;
  readonly reference: string;
  readonly providerCommission: Minor | null;
}

/** `from` is included, `to` is not (epoch ms of creation); `number` is canonical; at most 500 at once. */
export interface RechargeFilter {
  readonly account?: number;
  readonly state?: RechargeState;
  readonly from?: number;
  readonly to?: number;
  readonly product?: string;
  readonly number?: string;
  readonly agentId?: string;
  readonly provider?: string;
  readonly sought?: Sought;
  /** One recharge by its id. */
  readonly recharge?: { readonly accountNumber: number; readonly counter: number };
  readonly cursor: RechargeCursor | null;
  readonly limit: number;
}

/** The last recharge of the page before. */
export interface RechargeCursor {
  readonly createdAt: number;
  readonly account: number;
  readonly counter: number;
}

export interface RechargePage {
  readonly recharges: readonly BookedRecharge[];
  /** Null: there is no further page. */
  readonly nextCursor: string | null;
  /** Event number of the account up to which the list is complete; null for a list over all accounts. */
  readonly asOfEvent: number | null;
}

/** What a page's `nextCursor` says; null for a text that is none. */
export function readCursor(text: string): RechargeCursor | null {
  const [, createdAt, account, counter] = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/.exec(text) ?? [];
  if (createdAt === undefined || account === undefined || counter === undefined) return null;
  return { createdAt: Number(createdAt), account: Number(account), counter: Number(counter) };
}

/** Recharges that match every given filter, the newest first. */
export async function listRecharges(database: LedgerDatabase, filter: RechargeFilter): Promise<RechargePage> {
  const { account, limit } = filter;
  assert(Number.isInteger(limit) && limit >= 1 && limit <= 500, "a page has 1 to 500 recharges");
  const list = listStatement(filter);
  const [rows = [], watermark] =
    account === undefined ? await database.batch([list]) : await database.batch([list, watermarkStatement(account)]);
  const found = z.array(bookedRecharge).parse(rows);
  const recharges = found.slice(0, limit).map((row) => row.recharge);
  const last = found.length > limit ? found[limit - 1] : undefined;
  return {
    recharges,
    nextCursor: last === undefined ? null : `${last.recharge.createdAt}.${last.recharge.account}.${last.counter}`,
    asOfEvent: watermark === undefined ? null : eventNumberIn(watermark),
  };
}

function listStatement(filter: RechargeFilter): Statement {
  const { account, cursor } = filter;
  const conditions: string[] = [];
  const args: SqlValue[] = [];
  const where = (condition: string, ...values: (SqlValue | undefined)[]): void => {
    const given = values.filter((value) => value !== undefined);
    if (given.length === 0) return;
    conditions.push(condition);
    args.push(...given);
  };
  where("account = ?", account);
  where("state = ?", filter.state);
  where("created_at >= ?", filter.from);
  where("created_at < ?", filter.to);
  where("product = ?", filter.product);
  where("number = ?", filter.number);
  where("agent_id = ?", filter.agentId);
  where("provider = ?", filter.provider);
  where("(account, counter) = (?, ?)", filter.recharge?.accountNumber, filter.recharge?.counter);
  if (filter.sought !== undefined) where(soughtSql, ...soughtArgs(filter.sought));
  // Within an account the counter is the order of creation, and the key.
  if (account !== undefined) where("counter < ?", cursor?.counter);
  else where("(created_at, account, counter) < (?, ?, ?)", cursor?.createdAt, cursor?.account, cursor?.counter);
  const order = account === undefined ? "created_at DESC, account DESC, counter DESC" : "counter DESC";
  const condition = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  return { sql: `SELECT * FROM recharges ${condition} ORDER BY ${order} LIMIT ?`, args: [...args, filter.limit + 1] };
}

/** Figures of one account in the ledger, all at one event number. */
export interface LedgerFigures {
  readonly account: number;
  readonly eventNumber: number;
  /** As the account's last events of each wallet said. */
  readonly wallets: readonly WalletView[];
}

/** What the account's transfers add up to, by ledger account. */
export interface TransferSum {
  readonly name: string;
  readonly debits: Minor;
  readonly credits: Minor;
}

/** What the account's recharges cost, by wallet and state. */
export interface CostSum {
  readonly currency: Currency;
  readonly state: RechargeState;
  readonly cost: Minor;
}

/** The wallets of an account as the ledger's last events say. */
export async function readWalletStates(database: LedgerDatabase, account: number): Promise<LedgerFigures> {
  const [watermark = [], wallets = []] = await database.batch([
    watermarkStatement(account),
    {
      sql: "SELECT currency, balance, held, debt FROM wallet_states WHERE account = ?1 ORDER BY currency",
      args: [account],
    },
  ]);
  return { account, eventNumber: eventNumberIn(watermark), wallets: z.array(walletState).parse(wallets) };
}

/** An account recomputed, at one event number. */
export interface LedgerSums {
  readonly eventNumber: number;
  readonly transfers: readonly TransferSum[];
  readonly costs: readonly CostSum[];
}

/** Recomputes an account from all its transfers and recharges: a long read, for reconciliation and not for every minute. */
export async function sumTransfers(database: LedgerDatabase, account: number): Promise<LedgerSums> {
  const [watermark = [], transfers = [], costs = []] = await database.batch([
    watermarkStatement(account),
    {
      sql: `SELECT name, sum(debit) AS debits, sum(credit) AS credits FROM (
        SELECT debit AS name, amount AS debit, 0 AS credit FROM transfers WHERE account = ?1
        UNION ALL SELECT credit, 0, amount FROM transfers WHERE account = ?1) GROUP BY name ORDER BY name`,
      args: [account],
    },
    {
      sql: `SELECT currency, state, sum(cost) AS cost FROM recharges WHERE account = ?1
        GROUP BY currency, state ORDER BY currency, state`,
      args: [account],
    },
  ]);
  return {
    eventNumber: eventNumberIn(watermark),
    transfers: z.array(z.object({ name: z.string(), debits: amount, credits: amount })).parse(transfers),
    costs: z.array(z.object({ currency, state: z.enum(rechargeStates), cost: amount })).parse(costs),
  };
}

const amount = z.int().transform(minor);
const currency = z.enum(currencies);
const walletState = z.object({ currency, balance: amount, held: amount, debt: amount });
const failure = z.object({
  source: z.enum(["subscriber", "operator", "provider", "gateway"]),
  cause: z.enum(failureCauses),
  text: z.string(),
});
const json = z.string().transform((text): unknown => JSON.parse(text));

const bookedRecharge = z
  .object({
    account: z.int(),
    counter: z.int(),
    last_event: z.int(),
    agent_id: z.string(),
    mode: z.enum(["sandbox", "live"]),
    product: z.string(),
    number: z.string(),
    fields: json.pipe(z.record(z.string(), z.string())),
    face: amount,
    commission: amount,
    cost: amount,
    currency,
    plan_version: z.int(),
    state: z.enum(rechargeStates),
    proof: z.enum(["operator_reference", "claimed"]).nullable(),
    operator_reference: z.string().nullable(),
    failure: json.pipe(failure).nullable(),
    repeat_of: z.string().nullable(),
    provider: z.string(),
    reference: z.string(),
    provider_commission: amount.nullable(),
    created_at: z.int(),
    updated_at: z.int(),
  })
  .transform(({ counter, last_event, agent_id, plan_version, operator_reference, repeat_of, ...row }) => {
    const { provider_commission, created_at, updated_at, ...same } = row;
    const recharge: BookedRecharge = {
      ...same,
      id: rechargeIdOf(row.account, counter),
      agentId: agent_id,
      planVersion: plan_version,
      operatorReference: operator_reference,
      repeatOf: repeat_of,
      providerCommission: provider_commission,
      createdAt: created_at,
      updatedAt: updated_at,
      eventNumber: last_event,
    };
    return { counter, recharge };
  });

function eventNumberIn(rows: readonly SqlRow[]): number {
  return z.tuple([z.object({ watermark: z.int() })]).parse(rows)[0].watermark;
}
