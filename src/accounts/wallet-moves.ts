// What each money move does to a wallet: pure arithmetic in minor units, in one place, tested by properties.
import { assert } from "../base/assert.ts";
import { add, type Minor, minor, subtract } from "../base/money.ts";
import { dayOf } from "../recharges/day.ts";
import type { WalletRecord } from "./book-store.ts";

interface Priced {
  readonly face: Minor;
  readonly cost: Minor;
  /** Day on which the recharge counts towards the limit. */
  readonly day: number;
}

/** Face value used of today's limit; another day's use is gone. */
export function usedOn(wallet: WalletRecord, day: number): Minor {
  return wallet.day === day ? wallet.dayUsed : minor(0);
}

/** Sets the cost aside. The caller has checked that the balance covers it. */
export function hold(wallet: WalletRecord, recharge: Priced, now: number): WalletRecord {
  assert(wallet.balance >= recharge.cost, "a hold is covered");
  assert(recharge.day === dayOf(wallet.currency, now), "a recharge counts on the day of its creation");
  return {
    ...wallet,
    balance: subtract(wallet.balance, recharge.cost),
    held: add(wallet.held, recharge.cost),
    day: recharge.day,
    dayUsed: add(usedOn(wallet, recharge.day), recharge.face),
  };
}

/** Spends the hold. */
export function post(wallet: WalletRecord, recharge: Priced): WalletRecord {
  return { ...wallet, held: subtract(wallet.held, recharge.cost) };
}

/** Gives the hold back whole: a void never pays debt. */
export function voidHold(wallet: WalletRecord, recharge: Priced): WalletRecord {
  return giveDayBack(
    { ...wallet, held: subtract(wallet.held, recharge.cost), balance: add(wallet.balance, recharge.cost) },
    recharge,
  );
}

/** Gives back what was posted; debt is paid first. `debtPaid` is the part that the debt took. */
export function reverse(wallet: WalletRecord, recharge: Priced): { wallet: WalletRecord; debtPaid: Minor } {
  const paid = payIn(wallet, recharge.cost);
  return { wallet: giveDayBack(paid.wallet, recharge), debtPaid: paid.debtPaid };
}

/** Adds money; debt is paid first. */
export function payIn(wallet: WalletRecord, amount: Minor): { wallet: WalletRecord; debtPaid: Minor } {
  const debtPaid = minor(Math.min(amount, wallet.debt));
  return {
    wallet: {
      ...wallet,
      debt: subtract(wallet.debt, debtPaid),
      balance: add(wallet.balance, subtract(amount, debtPaid)),
    },
    debtPaid,
  };
}

/** Takes money out; null when the balance does not cover it. */
export function payOut(wallet: WalletRecord, amount: Minor): WalletRecord | null {
  return wallet.balance < amount ? null : { ...wallet, balance: subtract(wallet.balance, amount) };
}

/** Takes back what was given, the whole of it: what is not there is lent first, as debt. `between` is the wallet once it was lent. */
export function takeBack(
  wallet: WalletRecord,
  amount: Minor,
): { wallet: WalletRecord; lent: Minor; between: WalletRecord } {
  const lent = minor(Math.max(amount - wallet.balance, 0));
  const between = { ...wallet, balance: add(wallet.balance, lent), debt: add(wallet.debt, lent) };
  return { wallet: { ...between, balance: subtract(between.balance, amount) }, lent, between };
}

/** Sets aside again what was given back, the whole of it; what is not there is lent first. It counts on its own day. */
export function holdAgain(
  wallet: WalletRecord,
  recharge: Priced,
): { wallet: WalletRecord; lent: Minor; between: WalletRecord } {
  const taken = takeBack(wallet, recharge.cost);
  const isItsDay = wallet.day === recharge.day;
  const dayUsed = isItsDay ? add(wallet.dayUsed, recharge.face) : wallet.dayUsed;
  return { ...taken, wallet: { ...taken.wallet, held: add(taken.wallet.held, recharge.cost), dayUsed } };
}

function giveDayBack(wallet: WalletRecord, { day, face }: Priced): WalletRecord {
  return wallet.day === day ? { ...wallet, dayUsed: subtract(wallet.dayUsed, face) } : wallet;
}
