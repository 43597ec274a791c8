// What accounts in plain Node are given: upstreams that answer what a test says, and nobody to ask over the network.
import type { AccountServices, RollOverRules } from "../../src/accounts/context.ts";
import type { Clock } from "../../src/base/clock.ts";
import type { Log } from "../../src/base/log.ts";
import { createLedgerWriter } from "../../src/ledger/writer.ts";
import { Counted } from "../../src/numbers/counted.ts";
import type { ProviderFacts } from "../../src/providers/provider.ts";
import { createProviders } from "../../src/providers/registry.ts";
import { readProviderSettings } from "../../src/providers/settings.ts";
import type { LookupOutcome, Outcome } from "../../src/recharges/outcome.ts";
import type { LeftOut, LookupPermits } from "../../src/recharges/ports.ts";
import { fastProviders } from "./fast-settings.ts";
import type { MemoryDatabase } from "./memory-database.ts";

interface Upstream {
  answer: Outcome;
  lookup: LookupOutcome;
  /** Lookups that were made. */
  lookups: number;
  isRationSpent: boolean;
  /** The desk never answers who asks for a lookup. */
  isDeskSilent: boolean;
  /** A hint bought a lookup less than five minutes ago: the next one buys none. */
  isHintSpent: boolean;
  /** Happens while the guard is asked. */
  duringClaim: () => Promise<void>;
  /** Why the guard leaves every provider out; null: it leaves none out. */
  leftOut: LeftOut | null;
  /** Happens while the upstream has the call, before it answers. */
  duringSubmit: () => void;
  /** Whoever is asked throws. */
  broken: "line" | "desk" | null;
}

function breakAs(upstream: Upstream, part: Upstream["broken"]): void {
  if (upstream.broken === part) throw new Error("broken");
}

function lineTo(upstream: Upstream): AccountServices["line"] {
  return {
    async submit() {
      breakAs(upstream, "line");
      upstream.duringSubmit();
      return upstream.answer;
    },
    async lookUp() {
      breakAs(upstream, "line");
      upstream.lookups += 1;
      return upstream.lookup;
    },
    readBalance: async () => ({ balance: null, said: "" }),
  };
}

function deskOf(upstream: Upstream, clock: Clock): LookupPermits {
  return {
    async takeLookup({ because }) {
      breakAs(upstream, "desk");
      if (upstream.isDeskSilent) await new Promise(() => undefined);
      if (upstream.isHintSpent && because === "hint")
        return { granted: false, retryAt: clock.now() + 300_000, isHintAgain: true };
      return upstream.isRationSpent ? { granted: false, retryAt: clock.now() + 1_000 } : { granted: true };
    },
  };
}

export function openUpstream(): Upstream {
  const answer: Outcome = { kind: "in_doubt", carried: {}, said: "no answer" };
  return {
    answer,
    lookup: { kind: "not_started" },
    lookups: 0,
    isRationSpent: true,
    isDeskSilent: false,
    isHintSpent: false,
    duringClaim: async () => undefined,
    leftOut: null,
    duringSubmit: () => undefined,
    broken: null,
  };
}

/** The sandbox's providers; nobody is asked over the network. */
export function readFacts(): ReadonlyMap<string, ProviderFacts> {
  const secrets = {
    "backnpay-sandbox": { userid: "u", pass: "p" },
    "aopay-sandbox": { registrationId: "R" },
    "nurr-sandbox": { api_key: "k", api_secret: "s" },
  };
  const instances = readProviderSettings({
    PROVIDERS: fastProviders("http://upstream.test"),
    PROVIDER_SECRETS: secrets,
  });
  const all = createProviders(instances, () => Promise.reject(new Error("nobody is asked over the network")));
  return new Map([...all].map(([id, { facts }]) => [id, facts]));
}

/** What an account in Node is given. */
export function servicesOf(parts: {
  readonly database: MemoryDatabase;
  readonly clock: Clock;
  readonly log: Log;
  readonly upstream: Upstream;
  readonly providers: ReadonlyMap<string, ProviderFacts>;
  readonly webhooks: { readonly areWanted: boolean };
  readonly rollOver: RollOverRules;
  readonly counts: { readonly shard: Counted; readonly claims: Map<string, number> };
}): AccountServices {
  const { database, clock, log, upstream, providers, webhooks, rollOver, counts } = parts;
  return {
    clock,
    times: { startByMs: 500, repeatWindowMs: 9_000, resolveMarginMs: 10, outboxDelayMs: 5, outboxRetryMs: 50 },
    installation: "LC",
    providers,
    line: lineTo(upstream),
    claims: {
      // A shard that nobody else asks: it remembers who claimed what, and how far accounts have counted.
      async claim({ account, agentId, candidates, counted }) {
        await upstream.duringClaim();
        if (counted !== undefined && counts.shard.isSetBack(account, counted)) return { kind: "set_back" };
        const takenAt = counts.claims.get(`${account} ${agentId}`);
        counts.claims.set(`${account} ${agentId}`, takenAt ?? clock.now());
        const all = candidates.map(({ provider }) => ({ provider, leftOut: upstream.leftOut }));
        return { kind: "claimed", candidates: all, ...(takenAt !== undefined && { takenAt }) };
      },
      peek: async () => ({ kind: "claimed", candidates: [] }),
      release: async () => undefined,
      noteSend: async () => undefined,
    },
    ledger: createLedgerWriter(database),
    rollOver,
    log,
    permits: () => deskOf(upstream, clock),
    webhookDesk: () => ({ take: async () => ({ isWanted: webhooks.areWanted }) }),
    chat: () => ({ tell: async () => undefined }),
    reportOutcomes: async () => undefined,
  };
}
