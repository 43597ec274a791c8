// What the account says to the guard about a claim in its name: only a claim that is confirmed counts.
import type { ClaimConfirmation } from "../recharges/ports.ts";
import type { AccountContext } from "./context.ts";
import { presentEarlier } from "./views.ts";

/** In progress, pending, or succeeded less than the repeat window ago: the claim holds. A failed one frees the number at once. */
export function confirmClaim(account: AccountContext, agentId: string): ClaimConfirmation {
  const recharge = account.recharges.findByAgentId(agentId);
  if (recharge === null) return confirmUnknown(account, agentId);
  const earlier = presentEarlier(account, recharge);
  if (recharge.state === "pending") return { holds: true, earlier, blocksUntil: null };
  const blocksUntil = recharge.updatedAt + account.services.times.repeatWindowMs;
  const holds = recharge.state === "succeeded" && account.services.clock.now() < blocksUntil;
  return { holds, earlier, blocksUntil };
}

/**
 * What an account that was lost or set back does not know may have been placed; once it was put right, less than the window
 * ago. One without a profile was lost: it has claimed something.
 */
function confirmUnknown(account: AccountContext, agentId: string): ClaimConfirmation {
  const profile = account.book.readProfile();
  const knowsAll = profile !== null && profile.isGoneBack !== true;
  if (!knowsAll || account.placing.has(agentId)) return { holds: true, earlier: null, blocksUntil: null };
  const restoredAt = account.book.readRestoredAt();
  const blocksUntil = restoredAt === null ? 0 : restoredAt + account.services.times.repeatWindowMs;
  const holds = account.services.clock.now() < blocksUntil;
  return { holds, earlier: null, blocksUntil: holds ? blocksUntil : null };
}
