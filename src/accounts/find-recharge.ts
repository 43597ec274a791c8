// Finding a recharge by the name that a partner or staff give it.
import { readRechargeId } from "../base/id.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { RechargeView } from "../recharges/recharge.ts";
import type { RechargeName } from "./account.ts";
import { admit } from "./admit.ts";
import type { Caller } from "./caller.ts";
import type { AccountContext } from "./context.ts";
import { assertKnowsAll } from "./gone-back.ts";
import type { RechargeRecord } from "./records.ts";
import { presentRecharge } from "./views.ts";

/** The recharge as its partner reads it. Refuses one that is not there; an agent id that is not may be placed. */
export async function findRecharge(
  account: AccountContext,
  caller: Caller,
  name: RechargeName,
): Promise<Result<RechargeView, Refusal>> {
  const admitted = admit(account, caller);
  if (!admitted.ok) return admitted;
  // What is being placed at this moment is there, or refused, in a moment.
  if ("agentId" in name) await account.placing.get(name.agentId);
  const found = findNamed(account, name);
  if (found !== null) return ok(presentRecharge(account, found));
  if ("id" in name) return refuse(refusal("not_found", "There is no such recharge."));
  return refuse(
    refusal("not_found", "No recharge has this agent id; placing it is safe.", { retry: "same_reference" }),
  );
}

/** Null where this account has none of that name; a fault where it was set back and cannot know. */
export function findNamed(account: AccountContext, name: RechargeName): RechargeRecord | null {
  const found = findKnown(account, name);
  if (found === null) assertKnowsAll(account.book.readProfile());
  return found;
}

function findKnown(account: AccountContext, name: RechargeName): RechargeRecord | null {
  if ("agentId" in name) return account.recharges.findByAgentId(name.agentId);
  const read = readRechargeId(name.id);
  const isOwn = read !== null && read.accountNumber === account.book.readProfile()?.account;
  return isOwn ? account.recharges.find(read.counter) : null;
}
