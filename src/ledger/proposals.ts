// Rulings that wait for a second person, over all partners. A note for people: the account says whether one is still good.
import { z } from "zod";
import { rechargeIdOf } from "../base/id.ts";
import { type Currency, currencies, type Minor, minor } from "../base/money.ts";
import type { LedgerDatabase, Statement } from "./client.ts";

/** Who proposed what, and when (epoch ms). */
export interface BookedProposal {
  readonly word: "success" | "failure";
  readonly by: string;
  readonly at: number;
}

/** A proposal with the recharge that it is about. */
export interface WaitingProposal extends BookedProposal {
  readonly account: number;
  readonly rechargeId: string;
  readonly product: string;
  readonly cost: Minor;
  readonly currency: Currency;
}

interface Proposed {
  readonly account: number;
  /** The account's counter of the recharge. */
  readonly recharge: number;
  readonly number: number;
}

/** Notes the latest proposal about a recharge; an earlier one gives way. */
export function noteProposal({ account, recharge, number }: Proposed, { word, by, at }: BookedProposal): Statement {
  return {
    sql: `INSERT INTO ruling_proposals (account, recharge, number, word, proposed_by, proposed_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET number = excluded.number, word = excluded.word,
      proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at WHERE excluded.number >= number`,
    args: [account, recharge, number, word, by, at],
  };
}

/** Nothing about a recharge waits any more once a ruling of it was confirmed. */
export function dropProposal({ account, recharge }: Omit<Proposed, "number">): Statement {
  return { sql: "DELETE FROM ruling_proposals WHERE account = ?1 AND recharge = ?2", args: [account, recharge] };
}

/** Of a table `ruling_proposals AS p` that may have no row; read by `proposalRow` and `withProposal`. */
export const proposalColumns = "p.word AS proposedWord, p.proposed_by AS proposedBy, p.proposed_at AS proposedAt";
const proposedWord = z.enum(["success", "failure"]);
export const proposalRow = {
  proposedWord: proposedWord.nullable(),
  proposedBy: z.string().nullable(),
  proposedAt: z.int().nullable(),
};

/** A row with its proposal as one value; null: there is none. */
export function withProposal<Row extends z.infer<z.ZodObject<typeof proposalRow>>>({
  proposedWord: word,
  proposedBy: by,
  proposedAt: at,
  ...row
}: Row): Omit<Row, keyof typeof proposalRow> & { readonly proposal: BookedProposal | null } {
  return { ...row, proposal: word === null || by === null || at === null ? null : { word, by, at } };
}

const waitingRow = z.object({
  account: z.int(),
  counter: z.int(),
  product: z.string(),
  cost: z.int().transform(minor),
  currency: z.enum(currencies),
  word: proposedWord,
  by: z.string(),
  at: z.int(),
});

/** The oldest first, at most `limit`: of recharges whose case or dispute was open before it and is open now. */
export async function listProposals(database: LedgerDatabase, limit: number): Promise<readonly WaitingProposal[]> {
  const rows = await database.all(
    `SELECT p.account, p.recharge AS counter, r.product, r.cost, r.currency, p.word, p.proposed_by AS "by",
      p.proposed_at AS "at" FROM ruling_proposals AS p
      JOIN recharges AS r ON r.account = p.account AND r.counter = p.recharge
      WHERE EXISTS (SELECT 1 FROM cases AS o WHERE o.account = p.account AND o.recharge = p.recharge
          AND o.closed_at IS NULL AND o.opened_at <= p.proposed_at)
        OR EXISTS (SELECT 1 FROM disputes AS o WHERE o.account = p.account AND o.recharge = p.recharge
          AND o.closed_at IS NULL AND o.opened_at <= p.proposed_at)
      ORDER BY p.proposed_at, p.account, p.recharge LIMIT ?1`,
    [limit],
  );
  return z
    .array(waitingRow)
    .parse(rows)
    .map(({ counter, ...row }) => ({ ...row, rechargeId: rechargeIdOf(row.account, counter) }));
}
