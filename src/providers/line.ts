// The line to the upstreams: one call, one answer. It refuses to start late, because that alone proves that nothing was sent.
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { BalanceOutcome, LookupOutcome, Outcome } from "../recharges/outcome.ts";
import type { LookupCall, SubmitCall } from "../recharges/ports.ts";
import type { Provider } from "./provider.ts";

export interface LineParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Sends one attempt, or answers `not_started` when it is too late, or when no provider of that mode sells the product. */
export async function submitOnLine({ providers, clock, log }: LineParts, call: SubmitCall): Promise<Outcome> {
  const provider = providers.get(call.provider);
  // Whether a code may be used was decided before the attempt was written: by staff's word, which the line does not know.
  const code = provider?.facts.mode === call.mode ? (provider.facts.tabledCodeOf(call.product)?.code ?? null) : null;
  if (provider === undefined || code === null) {
    log.warn("line.misrouted", { provider: call.provider, product: call.product });
    return { kind: "not_started" };
  }
  if (clock.now() > call.startBy) return { kind: "not_started" };
  const { reference, product, number, amount, fields, geocode } = call;
  return provider.submit({ reference, product, code, number, amount, fields, geocode });
}

/** Asks about one attempt; `not_started` when it is too late or the provider cannot be asked. */
export async function lookUpOnLine({ providers, clock }: LineParts, call: LookupCall): Promise<LookupOutcome> {
  const provider = providers.get(call.provider);
  if (provider?.lookUp === undefined || clock.now() > call.startBy) return { kind: "not_started" };
  return provider.lookUp(call.reference, call.theirReference);
}

/** Asks for our balance there; null where the provider has no such call. */
export async function readBalanceOnLine({ providers }: LineParts, id: string): Promise<BalanceOutcome> {
  const provider = providers.get(id);
  if (provider?.readBalance === undefined) return { balance: null, said: "no balance call" };
  return provider.readBalance();
}
