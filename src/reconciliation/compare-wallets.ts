// Compares what an account says of its wallets with the ledger at the same event number. Reports, never repairs.
import type { AccountFigures } from "../accounts/account.ts";
import { assert } from "../base/assert.ts";
import { type Currency, type Minor, minor } from "../base/money.ts";
import {
  type LedgerFigures,
  type LedgerSums,
  readWalletStates,
  sumTransfers,
  type TransferSum,
} from "../ledger/book.ts";
import { cashOf, chartSides, debtOf, heldOf, kindOf, rewardsOf, walletOf } from "../ledger/chart.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import type { WalletView } from "../recharges/recharge.ts";

/** `net` is wallet + held − debt, which equals credits − debits − what succeeded recharges cost + cashback (`design.md`, "Money"). */
export type ComparedFigure = "balance" | "held" | "debt" | "net";

export interface Difference {
  readonly account: number;
  readonly event: number;
  readonly currency: Currency;
  readonly figure: ComparedFigure;
  readonly comparedWith: "wallet_states" | "transfers" | "recharges";
  readonly accountValue: Minor;
  readonly ledgerValue: Minor;
}

/** `skipped`: the ledger is at another event number than the account, so nothing can be said this time. */
export type Comparison =
  | { readonly kind: "skipped"; readonly accountEvent: number; readonly ledgerEvent: number }
  | { readonly kind: "compared"; readonly differences: readonly Difference[] };

/**
 * Compares one account and writes what differs into `differences`, once per figure and event number.
 * `withSums` recomputes the wallets from all transfers and recharges as well: a long read, for once in a while.
 */
export async function compareWallets(
  database: LedgerDatabase,
  request: {
    readonly figures: AccountFigures;
    readonly withSums: boolean;
    readonly now: number;
    /** Where they were read already. */
    readonly sums?: LedgerSums | null;
  },
): Promise<Comparison> {
  const { figures, withSums, now } = request;
  const states = await readWalletStates(database, figures.account);
  const sums = request.sums ?? (withSums ? await sumTransfers(database, figures.account) : null);
  const comparison = compareFigures(figures, states, sums);
  if (comparison.kind === "compared") await reportDifferences(database, comparison.differences, now);
  return comparison;
}

/** The comparison alone. `sums` may be null: then only the wallets' states are compared. */
export function compareFigures(figures: AccountFigures, states: LedgerFigures, sums: LedgerSums | null): Comparison {
  assert(figures.account === states.account, "an account is compared with its own ledger");
  const accountEvent = figures.eventNumber;
  const behind = [states.eventNumber, ...(sums === null ? [] : [sums.eventNumber])].find((one) => one !== accountEvent);
  if (behind !== undefined) return { kind: "skipped", accountEvent, ledgerEvent: behind };
  const currencies = new Set([...figures.wallets, ...states.wallets].map((wallet) => wallet.currency));
  const differences = [...currencies].flatMap((currency) => {
    const wallet = walletIn(figures.wallets, currency);
    const pairs = [
      ...figuresOf("wallet_states", walletIn(states.wallets, currency)),
      ...(sums === null ? [] : figuresOf("transfers", walletFromTransfers(figures.account, currency, sums))),
      ...(sums === null ? [] : figuresFromRecharges(figures.account, currency, sums)),
    ];
    return pairs.flatMap(({ figure, comparedWith, ledgerValue }): Difference[] => {
      const accountValue = figure === "net" ? netOf(wallet) : wallet[figure];
      if (accountValue === ledgerValue) return [];
      return [
        { account: figures.account, event: accountEvent, currency, figure, comparedWith, accountValue, ledgerValue },
      ];
    });
  });
  return { kind: "compared", differences };
}

type LedgerFigure = Pick<Difference, "figure" | "comparedWith" | "ledgerValue">;

function figuresOf(comparedWith: Difference["comparedWith"], { balance, held, debt }: WalletView): LedgerFigure[] {
  return [
    { figure: "balance", comparedWith, ledgerValue: balance },
    { figure: "held", comparedWith, ledgerValue: held },
    { figure: "debt", comparedWith, ledgerValue: debt },
  ];
}

function walletFromTransfers(account: number, currency: Currency, sums: LedgerSums): WalletView {
  return {
    currency,
    balance: balanceOf(walletOf(account, currency), sums.transfers),
    held: balanceOf(heldOf(account, currency), sums.transfers),
    debt: balanceOf(debtOf(account, currency), sums.transfers),
  };
}

/** What pending recharges cost is held; what succeeded ones cost is posted; what rewards gave is in the wallet. */
function figuresFromRecharges(account: number, currency: Currency, sums: LedgerSums): LedgerFigure[] {
  const costOf = (state: "pending" | "succeeded") =>
    sums.costs.find((sum) => sum.currency === currency && sum.state === state)?.cost ?? minor(0);
  const paidIn = balanceOf(cashOf(currency), sums.transfers) + balanceOf(rewardsOf(account, currency), sums.transfers);
  return [
    { figure: "held", comparedWith: "recharges", ledgerValue: costOf("pending") },
    { figure: "net", comparedWith: "recharges", ledgerValue: minor(paidIn - costOf("succeeded")) },
  ];
}

function balanceOf(name: string, sums: readonly TransferSum[]): Minor {
  const sum = sums.find((one) => one.name === name);
  if (sum === undefined) return minor(0);
  return minor(chartSides[kindOf(name)] === "debit" ? sum.debits - sum.credits : sum.credits - sum.debits);
}

function walletIn(wallets: readonly WalletView[], currency: Currency): WalletView {
  const none = minor(0);
  return wallets.find((wallet) => wallet.currency === currency) ?? { currency, balance: none, held: none, debt: none };
}

function netOf({ balance, held, debt }: WalletView): Minor {
  return minor(balance + held - debt);
}

async function reportDifferences(database: LedgerDatabase, found: readonly Difference[], now: number): Promise<void> {
  await database.batch(
    found.map((one) => ({
      sql: `INSERT INTO differences (account, event, currency, figure, compared_with, account_value, ledger_value, found_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING`,
      args: [
        one.account,
        one.event,
        one.currency,
        one.figure,
        one.comparedWith,
        one.accountValue,
        one.ledgerValue,
        now,
      ],
    })),
  );
}
