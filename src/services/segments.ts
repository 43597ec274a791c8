// What the judging of balance segments is given.
import { systemClock } from "../base/clock.ts";
import { readBalanceOnLine } from "../providers/line.ts";
import type { SegmentParts } from "../reconciliation/segments/gather.ts";
import { installationOf } from "./installation.ts";
import { lineParts } from "./object-services.ts";
import { accountOf, deskOf } from "./objects.ts";

export function segmentParts(env: Env): SegmentParts {
  const { settings, facts, database, log } = installationOf(env);
  return {
    database,
    clock: systemClock,
    log,
    providers: facts,
    times: settings.TIMES,
    leaseMs: settings.TIMES.leaseMs,
    account: (number) => accountOf(env, number),
    desk: (provider) => deskOf(env, provider),
    readBalance: async (provider) => readBalanceOnLine(lineParts(env), provider),
  };
}
