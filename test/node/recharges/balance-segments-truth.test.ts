// What segments say of a wallet that is truly exclusive, compared with what upstream models really did.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeSegments } from "../../../src/recharges/balance-segments.ts";
import { agrees, anyStep, anyUpstream, kindsOf, play, quietReading, type Step } from "./segment-upstream.ts";

const faces = [1_000, 2_000, 2_000, 3_000, 5_000];
const runs = { numRuns: 1_000 };
const truthful = anyUpstream(["call", "call", "call", "reading", "movement"], faces);

const isLost = ({ word }: { word: string }) => word === "none";

function rotate<Item>(items: readonly Item[], by: number): readonly Item[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

/** Each costs more than all before it together, and the first is lost. */
function distinguishable(steps: readonly Step[]): readonly Step[] {
  return steps.map((step, place) => ({
    ...step,
    gap: 10 + (step.gap % 50),
    face: 100 * 3 ** place,
    rate: 0,
    isLost: step.isLost || place === 0,
  }));
}

describe("of a wallet that is truly exclusive", () => {
  it("no segment contradicts what the upstream did, and none withdraws the declaration", () => {
    fc.assert(
      fc.property(truthful, (upstream) => {
        const { history, succeeded } = play(upstream);
        const segments = judgeSegments(history);
        expect(kindsOf(segments)).not.toContain("withdrawn");
        expect(segments.filter((segment) => !agrees(segment, succeeded))).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });

  it("proofs, numbers and refusals are all frequent among the same models", () => {
    const kinds = fc
      .sample(truthful, { numRuns: 1_000, seed: 7 })
      .flatMap((upstream) => kindsOf(judgeSegments(play(upstream).history)));
    const share = (kind: string) => kinds.filter((other) => other === kind).length;
    expect(share("proves")).toBeGreaterThan(200);
    expect(share("proves_number")).toBeGreaterThan(20);
    expect(share("foots")).toBeGreaterThan(200);
    expect(share("cannot")).toBeGreaterThan(200);
  });

  it("every lost attempt is in one segment, in whatever order calls and balances are told", () => {
    fc.assert(
      fc.property(truthful, fc.nat(), (upstream, turn) => {
        const { history } = play(upstream);
        const segments = judgeSegments(history);
        const lost = history.calls.filter(isLost).map(({ id }) => id);
        const found = segments.flatMap(({ calls }) => calls.filter(isLost).map(({ id }) => id));
        const [calls, readings] = [rotate(history.calls, turn), rotate(history.readings, turn)];
        expect(found.toSorted()).toEqual(lost.toSorted());
        expect(kindsOf(judgeSegments({ ...history, calls, readings }))).toEqual(kindsOf(segments));
      }),
      runs,
    );
  });
});

describe("of a crowd between two quiet balances", () => {
  it("every lost attempt is settled where costs are distinguishable", () => {
    const crowd = fc.array(anyStep(["call"], [0]), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(crowd, fc.constantFrom("at_the_end" as const, "first" as const), (calls, debits) => {
        const steps = [quietReading, ...distinguishable(calls), quietReading];
        const { history, succeeded } = play({ debits, staleForMs: 0, refundsAfterMs: 0, steps });
        const oneRate = history.calls.map((call) => ({ ...call, costs: call.costs.slice(0, 1) }));
        const segments = judgeSegments({ ...history, calls: oneRate });
        expect(kindsOf(segments).filter((kind) => kind !== "proves" && kind !== "foots")).toEqual([]);
        expect(segments.filter((segment) => !agrees(segment, succeeded))).toEqual([]);
      }),
      runs,
    );
  });
});
