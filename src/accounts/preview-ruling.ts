// What a ruling would do, in figures: it is made and taken back in one turn, so that the preview cannot differ from the ruling.
import { assert } from "../base/assert.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { WalletView } from "../recharges/recharge.ts";
import type { RulingEffect, RulingImagined } from "./case-types.ts";
import type { AccountContext } from "./context.ts";
import { ourReference } from "./evidence-view.ts";
import type { RechargeRecord } from "./records.ts";
import { refuseRuling, rule, succeededBy } from "./rule.ts";
import { presentWallet } from "./views.ts";

const nobody = "nobody";

class TakenBack extends Error {}

/**
 * What would come of this ruling, were it confirmed now; nothing of it stays. Refuses what `proposeRuling` refuses.
 * `recharge` is null where the account has none of that id.
 */
export function previewRuling(
  account: AccountContext,
  recharge: RechargeRecord | null,
  imagined: RulingImagined,
): Result<RulingEffect, Refusal> {
  if (recharge === null) return refuse(refusal("not_found", "There is no such recharge."));
  const refused = refuseRuling(account, recharge, imagined.seen);
  if (refused !== null) return refuse(refused);
  const succeeded = succeededBy(account, recharge, imagined);
  if (!succeeded.ok) return succeeded;
  const before = walletOf(account, recharge);
  const after = ruleAndTakeBack(account, recharge, { ...imagined, succeeded: succeeded.value });
  return ok({
    word: imagined.word,
    succeeded: succeeded.value.map((counter) => ourReference(account, counter)),
    state: { before: recharge.state, after: after.state },
    wallet: { before, after: after.wallet },
    caseAfter: after.openCase,
    dispute: after.dispute,
  });
}

function ruleAndTakeBack(
  account: AccountContext,
  recharge: RechargeRecord,
  imagined: Omit<RulingImagined, "succeeded"> & { readonly succeeded: readonly number[] },
) {
  const at = account.services.clock.now();
  const number = account.cases.readRulings(recharge.counter).length + 1;
  const proposal = { ...imagined, recharge: recharge.counter, number, reason: "", proposedBy: nobody, proposedAt: at };
  const disputed = account.cases.findOpenDispute(recharge.counter);
  const seen: ReturnType<typeof standingOf>[] = [];
  try {
    account.atomically(() => {
      rule(account, recharge, { ...proposal, confirmedBy: nobody, confirmedAt: at }, { staff: nobody, at });
      seen.push(standingOf(account, recharge, disputed?.number ?? null));
      throw new TakenBack("a preview leaves nothing");
    });
  } catch (thrown) {
    if (!(thrown instanceof TakenBack)) throw thrown;
  }
  const [after] = seen;
  assert(after !== undefined, "a ruling that was taken back was made");
  return after;
}

function standingOf(account: AccountContext, recharge: RechargeRecord, disputed: number | null) {
  const ruled = account.recharges.find(recharge.counter);
  assert(ruled !== null, "a recharge that was ruled is there");
  const dispute = account.cases.readDisputes(recharge.counter).find(({ number }) => number === disputed);
  return {
    state: ruled.state,
    wallet: walletOf(account, recharge),
    openCase: account.book.findOpenCase(recharge.counter)?.kind ?? null,
    dispute: dispute?.state ?? null,
  };
}

function walletOf(account: AccountContext, { currency }: RechargeRecord): WalletView {
  const wallet = account.book.findWallet(currency);
  assert(wallet !== null, "a recharge has a wallet");
  return presentWallet(wallet);
}
