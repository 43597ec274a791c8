// Gathers the pulse of the installation: from the run over the accounts, from the desks, from the ledger. Nobody's silence stops it.
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import { type BookedCounts, readBookedCounts } from "../ledger/pulse.ts";
import type { ProviderFacts } from "../providers/provider.ts";
import type { DeskView } from "../providers/desk-view.ts";
import type { FloatBook } from "../recharges/float-check.ts";
import type { AccountsPulse, BreakerState, ProviderPulse, Pulse } from "./pulse.ts";

export interface GatherParts {
  readonly database: LedgerDatabase;
  readonly clock: Clock;
  readonly log: Log;
  readonly providers: ReadonlyMap<string, ProviderFacts>;
  readonly desk: (provider: string) => { readDesk(): Promise<DeskView>; readFloat(): Promise<FloatBook> };
}

/** How far back recharges are counted, ms. */
export const recentMs = 900_000;
const ledgerLimitMs = 10_000;
const dayMs = 86_400_000;

/** The pulse after a run; `ran` is null where it broke off. Never throws. */
export async function gatherPulse(
  parts: GatherParts,
  ran: { readonly run: NonNullable<Pulse["run"]>; readonly accounts: AccountsPulse } | null,
  isThorough: boolean,
): Promise<Pulse> {
  const now = parts.clock.now();
  const [booked, ...providers] = await Promise.all([
    orNull(parts, "ledger", () => within(ledgerLimitMs, readBookedCounts(parts.database, now - recentMs))),
    ...[...parts.providers.values()].map(async (facts) =>
      orNull(parts, facts.id, async () => readProvider(parts, facts, now)),
    ),
  ]);
  return {
    at: now,
    isThorough,
    run: ran?.run ?? null,
    accounts: ran?.accounts ?? null,
    providers: providers.flatMap((one) => one ?? []),
    unheard: [...parts.providers.keys()].filter((_id, index) => providers[index] === null),
    booked: booked satisfies BookedCounts | null,
  };
}

async function readProvider(parts: GatherParts, facts: ProviderFacts, now: number): Promise<ProviderPulse> {
  const desk = parts.desk(facts.id);
  const [view, { checks }] = await Promise.all([desk.readDesk(), desk.readFloat()]);
  const [check] = checks;
  const { lookupsPerDay } = facts.safety;
  const { lookups } = view;
  const spent = lookups?.day === Math.floor(now / dayMs) ? lookups.scheduled + lookups.hinted : 0;
  return {
    id: facts.id,
    currency: facts.currency,
    isOff: view.isOff,
    breaker: breakerOf(view.breaker.trippedUntil, now),
    balance: view.balance,
    floor: view.floor,
    float:
      check === undefined ? null : { finding: check.finding, difference: check.difference, checkedAt: check.checkedAt },
    lookupsLeft: lookupsPerDay === null ? null : Math.max(0, lookupsPerDay - spent),
    waitingLookups: view.waitingLookups,
    keptCallbacks: view.keptCallbacks,
  };
}

/** After its time an open breaker lets one recharge through. */
function breakerOf(trippedUntil: number | null, now: number): BreakerState {
  if (trippedUntil === null) return "closed";
  return now < trippedUntil ? "open" : "half_open";
}

async function orNull<Value>(
  { log }: Pick<GatherParts, "log">,
  of: string,
  read: () => Promise<Value>,
): Promise<Value | null> {
  try {
    return await read();
  } catch (fault) {
    log.error("pulse.unheard", { of }, fault);
    return null;
  }
}

async function within<Value>(limitMs: number, work: Promise<Value>): Promise<Value> {
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(() => over.reject(new Error(`not done within ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([work, over.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
