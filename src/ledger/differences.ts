// Reads of what reconciliation found between accounts and the ledger.
import { z } from "zod";
import { type Currency, currencies, minor, type Minor } from "../base/money.ts";
import type { LedgerDatabase } from "./client.ts";

export interface KeptDifference {
  readonly account: number;
  /** The event number at which both were compared. */
  readonly event: number;
  readonly currency: Currency;
  readonly figure: string;
  readonly comparedWith: string;
  readonly accountValue: Minor;
  readonly ledgerValue: Minor;
  /** Epoch ms. */
  readonly foundAt: number;
}

const row = z.object({
  account: z.int(),
  event: z.int(),
  currency: z.enum(currencies),
  figure: z.string(),
  comparedWith: z.string(),
  accountValue: z.int().transform(minor),
  ledgerValue: z.int().transform(minor),
  foundAt: z.int(),
});

/** The newest first. */
export async function listDifferences(database: LedgerDatabase, limit: number): Promise<readonly KeptDifference[]> {
  const sql = `select account, event, currency, figure, compared_with as comparedWith, account_value as accountValue,
      ledger_value as ledgerValue, found_at as foundAt
    from differences order by found_at desc, account, event desc limit ?1`;
  return z.array(row).parse(await database.all(sql, [limit]));
}
