// Builds what the verbs need from the bindings; the only file that reads them.
import type { AccountServices } from "./accounts/context.ts";
import { type CallbackParts, type CallbackRequest, retryCallbacks, takeCallback } from "./accounts/route-callback.ts";
import { systemClock } from "./base/clock.ts";
import { createLog, type Log } from "./base/log.ts";
import { refusal } from "./base/refusal.ts";
import { ok, refuse } from "./base/result.ts";
import { readSettings, type Settings } from "./config.ts";
import { type LedgerDatabase, openD1, openLibsql } from "./ledger/client.ts";
import { createLedgerWriter } from "./ledger/writer.ts";
import { createNumberClaims } from "./numbers/claims.ts";
import type { NumberGuardServices } from "./numbers/number-guard-object.ts";
import { createAuthenticate, newCredentialCache } from "./partners/authenticate.ts";
import { findPartner } from "./partners/profile-change.ts";
import { createRateLimiter, type RateLimiter } from "./partners/rate-limit.ts";
import { createAuthenticateSigned } from "./partners/signed.ts";
import type { ManageParts } from "./partners/manage.ts";
import { createAuthenticateStaff } from "./partners/staff.ts";
import { createThrottle, type Throttle } from "./partners/throttle.ts";
import type { LineParts } from "./providers/line.ts";
import type { CounterName } from "./providers/desk-counters.ts";
import type { Provider, ProviderFacts } from "./providers/provider.ts";
import type { ProviderDeskServices } from "./providers/provider-desk-object.ts";
import { createProviders } from "./providers/registry.ts";
import { readProviderSettings } from "./providers/settings.ts";
import { type RunReport, reconcile } from "./reconciliation/run.ts";
import type { ProviderCalls } from "./recharges/ports.ts";

/** What an isolate keeps of an installation: settings are read once, and a wrong one stops the start. */
interface Installation {
  readonly settings: Settings;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly facts: ReadonlyMap<string, ProviderFacts>;
  readonly database: LedgerDatabase;
  readonly log: Log;
  readonly cache: ReturnType<typeof newCredentialCache>;
  readonly limiter: RateLimiter;
  readonly throttle: Throttle;
}

const installations = new WeakMap<Env, Installation>();

function installationOf(env: Env): Installation {
  const known = installations.get(env);
  if (known !== undefined) return known;
  const bindings: Readonly<Record<string, unknown>> = { ...env };
  const settings = readSettings(bindings);
  const providers = createProviders(readProviderSettings(bindings), (url, init) => fetch(url, init));
  const installation: Installation = {
    settings,
    providers,
    facts: new Map([...providers].map(([id, provider]) => [id, provider.facts])),
    database:
      settings.LEDGER === "d1"
        ? openD1(env.DB)
        : openLibsql({ url: settings.LIBSQL_URL ?? "", token: settings.LIBSQL_TOKEN }),
    log: createLog(systemClock, (line) => console.log(line)),
    cache: newCredentialCache(),
    limiter: createRateLimiter(),
    throttle: createThrottle(),
  };
  installations.set(env, installation);
  return installation;
}

export function lineParts(env: Env): LineParts {
  const { providers, log } = installationOf(env);
  return { providers, clock: systemClock, log };
}

export function accountServices(env: Env, line: ProviderCalls): AccountServices {
  const { settings, facts, database, log } = installationOf(env);
  return {
    clock: systemClock,
    times: settings.TIMES,
    installation: settings.INSTALLATION_CODE,
    providers: facts,
    line,
    claims: createNumberClaims({
      hashSecret: settings.HASH_SECRET,
      shards: settings.GUARD_SHARDS,
      shard: (index) => shardOf(env, index),
    }),
    ledger: createLedgerWriter(database),
    log,
    permits: (provider) => deskOf(env, provider),
    reportOutcomes: (provider, outcomes) => deskOf(env, provider).reportOutcomes(outcomes),
  };
}

export function guardServices(env: Env): NumberGuardServices {
  const { settings } = installationOf(env);
  return {
    clock: systemClock,
    times: settings.TIMES,
    velocityPerDay: settings.VELOCITY_PER_DAY,
    owner: (account) => accountOf(env, account),
  };
}

/** `name` is the object's name: a provider's id, or `installation` for the desk that keeps the leases. */
export function deskServices(env: Env, name: string): ProviderDeskServices {
  const { settings, facts } = installationOf(env);
  const provider = facts.get(name);
  return {
    clock: systemClock,
    provider: provider === undefined ? null : { id: name, lookupsPerDay: provider.safety.lookupsPerDay },
    breaker: { opensAfter: settings.BREAKER_OPENS_AFTER, opensForMs: settings.TIMES.breakerOpensForMs },
    shards: () => Array.from({ length: settings.GUARD_SHARDS }, (_, index) => shardOf(env, index)),
  };
}

