// What it proves that a statement does not have an open attempt.
import { expect, test } from "vitest";
import { minor } from "../../../../src/base/money.ts";
import { clockDifferenceMs } from "../../../../src/reconciliation/provider-statement/match.ts";
import type { StatementRow } from "../../../../src/reconciliation/provider-statement/statement-row.ts";
import { deposit, finalAt, missing, plan, summary } from "./plan-fixture.ts";
import { attempt, minuteMs, row, t0 } from "./statement-fixture.ts";

const far = "nothing: The file does not reach from the attempt's start to its last moment.";
const late = "absence: The file does not show that it was made after the attempt's last moment.";
const proof = "failure: The file has every row of its period, and none of it.";

function depositAt(from: number): StatementRow {
  return { ...deposit, time: { from, until: from + 1_000 } };
}

/** Somebody else's row. */
function rowAt(from: number): StatementRow {
  return row({ identity: `row:${from}:1`, number: "9999999999", time: { from, until: from + 1 } });
}

test("an open attempt that the file does not have has failed where the file foots and reaches beyond its last moment", () => {
  expect(missing([deposit], [attempt()])).toEqual([proof]);
  expect(missing([deposit], [attempt({ state: "sent" })])).toEqual([proof]);
});

test.each([
  ["starts with the attempt", { from: t0 }, {}, proof],
  ["starts a moment later", { from: t0 + 1 }, {}, far],
  ["ends with its last moment", { to: finalAt }, {}, proof],
  ["ends a moment earlier", { to: finalAt - 1 }, {}, far],
  ["was made at its last moment", { made: finalAt }, {}, proof],
  ["was made a moment earlier", { made: finalAt - 1 }, {}, far],
  ["does not say when it was made, and has no row so late", { made: null }, {}, late],
  ["ends in the future", { to: finalAt + minuteMs, made: null }, { now: finalAt - 1 }, far],
  [
    "does not foot",
    { closing: minor(1_501) },
    {},
    "absence: Opening balance and rows do not add up to the closing balance.",
  ],
] as const)("an open attempt that the file does not have in a file that %s", (_what, stated, at, expected) => {
  expect(missing([deposit], [attempt()], { summary: { ...summary, ...stated }, rules: at })).toEqual([expected]);
});

test("an open attempt that the file does not have has failed where the last row of a file that says nothing of its making is late enough", () => {
  const stated = { ...summary, made: null };
  expect(missing([depositAt(finalAt)], [attempt()], { summary: stated })).toEqual([proof]);
  expect(missing([depositAt(finalAt - 1)], [attempt()], { summary: stated })).toEqual([late]);
});

test("an open attempt that the file does not have is only absent where the upstream took the order", () => {
  expect(missing([deposit], [attempt({ state: "accepted" })])).toEqual([
    "absence: The provider took the order, and has not said its last word.",
  ]);
});

test("an open attempt that the file does not have is only absent from a file without a summary, and that only between its first and its last row", () => {
  const none = "absence: The file does not state its period, opening and closing balance.";
  expect(missing([rowAt(finalAt), rowAt(t0)], [attempt()], { summary: null })).toEqual([none]);
  expect(missing([rowAt(t0 + 1), rowAt(finalAt)], [attempt()], { summary: null })).toEqual([far]);
  expect(missing([rowAt(t0), rowAt(finalAt - 1)], [attempt()], { summary: null })).toEqual([far]);
  expect(missing([rowAt(t0), rowAt(finalAt)], [attempt()], { summary: null, rules: { now: finalAt - 1 } })).toEqual([
    far,
  ]);
  expect(missing([], [attempt()], { summary: null })).toEqual([far]);
});

test.each([
  [{ number: null }],
  [{ number: "919812345678", reference: "somebody's" }],
  [{ reference: "somebody's" }],
  [{ time: { from: finalAt - 1, until: finalAt } }],
  [{ time: { from: 0, until: t0 - clockDifferenceMs + 1 } }],
  [{ word: "pending" as const, reference: "somebody's" }],
])("an open attempt that the file does not have is not missing where a row with %o may be it", (more) => {
  const maybe = row({ line: 9, number: null, ...more });
  expect(missing([deposit, maybe], [attempt()])).toEqual(["nothing: Line 9 may be it, and nothing says that it is."]);
  expect(plan([deposit, maybe], [attempt()]).words).toEqual([]);
});

test.each([
  [{ number: "9812345679" }],
  [{ amount: minor(2_001) }],
  [{ time: { from: 0, until: t0 - clockDifferenceMs } }],
  [{ word: "other" as const }],
])("an open attempt that the file does not have is missing where a row with %o cannot be it", (more) => {
  const [only] = missing([deposit, row({ movement: minor(0), ...more })], [attempt()], {
    summary: { ...summary, from: -1 },
  });
  expect(only).toBe(proof);
});

test("an open attempt that the file does not have is not looked for where it is not open, or has a row", () => {
  expect(
    missing([deposit], [attempt({ state: "succeeded" }), attempt({ state: "failed" }), attempt({ state: "declined" })]),
  ).toEqual([]);
  expect(missing([row()], [attempt()])).toEqual([]);
  expect(missing([row({ reference: "LC000070000001", amount: minor(1) })], [attempt()])).toEqual([]);
});

test("an open attempt that the file does not have is missing beside a row that is another's", () => {
  const other = attempt({ counter: 2, reference: "LC000070000002" });
  const theirs = row({ reference: "LC000070000002", movement: minor(500) });
  expect(missing([theirs], [attempt(), other])).toEqual([proof]);
});
