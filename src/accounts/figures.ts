// The account's figures at one event number, for the comparison with the ledger.
import type { AccountFigures } from "./account.ts";
import { type AccountContext, profileOf } from "./context.ts";
import { presentWallet } from "./views.ts";

/** Wallets, event number, how many recharges are pending, and how many of those nobody will ever look at (must be 0). */
export function readFigures(account: AccountContext): AccountFigures {
  const open = account.recharges.readOpen();
  const planned = new Set(open.flatMap((one) => (one.dueAt === null ? [] : [one.recharge])));
  const pending = account.recharges.readPendingCounters();
  return {
    account: profileOf(account).account,
    eventNumber: account.book.lastEventNumber(),
    wallets: account.book.readWallets().map(presentWallet),
    pending: pending.length,
    forgotten: pending.filter((counter) => !planned.has(counter) && !account.book.hasOpenCase(counter)).length,
  };
}
