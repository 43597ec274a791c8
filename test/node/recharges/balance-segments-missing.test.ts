// What is missing where a segment cannot be judged.
import { describe, expect, it } from "vitest";
import { judgeSegments } from "../../../src/recharges/balance-segments.ts";
import type { WalletHistory } from "../../../src/recharges/segment-history.ts";
import { call, reading, wallet } from "./segment-fixture.ts";

const judgements = (history: WalletHistory) => judgeSegments(history).map(({ judgement }) => judgement);
const cannot = (...missing: readonly string[]) => [{ kind: "cannot", missing }];
const reversed = (sentAt: number) => call("r", { sentAt, answeredAt: sentAt + 20, word: "reversed" });

describe("a segment cannot be judged", () => {
  it.each([
    { what: "nobody declared the wallet exclusive", values: { exclusiveSince: null }, missing: ["not_exclusive"] },
    { what: "it was declared after the opening", values: { exclusiveSince: 1 }, missing: ["not_exclusive"] },
    {
      what: "nobody declared that no refund comes",
      values: { refundFreeSince: null },
      missing: ["refund_may_fall_in"],
    },
    { what: "that was declared after the opening", values: { refundFreeSince: 1 }, missing: ["refund_may_fall_in"] },
    {
      what: "several things are missing, each named",
      values: { exclusiveSince: null, refundFreeSince: null },
      missing: ["not_exclusive", "refund_may_fall_in"],
    },
  ])("where $what", ({ values, missing }) => {
    expect(judgements(wallet([call("a")], 990, values))).toEqual(cannot(...missing));
  });

  it("is judged where both were declared at the opening", () => {
    expect(judgements(wallet([call("a")], 990, { exclusiveSince: 0, refundFreeSince: 0 }))).toEqual([
      { kind: "proves", succeeded: ["a"], failed: [] },
    ]);
  });

  it("where explicit words about one of its calls disagree", () => {
    expect(judgements(wallet([call("a", { word: "disputed" })], 990))).toEqual(cannot("words_disagree"));
  });

  it.each(["none", "success"] as const)("where the cost of a call with the word %s is not known", (word) => {
    expect(judgements(wallet([call("a"), call("b", { word, costs: [] })], 990))).toEqual(cannot("no_cost_known"));
  });

  it.each(["failure", "declined"] as const)("but the cost of a call with the word %s is not asked for", (word) => {
    expect(judgements(wallet([call("a"), call("b", { word, costs: [] })], 990))).toEqual([
      { kind: "proves", succeeded: ["a"], failed: [] },
    ]);
  });
});

describe("a refund that is owed", () => {
  it("keeps every segment that ends after it from being judged", () => {
    const readings = [reading(0, 10_000), reading(2_000, 9_010), reading(6_000, 9_010)];
    const history = wallet([call("a"), reversed(3_000), call("b", { sentAt: 3_100, overBy: 3_140 })], 0, { readings });
    expect(judgements(history)).toEqual([
      { kind: "proves", succeeded: ["a"], failed: [] },
      ...cannot("refund_may_fall_in"),
    ]);
  });

  it("is named where no closing balance counts yet", () => {
    const history = wallet([call("a"), reversed(1_200)], 0, { readings: [reading(0, 10_000)] });
    expect(judgements(history)).toEqual(cannot("no_closing_anchor", "refund_may_fall_in"));
  });

  it.each([
    { sentAt: -501, missing: [] },
    { sentAt: -500, missing: ["refund_may_fall_in"] },
  ])("is taken as come where staff declared anew after the call (sent at $sentAt)", ({ sentAt, missing }) => {
    const history = wallet([reversed(sentAt), call("a")], 990, { refundFreeSince: -500 });
    expect(judgements(history).flatMap((all) => ("missing" in all ? all.missing : []))).toEqual(missing);
  });

  it("does not stand in the way of a segment that ended before its call", () => {
    const history = wallet([call("a"), reversed(5_000)], 990, {
      readings: [reading(0, 10_000), reading(4_000, 9_010), reading(5_100, 9_010)],
    });
    expect(judgements(history).map(({ kind }) => kind)).toEqual(["proves", "cannot"]);
  });
});
