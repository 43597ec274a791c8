// What webhooks are given: desk, sender, and the verbs of the surfaces.
import { systemClock } from "../base/clock.ts";
import type { Mode } from "../recharges/recharge.ts";
import type { AddressRules, Resolve } from "../webhooks/address.ts";
import type { DeliverParts } from "../webhooks/deliver.ts";
import type { WebhookMessage } from "../webhooks/delivery.ts";
import type { WebhookDeskServices } from "../webhooks/desk-context.ts";
import { createResolve } from "../webhooks/resolve.ts";
import type { WebhookParts } from "../webhooks/verbs.ts";
import { archiveOf } from "./archive.ts";
import { installationOf } from "./installation.ts";
import { accountOf, webhookDeskOf } from "./objects.ts";

/** `name` is the object's name, which has the number of the account. */
export function webhookDeskServices(env: Env, name: string): WebhookDeskServices {
  const { settings, log } = installationOf(env);
  const account = Number(name.replace(/^account-/, ""));
  return {
    clock: systemClock,
    times: settings.TIMES,
    log,
    archive: archiveOf(env),
    random: () => Math.random(),
    account,
    enqueue: async (messages: readonly WebhookMessage[]) => {
      await env.WEBHOOKS.sendBatch(messages.map((body) => ({ body })));
    },
    noteStopped: (stopped) => accountOf(env, account).noteWebhookStopped(stopped),
  };
}

export function webhookParts(env: Env): WebhookParts {
  return {
    hashSecret: installationOf(env).settings.HASH_SECRET,
    resolve: resolveOf(env),
    rulesFor: (mode) => rulesFor(env, mode),
    desk: (account) => webhookDeskOf(env, account),
    account: (number) => accountOf(env, number),
  };
}

export function deliverParts(env: Env): DeliverParts {
  const { settings, log } = installationOf(env);
  return {
    clock: systemClock,
    log,
    hashSecret: settings.HASH_SECRET,
    limitMs: settings.TIMES.webhookLimitMs,
    fetch: (url, init) => fetch(url, init),
    resolve: resolveOf(env),
    rulesFor: (mode) => rulesFor(env, mode),
    desk: (account) => webhookDeskOf(env, account),
    account: (number) => accountOf(env, number),
  };
}

/** A local installation asks nobody outside of it. */
function resolveOf(env: Env): Resolve {
  const isLocal = installationOf(env).settings.INSTALLATION === "local";
  return isLocal ? async () => null : createResolve((url, init) => fetch(url, init));
}

function rulesFor(env: Env, mode: Mode): AddressRules {
  const { settings, providerHosts } = installationOf(env);
  const mayBeLoopback = settings.INSTALLATION === "local" && mode === "sandbox";
  return { closedHosts: [...settings.OWN_HOSTS, ...providerHosts], mayBeLoopback };
}
