// A segment drawn in text.
import { expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { judgeSegments } from "../../../src/recharges/balance-segments.ts";
import { sketchSegment } from "../../../src/recharges/segment-sketch.ts";
import { answered, call, movement, wallet } from "./segment-fixture.ts";

it("has a line for each balance, call and movement, in time, with what it cost", () => {
  const calls = [
    answered("A", "success", 1_980),
    call("B", { costs: [minor(2_970)] }),
    call("C", { costs: [minor(90), minor(80)] }),
  ];
  const history = wallet(calls, 4_950 - 500, { movements: [movement(2_500, 3_000, 500)] });
  expect(judgeSegments(history).map(sketchSegment)).toEqual([
    [
      "           00:00:00                                00:00:05",
      "opening    |............................................... 1000.00",
      "closing    ...............................................| 955.50",
      "A          .........=...................................... success 19.80",
      "B          .........=...................................... proved_success 29.70",
      "C          .........=...................................... proved_failure 0.90 or 0.80",
      "moved-2500 .......................======................... movement 5.00",
    ].join("\n"),
  ]);
});

it("leaves open at the end what the provider accepted and has not decided", () => {
  const sketches = judgeSegments(wallet([call("A", { overBy: null })], 0)).map(sketchSegment);
  expect(sketches).toEqual([expect.stringMatching(/^A {7}\.{47}> lost 9\.90$/m)]);
});
