// What segments say where somebody else moves the wallet, or the upstream gives money back later.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BalanceSegment, judgeSegments } from "../../../src/recharges/balance-segments.ts";
import { agrees, anyUpstream, kindsOf, play, quietReading, type Step, type Upstream } from "./segment-upstream.ts";

const faces = [1_000, 2_000, 2_000, 3_000, 5_000];
const runs = { numRuns: 1_000 };
const plain = { debits: "at_the_end", staleForMs: 0, refundsAfterMs: 0 } as const;
const others = (kinds: readonly string[]) => kinds.filter((kind) => kind !== "cannot");
const isProof = (kind: string) => kind.startsWith("proves");
const owesRefund = ({ judgement }: BalanceSegment) =>
  judgement.kind === "cannot" && judgement.missing.includes("refund_may_fall_in");

/** Something unknown to us takes an amount at some moment between two quiet balances. */
const robbed = fc
  .tuple(anyUpstream(["call", "call", "reading"], faces), fc.nat({ max: 16 }), fc.integer({ min: 1, max: 9 }))
  .map(([upstream, place, amount]): Upstream => {
    const thief: Step = { ...quietReading, kind: "undeclared", gap: 20, face: amount };
    const inside = upstream.steps
      .toSpliced(place, 0, thief)
      .map((step, at) => (at === 0 ? { ...step, gap: 20 } : step));
    return { ...upstream, steps: [quietReading, ...inside, quietReading] };
  });

describe("a movement that nobody declared", () => {
  it("that no costs make up withdraws the declaration and all proof, or looks like a refund to come", () => {
    let withdrawn = 0;
    fc.assert(
      fc.property(robbed, (upstream) => {
        const { history, succeeded } = play(upstream);
        const segments = judgeSegments(history);
        const isWithdrawn = kindsOf(segments).includes("withdrawn");
        withdrawn += isWithdrawn ? 1 : 0;
        expect(isWithdrawn || segments.some(owesRefund)).toBe(true);
        expect(segments.filter((segment) => !agrees(segment, succeeded))).toEqual([]);
        expect(isWithdrawn && kindsOf(segments).some(isProof)).toBe(false);
      }),
      runs,
    );
    expect(withdrawn).toBeGreaterThan(runs.numRuns / 2);
  });

  it("is never judged where nobody declared the wallet exclusive", () => {
    fc.assert(
      fc.property(robbed, (upstream) => {
        const segments = judgeSegments({ ...play(upstream).history, exclusiveSince: null });
        expect(others(kindsOf(segments))).toEqual([]);
      }),
      runs,
    );
  });

  it("of the very cost of a lost attempt reads as its success: only the declaration stands against it", () => {
    const lost: Step = { ...quietReading, kind: "call", gap: 100, face: 1_000, isLost: true };
    const thief: Step = { ...quietReading, kind: "undeclared", gap: 100, face: 990 };
    const { history, succeeded } = play({ ...plain, steps: [quietReading, lost, thief, quietReading] });
    expect(succeeded.size).toBe(0);
    expect(judgeSegments(history).map(({ judgement }) => judgement)).toEqual([
      { kind: "proves", succeeded: ["call-1"], failed: [] },
    ]);
    expect(kindsOf(judgeSegments({ ...history, exclusiveSince: null }))).toEqual(["cannot"]);
  });
});

describe("an upstream that debits first and refunds later", () => {
  it("is never judged where a refund may fall in", () => {
    const refunding = fc
      .tuple(anyUpstream(["call", "call", "reading"], faces), fc.integer({ min: 1, max: 2_000 }))
      .map(([upstream, refundsAfterMs]): Upstream => ({ ...upstream, debits: "first", refundsAfterMs }));
    fc.assert(
      fc.property(refunding, (upstream) => {
        const segments = judgeSegments({ ...play(upstream).history, refundFreeSince: null });
        expect(others(kindsOf(segments))).toEqual([]);
      }),
      runs,
    );
  });

  it("is found out by a failure that was alone and moved the balance, whatever staff declared", () => {
    const steps = [
      quietReading,
      { ...quietReading, kind: "call" as const, gap: 100, face: 1_000 },
      { ...quietReading, kind: "call" as const, gap: 100, face: 3_000, isLost: true },
      { ...quietReading, gap: 2_000 },
    ];
    const { history } = play({ ...plain, debits: "first", refundsAfterMs: 900, steps });
    expect(judgeSegments(history).map(({ judgement }) => judgement)).toEqual([
      { kind: "cannot", missing: ["refund_may_fall_in"] },
    ]);
  });
});
