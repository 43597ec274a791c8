// The cron triggers: one run of the reconciliation each minute, a thorough one with the hour.
import { sweepBulkRuns } from "../src/services/bulk.ts";
import { reconcileNow } from "../src/services/scheduled.ts";

export async function scheduled(event: ScheduledController, env: Env): Promise<void> {
  const isThorough = new Date(event.scheduledTime).getUTCMinutes() === 0;
  await Promise.all([reconcileNow(env, isThorough), sweepBulkRuns(env)]);
}
