// What the verbs of staff about providers and numbers are given.
import { systemClock } from "../base/clock.ts";
import { createNumberBlocks } from "../numbers/claims.ts";
import type { StaffRulesParts } from "../partners/staff-rules.ts";
import { installationOf } from "./installation.ts";
import { deskOf, shardOf } from "./objects.ts";

export function staffRulesParts(env: Env): StaffRulesParts {
  const { settings, facts, database } = installationOf(env);
  const desk = () => deskOf(env, "installation");
  return {
    database,
    clock: systemClock,
    providers: facts,
    readRules: async () => desk().readRules(),
    setRules: async (change) => desk().setRules(change),
    setBlocked: createNumberBlocks({
      hashSecret: settings.HASH_SECRET,
      shards: settings.GUARD_SHARDS,
      shard: (index) => shardOf(env, index),
    }),
  };
}

/** Every provider of the settings with what its desk says now, in the order of the settings. */
export async function listProviders(env: Env) {
  const { instances, facts } = installationOf(env);
  return Promise.all(
    instances.map(async ({ secrets: _secrets, ...settings }) => {
      const { isOff, breaker, floor, balance, lookups, waitingLookups } = await deskOf(env, settings.id).readDesk();
      const { id, protocol, mode } = settings;
      const ration = facts.get(id)?.safety.lookupsPerDay ?? null;
      const spent = lookups?.day === Math.floor(systemClock.now() / 86_400_000) ? lookups : { scheduled: 0, hinted: 0 };
      const left = ration === null ? null : ration - spent.scheduled - spent.hinted;
      const breaking = { trippedUntil: breaker.trippedUntil, badInARow: breaker.inARow };
      const state = { ...breaking, floor, balance, lookupsLeft: left, lookupsWaiting: waitingLookups };
      return { id, protocol, mode, isOff, state, settings };
    }),
  );
}

/** What the installation's settings say of numbers. */
export function numberSettings(env: Env) {
  const { VELOCITY_PER_DAY: velocityPerDay, TIMES: times } = installationOf(env).settings;
  return { velocityPerDay, velocityWindowMs: times.velocityWindowMs, repeatWindowMs: times.repeatWindowMs };
}
