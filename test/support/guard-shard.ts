// A shard of the guard for a test: on real storage, with a clock that is set and owners that say what the test wants.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { minor } from "../../src/base/money.ts";
import { NumberGuard } from "../../src/numbers/number-guard-object.ts";
import type { HashedClaim } from "../../src/numbers/number-guard.ts";
import type { ClaimConfirmation, ClaimOwner, ProbePermits } from "../../src/recharges/ports.ts";

export const windowMs = 900_000;
export const pending: ClaimConfirmation = {
  holds: true,
  earlier: { id: "rch_1", agentId: "A-1", state: "pending" },
  blocksUntil: null,
};
export const gone: ClaimConfirmation = { holds: false, earlier: null, blocksUntil: null };
export const never = new Promise<ClaimConfirmation>(() => undefined);

/** What the shards of this file are given: a clock that is set, and owners that say what a test wants. */
export const surroundings = {
  now: 1_800_000_000_000,
  asked: [] as string[],
  confirm: (_account: number, _agentId: string): Promise<ClaimConfirmation> => Promise.resolve(gone),
  probe: (_by: string): ReturnType<ProbePermits["takeProbe"]> => Promise.resolve({ granted: true }),
};

export class GuardOfTest extends NumberGuard {
  protected readonly services = {
    clock: { now: () => surroundings.now },
    times: { repeatWindowMs: windowMs, velocityWindowMs: 86_400_000 },
    velocityPerDay: 5,
    owner: (account: number): ClaimOwner => ({
      confirmClaim: (agentId) => {
        surroundings.asked.push(`${account}/${agentId}`);
        return surroundings.confirm(account, agentId);
      },
    }),
    probes: (provider: string): ProbePermits => ({
      takeProbe: (by) => {
        surroundings.asked.push(`${provider} ${by}`);
        return surroundings.probe(by);
      },
    }),
  };
}

let shards = 0;
/** Runs in a shard of its own; `wake` makes the object anew on the same storage, as after an eviction. */
export function inShard(run: (wake: () => GuardOfTest, storage: DurableObjectStorage) => Promise<void>): Promise<void> {
  shards += 1;
  surroundings.asked = [];
  surroundings.confirm = () => Promise.resolve(pending);
  const stub = env.NUMBER_GUARD.getByName(`guard-test-${shards}`);
  return runInDurableObject(stub, (_object, state) => run(() => new GuardOfTest(state, env), state.storage));
}

export const order: HashedClaim = {
  numberHash: "a1",
  product: "in.airtel.prepaid",
  amount: minor(2000),
  account: 1,
  agentId: "A-1",
  candidates: [{ provider: "first", repeatWindowMs: windowMs }],
  replaces: null,
};
export const claimed = { kind: "claimed", candidates: [{ provider: "first", leftOut: null }] };
export const outOfWindow = { kind: "claimed", candidates: [{ provider: "first", leftOut: "repeat_window" }] };
