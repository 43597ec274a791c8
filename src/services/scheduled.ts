// The scheduled run, with what it needs.
import { retryCallbacks } from "../accounts/route-callback.ts";
import { systemClock } from "../base/clock.ts";
import { addAccount, noAccounts } from "../operations/pulse.ts";
import { type ReconciliationParts, reconcile, type RunReport, type SeenAccount } from "../reconciliation/run.ts";
import { type RunKeeper, runKeeper } from "../reconciliation/kept-runs.ts";
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
export async function reconcileNow(env: Env, isThorough: boolean, askedBy: string | null = null): Promise<RunReport> {
  const { log } = installationOf(env);
  let accounts = noAccounts;
  let run: RunReport | null = null;
  const keeper = runKeeper(deskOf(env, "installation"), systemClock, { isThorough, askedBy });
  const seen = (account: SeenAccount): void => {
    accounts = addAccount(accounts, account);
  };
  try {
    run = await reconcile({ ...reconciliationParts(env), seen, progress: keeper.progress }, isThorough);
    if (run.kind !== "done") return run;
    log.info("callback.retried", await retryCallbacks(callbackParts(env)));
    await judgeDueSegments(segmentParts(env), isThorough);
    return run;
  } finally {
    await keepEnd(env, keeper, run);
    if (run?.kind !== "kept_apart") await watchRun(env, run === null ? null : { run, accounts }, isThorough);
  }
}

/** What a run came to is said by its answer too: a list that cannot be kept now hides neither that nor a fault. */
async function keepEnd(env: Env, keeper: RunKeeper, run: RunReport | null): Promise<void> {
  try {
    await keeper.end(run?.kind === "done" ? run : null);
  } catch (fault) {
    installationOf(env).log.error("runs.fault", {}, fault);
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
