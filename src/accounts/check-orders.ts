// Many orders looked over at once, for a file of them: what a quote checks but for the guard, the balance and the day's use.
import { minor } from "../base/money.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { Order } from "../recharges/recharge.ts";
import type { OrderCheck } from "./account.ts";
import type { Caller } from "./caller.ts";
import { admit } from "./admit.ts";
import { checkOrder } from "./check-order.ts";
import { type AccountContext, type AccountNow, accountNow } from "./context.ts";
import { conflictOf } from "./replay.ts";

/** Refuses them all where the caller is not admitted or the partner is suspended; else one answer for each order. Writes nothing. */
export function checkOrders(
  account: AccountContext,
  caller: Caller,
  orders: readonly Order[],
): Result<readonly OrderCheck[], Refusal> {
  const admitted = admit(account, caller);
  if (!admitted.ok) return admitted;
  const now = accountNow(account);
  if (now.profile.status === "suspended" || now.profile.isGoneBack === true)
    return refuse(refusal("suspended", "The partner is suspended: no new recharges."));
  const unspent = { ...now, wallets: now.wallets.map(unlimited) };
  return ok(orders.map((order) => checkOne(account, order, unspent)));
}

/** Whether the wallet covers a whole file is one question about its sum, not one about each row. */
function unlimited(wallet: AccountNow["wallets"][number]): AccountNow["wallets"][number] {
  return { ...wallet, balance: minor(Number.MAX_SAFE_INTEGER), dayUsed: minor(0) };
}

function checkOne(account: AccountContext, order: Order, unspent: AccountNow): OrderCheck {
  const known = account.recharges.findByAgentId(order.agentId);
  if (known !== null) {
    const conflict = conflictOf(order, known);
    return conflict === null ? { kind: "known" } : { kind: "refused", problem: conflict };
  }
  const checked = checkOrder(order, unspent);
  if (!checked.ok) return { kind: "refused", problem: checked.problem };
  const { price, claimNumber } = checked.value;
  return { kind: "good", face: price.face, cost: price.cost, currency: price.currency, claimNumber };
}
