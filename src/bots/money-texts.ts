// Wallets and the day's sums as text.
import { type RechargeState, rechargeStates, type WalletView } from "../recharges/recharge.ts";
import type { DayTotals } from "./dialogue-types.ts";
import type { Speech } from "./speak.ts";
import { linesOf } from "./turn.ts";

export function balanceText(speech: Speech, wallets: readonly WalletView[]): string {
  return linesOf(
    wallets.map(({ currency, balance, held, debt }) =>
      [
        speech.text("say.balance", { balance: speech.money(balance, currency) }),
        ...(held > 0 ? [speech.text("say.held", { held: speech.money(held, currency) })] : []),
        ...(debt > 0 ? [speech.text("say.debt", { debt: speech.money(debt, currency) })] : []),
      ].join(" · "),
    ),
  );
}

/** Today's recharges by state, and what is in the wallet now. */
export function todayText(speech: Speech, totals: readonly DayTotals[]): string {
  return linesOf(
    totals.flatMap(({ currency, states, balance, held }) => {
      const counted = rechargeStates.filter((state) => states[state].count > 0);
      const line = (state: RechargeState) =>
        speech.text("say.todayLine", {
          state: speech.text(`state.${state}`),
          count: speech.count(states[state].count),
          face: speech.money(states[state].face, currency),
          cost: speech.money(states[state].cost, currency),
        });
      return [
        speech.text("say.today", { currency }),
        ...(counted.length === 0 ? [speech.text("say.todayNone")] : counted.map(line)),
        speech.text("say.balance", { balance: speech.money(balance, currency) }),
        ...(held > 0 ? [speech.text("say.held", { held: speech.money(held, currency) })] : []),
      ];
    }),
  );
}
