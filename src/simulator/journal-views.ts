// What of the journal can be read from outside, and how it is emptied.
import { z } from "zod";
import { type Currency, formatAmount, minor } from "../base/money.ts";
import type { Protocol } from "../wire/protocol.ts";
import { type Faults, noFaults } from "./faults.ts";
import {
  type EntryFilter,
  type EntryRow,
  type EntryState,
  fillWallets,
  listEntries,
  readBalance,
  type Sql,
} from "./journal-rows.ts";
import { scriptNames } from "./script.ts";
import { upstreamAccounts } from "./upstream-accounts.ts";

/** One request as `GET /journal` shows it. Amounts are decimals, times ISO 8601. */
export interface EntryView {
  readonly id: number;
  readonly at: string;
  readonly account: string;
  readonly protocol: Protocol;
  readonly reference: string | null;
  readonly number: string;
  readonly code: string;
  readonly amount: string;
  readonly cost: string;
  readonly script: string;
  readonly state: EntryState;
  readonly executed: boolean;
  readonly executions: number;
  readonly executed_at: string | null;
  readonly deliveries: number;
  readonly refunded: boolean;
  readonly reversed: boolean;
  readonly their_reference: string | null;
  readonly operator_reference: string | null;
  readonly answered: string;
}

export interface UpstreamWallet {
  readonly account: string;
  readonly protocol: Protocol;
  readonly currency: Currency;
  readonly balance: string;
}

export function readEntries(sql: Sql, filter: EntryFilter): EntryView[] {
  return listEntries(sql, filter).map(presentEntry);
}

function presentEntry(row: EntryRow): EntryView {
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    account: row.account,
    protocol: row.protocol,
    reference: row.reference,
    number: row.number,
    code: row.code,
    amount: formatAmount(minor(row.amount)),
    cost: formatAmount(minor(row.cost)),
    script: row.script,
    state: row.state,
    executed: row.executions > 0,
    executions: row.executions,
    executed_at: row.executed_at === null ? null : new Date(row.executed_at).toISOString(),
    deliveries: row.deliveries,
    refunded: row.refunded === 1,
    reversed: row.reversed === 1,
    their_reference: row.their_reference,
    operator_reference: row.operator_reference,
    answered: row.answered,
  };
}

export function readWallets(sql: Sql): UpstreamWallet[] {
  return upstreamAccounts.map(({ name, protocol, currency }) => ({
    account: name,
    protocol,
    currency,
    balance: formatAmount(minor(readBalance(sql, name))),
  }));
}

/** The body of `PUT /faults`. */
export const faultsSchema = z.strictObject({
  seed: z.string().min(1),
  rate: z.number().min(0).max(1),
  kinds: z.array(z.enum(scriptNames)).min(1),
});

/** The body of `POST /wallets`. */
export const movementSchema = z.strictObject({
  account: z.string(),
  change: z
    .string()
    .regex(/^-?\d{1,9}\.\d{2}$/)
    .transform((text) => minor(Math.round(Number(text) * 100))),
});

export function readFaults(sql: Sql): Faults {
  const [row] = sql.run<{ setting: string }>("select setting from faults");
  return row === undefined ? noFaults : faultsSchema.parse(JSON.parse(row.setting));
}

export function writeFaults(sql: Sql, faults: Faults): void {
  sql.run("insert or replace into faults (id, setting) values (1, ?)", JSON.stringify(faults));
}

/** Forgets entries and faults, and gives every wallet its first balance. */
export function clearJournal(sql: Sql): void {
  for (const table of ["journal", "faults", "wallets"]) sql.run(`delete from ${table}`);
  fillWallets(sql);
}
