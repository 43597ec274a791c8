// What those who watch the installation are given: the pulse of each scheduled run, and metrics.
import { systemClock } from "../base/clock.ts";
import { writeExposition } from "../operations/exposition.ts";
import { gatherPulse } from "../operations/gather.ts";
import { keepPulse, readPulse } from "../operations/kept.ts";
import { metricsOf } from "../operations/metrics.ts";
import type { AccountsPulse, Pulse } from "../operations/pulse.ts";
import { installationOf } from "./installation.ts";
import { deskOf } from "./objects.ts";

/** How long an isolate gives the same answer to scrapers, ms. */
const keptMs = 5_000;

const answered = new WeakMap<Env, { readonly at: number; readonly text: Promise<string> }>();

/** For `/metrics`. */
export function metricsService(env: Env) {
  const { settings } = installationOf(env);
  return {
    token: settings.METRICS_TOKEN ?? null,
    read: async (): Promise<string> => {
      const now = systemClock.now();
      const known = answered.get(env);
      if (known !== undefined && now >= known.at && now - known.at < keptMs) return known.text;
      const text = writeMetrics(env, now);
      answered.set(env, { at: now, text });
      text.catch(() => answered.delete(env));
      return text;
    },
  };
}

async function writeMetrics(env: Env, now: number): Promise<string> {
  const pulse = await readPulse(deskOf(env, "installation"));
  return writeExposition(pulse === null ? [] : metricsOf(pulse, now));
}

/** Gathers the pulse after a run and keeps it; null: the run broke off. Never throws: who watches disturbs nobody. */
export async function watchRun(
  env: Env,
  ran: { readonly run: NonNullable<Pulse["run"]>; readonly accounts: AccountsPulse } | null,
  isThorough: boolean,
): Promise<void> {
  const { database, log, facts } = installationOf(env);
  const parts = { database, clock: systemClock, log, providers: facts, desk: (id: string) => deskOf(env, id) };
  try {
    await keepPulse(deskOf(env, "installation"), await gatherPulse(parts, ran, isThorough));
  } catch (fault) {
    log.error("pulse.fault", {}, fault);
  }
}
