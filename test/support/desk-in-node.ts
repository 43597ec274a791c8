// Real desks of providers in plain Node, each on an SQLite of its own.
import type { Clock } from "../../src/base/clock.ts";
import { ProviderDesk, type ProviderDeskServices } from "../../src/providers/provider-desk-object.ts";
import { openState } from "./state-in-node.ts";

class DeskInNode extends ProviderDesk {
  protected override readonly services: ProviderDeskServices;

  constructor(services: ProviderDeskServices) {
    super(openState(), null);
    this.services = services;
  }
}

/** One desk for each provider that is named; all tell the same shards. */
export function openDesks(
  clock: Clock,
  shards: ProviderDeskServices["shards"] = () => [],
): (provider: string) => ProviderDesk {
  const desks = new Map<string, ProviderDesk>();
  return (provider) => {
    const desk = desks.get(provider) ?? newDesk(provider, clock, shards);
    desks.set(provider, desk);
    return desk;
  };
}

function newDesk(id: string, clock: Clock, shards: ProviderDeskServices["shards"]): ProviderDesk {
  return new DeskInNode({
    clock,
    provider: { id, lookupsPerDay: null, balanceEveryMs: 60_000 },
    breaker: { opensAfter: 1_000, opensAtPercent: 100, window: 1_000, opensForMs: 600, probeEveryMs: 300 },
    lookupCollectMs: 0,
    archive: null,
    shards,
  });
}
