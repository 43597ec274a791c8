// The entrypoint through which accounts call upstreams: each call has a context, and limits, of its own.
import { WorkerEntrypoint } from "cloudflare:workers";
import { lookUpOnLine, readBalanceOnLine, submitOnLine } from "../src/providers/line.ts";
import type { BalanceOutcome, LookupOutcome, Outcome } from "../src/recharges/outcome.ts";
import type { LookupCall, ProviderCalls, SubmitCall } from "../src/recharges/ports.ts";
import { lineParts } from "../src/services/object-services.ts";

export class ProviderLine extends WorkerEntrypoint<Env> implements ProviderCalls {
  async submit(call: SubmitCall): Promise<Outcome> {
    return submitOnLine(lineParts(this.env), call);
  }

  async lookUp(call: LookupCall): Promise<LookupOutcome> {
    return lookUpOnLine(lineParts(this.env), call);
  }

  async readBalance(provider: string): Promise<BalanceOutcome> {
    return readBalanceOnLine(lineParts(this.env), provider);
  }
}
