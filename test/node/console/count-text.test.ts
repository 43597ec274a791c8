// Words agree with the figure before them.
import { expect, test } from "vitest";
import { countText } from "../../../src/console/count-text.ts";

test.each([
  [0, "0 recharges"],
  [1, "1 recharge"],
  [2, "2 recharges"],
  [1_000, "1000 recharges"],
])("%i is written as %s", (count, text) => {
  expect(countText(count, "recharge")).toBe(text);
});

test("more than a last letter may change", () => {
  expect([0, 1, 2].map((count) => countText(count, "row waits", "rows wait"))).toEqual([
    "0 rows wait",
    "1 row waits",
    "2 rows wait",
  ]);
});
