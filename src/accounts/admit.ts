// The account's last word on who asks: a cached credential is only a hint.
import type { Caller } from "./caller.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { type AccountContext, profileOf } from "./context.ts";

/**
 * Refuses a revoked key, a key of another mode than the account's, and every key of a closed partner, with `credentials`.
 * Faults without a profile: keys are given to partners that their account knows, so it was lost, and what was placed with it.
 */
export function admit(account: AccountContext, caller: Caller): Result<null, Refusal> {
  const profile = profileOf(account);
  const isKnown = profile.mode === caller.mode && !profile.revokedKeys.includes(caller.keyId);
  if (profile.status === "closed") return refuse(refusal("credentials", "The partner's access is closed."));
  return isKnown ? ok(null) : refuse(refusal("credentials", "The key is unknown or was revoked."));
}
