// Giving and taking back what a recharge earns, in the same write as the recharge's own money (`docs/rewards.md`).
import { assert } from "../base/assert.ts";
import { rechargeIdOf } from "../base/id.ts";
import { add, type Minor, minor, subtract } from "../base/money.ts";
import type { Cashback } from "../recharges/reward.ts";
import { type PointsChange, rewardOf, unwindPoints } from "../rewards/reward.ts";
import type { NewEvent, WalletRecord } from "./book-store.ts";
import { type AccountContext, profileOf } from "./context.ts";
import type { RechargeRecord } from "./records.ts";
import { presentWallet } from "./views.ts";
import { payIn, takeBack } from "./wallet-moves.ts";

/** Gives what the programme of now has for a recharge that succeeded just now. Where it is off, nothing is read or written. */
export function giveReward(account: AccountContext, recharge: RechargeRecord): void {
  const programme = profileOf(account).rewards;
  if (programme === undefined) return;
  const standing = { totalHundredths: account.rewards.readTotal(), given: account.rewards.readGiven() };
  const reward = rewardOf(programme, standing, recharge, recharge.createdAt);
  account.rewards.insert(recharge.counter, recharge.currency, reward);
  keepPoints(account, recharge, reward, { moved: "reward.points_earned", level: "reward.level_reached" });
  if (reward.cashback !== null) payCashback(account, recharge, reward.cashback);
}

/** Takes back what a recharge was given that is reversed just now, whatever the programme says today. */
export function unwindReward(account: AccountContext, recharge: RechargeRecord): void {
  const given = account.rewards.find(recharge.counter);
  if (given === null) return;
  account.rewards.remove(recharge.counter);
  const programme = profileOf(account).rewards ?? null;
  const change = unwindPoints(programme, account.rewards.readTotal(), given.pointsHundredths);
  keepPoints(account, recharge, change, { moved: "reward.points_unwound", level: "reward.level_unwound" });
  if (given.cashback !== null) takeCashback(account, recharge, given.cashback);
}

function keepPoints(
  account: AccountContext,
  recharge: RechargeRecord,
  { pointsHundredths, totalHundredths, level, hasLevelChanged }: PointsChange,
  types: {
    readonly moved: "reward.points_earned" | "reward.points_unwound";
    readonly level: "reward.level_reached" | "reward.level_unwound";
  },
): void {
  if (pointsHundredths === 0) return;
  const wallet = walletOf(account, recharge);
  const rechargeId = idOf(account, recharge);
  account.rewards.writeTotal(totalHundredths);
  tell(account, recharge, wallet, { type: types.moved, reward: { rechargeId, pointsHundredths, totalHundredths } });
  if (hasLevelChanged) tell(account, recharge, wallet, { type: types.level, reward: { rechargeId, level } });
}

/** Cashback is a credit: debt is paid first. */
function payCashback(account: AccountContext, recharge: RechargeRecord, cashback: Cashback): void {
  const { amount, currency } = cashback;
  const before = walletOf(account, recharge);
  const { wallet, debtPaid } = payIn(before, amount);
  const rechargeId = idOf(account, recharge);
  noteGiven(account, cashback.offer, amount);
  account.book.writeWallet(wallet);
  const between = { ...before, balance: add(before.balance, amount) };
  tell(account, recharge, between, { type: "reward.cashback_paid", reward: { rechargeId, ...cashback } });
  if (debtPaid > 0)
    tell(account, recharge, wallet, { type: "debt.paid", debt: { amount: debtPaid, currency, rechargeId } });
}

/** What the wallet does not have is lent to it first, as debt: a wallet is never negative. */
function takeCashback(account: AccountContext, recharge: RechargeRecord, cashback: Cashback): void {
  const { amount, currency } = cashback;
  const { lent, between, wallet } = takeBack(walletOf(account, recharge), amount);
  const rechargeId = idOf(account, recharge);
  noteGiven(account, cashback.offer, subtract(minor(0), amount));
  account.book.writeWallet(wallet);
  if (lent > 0) tell(account, recharge, between, { type: "debt.opened", debt: { amount: lent, currency, rechargeId } });
  tell(account, recharge, wallet, { type: "reward.cashback_unwound", reward: { rechargeId, ...cashback } });
}

function noteGiven(account: AccountContext, offer: string, change: Minor): void {
  account.rewards.writeGiven(offer, add(account.rewards.readGiven().get(offer) ?? minor(0), change));
}

function walletOf(account: AccountContext, { currency }: RechargeRecord): WalletRecord {
  const wallet = account.book.findWallet(currency);
  assert(wallet !== null, "a recharge has a wallet");
  return wallet;
}

function idOf(account: AccountContext, { counter }: RechargeRecord): string {
  return rechargeIdOf(profileOf(account).account, counter);
}

/** An event without what all of them share; the members of the union stay apart. */
type Told<Event = NewEvent> = Event extends unknown ? Omit<Event, "at" | "wallet"> : never;

function tell(account: AccountContext, recharge: RechargeRecord, wallet: WalletRecord, told: Told): void {
  account.book.appendEvent({ ...told, at: recharge.updatedAt, wallet: presentWallet(wallet) });
}
