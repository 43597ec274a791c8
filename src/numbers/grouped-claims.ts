// Claims that an account asks in one turn travel together: one call of each shard, and whoever asked goes on in one turn again.
import type { ClaimAnswer } from "../recharges/ports.ts";
import type { HashedClaim } from "./number-guard.ts";

export interface ClaimingShard {
  claim(request: HashedClaim): Promise<ClaimAnswer>;
  /** Takes what is free at once, in the order asked; null: somebody is to be heard first, and that claim is asked by itself. */
  claimAtOnce(requests: readonly HashedClaim[]): Promise<readonly (ClaimAnswer | null)[]>;
}

interface Asked {
  readonly index: number;
  readonly request: HashedClaim;
  readonly tell: (answer: ClaimAnswer | Promise<ClaimAnswer>) => void;
}

type AtOnce = readonly (ClaimAnswer | null)[];

/** How long an answer waits for those of the other shards, so that what follows them is written in one commit. */
const togetherMs = 2;

/**
 * How the shard with an index is asked for one claim. What is asked in the same turn goes out as one call to each shard. A
 * shard that fails or is slow does so for its own claims only.
 */
export function groupClaims(
  shard: (index: number) => ClaimingShard,
): (index: number, request: HashedClaim) => Promise<ClaimAnswer> {
  let asked: Asked[] = [];

  const call = async (index: number, claims: readonly Asked[]): Promise<AtOnce> => {
    const requests = claims.map(({ request }) => request);
    const [only] = requests;
    // One that is alone needs no second call where somebody is to be heard first.
    return only !== undefined && requests.length === 1
      ? [await shard(index).claim(only)]
      : shard(index).claimAtOnce(requests);
  };
  const tell = async (claims: readonly Asked[], answers: Promise<AtOnce>, together: Promise<unknown>) => {
    try {
      const said = await answers;
      await together;
      for (const [at, one] of claims.entries()) one.tell(said[at] ?? shard(one.index).claim(one.request));
    } catch (fault) {
      for (const one of claims) one.tell(Promise.reject(fault));
    }
  };
  const send = async (): Promise<void> => {
    const groups = Map.groupBy(asked, ({ index }) => index);
    asked = [];
    const calls = [...groups].map(([index, claims]) => ({ claims, answers: call(index, claims) }));
    const together = waitForAll(calls.map(({ answers }) => answers));
    await Promise.all(calls.map(async ({ claims, answers }) => tell(claims, answers, together)));
  };
  return async (index, request) => {
    const { promise, resolve } = Promise.withResolvers<ClaimAnswer>();
    if (asked.length === 0) queueMicrotask(() => void send());
    asked.push({ index, request, tell: resolve });
    return promise;
  };
}

/** Resolves when all calls are over, or `togetherMs` after the first one was. */
async function waitForAll(calls: readonly Promise<unknown>[]): Promise<void> {
  if (calls.length < 2) return;
  const over = calls.map(async (call) => Promise.allSettled([call]));
  const late = async (): Promise<void> => {
    await Promise.race(over);
    await new Promise((resolve) => setTimeout(resolve, togetherMs));
  };
  await Promise.race([Promise.all(over), late()]);
}
