// The way from an account to the guard: hashes the number under the installation's secret and picks the shard.
import { assert } from "../base/assert.ts";
import { keyedHash } from "../base/signature.ts";
import type { ClaimAnswer, ClaimRequest, NumberClaims } from "../recharges/ports.ts";
import { type ClaimingShard, groupClaims } from "./grouped-claims.ts";
import type { HashedClaim } from "./number-guard.ts";

export type HashedRelease = Pick<HashedClaim, "numberHash" | "amount" | "account" | "agentId">;
export type HashedSend = Pick<HashedClaim, "numberHash" | "amount"> & { readonly provider: string };

/** What a shard of the guard does; the stub of a `NumberGuard` object satisfies it. */
export interface NumberGuardShard extends ClaimingShard {
  peek(request: HashedClaim): Promise<ClaimAnswer>;
  release(request: HashedRelease): Promise<void>;
  noteSend(request: HashedSend): Promise<void>;
}

/** What staff ask of a shard about one number. */
export interface NumberBlocker {
  setBlocked(numberHash: string, isBlocked: boolean): Promise<void>;
}

const modes = ["sandbox", "live"] as const satisfies readonly ClaimRequest["mode"][];

export interface NumberClaimsSettings {
  /** Fixed for an installation: with another secret every number is another one. */
  readonly hashSecret: string;
  /** Number of shards, fixed for an installation (`design.md`, "The guard"). */
  readonly shards: number;
  /** The shard with an index from 0 to `shards` − 1. */
  readonly shard: (index: number) => NumberGuardShard;
}

/** The guard as accounts see it. The number leaves only as a keyed hash of mode and number. */
export function createNumberClaims({ hashSecret, shards, shard }: NumberClaimsSettings): NumberClaims {
  assert(Number.isSafeInteger(shards) && shards >= 1, "the guard has at least one shard");
  const hashOf = (request: Pick<ClaimRequest, "mode" | "number">) => numberHashOf(hashSecret, request);
  const shardOf = (numberHash: string) => shard(shardIndexOf(numberHash, shards));
  const hashedClaimOf = (request: ClaimRequest): HashedClaim => {
    const { number: _number, mode: _mode, ...rest } = request;
    return { numberHash: hashOf(request), ...rest };
  };
  const askForClaim = groupClaims(shard);
  return {
    claim: async (request) => {
      const hashed = hashedClaimOf(request);
      return askForClaim(shardIndexOf(hashed.numberHash, shards), hashed);
    },
    peek: async (request) => {
      const hashed = hashedClaimOf(request);
      return shardOf(hashed.numberHash).peek(hashed);
    },
    release: async (request) => {
      const { amount, account, agentId } = request;
      const numberHash = hashOf(request);
      await shardOf(numberHash).release({ numberHash, amount, account, agentId });
    },
    noteSend: async (request) => {
      const { amount, provider } = request;
      const numberHash = hashOf(request);
      await shardOf(numberHash).noteSend({ numberHash, amount, provider });
    },
  };
}

/** The way from staff to the guard: blocks a canonical number in every mode, or frees it, before it answers. */
export function createNumberBlocks(settings: {
  readonly hashSecret: string;
  readonly shards: number;
  readonly shard: (index: number) => NumberBlocker;
}): (number: string, isBlocked: boolean) => Promise<void> {
  return async (number, isBlocked) => {
    await Promise.all(
      modes.map(async (mode) => {
        const numberHash = numberHashOf(settings.hashSecret, { mode, number });
        await settings.shard(shardIndexOf(numberHash, settings.shards)).setBlocked(numberHash, isBlocked);
      }),
    );
  };
}

function numberHashOf(hashSecret: string, { mode, number }: Pick<ClaimRequest, "mode" | "number">): string {
  return keyedHash(hashSecret, `${mode}|${number}`);
}

function shardIndexOf(numberHash: string, shards: number): number {
  return Number.parseInt(numberHash.slice(0, 8), 16) % shards;
}
