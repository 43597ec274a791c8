// Which row speaks of which attempt: by reference, else by number, amount and time where exactly one fits one.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProviderAttempt } from "../../../../src/accounts/account.ts";
import { minor } from "../../../../src/base/money.ts";
import { attemptStates } from "../../../../src/recharges/recharge.ts";
import { rowWords } from "../../../../src/reconciliation/provider-statement/mapping.ts";
import {
  type BoundRow,
  clockDifferenceMs,
  type MatchRules,
  matchRows,
} from "../../../../src/reconciliation/provider-statement/match.ts";
import type { StatementRow } from "../../../../src/reconciliation/provider-statement/statement-row.ts";
import { attempt, minuteMs, now, row, rules, t0 } from "./statement-fixture.ts";

interface Given {
  readonly bound?: readonly BoundRow[];
  readonly rules?: Partial<MatchRules>;
}

function match(rows: readonly StatementRow[], attempts: readonly ProviderAttempt[], given: Given = {}) {
  return matchRows(rows, attempts, { bound: given.bound ?? [], rules: { ...rules, ...given.rules } });
}

/** Disposition, counter of the attempt, and whether it is applied. */
function brief(rows: readonly StatementRow[], attempts: readonly ProviderAttempt[], given: Given = {}) {
  return match(rows, attempts, given).map(
    ({ disposition, attempt: of, isApplied }) => `${disposition} ${of?.counter ?? "-"}${isApplied ? " applied" : ""}`,
  );
}

const named = (more: Partial<StatementRow> = {}) => row({ reference: "LC000070000001", ...more });
const spanAt = (from: number) => ({ time: { from, until: from + 1_000 } });

describe("a row that names an attempt", () => {
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
  ] as const)("%s about one that is %s: %s", (word, state, expected) => {
    expect(brief([named({ word })], [attempt({ state })])).toEqual([expected]);
    expect(brief([named({ word, number: null })], [attempt({ state })])).toEqual([expected]);
  });

  test.each([
    [{ number: "9812345679" }, {}, "number"],
    [{ amount: minor(2_001) }, {}, "amount"],
    [{ theirId: "T-1" }, { theirReference: "T-2" }, "provider's reference"],
    [{ time: { from: 0, until: t0 - clockDifferenceMs } }, {}, "time"],
  ] as const)("and carries %o is not about it", (more, of, part) => {
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
  ])("and carries %o is about it", (more, of) => {
    expect(brief([named(more)], [attempt(of)])).toEqual(["settles 1 applied"]);
  });

  test("was applied before where its evidence is there", () => {
    const known = attempt({ state: "succeeded", statementKeys: ["statement:row:a:1:success"] });
    expect(match([named()], [known])).toMatchObject([
      { disposition: "known", isApplied: false, reason: "It was applied before." },
    ]);
    expect(brief([named({ word: "refund" })], [known])).toEqual(["contradicts 1 applied"]);
    expect(brief([named({ identity: "row:a:2" })], [known])).toEqual(["agrees 1"]);
  });

  test("may name it by the upstream's own id, where only one has it and no reference says otherwise", () => {
    const theirs = attempt({ theirReference: "T-1" });
    const by = row({ theirId: "T-1", number: null });
    expect(brief([by], [theirs])).toEqual(["settles 1 applied"]);
    expect(brief([by], [theirs, attempt({ counter: 2, reference: "X", theirReference: "T-1" })])).toEqual([
      "unknown -",
    ]);
    expect(brief([{ ...by, reference: "somebody's" }], [theirs])).toEqual(["unknown -"]);
    expect(brief([row({ theirId: "T-2" })], [attempt()])).toEqual(["settles 1 applied"]);
  });

  test("may name it by what an earlier statement bound it to", () => {
    const bound = [{ identity: "row:a:1", account: 7, counter: 2 }];
    const attempts = [attempt(), attempt({ counter: 2, reference: "LC000070000002", state: "succeeded" })];
    expect(brief([row({ word: "refund" })], attempts, { bound })).toEqual(["contradicts 2 applied"]);
    expect(brief([named({ word: "refund" })], attempts, { bound })).toEqual(["does_not_fit 2"]);
    expect(match([named({ word: "refund" })], attempts, { bound })[0]?.reason).toBe(
      "It names a recharge with another reference.",
    );
    expect(brief([row()], [attempt()], { bound })).toEqual(["unknown -"]);
  });

  test("says in words what would come of it", () => {
    const reasonOf = (word: StatementRow["word"], state: ProviderAttempt["state"]) =>
      match([named({ word })], [attempt({ state })])[0]?.reason;
    expect(reasonOf("success", "in_doubt")).toBe("The recharge succeeded.");
    expect(reasonOf("refund", "in_doubt")).toBe("The recharge failed.");
    expect(reasonOf("success", "succeeded")).toBe("It is known that the recharge succeeded.");
    expect(reasonOf("failure", "declined")).toBe("It is known that the recharge failed.");
    expect(reasonOf("failure", "succeeded")).toBe("The recharge succeeded, as far as we know.");
    expect(reasonOf("pending", "in_doubt")).toBe("The provider has not said its last word.");
    expect(reasonOf("other", "in_doubt")).toBe("It is about no recharge.");
  });
});

