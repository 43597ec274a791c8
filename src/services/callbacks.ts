// What takes the upstreams' callbacks to their accounts.
import type { CallbackParts } from "../accounts/route-callback.ts";
import { systemClock } from "../base/clock.ts";
import { findPartner } from "../partners/profile-change.ts";
import { installationOf } from "./installation.ts";
import { accountOf, deskOf } from "./objects.ts";

export function callbackParts(env: Env): CallbackParts {
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
