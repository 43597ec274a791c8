// The scheduled run, with what it needs.
import { retryCallbacks } from "../accounts/route-callback.ts";
import { systemClock } from "../base/clock.ts";
import { addAccount, noAccounts } from "../operations/pulse.ts";
import { type RunReport, type SeenAccount, reconcile } from "../reconciliation/run.ts";
import { judgeDueSegments } from "../reconciliation/segments/judge-segments.ts";
import { callbackParts } from "./callbacks.ts";
import { floatParts } from "./floats.ts";
import { installationOf } from "./installation.ts";
import { accountOf, deskOf, webhookDeskOf } from "./objects.ts";
import { watchRun } from "./operations.ts";
import { segmentParts } from "./segments.ts";

/** One run of the scheduled reconciliation (`functions/scheduled.ts`); a run that finds another at work leaves at once. */
export async function reconcileNow(env: Env, isThorough: boolean): Promise<RunReport> {
  const { log } = installationOf(env);
  const report = await reconcileAndWatch(env, isThorough);
  if (report.kind !== "done") return report;
  log.info("callback.retried", await retryCallbacks(callbackParts(env)));
  await judgeDueSegments(segmentParts(env), isThorough);
  return report;
}

/** Whoever watches is told of a run that broke off, too. */
async function reconcileAndWatch(env: Env, isThorough: boolean): Promise<RunReport> {
  const { settings, database, log } = installationOf(env);
  let accounts = noAccounts;
  const parts = {
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
    seen: (account: SeenAccount) => {
      accounts = addAccount(accounts, account);
    },
  };
  try {
    const report = await reconcile(parts, isThorough);
    if (report.kind === "done") await watchRun(env, { run: report, accounts }, isThorough);
    return report;
  } catch (fault) {
    await watchRun(env, null, isThorough);
    throw fault;
  }
}
