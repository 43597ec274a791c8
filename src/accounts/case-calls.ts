// What a surface may ask of an account about evidence, rulings and disputes, and how the account answers.
import type { DisputeAnswer } from "./case-types.ts";
import type { Caller } from "./caller.ts";
import type { DisputeWanted, EvidenceView, RulingConfirmed, RulingView, RulingWanted } from "./case-types.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { admit } from "./admit.ts";
import type { AccountContext } from "./context.ts";
import { openDispute } from "./dispute.ts";
import { presentDispute, readEvidence } from "./evidence-view.ts";
import type { RechargeRecord } from "./records.ts";
import { confirmRuling, proposeRuling } from "./rule.ts";

const unknown = refusal("not_found", "There is no such recharge.");

/** What staff asked about a recharge, which is null where the account has none of that id. */
export function answerStaff(
  account: AccountContext,
  recharge: RechargeRecord | null,
  asked: { readonly propose: RulingWanted } | { readonly confirm: RulingConfirmed },
): Result<RulingView, Refusal> {
  if (recharge === null) return refuse(unknown);
  const answer =
    "propose" in asked
      ? proposeRuling(account, recharge, asked.propose)
      : confirmRuling(account, recharge, asked.confirm);
  account.wake();
  return answer;
}

/** The evidence of its own recharge, to a caller that is let in. */
export function answerEvidence(
  account: AccountContext,
  caller: Caller,
  recharge: RechargeRecord | null,
): Result<EvidenceView, Refusal> {
  const admitted = admit(account, caller);
  if (!admitted.ok) return admitted;
  return recharge === null ? refuse(unknown) : ok(readEvidence(account, recharge));
}

/** A dispute about its own recharge, by a caller that is let in. */
export function answerDispute(
  account: AccountContext,
  caller: Caller,
  recharge: RechargeRecord | null,
  wanted: DisputeWanted,
): Result<DisputeAnswer, Refusal> {
  const admitted = admit(account, caller);
  if (!admitted.ok) return admitted;
  if (recharge === null) return refuse(unknown);
  const opened = openDispute(account, recharge, wanted);
  account.wake();
  if (!opened.ok) return opened;
  const { dispute, isReplay } = opened.value;
  return ok({ dispute: presentDispute(account, dispute), isReplay });
}
