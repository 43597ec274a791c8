// The way to the guard: what is hashed, which shard is asked, and that the number stays at home.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { keyedHash } from "../../../src/base/signature.ts";
import { createNumberClaims } from "../../../src/numbers/claims.ts";
import type { NumberGuardShard } from "../../../src/numbers/claims.ts";
import type { ClaimAnswer, ClaimRequest } from "../../../src/recharges/ports.ts";

const hashSecret = "a secret of this test only, 32 characters";
const request: ClaimRequest = {
  mode: "sandbox",
  number: "9812345678",
  amount: minor(2000),
  account: 4,
  agentId: "A-1",
  candidates: [{ provider: "first", repeatWindowMs: null }],
  replaces: "A-0",
  product: "in.airtel.prepaid",
};
const claimed: ClaimAnswer = { kind: "claimed", candidates: [{ provider: "first", leftOut: null }] };
const velocity: ClaimAnswer = { kind: "velocity", retryAfterMs: 7 };

/** Shards that write down what reaches them. */
function shardsThatNote(shards: number) {
  const heard: { readonly index: number; readonly verb: string; readonly what: object }[] = [];
  const shard = (index: number): NumberGuardShard => {
    const note = (verb: string, what: object) => void heard.push({ index, verb, what });
    return {
      claim: async (what) => (note("claim", what), claimed),
      claimAtOnce: async (what) => (note("claimAtOnce", what), what.map(() => claimed)),
      peek: async (what) => (note("peek", what), velocity),
      release: async (what) => note("release", what),
      noteSend: async (what) => note("noteSend", what),
    };
  };
  return { heard, claims: createNumberClaims({ hashSecret, shards, shard }) };
}

describe("the way to the guard", () => {
  it("sends each verb to the shard of the number's keyed hash, without mode and number", async () => {
    const { heard, claims } = shardsThatNote(16);
    const { mode, number, product, amount, account, agentId, candidates, replaces } = request;
    expect(await claims.claim(request)).toBe(claimed);
    expect(await claims.peek(request)).toBe(velocity);
    await claims.release({ mode, number, amount, account, agentId });
    await claims.noteSend({ mode, number, amount, provider: "second" });

    const numberHash = keyedHash(hashSecret, "sandbox|9812345678");
    const index = Number.parseInt(numberHash.slice(0, 8), 16) % 16;
    expect(heard).toEqual([
      { index, verb: "claim", what: { numberHash, product, amount, account, agentId, candidates, replaces } },
      { index, verb: "peek", what: { numberHash, product, amount, account, agentId, candidates, replaces } },
      { index, verb: "release", what: { numberHash, amount, account, agentId } },
      { index, verb: "noteSend", what: { numberHash, amount, provider: "second" } },
    ]);
    expect(JSON.stringify(heard)).not.toContain(number);
  });

  it("tells modes apart, and not amounts, accounts or agent ids", async () => {
    const { heard, claims } = shardsThatNote(1);
    await claims.claim(request);
    await claims.claim({ ...request, amount: minor(1), account: 5, agentId: "B" });
    await claims.claim({ ...request, mode: "live" });
    const hashes = heard.map(({ what }) => ("numberHash" in what ? what.numberHash : null));
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
  });

  it("uses every shard and no other", async () => {
    const { heard, claims } = shardsThatNote(4);
    await Promise.all(
      Array.from({ length: 200 }, (_, i) => claims.claim({ ...request, number: `98123${10_000 + i}` })),
    );
    expect(new Set(heard.map(({ index }) => index))).toEqual(new Set([0, 1, 2, 3]));
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses to start with %s shards", (shards) => {
    expect(() => shardsThatNote(shards)).toThrow("the guard has at least one shard");
  });
});
