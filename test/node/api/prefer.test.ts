import { expect, test } from "vitest";
import { readPrefer } from "../../../src/api/prefer.ts";

const limits = { defaultMs: 30_000, maxMs: 60_000 };

test.each([
  [undefined, 30_000, null],
  ["", 30_000, null],
  ["wait=20", 20_000, "wait=20"],
  ["wait=0", 0, "wait=0"],
  ["Wait = 20", 20_000, "wait=20"],
  ['wait="20"', 20_000, "wait=20"],
  ["wait=61", 60_000, "wait=60"],
  ["wait=999999999", 60_000, "wait=60"],
  ["respond-async", 0, "respond-async"],
  ["respond-async, wait=5", 5_000, "wait=5"],
  ["wait=5; x=1, respond-async", 5_000, "wait=5"],
  ["wait=5, wait=9", 5_000, "wait=5"],
  ["wait=-1", 30_000, null],
  ["wait=1.5", 30_000, null],
  ["wait=soon, respond-async", 0, "respond-async"],
  ["return=minimal", 30_000, null],
])("%j waits %i ms and says %j", (header, waitMs, applied) => {
  expect(readPrefer(header, limits)).toEqual({ waitMs, applied });
});
