// Which transfers an event of an account makes (`design.md`, "Money"; `docs/ledger.md` shows them as tables). Pure.
import { assert, unreachable } from "../base/assert.ts";
import type { Currency, Minor } from "../base/money.ts";
import type { AccountEvent, RechargeFacts } from "../recharges/events.ts";
import { cashOf, commissionOf, debtOf, floatOf, heldOf, marginOf, rewardsOf, walletOf } from "./chart.ts";

/** One amount from one ledger account to another, of the chart. Unique by (account, event, leg). */
export interface Transfer {
  readonly account: number;
  readonly event: number;
  /** 1, 2 … by what it is, so that a leg keeps its number when another one is zero. */
  readonly leg: number;
  readonly debit: string;
  readonly credit: string;
  /** Above zero. */
  readonly amount: Minor;
  readonly currency: Currency;
}

type Leg = Omit<Transfer, "account" | "event">;

/** The transfers of one event; none where it moves no money. Zero amounts are left out, negative ones are a fault. */
export function transfersOf(account: number, event: AccountEvent): readonly Transfer[] {
  return legsOf(account, event).flatMap((leg) => {
    assert(leg.amount >= 0, "a transfer's amount is not negative");
    return leg.amount === 0 ? [] : [{ account, event: event.number, ...leg }];
  });
}

function legsOf(account: number, event: AccountEvent): readonly Leg[] {
  switch (event.type) {
    case "recharge.placed":
      return holding(account, event.recharge);
    case "recharge.succeeded":
      return posting(heldOf(account, event.recharge.currency), event.recharge);
    case "recharge.failed": {
      const { cost: amount, currency } = event.recharge;
      return [{ leg: 1, debit: heldOf(account, currency), credit: walletOf(account, currency), amount, currency }];
    }
    case "recharge.reversed":
      return posting(walletOf(account, event.recharge.currency), event.recharge).map((leg) => ({
        ...leg,
        debit: leg.credit,
        credit: leg.debit,
      }));
    case "wallet.credited":
      return [single(cashOf(event.movement.currency), walletOf(account, event.movement.currency), event.movement)];
    case "wallet.debited":
      return [single(walletOf(account, event.movement.currency), cashOf(event.movement.currency), event.movement)];
    case "debt.opened":
      return [single(debtOf(account, event.debt.currency), walletOf(account, event.debt.currency), event.debt)];
    case "debt.paid":
      return [single(walletOf(account, event.debt.currency), debtOf(account, event.debt.currency), event.debt)];
    case "reward.cashback_paid":
      return [
        single(rewardsOf(account, event.reward.currency), walletOf(account, event.reward.currency), event.reward),
      ];
    case "reward.cashback_unwound":
      return [
        single(walletOf(account, event.reward.currency), rewardsOf(account, event.reward.currency), event.reward),
      ];
    case "recharge.case_ruled":
      return event.ruling?.takesAgain === true ? holding(account, event.recharge) : [];
    // A case is opened, and a dispute goes, beside the money; what they come to is an event of its own. Points are no money.
    case "recharge.case_opened":
    case "dispute.opened":
    case "dispute.won":
    case "dispute.lost":
    case "reward.points_earned":
    case "reward.points_unwound":
    case "reward.level_reached":
    case "reward.level_unwound":
    case "account.low_balance":
    case "account.webhook_stopped":
      return [];
    default:
      return unreachable(event);
  }
}

function single(debit: string, credit: string, { amount, currency }: Pick<Leg, "amount" | "currency">): Leg {
  return { leg: 1, debit, credit, amount, currency };
}

function holding(account: number, { cost: amount, currency }: RechargeFacts): readonly Leg[] {
  return [{ leg: 1, debit: walletOf(account, currency), credit: heldOf(account, currency), amount, currency }];
}

/** The provider took the face value of its float: the partner paid its cost, we the commission, and the provider gave us its own. */
function posting(from: string, recharge: RechargeFacts): readonly Leg[] {
  const { provider, cost, commission, currency, providerCommission } = recharge;
  const float = floatOf(provider);
  const legs: Leg[] = [
    { leg: 1, debit: from, credit: float, amount: cost, currency },
    { leg: 2, debit: commissionOf(currency), credit: float, amount: commission, currency },
  ];
  if (providerCommission !== null)
    legs.push({ leg: 3, debit: float, credit: marginOf(provider), amount: providerCommission, currency });
  return legs;
}
