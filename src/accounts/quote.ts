// A quote: everything but the claim and the send, on the partner's own claims only.
import type { Refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { PlaceRequest, Quote } from "./account.ts";
import { admit } from "./admit.ts";
import { balanceAfter, checkOrder } from "./check-order.ts";
import { claimOf, findRepeated, readClaim, refuseOwnPending } from "./claim.ts";
import { type AccountContext, accountNow } from "./context.ts";
import { conflictOf } from "./replay.ts";

/** What the order would cost and leave, in minor units, or the refusal that placing it now would meet. Writes nothing. */
export async function quoteRecharge(
  account: AccountContext,
  { caller, order }: Omit<PlaceRequest, "waitMs">,
): Promise<Result<Quote, Refusal>> {
  const admitted = admit(account, caller);
  if (!admitted.ok) return admitted;
  const known = account.recharges.findByAgentId(order.agentId);
  const conflict = known === null ? null : conflictOf(order, known);
  if (conflict !== null) return refuse(conflict);
  const checked = checkOrder(order, accountNow(account));
  if (!checked.ok) return checked;
  const repeated = findRepeated(account, order, checked.value);
  if (!repeated.ok) return repeated;
  const own = known === null ? refuseOwnPending(account, checked.value) : null;
  if (own !== null) return refuse(own);
  const answer = await account.services.claims.peek(claimOf(account, order, checked.value, repeated.value));
  const usable = readClaim(account, answer, order, checked.value);
  if (!usable.ok) return usable;
  const { price, product, number, wallet } = checked.value;
  return ok({ ...price, product: product.id, number, balanceAfter: balanceAfter(wallet, price) });
}
