// From settings to clients, by provider id.
import { unreachable } from "../base/assert.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { createAopayProvider } from "./aopay.ts";
import { createBacknpayProvider } from "./backnpay.ts";
import { createExchange, type Exchange, type Fetch } from "./exchange.ts";
import { createNurrProvider } from "./nurr.ts";
import type { Provider } from "./provider.ts";
import type { ProviderInstance } from "./settings-schema.ts";

/** One client per instance, in the order of the settings. */
export function createProviders(
  instances: readonly ProviderInstance[],
  fetch: Fetch,
  clock: Clock = systemClock,
): ReadonlyMap<string, Provider> {
  const exchange = createExchange(fetch);
  return new Map(instances.map((instance) => [instance.id, createProvider(instance, exchange, clock)]));
}

function createProvider(instance: ProviderInstance, exchange: Exchange, clock: Clock): Provider {
  switch (instance.protocol) {
    case "backnpay":
      return createBacknpayProvider(instance, exchange);
    case "aopay":
      return createAopayProvider(instance, exchange, clock);
    case "nurr":
      return createNurrProvider(instance, exchange);
    default:
      return unreachable(instance);
  }
}
