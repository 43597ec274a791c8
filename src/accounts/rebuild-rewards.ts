// Rewards as the ledger's events tell of them, written again into an account that lost them. Called inside a write.
import { add, minor, subtract } from "../base/money.ts";
import type { AccountEvent } from "../recharges/events.ts";
import type { RewardView } from "../recharges/reward.ts";
import { levelOf } from "../rewards/points.ts";
import { type AccountContext, profileOf } from "./context.ts";
import { counterOf } from "./rebuild-recharge.ts";

const nothing: RewardView = { pointsHundredths: 0, level: null, cashback: null };

export function rebuildReward(
  account: AccountContext,
  event: Extract<AccountEvent, { readonly reward: unknown }>,
): void {
  const counter = counterOf(account, event.reward.rechargeId);
  switch (event.type) {
    case "reward.points_earned":
    case "reward.points_unwound": {
      const { pointsHundredths, totalHundredths } = event.reward;
      account.rewards.writeTotal(totalHundredths);
      const isEarned = event.type === "reward.points_earned";
      const level = levelOf(profileOf(account).rewards?.levels ?? [], totalHundredths);
      return isEarned ? keep(account, counter, event, { pointsHundredths, level }) : drop(account, counter);
    }
    case "reward.level_reached":
      return keep(account, counter, event, { level: event.reward.level });
    case "reward.level_unwound":
      return undefined;
    case "reward.cashback_paid":
    case "reward.cashback_unwound": {
      const { offer, amount, currency } = event.reward;
      const isPaid = event.type === "reward.cashback_paid";
      const given = account.rewards.readGiven().get(offer) ?? minor(0);
      account.rewards.writeGiven(offer, isPaid ? add(given, amount) : subtract(given, amount));
      return isPaid ? keep(account, counter, event, { cashback: { offer, amount, currency } }) : drop(account, counter);
    }
  }
}

function keep(account: AccountContext, counter: number, { wallet }: AccountEvent, more: Partial<RewardView>): void {
  const known = account.rewards.find(counter);
  if (known !== null) account.rewards.remove(counter);
  account.rewards.insert(counter, wallet.currency, { ...nothing, ...known, ...more });
}

function drop(account: AccountContext, counter: number): void {
  if (account.rewards.find(counter) !== null) account.rewards.remove(counter);
}
