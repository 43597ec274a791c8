// Rows that name an attempt: by our reference, by the upstream's id, or by what an earlier statement bound them to.
import { expect, test } from "vitest";
import { minor } from "../../../../src/base/money.ts";
import { clockDifferenceMs } from "../../../../src/reconciliation/provider-statement/match.ts";
import { brief, match, named, reasonOf, spanAt } from "./match-fixture.ts";
import { attempt, minuteMs, row, t0 } from "./statement-fixture.ts";

test.each([
  ["success", "sent", "settles 1 applied"],
  ["success", "accepted", "settles 1 applied"],
  ["success", "in_doubt", "settles 1 applied"],
  ["success", "succeeded", "agrees 1"],
  ["success", "failed", "contradicts 1 applied"],
  ["success", "declined", "contradicts 1 applied"],
  ["failure", "sent", "settles 1 applied"],
  ["failure", "accepted", "settles 1 applied"],
  ["failure", "in_doubt", "settles 1 applied"],
  ["failure", "succeeded", "contradicts 1 applied"],
  ["failure", "failed", "agrees 1"],
  ["failure", "declined", "agrees 1"],
  ["refund", "in_doubt", "settles 1 applied"],
  ["refund", "succeeded", "contradicts 1 applied"],
  ["refund", "failed", "agrees 1"],
  ["pending", "in_doubt", "not_final 1"],
  ["pending", "succeeded", "not_final 1"],
  ["pending", "failed", "not_final 1"],
  ["other", "in_doubt", "other -"],
] as const)("a row that names an attempt %s about one that is %s: %s", (word, state, expected) => {
  expect(brief([named({ word })], [attempt({ state })])).toEqual([expected]);
  expect(brief([named({ word, number: null })], [attempt({ state })])).toEqual([expected]);
});

test.each([
  [{ number: "9812345679" }, {}, "number"],
  [{ amount: minor(2_001) }, {}, "amount"],
  [{ theirId: "T-1" }, { theirReference: "T-2" }, "provider's reference"],
  [{ time: { from: 0, until: t0 - clockDifferenceMs } }, {}, "time"],
] as const)("a row that names an attempt and carries %o is not about it", (more, of, part) => {
  expect(match([named(more)], [attempt(of)])).toMatchObject([
    { disposition: "does_not_fit", isApplied: false, reason: `It names a recharge with another ${part}.` },
  ]);
});

test.each([
  [{ time: { from: 0, until: t0 - clockDifferenceMs + 1 } }, {}],
  [spanAt(t0 + 30 * 24 * 60 * minuteMs), {}],
  [{ theirId: "T-1" }, { theirReference: "T-1" }],
  [{ theirId: "T-1" }, {}],
  [{}, { theirReference: "T-1" }],
  [{ number: "919812345678" }, {}],
])("a row that names an attempt and carries %o is about it", (more, of) => {
  expect(brief([named(more)], [attempt(of)])).toEqual(["settles 1 applied"]);
});

test("a row that names an attempt was applied before where its evidence is there", () => {
  const known = attempt({ state: "succeeded", statementKeys: ["statement:row:a:1:success"] });
  expect(match([named()], [known])).toMatchObject([
    { disposition: "known", isApplied: false, reason: "It was applied before." },
  ]);
  expect(brief([named({ word: "refund" })], [known])).toEqual(["contradicts 1 applied"]);
  expect(brief([named({ identity: "row:a:2" })], [known])).toEqual(["agrees 1"]);
});

test("a row that names an attempt may name it by the upstream's own id, where only one has it and no reference says otherwise", () => {
  const theirs = attempt({ theirReference: "T-1" });
  const by = row({ theirId: "T-1", number: null });
  expect(brief([by], [theirs])).toEqual(["settles 1 applied"]);
  expect(brief([by], [theirs, attempt({ counter: 2, reference: "X", theirReference: "T-1" })])).toEqual(["unknown -"]);
  expect(brief([{ ...by, reference: "somebody's" }], [theirs])).toEqual(["unknown -"]);
  expect(brief([row({ theirId: "T-2" })], [attempt()])).toEqual(["settles 1 applied"]);
});

test("a row that names an attempt may name it by what an earlier statement bound it to", () => {
  const bound = [{ identity: "row:a:1", account: 7, counter: 2 }];
  const attempts = [attempt(), attempt({ counter: 2, reference: "LC000070000002", state: "succeeded" })];
  expect(brief([row({ word: "refund" })], attempts, { bound })).toEqual(["contradicts 2 applied"]);
  expect(brief([named({ word: "refund" })], attempts, { bound })).toEqual(["does_not_fit 2"]);
  expect(match([named({ word: "refund" })], attempts, { bound })[0]?.reason).toBe(
    "It names a recharge with another reference.",
  );
  expect(brief([row()], [attempt()], { bound })).toEqual(["unknown -"]);
});

test("a row that names an attempt says in words what would come of it", () => {
  expect(reasonOf("success", "in_doubt")).toBe("The recharge succeeded.");
  expect(reasonOf("refund", "in_doubt")).toBe("The recharge failed.");
  expect(reasonOf("success", "succeeded")).toBe("It is known that the recharge succeeded.");
  expect(reasonOf("failure", "declined")).toBe("It is known that the recharge failed.");
  expect(reasonOf("failure", "succeeded")).toBe("The recharge succeeded, as far as we know.");
  expect(reasonOf("pending", "in_doubt")).toBe("The provider has not said its last word.");
  expect(reasonOf("other", "in_doubt")).toBe("It is about no recharge.");
});
