// What staff see and read of a segment.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { judgeSegments, missingReasons } from "../../../src/recharges/balance-segments.ts";
import type { WalletHistory } from "../../../src/recharges/segment-history.ts";
import { segmentPicture } from "../../../src/recharges/segment-picture.ts";
import { missingTexts, saySegment } from "../../../src/recharges/segment-words.ts";
import { answered, call, movement, reading, wallet } from "./segment-fixture.ts";

const pictures = (history: WalletHistory) => judgeSegments(history).map(segmentPicture);
const texts = (history: WalletHistory) => judgeSegments(history).map(saySegment);
const standings = (history: WalletHistory) =>
  pictures(history).flatMap(({ bars }) =>
    bars.flatMap((bar) => (bar.kind === "call" ? [`${bar.id} ${bar.standing}`] : [])),
  );
const crowd = [
  call("equal-1"),
  call("equal-2"),
  call("sure", { costs: [minor(5_000)] }),
  call("not", { costs: [minor(70)] }),
  answered("said", "success", 40),
];

describe("the picture of a segment", () => {
  it("has balances as points and calls and movements as bars, each in time", () => {
    const seen = { before: minor(100_000), after: minor(99_960) };
    const calls = [call("lost"), { ...answered("said", "success", 40), sentAt: 990, balances: seen }];
    const history = wallet(calls, 1_025, { movements: [movement(500, 700, 5)] });
    expect(pictures(history)).toEqual([
      {
        points: [
          { kind: "opening", at: 10, balance: 100_000 },
          { kind: "seen", at: 990, balance: 100_000 },
          { kind: "seen", at: 1_020, balance: 99_960 },
          { kind: "closing", at: 5_000, balance: 98_975 },
        ],
        bars: [
          { kind: "movement", id: "moved-500", from: 500, until: 700, change: 5 },
          { kind: "call", id: "said", from: 990, until: 1_020, standing: "success", costs: [40] },
          { kind: "call", id: "lost", from: 1_000, until: 1_040, standing: "proved_success", costs: [990] },
        ],
      },
    ]);
  });

  it("says what was proved of each lost attempt, and what was not", () => {
    const known = ["said success"];
    expect(standings(wallet(crowd, 6_030))).toEqual([
      "equal-1 one_of_equals",
      "equal-2 one_of_equals",
      "sure proved_success",
      "not proved_failure",
      ...known,
    ]);
    expect(standings(wallet([call("a"), call("b", { costs: [minor(7)] })], 7))).toEqual([
      "a proved_failure",
      "b proved_success",
    ]);
    expect(standings(wallet([call("a"), answered("b", "failure")], 3))).toEqual(["a lost", "b failure"]);
  });

  it("has no point where an anchor is missing, and an open end where the provider is not done", () => {
    const open = call("open", { overBy: null, balances: { before: minor(1), after: minor(2) } });
    const bar = { kind: "call", id: "open", from: 1_000, until: null, standing: "lost", costs: [990] };
    expect(pictures(wallet([open], 0, { readings: [] }))).toEqual([{ points: [], bars: [bar] }]);
    expect(pictures(wallet([open], 0, { readings: [reading(0, 5)] }))).toEqual([
      { points: [{ kind: "opening", at: 10, balance: 5 }], bars: [bar] },
    ]);
    const early = call("early", { sentAt: -900, overBy: -860 });
    expect(pictures(wallet([early], 0, { readings: [reading(0, 5)] })).map(({ points }) => points)).toEqual([
      [{ kind: "closing", at: 0, balance: 5 }],
    ]);
  });
});

const sayings = [
  {
    what: "that it foots",
    history: wallet([answered("a", "success")], 990),
    text:
      "Opening 1000.00, closing 990.10, recorded movements 0.00: 9.90 went to calls, of it 9.90 to known successes. " +
      "It foots, and nothing was lost.",
  },
  {
    what: "what it proves, with the range of known costs",
    history: wallet([call("a"), { ...answered("b", "success"), costs: [minor(60), minor(50)] }], 1_040, {
      movements: [movement(500, 600, 500), movement(700, 710, -490)],
    }),
    text:
      "Opening 1000.00, closing 989.60, recorded movements 0.10: 10.50 went to calls, of it 0.50 to 0.60 to known " +
      "successes. Of the lost attempts 1 succeeded and 0 failed.",
  },
  {
    what: "how many of equal costs",
    history: wallet([...crowd, call("x", { costs: [minor(10_000)] }), call("y", { costs: [minor(10_000)] })], 16_030),
    text:
      "Opening 1000.00, closing 839.70, recorded movements 0.00: 160.30 went to calls, of it 0.40 to known successes. " +
      "Of the lost attempts 1 succeeded and 1 failed for sure; " +
      "1 of 2 of equal cost succeeded, 1 of 2 of equal cost succeeded.",
  },
  {
    what: "what is left over",
    history: wallet([answered("a", "failure")], 7),
    text:
      "Opening 1000.00, closing 999.93, recorded movements 0.00: 0.07 went to calls, of it 0.00 to known successes. " +
      "It does not foot: 0.07 is left over and no set of lost attempts costs that.",
  },
  {
    what: "all that is missing, with the sum where both anchors are there",
    history: wallet([call("a"), { ...answered("b", "success"), costs: [] }], 7, { exclusiveSince: null }),
    text:
      "Opening 1000.00, closing 999.93, recorded movements 0.00: 0.07 went to calls, of it 0.00 to known successes. " +
      "Nobody declared, before the opening balance, that only our calls move this wallet. " +
      "The cost of one of the calls is not known.",
  },
  {
    what: "that no balance counts before",
    history: wallet([call("a", { sentAt: -900, overBy: -860 })], 0, { readings: [reading(0, 5)] }),
    text: "No balance counts that was read before the first lost attempt.",
  },
  {
    what: "that no balance counts after",
    history: wallet([call("a")], 0, { readings: [reading(0, 5)] }),
    text: "No balance counts yet that was read after the last lost attempt had become final.",
  },
];

describe("a segment says", () => {
  it.each(sayings)("$what", ({ history, text }) => {
    expect(texts(history)).toEqual([text]);
  });

  it("has a sentence of its own for everything that may be missing", () => {
    expect(Object.keys(missingTexts)).toEqual([...missingReasons]);
    expect(Object.values(missingTexts)).toEqual([
      "No balance counts that was read before the first lost attempt.",
      "No balance counts yet that was read after the last lost attempt had become final.",
      "The provider accepted a call and has not said its last word.",
      "Nobody declared, before the opening balance, that only our calls move this wallet.",
      "Another segment does not foot: somebody else may move this wallet.",
      "A refund of the provider may fall in.",
      "Explicit words about one of the calls contradict each other.",
      "The cost of one of the calls is not known.",
      "More than one set of lost attempts fits.",
      "There are too many lost attempts for an exact answer.",
    ]);
  });
});
