// A partner's disputes as the ledger knows them: those that are open and those that were decided.
import { z } from "zod";
import { assert } from "../base/assert.ts";
import { rechargeIdOf } from "../base/id.ts";
import { type Currency, currencies, type Minor, minor } from "../base/money.ts";
import { type Disposition, dispositions, type DisputeState, disputeStates } from "../recharges/dispute.ts";
import { type RechargeState, rechargeStates } from "../recharges/recharge.ts";
import type { LedgerDatabase, SqlValue } from "./client.ts";
import { watermarkStatement } from "./project.ts";

/** Times are epoch ms. */
export interface ListedDispute {
  readonly rechargeId: string;
  readonly number: number;
  readonly disposition: Disposition;
  readonly comment: string;
  readonly state: DisputeState;
  /** Why it was won or lost; null while it is open. */
  readonly reason: string | null;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly product: string;
  readonly face: Minor;
  readonly cost: Minor;
  readonly currency: Currency;
  readonly rechargeState: RechargeState;
}

export interface DisputePage {
  readonly disputes: readonly ListedDispute[];
  /** Null: there is no further page. */
  readonly nextCursor: string | null;
  /** Event number of the account up to which the list is complete. */
  readonly asOfEvent: number;
}

/** The last dispute of the page before: the account's counter of the recharge, and the dispute's number. */
export interface DisputeCursor {
  readonly recharge: number;
  readonly number: number;
}

/** `state` null: any; `limit` is 1 to 500. */
export interface DisputeQuestion {
  readonly account: number;
  readonly state: DisputeState | null;
  readonly cursor: DisputeCursor | null;
  readonly limit: number;
}

/** What a page's `nextCursor` says; null for a text that is none. */
export function readDisputeCursor(text: string): DisputeCursor | null {
  const [, recharge, number] = /^(\d{1,15})\.(\d{1,4})$/.exec(text) ?? [];
  return recharge === undefined || number === undefined ? null : { recharge: Number(recharge), number: Number(number) };
}

const listedRow = z.object({
  recharge: z.int(),
  number: z.int(),
  disposition: z.custom<Disposition>((value) => typeof value === "string" && Object.hasOwn(dispositions, value)),
  comment: z.string(),
  state: z.enum(disputeStates),
  reason: z.string().nullable(),
  openedAt: z.int(),
  closedAt: z.int().nullable(),
  product: z.string(),
  face: z.int().transform(minor),
  cost: z.int().transform(minor),
  currency: z.enum(currencies),
  rechargeState: z.enum(rechargeStates),
});

/** The newest recharge first; a recharge that was disputed twice is there twice. */
export async function listDisputes(
  database: LedgerDatabase,
  { account, state, cursor, limit }: DisputeQuestion,
): Promise<DisputePage> {
  assert(Number.isInteger(limit) && limit >= 1 && limit <= 500, "a page has 1 to 500 disputes");
  const args: SqlValue[] = [account, limit + 1, state, cursor?.recharge ?? null, cursor?.number ?? null];
  const list = {
    sql: `SELECT d.recharge, d.number, d.disposition, d.comment, d.state, d.reason, d.opened_at AS openedAt,
      d.closed_at AS closedAt, r.product, r.face, r.cost, r.currency, r.state AS rechargeState
      FROM disputes AS d JOIN recharges AS r ON r.account = d.account AND r.counter = d.recharge
      WHERE d.account = ?1 AND (?3 IS NULL OR d.state = ?3) AND (?4 IS NULL OR (d.recharge, d.number) < (?4, ?5))
      ORDER BY d.recharge DESC, d.number DESC LIMIT ?2`,
    args,
  };
  const [rows = [], watermark = []] = await database.batch([list, watermarkStatement(account)]);
  const found = z.array(listedRow).parse(rows);
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  const [{ watermark: asOfEvent }] = z.tuple([z.object({ watermark: z.int() })]).parse(watermark);
  return {
    disputes: shown.map(({ recharge, ...row }) => ({ ...row, rechargeId: rechargeIdOf(account, recharge) })),
    nextCursor: last === undefined ? null : `${last.recharge}.${last.number}`,
    asOfEvent,
  };
}
