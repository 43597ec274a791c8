// A segment that does not foot takes the declaration, and every proof that stands on it.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { judgeSegments } from "../../../src/recharges/balance-segments.ts";
import type { WalletHistory } from "../../../src/recharges/segment-history.ts";
import { answered, call, reading, wallet } from "./segment-fixture.ts";

const judgements = (history: WalletHistory) => judgeSegments(history).map(({ judgement }) => judgement);
const cannot = (...missing: readonly string[]) => [{ kind: "cannot", missing }];
const costing = (...costs: readonly number[]) => ({ costs: costs.map(minor) });

const withdrawn = [
  { what: "too much was taken", calls: [answered("a", "success")], spent: 995, left: 5, against: [] },
  { what: "too little was taken", calls: [answered("a", "success")], spent: 900, left: -90, against: [] },
  {
    what: "a word of success is against it",
    calls: [answered("a", "success")],
    spent: 0,
    left: -990,
    against: ["a"],
  },
  {
    what: "a word of failure is against it",
    calls: [answered("a", "failure")],
    spent: 990,
    left: 990,
    against: ["a"],
  },
  {
    what: "each of several words may be the wrong one",
    calls: [answered("a", "failure"), answered("b", "failure"), answered("c", "failure", 7), call("d", costing(30))],
    spent: 990,
    left: 990,
    against: ["a", "b"],
  },
  {
    what: "a wrong word leaves several sets that fit",
    calls: [answered("w", "failure", 500), ...[300, 100, 200].map((cost) => call(`l${cost}`, costing(cost)))],
    spent: 800,
    left: 800,
    against: ["w"],
  },
  {
    what: "what would fit with two wrong words accuses nobody",
    calls: [answered("a", "success"), answered("b", "failure", 500)],
    spent: 500,
    left: -490,
    against: [],
  },
  {
    what: "what is left is counted with the lowest costs",
    calls: [{ ...answered("a", "success"), ...costing(990, 980) }],
    spent: 1_000,
    left: 20,
    against: [],
  },
  {
    what: "a failure whose cost nobody knows is not accused",
    calls: [{ ...answered("a", "failure"), costs: [] }],
    spent: 990,
    left: 990,
    against: [],
  },
];

function namedAmong(count: number): readonly string[] {
  const words = Array.from({ length: count }, (_, place) => answered(`a${place}`, "failure"));
  return judgements(wallet(words, 990)).flatMap((all) => ("against" in all ? all.against : []));
}

describe("a segment that does not foot", () => {
  it.each(withdrawn)("withdraws the declaration: $what", ({ calls, spent, left, against }) => {
    expect(judgements(wallet(calls, spent))).toEqual([{ kind: "withdrawn", left, against }]);
  });

  it("names no wrong word among more than thirty", () => {
    expect(namedAmong(30)).toHaveLength(30);
    expect(namedAmong(31)).toEqual([]);
  });

  it("takes the proof of every other segment, and leaves what they say otherwise", () => {
    const lost = [call("a"), call("b", { sentAt: 6_000, overBy: 6_040 }), call("c", { sentAt: 6_000, overBy: 6_040 })];
    const readings = [
      reading(0, 10_000),
      reading(5_000, 9_010),
      reading(5_500, 9_010),
      reading(8_000, 8_020),
      reading(8_500, 8_000),
    ];
    expect(judgements(wallet(lost, 0, { readings }))).toEqual([
      ...cannot("exclusive_withdrawn"),
      { kind: "foots" },
      ...cannot("exclusive_withdrawn"),
      { kind: "withdrawn", left: 20, against: [] },
    ]);
  });
});
