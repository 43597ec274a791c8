// The account's figures at one event number, for the comparison with the ledger.
import type { AccountFigures } from "./account.ts";
import { type AccountContext, profileOf } from "./context.ts";
import { presentWallet } from "./views.ts";

/** Wallets, event number, how many recharges are pending, and how many of those nobody will ever look at (must be 0). */
export function readFigures(account: AccountContext, withPending: boolean): AccountFigures {
  return {
    account: profileOf(account).account,
    eventNumber: account.book.lastEventNumber(),
    wallets: account.book.readWallets().map(presentWallet),
    ...(withPending ? countPending(account) : { pending: null, forgotten: null }),
  };
}

function countPending(account: AccountContext): { pending: number; forgotten: number } {
  const open = account.attempts.readOpen();
  const planned = new Set(open.flatMap((one) => (one.dueAt === null ? [] : [one.recharge])));
  const pending = account.recharges.readPendingCounters();
  const forgotten = pending.filter((counter) => !planned.has(counter) && account.book.findOpenCase(counter) === null);
  return { pending: pending.length, forgotten: forgotten.length };
}
