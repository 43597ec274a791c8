// Claims that are asked in one turn: which calls they make, whom each answer reaches, and whom a bad shard holds up.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { type ClaimingShard, groupClaims } from "../../../src/numbers/grouped-claims.ts";
import type { HashedClaim } from "../../../src/numbers/number-guard.ts";
import type { ClaimAnswer } from "../../../src/recharges/ports.ts";

function claimOf(agentId: string): HashedClaim {
  const candidates = [{ provider: "first", repeatWindowMs: null }];
  const order = { product: "in.airtel.prepaid", amount: minor(2_000), account: 4, replaces: null };
  return { ...order, numberHash: `hash of ${agentId}`, agentId, candidates };
}

/** An answer that says whose it is. */
function answerTo({ agentId }: HashedClaim, retryAfterMs = 1): ClaimAnswer {
  return { kind: "repeat", earlier: { id: "rch_1", agentId, state: "pending" }, retryAfterMs };
}

/** Shards that note what they are asked, as `index verb agent ids`; `more` replaces what one of them does. */
function guardThatNotes(more: Readonly<Record<number, Partial<ClaimingShard>>> = {}) {
  const heard: string[] = [];
  const ask = groupClaims((index) => {
    const shard: ClaimingShard = {
      claim: async (request) => answerTo(request),
      claimAtOnce: async (requests) => requests.map((request) => answerTo(request)),
      ...more[index],
    };
    return {
      claim: async (request) => {
        heard.push(`${index} claim ${request.agentId}`);
        return shard.claim(request);
      },
      claimAtOnce: async (requests) => {
        heard.push(`${index} claimAtOnce ${requests.map(({ agentId }) => agentId).join(" ")}`);
        return shard.claimAtOnce(requests);
      },
    };
  });
  return { heard, ask: async (index: number, agentId: string) => ask(index, claimOf(agentId)) };
}

describe("claims that are asked in one turn", () => {
  it("are one call of each shard, in the order asked, and each answer reaches its own", async () => {
    const { heard, ask } = guardThatNotes();
    const answers = await Promise.all([ask(0, "a"), ask(1, "b"), ask(0, "c"), ask(2, "d"), ask(0, "e")]);
    expect(heard).toEqual(["0 claimAtOnce a c e", "1 claim b", "2 claim d"]);
    expect(answers).toEqual(["a", "b", "c", "d", "e"].map((agentId) => answerTo(claimOf(agentId))));
  });

  it("do not wait for those of a later turn", async () => {
    const { heard, ask } = guardThatNotes();
    await ask(0, "a");
    await Promise.all([ask(0, "b"), ask(0, "c")]);
    expect(heard).toEqual(["0 claim a", "0 claimAtOnce b c"]);
  });

  it("are asked alone where the shard must hear somebody first", async () => {
    const { heard, ask } = guardThatNotes({
      0: {
        claimAtOnce: async (requests) =>
          requests.map((request) => (request.agentId === "b" ? null : answerTo(request))),
        claim: async (request) => answerTo(request, 9),
      },
    });
    const answers = await Promise.all([ask(0, "a"), ask(0, "b"), ask(0, "c")]);
    expect(heard).toEqual(["0 claimAtOnce a b c", "0 claim b"]);
    expect(answers).toEqual([answerTo(claimOf("a")), answerTo(claimOf("b"), 9), answerTo(claimOf("c"))]);
  });

  it("go on in one turn when all shards have answered", async () => {
    const { promise: slow, resolve: answerNow } = Promise.withResolvers<void>();
    const { ask } = guardThatNotes({ 1: { claim: async (request) => (await slow, answerTo(request)) } });
    const told: string[] = [];
    const asking = ["a", "b"].map(async (agentId, index) => {
      await ask(index, agentId);
      told.push(agentId);
      // Whatever one of them writes before its next turn, the other has written, too.
      await Promise.resolve();
      expect(told).toHaveLength(2);
    });
    await Promise.resolve();
    answerNow();
    await Promise.all(asking);
  });
});

describe("claims beside those of a bad shard", () => {
  it("are not held up by a shard that does not answer", async () => {
    const { ask } = guardThatNotes({ 1: { claim: async () => new Promise(() => undefined) } });
    const hanging = ask(1, "b").then(() => "told");
    expect(await ask(0, "a")).toEqual(answerTo(claimOf("a")));
    expect(await Promise.race([hanging, Promise.resolve("not told")])).toBe("not told");
  });

  it("fail alone where their shard fails, whether it throws or cannot be reached", async () => {
    const unreachable = groupClaims((index) => {
      if (index === 1) throw new Error("no such shard");
      return {
        claim: async (request) => answerTo(request),
        claimAtOnce: async () => Promise.reject(new Error("down")),
      };
    });
    const asked = [unreachable(0, claimOf("a")), unreachable(1, claimOf("b")), unreachable(2, claimOf("c"))];
    const both = [unreachable(3, claimOf("d")), unreachable(3, claimOf("e"))];
    const [first, second, third] = await Promise.allSettled(asked);
    expect([first, third]).toEqual(
      ["a", "c"].map((agentId) => ({ status: "fulfilled", value: answerTo(claimOf(agentId)) })),
    );
    expect(second).toMatchObject({ status: "rejected", reason: { message: "no such shard" } });
    for (const one of await Promise.allSettled(both))
      expect(one).toMatchObject({ status: "rejected", reason: { message: "down" } });
    // What comes after goes out as if nothing had been.
    expect(await unreachable(0, claimOf("f"))).toEqual(answerTo(claimOf("f")));
  });
});
