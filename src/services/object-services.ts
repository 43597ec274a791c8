// What each kind of object, and the line, is given.
import type { AccountServices } from "../accounts/context.ts";
import { systemClock } from "../base/clock.ts";
import { createLedgerWriter } from "../ledger/writer.ts";
import { createNumberClaims } from "../numbers/claims.ts";
import type { NumberGuardServices } from "../numbers/number-guard-object.ts";
import type { LineParts } from "../providers/line.ts";
import type { ProviderDeskServices } from "../providers/provider-desk-object.ts";
import type { ProviderCalls } from "../recharges/ports.ts";
import { archiveOf } from "./archive.ts";
import { installationOf } from "./installation.ts";
import { accountOf, chatOf, deskOf, shardOf, webhookDeskOf } from "./objects.ts";

/** Fixed for ever: the names of the archive's pages follow from it. */
const eventsPerPage = 500;

export function lineParts(env: Env): LineParts {
  const { providers, log } = installationOf(env);
  return { providers, clock: systemClock, log };
}

export function accountServices(env: Env, line: ProviderCalls): AccountServices {
  const { settings, facts, database, log } = installationOf(env);
  const archive = archiveOf(env);
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
    rollOver:
      archive === null ? null : { archive, eventsKeptMs: settings.TIMES.eventsKeptMs, pageEvents: eventsPerPage },
    log,
    permits: (provider) => deskOf(env, provider),
    chat: (name) => chatOf(env, name),
    webhookDesk: (account) => webhookDeskOf(env, account),
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
    probes: (provider) => deskOf(env, provider),
  };
}

/** `name` is the object's name: a provider's id, or `installation` for the desk that keeps the leases. */
export function deskServices(env: Env, name: string): ProviderDeskServices {
  const { settings, facts } = installationOf(env);
  const provider = facts.get(name);
  return {
    clock: systemClock,
    provider:
      provider === undefined
        ? null
        : {
            id: name,
            lookupsPerDay: provider.safety.lookupsPerDay,
            balanceEveryMs: provider.balanceEveryMs ?? 0,
          },
    lookupCollectMs: settings.TIMES.lookupCollectMs,
    archive: archiveOf(env),
    breaker: {
      opensAfter: settings.BREAKER_OPENS_AFTER,
      opensAtPercent: settings.BREAKER_OPENS_AT_PERCENT,
      window: settings.BREAKER_WINDOW,
      opensForMs: settings.TIMES.breakerOpensForMs,
      probeEveryMs: settings.TIMES.breakerProbeMs,
    },
    shards: () => Array.from({ length: settings.GUARD_SHARDS }, (_, index) => shardOf(env, index)),
  };
}
