// What segments say of single attempts.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { judgeSegments } from "../../../src/recharges/balance-segments.ts";
import { wordsOfSegments } from "../../../src/recharges/segment-evidence.ts";
import { answered, call, movement, reading, wallet } from "./segment-fixture.ts";

const words = (...of: Parameters<typeof wallet>) =>
  wordsOfSegments(judgeSegments(wallet(...of))).map(({ callId, word, opens }) => [callId, word, opens]);
const other = (id: string, cost = 1_980) => call(id, { costs: [minor(cost)] });

describe("wordsOfSegments", () => {
  it("proves what one subset says, for the time of the closing balance, under a key of both anchors", () => {
    const segments = judgeSegments(wallet([call("a"), other("b")], 990));
    expect(wordsOfSegments(segments)).toEqual([
      {
        callId: "a",
        key: "balance_segment:0-5000:success",
        word: "success",
        speaksAt: 5_000,
        said: expect.stringContaining("Opening 1000.00, closing 990.10"),
        opens: null,
      },
      {
        callId: "b",
        key: "balance_segment:0-5000:failure",
        word: "failure",
        speaksAt: 5_000,
        said: expect.stringContaining("1 succeeded and 1 failed"),
        opens: null,
      },
    ]);
  });

  it("of equal costs are cases that say how many succeeded", () => {
    expect(words([call("a"), call("b"), other("c")], 990 + 1_980)).toEqual([
      ["c", "success", null],
      ["a", "unclear", "doubt"],
      ["b", "unclear", "doubt"],
    ]);
  });

  it("makes a case of each lost attempt where nothing fits, and of each word that may be wrong", () => {
    expect(words([call("a"), answered("b", "failure", 1_980)], 1_980)).toEqual([
      ["a", "unclear", "doubt"],
      ["b", "unclear", "contradiction"],
    ]);
    expect(words([call("a")], 5)).toEqual([["a", "unclear", "doubt"]]);
  });

  it("makes a case of what a closed segment cannot prove", () => {
    expect(words([call("a"), other("b", 990 * 2), call("c")], 990 * 2)).toEqual([
      ["a", "unclear", "doubt"],
      ["b", "unclear", "doubt"],
      ["c", "unclear", "doubt"],
    ]);
    expect(words([call("a", { costs: [] })], 990)).toEqual([["a", "unclear", "doubt"]]);
  });

  it("says nothing of a segment that is not closed, or in which nothing was lost", () => {
    expect(words([call("a")], 990, { readings: [reading(0, 100_000)] })).toEqual([]);
    expect(words([answered("a", "success")], 990)).toEqual([]);
    expect(words([answered("a", "success")], 490, { movements: [movement(2_000, 2_000, 500)] })).toEqual([]);
  });
});
