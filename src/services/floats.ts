// What the comparison of floats, and the verbs of staff about them, are given.
import { systemClock } from "../base/clock.ts";
import { readBalanceOnLine } from "../providers/line.ts";
import type { FloatParts } from "../reconciliation/compare-floats.ts";
import { installationOf } from "./installation.ts";
import { lineParts } from "./object-services.ts";
import { deskOf } from "./objects.ts";

export function floatParts(env: Env): FloatParts {
  const { facts, log } = installationOf(env);
  return {
    providers: facts,
    clock: systemClock,
    log,
    desk: (provider) => deskOf(env, provider),
    readBalance: async (provider) => readBalanceOnLine(lineParts(env), provider),
    readSegments: async (provider) => deskOf(env, provider).readSegments(),
    countDifference: async () => deskOf(env, "installation").count("float_differs", 0),
  };
}
