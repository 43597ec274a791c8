// Telling a partner that a wallet has gone below the level that staff set: once per crossing, off the path of a recharge.
import type { AccountContext } from "./context.ts";
import { presentWallet } from "./views.ts";

/**
 * Compares the wallets as they are now with their levels. A dip that was over before it was looked at is none; what an account
 * has that is behind its ledger is not known.
 */
export function noteLowBalances(account: AccountContext): void {
  const profile = account.book.readProfile();
  if (profile === null || profile.isGoneBack === true) return;
  const levels = profile.limits;
  const said = account.telling.readLow();
  if (said.length === 0 && levels.every(({ lowBalance }) => lowBalance === undefined)) return;
  for (const wallet of account.book.readWallets()) {
    const level = levels.find(({ currency }) => currency === wallet.currency)?.lowBalance;
    const isLow = level !== undefined && wallet.balance < level;
    if (isLow === said.includes(wallet.currency)) continue;
    account.atomically(() => {
      if (!isLow) return account.telling.removeLow(wallet.currency);
      account.telling.addLow(wallet.currency);
      const at = account.services.clock.now();
      account.book.appendEvent({ type: "account.low_balance", at, wallet: presentWallet(wallet) });
    });
  }
}