describe("a row that names nobody", () => {
  test("settles where one open attempt and one row fit each other", () => {
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
  ])("and carries %o fits nothing", (more) => {
    expect(match([row(more)], [attempt()])).toMatchObject([
      { disposition: "unknown", attempt: null, isApplied: false, reason: "No recharge of ours fits it." },
    ]);
  });

  test.each([
    [{ time: { from: 0, until: t0 - clockDifferenceMs + 1 } }],
    [spanAt(t0 + 5_000 + 30_000 + 600_000 + clockDifferenceMs)],
  ])("at %o is at the edge of what fits", (more) => {
    expect(brief([row(more)], [attempt()])).toEqual(["settles 1 applied"]);
  });

  test("fits by its looks where our reference does not travel to the provider", () => {
    expect(brief([row({ reference: "theirs" })], [attempt()], { rules: { referenceTravels: false } })).toEqual([
      "settles 1 applied",
    ]);
  });

  test("and states no number is known by nothing", () => {
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
  ] as const)("%s beside one that is %s settles nothing: %s", (word, state, expected) => {
    expect(brief([row({ word })], [attempt({ state })])).toEqual([expected]);
  });

  const other = (more: Partial<ProviderAttempt> = {}) =>
    attempt({ account: 8, counter: 2, reference: "LC000080000002", startedAt: t0 + 1_000, ...more });

  test("is ambiguous where two recharges fit it", () => {
    expect(match([row()], [attempt(), other()])).toMatchObject([
      { disposition: "ambiguous", attempt: null, isApplied: false, reason: "2 recharges fit it." },
    ]);
    expect(brief([row()], [attempt(), other({ state: "succeeded" })])).toEqual(["ambiguous -"]);
  });

  test("is ambiguous where two rows fit its recharge", () => {
    const rows = [row(), row({ identity: "row:b:1", word: "refund" })];
    expect(match(rows, [attempt()])).toMatchObject([
      { disposition: "ambiguous", reason: "2 rows fit its recharge." },
      { disposition: "ambiguous", reason: "2 rows fit its recharge." },
    ]);
  });

  test("is of the other one where the first failed for all that is known", () => {
    expect(brief([row()], [attempt({ state: "failed" }), other()])).toEqual(["settles 2 applied"]);
  });

  test("is of the other one where the first has a row that names it, or was bound to one", () => {
    const rows = [named({ identity: "row:b:1" }), row()];
    expect(brief(rows, [attempt(), other()])).toEqual(["settles 1 applied", "settles 2 applied"]);
    const bound = [{ identity: "row:z:1", account: 7, counter: 1 }];
    expect(brief([row()], [attempt(), other()], { bound })).toEqual(["settles 2 applied"]);
    expect(brief([row()], [attempt({ statementKeys: ["statement:row:z:1:success"] }), other()])).toEqual([
      "settles 2 applied",
    ]);
  });

  test("is not used a second time", () => {
    const bound = [{ identity: "row:a:1", account: 9, counter: 9 }];
    expect(brief([row()], [attempt()], { bound })).toEqual(["unknown -"]);
  });

  test("is too fresh as long as another recharge may still come that fits it", () => {
    const { until } = row().time;
    const at = (moment: number) => match([row()], [attempt()], { rules: { now: moment } });
    expect(at(until + clockDifferenceMs - 1)).toMatchObject([
      {
        disposition: "too_fresh",
        attempt: null,
        isApplied: false,
        reason: "Another recharge may still come that fits it.",
      },
    ]);
    expect(at(until + clockDifferenceMs)).toMatchObject([{ disposition: "settles" }]);
  });

  test("of a deposit is about no recharge, even with a number and a reference", () => {
    expect(brief([named({ word: "other" }), row({ word: "other" })], [attempt()])).toEqual(["other -", "other -"]);
  });
});

