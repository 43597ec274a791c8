// Reads of open cases and disputes over all partners, oldest money first; each page says up to which event of which account.
import { z } from "zod";
import { assert } from "../base/assert.ts";
import { rechargeIdOf } from "../base/id.ts";
import { type Currency, currencies, type Minor, minor } from "../base/money.ts";
import { type Disposition, dispositions } from "../recharges/dispute.ts";
import { type CaseKind, caseKinds } from "../recharges/events.ts";
import { type RechargeState, rechargeStates } from "../recharges/recharge.ts";
import type { RechargeCursor } from "./book.ts";
import type { LedgerDatabase, SqlRow, SqlValue, Statement } from "./client.ts";
import { type BookedProposal, proposalColumns, proposalRow, withProposal } from "./proposals.ts";

interface OfRecharge {
  readonly account: number;
  readonly rechargeId: string;
  /** Epoch ms. */
  readonly openedAt: number;
  readonly state: RechargeState;
  readonly product: string;
  readonly provider: string;
  /** What is held, or what is argued about. */
  readonly cost: Minor;
  readonly currency: Currency;
  /** Since when the money is in it, epoch ms. */
  readonly createdAt: number;
  /** The ruling that waits for a second person; null: none was proposed since it was opened. */
  readonly proposal: BookedProposal | null;
}

export interface BookedCase extends OfRecharge {
  readonly kind: CaseKind;
}

export interface BookedDispute extends OfRecharge {
  readonly number: number;
  readonly disposition: Disposition;
  readonly comment: string;
}

export interface OpenPage<Item> {
  readonly items: readonly Item[];
  /** Null: there is no further page. */
  readonly nextCursor: string | null;
  /** For each account of the page: the event up to which the ledger knows it. The account itself has the last word. */
  readonly asOf: readonly { readonly account: number; readonly eventNumber: number }[];
}

/** `limit` is 1 to 500; `cursor` is read by `readCursor`. */
export interface OpenQuestion {
  readonly cursor: RechargeCursor | null;
  readonly limit: number;
}

/** Recharges that need a person. */
export async function listOpenCases(database: LedgerDatabase, question: OpenQuestion): Promise<OpenPage<BookedCase>> {
  const read = await readOpen(database, question, { table: "cases", columns: "o.kind" });
  return pageOf(z.array(caseRow).parse(read.rows), question, read.marks);
}

/** Disputes that nobody has decided. */
export async function listOpenDisputes(
  database: LedgerDatabase,
  question: OpenQuestion,
): Promise<OpenPage<BookedDispute>> {
  const columns = "o.number, o.disposition, o.comment";
  const read = await readOpen(database, question, { table: "disputes", columns });
  return pageOf(z.array(disputeRow).parse(read.rows), question, read.marks);
}

const ofRecharge = {
  account: z.int(),
  counter: z.int(),
  openedAt: z.int(),
  state: z.enum(rechargeStates),
  product: z.string(),
  provider: z.string(),
  cost: z.int().transform(minor),
  currency: z.enum(currencies),
  createdAt: z.int(),
};
const caseRow = z.object({ ...ofRecharge, ...proposalRow, kind: z.enum(caseKinds) }).transform(withProposal);
const disputeRow = z
  .object({
    ...ofRecharge,
    ...proposalRow,
    number: z.int(),
    disposition: z.custom<Disposition>((value) => typeof value === "string" && Object.hasOwn(dispositions, value)),
    comment: z.string(),
  })
  .transform(withProposal);
const markRow = z.object({ account: z.int(), eventNumber: z.int() });

async function readOpen(
  database: LedgerDatabase,
  { cursor, limit }: OpenQuestion,
  open: { readonly table: "cases" | "disputes"; readonly columns: string },
): Promise<{ readonly rows: readonly SqlRow[]; readonly marks: readonly z.infer<typeof markRow>[] }> {
  assert(Number.isInteger(limit) && limit >= 1 && limit <= 500, "a page has 1 to 500 items");
  const after = cursor === null ? "" : "AND (r.created_at, o.account, o.recharge) > (?2, ?3, ?4)";
  const args: SqlValue[] = cursor === null ? [] : [cursor.createdAt, cursor.account, cursor.counter];
  const list: Statement = {
    sql: `SELECT o.account, o.recharge AS counter, o.opened_at AS openedAt, r.state, r.product, r.provider, r.cost, r.currency,
      r.created_at AS createdAt, ${proposalColumns}, ${open.columns} FROM ${open.table} AS o
      JOIN recharges AS r ON r.account = o.account AND r.counter = o.recharge
      LEFT JOIN ruling_proposals AS p ON p.account = o.account AND p.recharge = o.recharge AND p.proposed_at >= o.opened_at
      WHERE o.closed_at IS NULL ${after} ORDER BY r.created_at, o.account, o.recharge LIMIT ?1`,
    args: [limit + 1, ...args],
  };
  // In the same transaction as the list: the marks are true of it.
  const marks: Statement = {
    sql: `SELECT account, (SELECT max(number) FROM events WHERE events.account = o.account) AS eventNumber
      FROM (SELECT DISTINCT account FROM ${open.table} WHERE closed_at IS NULL) AS o ORDER BY account`,
    args: [],
  };
  const [rows = [], marked = []] = await database.batch([list, marks]);
  return { rows, marks: z.array(markRow).parse(marked) };
}

function pageOf<Row extends { account: number; counter: number; createdAt: number }>(
  rows: readonly Row[],
  { limit }: OpenQuestion,
  marks: OpenPage<unknown>["asOf"],
): OpenPage<Omit<Row, "counter"> & { rechargeId: string }> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const accounts = new Set(shown.map((row) => row.account));
  return {
    items: shown.map(({ counter, ...row }) => ({ ...row, rechargeId: rechargeIdOf(row.account, counter) })),
    nextCursor: last === undefined ? null : `${last.createdAt}.${last.account}.${last.counter}`,
    asOf: marks.filter(({ account }) => accounts.has(account)),
  };
}
