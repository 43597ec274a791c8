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
  readonly tell: (answer: Promise<ClaimAnswer>) => void;
}

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

  const call = async (index: number, requests: readonly HashedClaim[]): Promise<readonly (ClaimAnswer | null)[]> => {
    const [only, ...more] = requests;
    if (only === undefined || more.length > 0) return shard(index).claimAtOnce(requests);
    return [await shard(index).claim(only)];
  };
  const send = (): void => {
    const groups = [...Map.groupBy(asked, ({ index }) => index)];
    asked = [];
    const calls = groups.map(([index, claims]) => {
      const answers = call(
        index,
        claims.map(({ request }) => request),
      );
      return { claims, answers };
    });
    const together = waitForAll(calls.map(({ answers }) => answers));
    for (const { claims, answers } of calls)
      for (const [at, { index, request, tell }] of claims.entries()) {
        const answer = async (): Promise<ClaimAnswer> => (await answers)[at] ?? shard(index).claim(request);
        tell(after(together, answer()));
      }
  };
  return async (index, request) => {
    const { promise, resolve } = Promise.withResolvers<ClaimAnswer>();
    if (asked.length === 0) queueMicrotask(send);
    asked.push({ index, request, tell: resolve });
    return promise;
  };
}

/** What `answer` says, not before `together`; its fault at once. */
async function after<Answer>(together: Promise<unknown>, answer: Promise<Answer>): Promise<Answer> {
  const said = await answer;
  await together;
  return said;
}

/** Resolves when all calls are over, or `togetherMs` after the first one was. */
async function waitForAll(calls: readonly Promise<unknown>[]): Promise<unknown> {
  const over = calls.map(async (call) => Promise.allSettled([call]));
  if (over.length === 1) return over[0];
  const late = async (): Promise<void> => {
    await Promise.race(over);
    await new Promise((resolve) => setTimeout(resolve, togetherMs));
  };
  return Promise.race([Promise.all(over), late()]);
}
