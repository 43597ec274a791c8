// What the surfaces are given.
import type { TestParts } from "../accounts/test-recharge.ts";
import { type CallbackRequest, takeCallback } from "../accounts/route-callback.ts";
import { systemClock } from "../base/clock.ts";
import { refusal } from "../base/refusal.ts";
import { ok, refuse } from "../base/result.ts";
import type { Settings } from "../config.ts";
import { createFindByAccess, type FindByAccess } from "../partners/access.ts";
import { createAuthenticate } from "../partners/authenticate.ts";
import type { ManageParts } from "../partners/manage.ts";
import { createAuthenticateSigned } from "../partners/signed.ts";
import { createAuthenticateStaff } from "../partners/staff.ts";
import type { CounterName } from "../providers/desk-counters.ts";
import { bulkParts } from "./bulk.ts";
import { callbackParts } from "./callbacks.ts";
import { botServices } from "./chats.ts";
import { floatParts } from "./floats.ts";
import { installationOf } from "./installation.ts";
import { accountOf, deskOf } from "./objects.ts";
import { readRuns } from "../reconciliation/kept-runs.ts";
import { alertService, copyParts, metricsService } from "./operations.ts";
import { reconcileNow } from "./scheduled.ts";
import { webhookParts } from "./webhooks.ts";
import { listProviders, numberSettings, staffRulesParts } from "./staff-rules.ts";
import { segmentParts } from "./segments.ts";

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
    findByAccess: findByAccessOf(settings),
    bulk: bulkParts(env),
    segments: segmentParts(env),
    statements: { ...callbackParts(env), database },
    manage: manageParts(env),
    webhooks: webhookParts(env),
    staffRules: staffRulesParts(env),
    tests: testParts(env),
    numberSettings: numberSettings(env),
    listProviders: async () => listProviders(env),
    ...sharedServices(env),
    ...botServices(env),
    chatCodeMs: settings.TIMES.chatCodeMs,
    floats: { ...floatParts(env), database },
    metrics: metricsService(env),
    alerts: alertService(env),
    reconcileNow: (askedBy?: string) => reconcileNow(env, true, askedBy ?? null),
    readRuns: () => readRuns(deskOf(env, "installation")),
    copies: copyParts(env),
    asset: (path: string) => env.ASSETS.fetch(new Request(new URL(path, "http://assets.local"))),
  };
}

function findByAccessOf({
  ACCESS_TEAM: team,
  ACCESS_AUDIENCE: audience,
  ACCESS_ROLES: roles,
}: Settings): FindByAccess | null {
  if (team === undefined || audience === undefined || roles === undefined) return null;
  return createFindByAccess({ team, audience, roles: new Map(Object.entries(roles)) });
}

function testParts(env: Env): TestParts {
  const { facts, database } = installationOf(env);
  const account = (number: number) => accountOf(env, number);
  return { database, clock: systemClock, manage: manageParts(env), providers: facts, account };
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
      const { isOff: wasOff } = await deskOf(env, provider).readDesk();
      const pushed = await deskOf(env, provider).setOff(isOff);
      if (!pushed.isComplete)
        throw new Error(`the switch of ${provider} did not reach the shards ${pushed.missed.join(", ")}; say it again`);
      return ok({ wasOff });
    },
  };
}
