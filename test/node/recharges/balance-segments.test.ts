// What one segment says of its lost attempts.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { judgeSegments } from "../../../src/recharges/balance-segments.ts";
import type { WalletHistory } from "../../../src/recharges/segment-history.ts";
import { call, answered, movement, wallet } from "./segment-fixture.ts";

const judgements = (history: WalletHistory) => judgeSegments(history).map(({ judgement }) => judgement);
const costing = (...costs: readonly number[]) => ({ costs: costs.map(minor) });

const judged = [
  { what: "foots where nothing was lost", calls: [answered("a", "success")], spent: 990, says: { kind: "foots" } },
  { what: "foots where nothing was called", calls: [], spent: 0, says: { kind: "foots" } },
  {
    what: "proves the success of the only lost attempt",
    calls: [call("a")],
    spent: 990,
    says: { kind: "proves", succeeded: ["a"], failed: [] },
  },
  {
    what: "proves its failure",
    calls: [call("a"), answered("b", "success")],
    spent: 990,
    says: { kind: "proves", succeeded: [], failed: ["a"] },
  },
  {
    what: "tells attempts of different cost apart, beside a known failure",
    calls: [call("a", costing(990)), call("b", costing(1_980)), answered("c", "failure", 500)],
    spent: 1_980,
    says: { kind: "proves", succeeded: ["b"], failed: ["a"] },
  },
  {
    what: "takes every commission that was ever seen into account",
    calls: [call("a", costing(990, 980)), call("b", costing(1_980, 1_960))],
    spent: 1_960,
    says: { kind: "proves", succeeded: ["b"], failed: ["a"] },
  },
  {
    what: "knows the number, not which, of equal costs, and what is sure beside them",
    calls: [call("a"), call("b"), call("c", costing(5_000)), call("d", costing(70))],
    spent: 5_990,
    says: { kind: "proves_number", succeeded: ["c"], failed: ["d"], groups: [{ ids: ["a", "b"], succeeded: 1 }] },
  },
  {
    what: "knows which of equal costs where all succeeded",
    calls: [call("a"), call("b")],
    spent: 1_980,
    says: { kind: "proves", succeeded: ["a", "b"], failed: [] },
  },
  {
    what: "cannot tell one attempt from two others of the same sum",
    calls: [call("a", costing(300)), call("b", costing(100)), call("c", costing(200))],
    spent: 300,
    says: { kind: "cannot", missing: ["several_subsets_fit"] },
  },
  {
    what: "refuses more lost attempts than it can judge exactly",
    calls: Array.from({ length: 18 }, (_, place) => call(`a${place}`, costing(2 ** place))),
    spent: 2 ** 18 - 1,
    says: { kind: "cannot", missing: ["too_many_sums"] },
  },
];

describe("a segment between two balance calls", () => {
  it.each(judged)("$what", ({ calls, spent, says }) => {
    expect(judgements(wallet(calls, spent))).toEqual([says]);
  });

  it("counts what staff recorded as moved, both ways", () => {
    const movements = [movement(1_500, 1_600, 5_000), movement(1_700, 1_800, -40)];
    expect(judgements(wallet([call("a")], 1_030 - 5_000, { movements }))).toEqual([
      { kind: "proves", succeeded: ["a"], failed: [] },
    ]);
  });

  it("gives the times and figures of its anchors, its calls in the order of sending, and its movements", () => {
    const movements = [movement(1_500, 1_600, 7)];
    const calls = [call("late", { sentAt: 1_010 }), call("early")];
    const [segment] = judgeSegments(wallet(calls, 983, { movements }));
    expect(segment).toMatchObject({
      opening: { callId: null, from: 0, until: 10, before: 100_000, after: 100_000 },
      closing: { callId: null, from: 5_000, until: 5_010, before: 99_017, after: 99_017 },
      movements,
      closesFrom: 1_670,
    });
    expect(segment?.calls.map(({ id }) => id)).toEqual(["early", "late"]);
  });
});
