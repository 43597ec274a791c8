// What an isolate keeps of an installation, built once from its bindings.
import { systemClock } from "../base/clock.ts";
import { createLog, type Log } from "../base/log.ts";
import { readSettings, type Settings } from "../config.ts";
import { type LedgerDatabase, openD1, openLibsql } from "../ledger/client.ts";
import { newCredentialCache } from "../partners/authenticate.ts";
import { createRateLimiter, type RateLimiter } from "../partners/rate-limit.ts";
import { createThrottle, type Throttle } from "../partners/throttle.ts";
import type { Provider, ProviderFacts } from "../providers/provider.ts";
import { createProviders } from "../providers/registry.ts";
import { readProviderSettings } from "../providers/settings.ts";
import type { ProviderInstance } from "../providers/settings-schema.ts";

/** What an isolate keeps of an installation: settings are read once, and a wrong one stops the start. */
export interface Installation {
  readonly settings: Settings;
  readonly instances: readonly ProviderInstance[];
  readonly providers: ReadonlyMap<string, Provider>;
  readonly facts: ReadonlyMap<string, ProviderFacts>;
  /** Where the providers are, as `host` or `host:port`: no webhook goes there. */
  readonly providerHosts: readonly string[];
  readonly database: LedgerDatabase;
  readonly log: Log;
  readonly cache: ReturnType<typeof newCredentialCache>;
  readonly limiter: RateLimiter;
  readonly throttle: Throttle;
}

const installations = new WeakMap<Env, Installation>();

export function installationOf(env: Env): Installation {
  const known = installations.get(env);
  if (known !== undefined) return known;
  const bindings: Readonly<Record<string, unknown>> = { ...env };
  const settings = readSettings(bindings);
  const instances = readProviderSettings(bindings);
  const providers = createProviders(instances, (url, init) => fetch(url, init));
  const installation: Installation = {
    settings,
    instances,
    providers,
    facts: new Map([...providers].map(([id, provider]) => [id, provider.facts])),
    providerHosts: instances.map(({ baseUrl }) => new URL(baseUrl).host),
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
