// Rows that name nobody: by number, amount and time, where exactly one row and one open attempt fit each other.
import { expect, test } from "vitest";
import { minor } from "../../../../src/base/money.ts";
import { clockDifferenceMs } from "../../../../src/reconciliation/provider-statement/match.ts";
import { brief, match, named, otherAttempt, spanAt } from "./match-fixture.ts";
import { attempt, row, t0 } from "./statement-fixture.ts";

test("a row that names nobody settles where one open attempt and one row fit each other", () => {
  expect(brief([row()], [attempt()])).toEqual(["settles 1 applied"]);
  expect(brief([row({ word: "failure" })], [attempt()])).toEqual(["settles 1 applied"]);
  expect(brief([row({ word: "refund" })], [attempt()])).toEqual(["settles 1 applied"]);
});

test.each([
  [{ number: "9812345679" }],
  [{ amount: minor(2_001) }],
  [{ amount: null }],
  [{ time: { from: 0, until: t0 - clockDifferenceMs } }],
  [spanAt(t0 + 5_000 + 30_000 + 600_000 + clockDifferenceMs + 1)],
  [{ reference: "somebody's" }],
])("a row that names nobody and carries %o fits nothing", (more) => {
  expect(match([row(more)], [attempt()])).toMatchObject([
    { disposition: "unknown", attempt: null, isApplied: false, reason: "No recharge of ours fits it." },
  ]);
});

test.each([
  [{ time: { from: 0, until: t0 - clockDifferenceMs + 1 } }],
  [spanAt(t0 + 5_000 + 30_000 + 600_000 + clockDifferenceMs)],
])("a row that names nobody at %o is at the edge of what fits", (more) => {
  expect(brief([row(more)], [attempt()])).toEqual(["settles 1 applied"]);
});

test("a row that names nobody fits by its looks where our reference does not travel to the provider", () => {
  expect(brief([row({ reference: "theirs" })], [attempt()], { rules: { referenceTravels: false } })).toEqual([
    "settles 1 applied",
  ]);
});

test("a row that names nobody and states no number is known by nothing", () => {
  expect(match([row({ number: null })], [attempt()])).toMatchObject([
    { disposition: "unknown", reason: "It carries neither a reference nor a number." },
  ]);
  expect(match([row({ number: null, reference: "somebody's" })], [attempt()])).toMatchObject([
    { disposition: "unknown", reason: "No recharge of ours fits it." },
  ]);
});

test.each([
  ["success", "succeeded", "agrees 1"],
  ["success", "failed", "unknown -"],
  ["success", "declined", "unknown -"],
  ["failure", "failed", "agrees 1"],
  ["failure", "declined", "agrees 1"],
  ["failure", "succeeded", "unknown -"],
  ["refund", "succeeded", "contradicts 1"],
  ["refund", "failed", "agrees 1"],
  ["pending", "in_doubt", "not_final 1"],
  ["pending", "succeeded", "unknown -"],
  ["pending", "failed", "unknown -"],
] as const)("a row that names nobody %s beside one that is %s settles nothing: %s", (word, state, expected) => {
  expect(brief([row({ word })], [attempt({ state })])).toEqual([expected]);
});

test("a row that names nobody is ambiguous where two recharges fit it", () => {
  expect(match([row()], [attempt(), otherAttempt()])).toMatchObject([
    { disposition: "ambiguous", attempt: null, isApplied: false, reason: "2 recharges fit it." },
  ]);
  expect(brief([row()], [attempt(), otherAttempt({ state: "succeeded" })])).toEqual(["ambiguous -"]);
});

test("a row that names nobody is ambiguous where two rows fit its recharge", () => {
  const rows = [row(), row({ identity: "row:b:1", word: "refund" })];
  expect(match(rows, [attempt()])).toMatchObject([
    { disposition: "ambiguous", reason: "2 rows fit its recharge." },
    { disposition: "ambiguous", reason: "2 rows fit its recharge." },
  ]);
});

test("a row that names nobody is of the other one where the first failed for all that is known", () => {
  expect(brief([row()], [attempt({ state: "failed" }), otherAttempt()])).toEqual(["settles 2 applied"]);
});

test("a row that names nobody is of the other one where the first has a row that names it, or was bound to one", () => {
  const rows = [named({ identity: "row:b:1" }), row()];
  expect(brief(rows, [attempt(), otherAttempt()])).toEqual(["settles 1 applied", "settles 2 applied"]);
  const bound = [{ identity: "row:z:1", account: 7, counter: 1 }];
  expect(brief([row()], [attempt(), otherAttempt()], { bound })).toEqual(["settles 2 applied"]);
  expect(brief([row()], [attempt({ statementKeys: ["statement:row:z:1:success"] }), otherAttempt()])).toEqual([
    "settles 2 applied",
  ]);
});

test("a row that names nobody is not used a second time", () => {
  const bound = [{ identity: "row:a:1", account: 9, counter: 9 }];
  expect(brief([row()], [attempt()], { bound })).toEqual(["unknown -"]);
});

test("a row that names nobody is too fresh as long as another recharge may still come that fits it", () => {
  const { until } = row().time;
  expect(match([row()], [attempt()], { rules: { now: until + clockDifferenceMs - 1 } })).toMatchObject([
    {
      disposition: "too_fresh",
      attempt: null,
      isApplied: false,
      reason: "Another recharge may still come that fits it.",
    },
  ]);
  expect(match([row()], [attempt()], { rules: { now: until + clockDifferenceMs } })).toMatchObject([
    { disposition: "settles" },
  ]);
});

test("a row that names nobody of a deposit is about no recharge, even with a number and a reference", () => {
  expect(brief([named({ word: "other" }), row({ word: "other" })], [attempt()])).toEqual(["other -", "other -"]);
});

test("a row that names one attempt does not compete for another", () => {
  const theirs = row({ theirId: "T-1", identity: "id:T-1" });
  expect(brief([theirs, row()], [attempt({ theirReference: "T-1" }), otherAttempt()])).toEqual([
    "settles 1 applied",
    "settles 2 applied",
  ]);
});
