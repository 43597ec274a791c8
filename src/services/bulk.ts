// What the bulk object, and the verbs about partners' files of recharges, are given.
import { systemClock } from "../base/clock.ts";
import { type BulkParts, sweepBulks } from "../bulk/manage.ts";
import type { BulkServices } from "../bulk/run.ts";
import { archiveOf } from "./archive.ts";
import { installationOf } from "./installation.ts";
import { accountOf, bulkOf } from "./objects.ts";

export function bulkServices(env: Env): BulkServices {
  const { settings, log } = installationOf(env);
  return {
    clock: systemClock,
    log,
    times: settings.TIMES,
    archive: archiveOf(env),
    account: (number) => accountOf(env, number),
  };
}

export function bulkParts(env: Env): BulkParts {
  const { settings, database, log } = installationOf(env);
  return {
    database,
    clock: systemClock,
    log,
    perMinute: settings.BULK_PER_MINUTE,
    bulk: (account) => bulkOf(env, account),
  };
}

/** Wakes the runs whose alarm was lost (`functions/scheduled.ts`). */
export async function sweepBulkRuns(env: Env): Promise<void> {
  await sweepBulks(bulkParts(env));
}