/** What surfaces share: what slows callers down, what is counted for staff, and the upstreams' callbacks. */
function sharedServices(env: Env) {
  const { limiter, throttle } = installationOf(env);
  return {
    limiter,
    throttle,
    count: async (name: CounterName, account: number) => deskOf(env, "installation").count(name, account),
    readCounters: async () => deskOf(env, "installation").readCounters(),
    takeCallback: async (request: CallbackRequest) => takeCallback(callbackParts(env), request),
  };
}

/** What the surfaces are given. */
export function surfaceServices(env: Env) {
  const { settings, database, log, cache } = installationOf(env);
  const hashSecret = settings.HASH_SECRET;
  const authenticator = { database, hashSecret, clock: systemClock, cache, cacheMs: settings.TIMES.credentialCacheMs };
  const staff = {
    database,
    hashSecret,
    clock: systemClock,
    bootstrapToken: settings.BOOTSTRAP_STAFF_TOKEN ?? null,
  };
  return {
    clock: systemClock,
    log,
    waitDefaultMs: settings.TIMES.waitDefaultMs,
    waitMaxMs: settings.TIMES.waitMaxMs,
    dialectWaitMs: settings.TIMES.dialectWaitMs,
    unnamedAddress: settings.INSTALLATION === "local" ? "127.0.0.1" : null,
    ratePerMinute: settings.RATE_PER_MINUTE,
    authenticate: createAuthenticate(authenticator),
    authenticateSigned: createAuthenticateSigned({ ...authenticator, signatureMs: settings.TIMES.signatureMs }),
    authenticateStaff: createAuthenticateStaff(staff),
    account: (number: number) => accountOf(env, number),
    database,
    staff,
    statements: { ...callbackParts(env), database },
    manage: manageParts(env),
    ...sharedServices(env),
    reconcileNow: () => reconcileNow(env, true),
    asset: (path: string) => env.ASSETS.fetch(new Request(new URL(path, "http://assets.local"))),
  };
}

/** One run of the scheduled reconciliation (`functions/scheduled.ts`); a run that finds another at work leaves at once. */
export async function reconcileNow(env: Env, isThorough: boolean): Promise<RunReport> {
  const { settings, database, log } = installationOf(env);
  const parts = {
    database,
    hashSecret: settings.HASH_SECRET,
    installation: settings.INSTALLATION,
    clock: systemClock,
    log,
    leases: deskOf(env, "installation"),
    leaseMs: settings.TIMES.leaseMs,
    account: (number: number) => accountOf(env, number),
  };
  const report = await reconcile(parts, isThorough);
  if (report.kind === "done") log.info("callback.retried", await retryCallbacks(callbackParts(env)));
  return report;
}

/** For the verbs of staff. */
function manageParts(env: Env): ManageParts {
  const { settings, facts, database } = installationOf(env);
  return {
    database,
    hashSecret: settings.HASH_SECRET,
    clock: systemClock,
    installation: settings.INSTALLATION,
    account: (number: number) => accountOf(env, number),
    switchProvider: async (provider: string, isOff: boolean) => {
      if (!facts.has(provider)) return refuse(refusal("not_found", "There is no such provider."));
      const pushed = await deskOf(env, provider).setOff(isOff);
      if (!pushed.isComplete)
        throw new Error(`the switch of ${provider} did not reach the shards ${pushed.missed.join(", ")}; say it again`);
      return ok(null);
    },
  };
}

function callbackParts(env: Env): CallbackParts {
  const { settings, facts, database, log } = installationOf(env);
  return {
    providers: facts,
    installation: settings.INSTALLATION_CODE,
    clock: systemClock,
    log,
    account: (number) => accountOf(env, number),
    isPartner: async (account) => (await findPartner(database, account)) !== null,
    desk: (provider) => deskOf(env, provider),
    countUnmatched: async () => deskOf(env, "installation").count("callback_unmatched", 0),
  };
}

function accountOf(env: Env, number: number) {
  return env.ACCOUNT.getByName(`account-${number}`);
}

function shardOf(env: Env, index: number) {
  return env.NUMBER_GUARD.getByName(`shard-${index}`);
}

function deskOf(env: Env, name: string) {
  return env.PROVIDER_DESK.getByName(name);
}
