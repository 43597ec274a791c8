// What those who watch the installation are given: the pulse of each scheduled run, and metrics.
import { systemClock } from "../base/clock.ts";
import type { CopyParts } from "../operations/copies.ts";
import { writeExposition } from "../operations/exposition.ts";
import { gatherPulse } from "../operations/gather.ts";
import { keepPulse, readPulse } from "../operations/kept.ts";
import { metricsOf } from "../operations/metrics.ts";
import type { AccountsPulse, Pulse } from "../operations/pulse.ts";
import { readAlerts, testChannels, watchPulse, type WatchParts } from "../operations/watch.ts";
import { type AlertSettings, readAlertSettings } from "./alert-settings.ts";
import { installationOf } from "./installation.ts";
import { accountOf, deskOf } from "./objects.ts";

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
    const pulse = await gatherPulse(parts, ran, isThorough);
    await keepPulse(deskOf(env, "installation"), pulse);
    await watchPulse(watchParts(env), pulse);
  } catch (fault) {
    log.error("pulse.fault", {}, fault);
  }
}

/** For `/admin/v1/alerts`. */
export function alertService(env: Env) {
  // A wrong setting stops the start, and is not found out when something has gone wrong.
  alertSettingsOf(env);
  return {
    read: async () => readAlerts(deskOf(env, "installation")),
    test: async () => testChannels(watchParts(env)),
  };
}

function watchParts(env: Env): WatchParts {
  const { settings, log } = installationOf(env);
  const { channels, againAfterMs, overAfterMs, ...limits } = alertSettingsOf(env);
  const desk = deskOf(env, "installation");
  return {
    clock: systemClock,
    log,
    fetch: async (url, init) => fetch(url, init),
    notes: desk,
    leases: desk,
    leaseMs: settings.TIMES.leaseMs,
    limits,
    times: { againAfterMs, overAfterMs },
    channels,
  };
}

const alertSettings = new WeakMap<Env, AlertSettings>();

/** Read once for the bindings of an isolate. */
function alertSettingsOf(env: Env): AlertSettings {
  const known = alertSettings.get(env) ?? readAlertSettings({ ...env }, installationOf(env).settings.INSTALLATION);
  alertSettings.set(env, known);
  return known;
}

export function copyParts(env: Env): CopyParts {
  const { settings, database } = installationOf(env);
  const mayReturn = settings.INSTALLATION === "local" || settings.ALLOW_RETURN === "yes";
  return { database, clock: systemClock, account: (number) => accountOf(env, number), mayReturn };
}
