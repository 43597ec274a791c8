// The wallet book: each wallet from opening to closing, by what moved it. It foots, or it throws.
import { z } from "zod";
import { assert } from "../base/assert.ts";
import { type Currency, currencies, type Minor, minor } from "../base/money.ts";
import type { LedgerDatabase } from "./client.ts";
import { readRuns, type ReportMark, type ReportSpan } from "./report-runs.ts";

export interface WalletFigures {
  readonly balance: Minor;
  readonly held: Minor;
  readonly debt: Minor;
}

/** What events of one type did to a wallet; each may be below zero. */
export interface WalletMove extends WalletFigures {
  readonly type: string;
}

/** opening + moves = closing, for balance, held and debt. */
export interface WalletBook {
  readonly account: number;
  readonly currency: Currency;
  readonly opening: WalletFigures;
  readonly moves: readonly WalletMove[];
  readonly closing: WalletFigures;
}

export async function readWalletBooks(
  database: LedgerDatabase,
  span: ReportSpan,
): Promise<{ readonly wallets: readonly WalletBook[]; readonly marks: readonly ReportMark[] }> {
  const { answers, marks } = await readRuns(database, span, [balancesSql, movesSql]);
  const moves = Map.groupBy(z.array(moveRow).parse(answers[1]), keyOf);
  const wallets = z
    .array(balanceRow)
    .parse(answers[0])
    .map((row): WalletBook => {
      const { account, currency, openingBalance, openingHeld, openingDebt, ...closing } = row;
      const own = (moves.get(keyOf(row)) ?? []).map(({ type, balance, held, debt }) => ({ type, balance, held, debt }));
      const opening = { balance: openingBalance, held: openingHeld, debt: openingDebt };
      const book = { account, currency, opening, moves: own, closing };
      assertFoots(book);
      return book;
    });
  return { wallets, marks };
}

function keyOf({ account, currency }: { readonly account: number; readonly currency: Currency }): string {
  return `${account}:${currency}`;
}

function assertFoots({ account, currency, opening, moves, closing }: WalletBook): void {
  for (const figure of ["balance", "held", "debt"] as const) {
    const sum = moves.reduce((total, move) => total + move[figure], Number(opening[figure]));
    assert(sum === closing[figure], `the ${figure} of the ${currency} wallet of account ${account} foots`);
  }
}

const lastBefore = (end: string): string =>
  `(SELECT max(number) FROM events WHERE account = r.account AND currency = r.currency AND number < ${end})`;

const balancesSql = `SELECT r.account, r.currency, coalesce(o.balance, 0) AS openingBalance, coalesce(o.held, 0) AS openingHeld,
    coalesce(o.debt, 0) AS openingDebt, coalesce(c.balance, 0) AS balance, coalesce(c.held, 0) AS held,
    coalesce(c.debt, 0) AS debt
  FROM runs AS r LEFT JOIN events AS o ON o.account = r.account AND o.number = ${lastBefore("r.first")}
  LEFT JOIN events AS c ON c.account = r.account AND c.number = ${lastBefore('r."end"')}
  ORDER BY r.account, r.currency`;

/** What the transfers did to one ledger account of the wallet; `grows` is the side on which it grows. */
function moved(kind: "wallet" | "held" | "debt", grows: "credit" | "debit"): string {
  const shrinks = grows === "credit" ? "debit" : "credit";
  const name = `'${kind}:' || r.account || ':' || r.currency`;
  return `sum(CASE ${name} WHEN t.${grows} THEN t.amount WHEN t.${shrinks} THEN -t.amount ELSE 0 END)`;
}

const movesSql = `SELECT r.account, r.currency, e.type, ${moved("wallet", "credit")} AS balance,
    ${moved("held", "credit")} AS held, ${moved("debt", "debit")} AS debt
  FROM runs AS r CROSS JOIN transfers AS t ON t.account = r.account AND t.event >= r.first AND t.event < r."end"
    AND t.currency = r.currency
  CROSS JOIN events AS e ON e.account = t.account AND e.number = t.event
  GROUP BY r.account, r.currency, e.type ORDER BY r.account, r.currency, e.type`;

const amount = z.int().transform(minor);
const wallet = { account: z.int(), currency: z.enum(currencies) };
const figures = { balance: amount, held: amount, debt: amount };
const balanceRow = z.object({
  ...wallet,
  ...figures,
  openingBalance: amount,
  openingHeld: amount,
  openingDebt: amount,
});
const moveRow = z.object({ ...wallet, ...figures, type: z.string() });
