// A quiet at the desk: who may go through, and what ends it.
import { describe, expect, it } from "vitest";
import { deskAfter, firstState, switchOf } from "../../../src/providers/desk.ts";
import { quietAfter, quietOf, quietProbe } from "../../../src/providers/quiet.ts";
import type { Quiet } from "../../../src/recharges/segment-book.ts";

const quiet: Quiet = { since: 1_000, calmAt: 2_000, until: 5_000, clearAfterMs: 1_500, probe: null };
const outcome = (
  kind: "succeeded" | "failed" | "declined" | "pending" | "in_doubt" | "not_started",
  sentAt: number,
) => ({
  kind,
  at: sentAt + 10,
  sentAt,
});
const ask = (state: Quiet | null, by: string, now: number) => quietProbe(state, { by, now, probeEveryMs: 300 });

describe("a quiet lets through", () => {
  it("nobody before it is calm, then one, the same one again, and another one only when nothing was heard", () => {
    expect(ask(quiet, "a", 1_999)).toEqual({ granted: false, retryAt: 2_000 });
    const probed = { ...quiet, probe: { by: "a", at: 2_000 } };
    expect(ask(quiet, "a", 2_000)).toEqual({ granted: true, quiet: probed });
    expect(ask(probed, "a", 2_100)).toEqual({ granted: true, quiet: probed });
    expect(ask(probed, "b", 2_299)).toEqual({ granted: false, retryAt: 2_300 });
    expect(ask(probed, "b", 2_300)).toEqual({ granted: true, quiet: { ...quiet, probe: { by: "b", at: 2_300 } } });
  });

  it("everybody at its limit, and where there is none", () => {
    expect(ask(quiet, "a", 4_999)).toMatchObject({ granted: true, quiet: { probe: { by: "a" } } });
    expect(ask(quiet, "a", 5_000)).toEqual({ granted: true, quiet: null });
    expect(ask(null, "a", 0)).toEqual({ granted: true, quiet: null });
  });
});

describe("a quiet ends", () => {
  it.each(["succeeded", "failed", "declined", "pending", "in_doubt"] as const)(
    "when the one call alone came to %s",
    (kind) => {
      expect(quietAfter(quiet, [outcome(kind, 2_000)])).toBeNull();
    },
  );

  it("not by what was sent before, except that doubt puts the calm off", () => {
    for (const kind of ["succeeded", "failed", "declined"] as const)
      expect(quietAfter(quiet, [outcome(kind, 1_999)])).toEqual(quiet);
    expect(quietAfter(quiet, [outcome("in_doubt", 900), outcome("succeeded", 950)])).toEqual({
      ...quiet,
      calmAt: 2_400,
    });
    expect(quietAfter(quiet, [outcome("in_doubt", 100)])).toEqual(quiet);
    expect(quietAfter({ ...quiet, until: 2_400 }, [outcome("in_doubt", 900)])).toBeNull();
    expect(quietAfter(quiet, [outcome("not_started", 2_100)])).toEqual(quiet);
  });

  it("with the declaration that it serves, and when it is told to", () => {
    const withdraw = { kind: "withdraw", by: "asha", reason: "x" } as const;
    expect(quietOf({ ...withdraw, declares: "exclusive" }, quiet)).toBeNull();
    expect(quietOf({ ...withdraw, declares: "refund_free" }, quiet)).toEqual(quiet);
    expect(quietOf({ kind: "end_quiet" }, quiet)).toBeNull();
    expect(quietOf({ kind: "quiet", quiet }, null)).toEqual(quiet);
    expect(quietOf({ kind: "judged", startedAt: 1, judgeAt: 2 }, quiet)).toEqual(quiet);
  });
});

describe("the shards", () => {
  it("are told of a quiet as of an open breaker: the later of the two counts", () => {
    const quieted = deskAfter(firstState, { quiet });
    expect(switchOf("nurr", quieted)).toMatchObject({ trippedUntil: 2_000, version: 1 });
    const breaker = { ...firstState.breaker, trippedUntil: 3_000 };
    expect(switchOf("nurr", deskAfter(quieted, { breaker }))).toMatchObject({ trippedUntil: 3_000, version: 2 });
    expect(deskAfter(quieted, { quiet: { ...quiet, probe: { by: "a", at: 2_000 } } }).version).toBe(1);
    expect(switchOf("nurr", deskAfter(quieted, { quiet: null }))).toMatchObject({ trippedUntil: null, version: 2 });
  });
});