describe("whatever the file says", () => {
  const anyAttempt = fc.record({
    number: fc.constantFrom("9812345678", "9812345679"),
    amount: fc.constantFrom(minor(2_000), minor(2_100)),
    state: fc.constantFrom(...attemptStates),
    offset: fc.integer({ min: 0, max: 30 }),
  });
  const attemptsOf = fc.array(anyAttempt, { maxLength: 6 }).map((all) =>
    all.map(({ offset, ...more }, index) =>
      attempt({
        ...more,
        counter: index + 1,
        reference: `R${index + 1}`,
        startedAt: t0 + offset * minuteMs,
        startBy: t0 + offset * minuteMs + 5_000,
      }),
    ),
  );
  const anyRow = fc.record({
    number: fc.constantFrom("9812345678", "9812345679", null),
    amount: fc.constantFrom(minor(2_000), minor(2_100)),
    word: fc.constantFrom(...rowWords),
    reference: fc.constantFrom(null, null, null, "R1", "R2", "R9"),
    offset: fc.integer({ min: 0, max: 30 }),
  });
  const rowsOf = fc
    .array(anyRow, { maxLength: 8 })
    .map((all) =>
      all.map(({ offset, ...more }, index) =>
        row({ ...more, ...spanAt(t0 + offset * minuteMs), identity: `row:${index}:1`, line: index }),
      ),
    );

  test("a row settles at most one attempt, and an attempt is settled without a reference by at most one row", () => {
    fc.assert(
      fc.property(rowsOf, attemptsOf, (rows, attempts) => {
        const matched = match(rows, attempts);
        expect(matched.map(({ row: of }) => of)).toEqual(rows);
        const applied = matched.filter(({ isApplied }) => isApplied);
        for (const one of applied) {
          expect(one.attempt).not.toBeNull();
          expect(one.row.amount).toBe(one.attempt?.amount);
          if (one.row.reference !== null) expect(one.attempt?.reference).toBe(one.row.reference);
        }
        const unnamed = applied.filter(({ row: of }) => of.reference === null);
        expect(new Set(unnamed.map((one) => one.attempt)).size).toBe(unnamed.length);
        for (const one of unnamed) {
          expect(one.disposition).toBe("settles");
          expect(applied.filter((more) => more.attempt === one.attempt)).toHaveLength(1);
        }
      }),
    );
  });

  test("the order of rows and of attempts makes no difference", () => {
    fc.assert(
      fc.property(rowsOf, attemptsOf, (rows, attempts) => {
        const facts = (all: ReturnType<typeof match>) =>
          all
            .map((one) => `${one.row.identity} ${one.disposition} ${one.attempt?.counter ?? "-"} ${one.isApplied}`)
            .toSorted();
        expect(facts(match(rows.toReversed(), attempts.toReversed()))).toEqual(facts(match(rows, attempts)));
      }),
    );
  });
});

test("now is well after the attempts of these tests", () => {
  expect(rules.now).toBe(now);
});
