// The scheduled run, with what it needs.
import { retryCallbacks } from "../accounts/route-callback.ts";
import { systemClock } from "../base/clock.ts";
import { addAccount, noAccounts } from "../operations/pulse.ts";
import { type ReconciliationParts, reconcile, type RunReport, type SeenAccount } from "../reconciliation/run.ts";
import { judgeDueSegments } from "../reconciliation/segments/judge-segments.ts";
import { callbackParts } from "./callbacks.ts";
import { floatParts } from "./floats.ts";
import { installationOf } from "./installation.ts";
import { accountOf, deskOf, webhookDeskOf } from "./objects.ts";
import { watchRun } from "./operations.ts";
import { segmentParts } from "./segments.ts";

/**
 * One run of the scheduled reconciliation (`functions/scheduled.ts`); a run that finds another at work leaves at once. Whoever
 * watches is told last, so that nothing waits for it, and of a run that broke off, too.
 */
export async function reconcileNow(env: Env, isThorough: boolean): Promise<RunReport> {
  const { log } = installationOf(env);
  let accounts = noAccounts;
  let run: RunReport | null = null;
  const seen = (account: SeenAccount): void => {
    accounts = addAccount(accounts, account);
  };
  try {
    run = await reconcile({ ...reconciliationParts(env), seen }, isThorough);
    if (run.kind !== "done") return run;
    log.info("callback.retried", await retryCallbacks(callbackParts(env)));
    await judgeDueSegments(segmentParts(env), isThorough);
    return run;
  } finally {
    if (run?.kind !== "kept_apart") await watchRun(env, run === null ? null : { run, accounts }, isThorough);
  }
}

function reconciliationParts(env: Env): Omit<ReconciliationParts, "seen"> {
  const { settings, database, log } = installationOf(env);
  return {
    database,
    hashSecret: settings.HASH_SECRET,
    installation: settings.INSTALLATION,
    clock: systemClock,
    log,
    leases: deskOf(env, "installation"),
    leaseMs: settings.TIMES.leaseMs,
    account: (number: number) => accountOf(env, number),
    floats: floatParts(env),
    webhookDesk: (account: number) => webhookDeskOf(env, account),
  };
}
