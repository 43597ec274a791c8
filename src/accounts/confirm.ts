// What the account says to the guard about a claim in its name: only a claim that is confirmed counts.
import type { ClaimConfirmation } from "../recharges/ports.ts";
import type { AccountContext } from "./context.ts";
import { presentEarlier } from "./views.ts";

/** In progress, pending, or succeeded less than the repeat window ago: the claim holds. A failed one frees the number at once. */
export function confirmClaim(account: AccountContext, agentId: string): ClaimConfirmation {
  const recharge = account.recharges.findByAgentId(agentId);
  if (recharge === null) {
    // What an account that was set back does not know may have been placed.
    const holds = account.placing.has(agentId) || account.book.readProfile()?.isGoneBack === true;
    return { holds, earlier: null, blocksUntil: null };
  }
  const earlier = presentEarlier(account, recharge);
  if (recharge.state === "pending") return { holds: true, earlier, blocksUntil: null };
  const blocksUntil = recharge.updatedAt + account.services.times.repeatWindowMs;
  const holds = recharge.state === "succeeded" && account.services.clock.now() < blocksUntil;
  return { holds, earlier, blocksUntil };
}
