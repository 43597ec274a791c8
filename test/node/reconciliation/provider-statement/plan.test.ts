// What the absence of a row proves, and the words that a plan has for the accounts.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProviderAttempt } from "../../../../src/accounts/account.ts";
import { minor } from "../../../../src/base/money.ts";
import { countsOf, countsSchema } from "../../../../src/reconciliation/provider-statement/counts.ts";
import { clockDifferenceMs, type MatchRules } from "../../../../src/reconciliation/provider-statement/match.ts";
import { hashOfPlan, planStatement } from "../../../../src/reconciliation/provider-statement/plan.ts";
import type { StatementRow } from "../../../../src/reconciliation/provider-statement/statement-row.ts";
import type { StatementSummary } from "../../../../src/reconciliation/provider-statement/summary.ts";
import { attempt, minuteMs, row, rules, t0 } from "./statement-fixture.ts";

const finalAt = t0 + 5_000 + 30_000 + 600_000;
const deposit = row({ identity: "row:d:1", word: "other", number: null, amount: null, movement: minor(500) });
const summary: StatementSummary = {
  from: t0 - minuteMs,
  to: finalAt + minuteMs,
  opening: minor(1_000),
  closing: minor(1_500),
  made: finalAt + minuteMs,
};

function plan(
  rows: readonly StatementRow[],
  attempts: readonly ProviderAttempt[],
  more: { summary?: StatementSummary | null; rules?: Partial<MatchRules> } = {},
) {
  const file = { rows, summary: more.summary === undefined ? summary : more.summary };
  return planStatement(file, attempts, { bound: [], rules: { ...rules, ...more.rules } });
}

function missing(...given: Parameters<typeof plan>) {
  return plan(...given).missing.map(({ word, reason }) => `${word}: ${reason}`);
}

const far = "nothing: The file does not reach from the attempt's start to its last moment.";
const late = "absence: The file does not show that it was made after the attempt's last moment.";
const proof = "failure: The file has every row of its period, and none of it.";

describe("an open attempt that the file does not have", () => {
  test("has failed where the file foots and reaches beyond its last moment", () => {
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
  ] as const)("in a file that %s", (_what, stated, at, expected) => {
    expect(missing([deposit], [attempt()], { summary: { ...summary, ...stated }, rules: at })).toEqual([expected]);
  });

  test("has failed where the last row of a file that says nothing of its making is late enough", () => {
    const lastAt = (from: number) => ({ ...deposit, time: { from, until: from + 1_000 } });
    const stated = { ...summary, made: null };
    expect(missing([lastAt(finalAt)], [attempt()], { summary: stated })).toEqual([proof]);
    expect(missing([lastAt(finalAt - 1)], [attempt()], { summary: stated })).toEqual([late]);
  });

  test("is only absent where the upstream took the order", () => {
    expect(missing([deposit], [attempt({ state: "accepted" })])).toEqual([
      "absence: The provider took the order, and has not said its last word.",
    ]);
  });

  test("is only absent from a file without a summary, and that only between its first and its last row", () => {
    const at = (from: number) =>
      row({ identity: `row:${from}:1`, number: "9999999999", time: { from, until: from + 1 } });
    const none = "absence: The file does not state its period, opening and closing balance.";
    expect(missing([at(finalAt), at(t0)], [attempt()], { summary: null })).toEqual([none]);
    expect(missing([at(t0 + 1), at(finalAt)], [attempt()], { summary: null })).toEqual([far]);
    expect(missing([at(t0), at(finalAt - 1)], [attempt()], { summary: null })).toEqual([far]);
    expect(missing([at(t0), at(finalAt)], [attempt()], { summary: null, rules: { now: finalAt - 1 } })).toEqual([far]);
    expect(missing([], [attempt()], { summary: null })).toEqual([far]);
  });

  test.each([
    [{ number: null }],
    [{ number: "919812345678", reference: "somebody's" }],
    [{ reference: "somebody's" }],
    [{ time: { from: finalAt - 1, until: finalAt } }],
    [{ time: { from: 0, until: t0 - clockDifferenceMs + 1 } }],
    [{ word: "pending" as const, reference: "somebody's" }],
  ])("is not missing where a row with %o may be it", (more) => {
    const maybe = row({ line: 9, number: null, ...more });
    expect(missing([deposit, maybe], [attempt()])).toEqual(["nothing: Line 9 may be it, and nothing says that it is."]);
    expect(plan([deposit, maybe], [attempt()]).words).toEqual([]);
  });

  test.each([
    [{ number: "9812345679" }],
    [{ amount: minor(2_001) }],
    [{ time: { from: 0, until: t0 - clockDifferenceMs } }],
    [{ word: "other" as const }],
  ])("is missing where a row with %o cannot be it", (more) => {
    const [only] = missing([deposit, row({ movement: minor(0), ...more })], [attempt()], {
      summary: { ...summary, from: -1 },
    });
    expect(only).toBe(proof);
  });

  test("is not looked for where it is not open, or has a row", () => {
    expect(
      missing(
        [deposit],
        [attempt({ state: "succeeded" }), attempt({ state: "failed" }), attempt({ state: "declined" })],
      ),
    ).toEqual([]);
    expect(missing([row()], [attempt()])).toEqual([]);
    expect(missing([row({ reference: "LC000070000001", amount: minor(1) })], [attempt()])).toEqual([]);
  });

  test("is missing beside a row that is another's", () => {
    const other = attempt({ counter: 2, reference: "LC000070000002" });
    const theirs = row({ reference: "LC000070000002", movement: minor(500) });
    expect(missing([theirs], [attempt(), other])).toEqual([proof]);
  });
});

describe("the words of a plan", () => {
  test("are what the accounts are told", () => {
    const other = attempt({ account: 3, counter: 9, reference: "LC000030000009", evidence: 4, number: "9999999999" });
    const settling = row({ line: 5, theirId: "T-1", operatorReference: "OP-1", movement: minor(500), said: "Done" });
    const { words } = plan([settling], [attempt({ evidence: 2 }), other]);
    expect(words).toEqual([
      {
        account: 3,
        attempt: 9,
        seenEvidence: 4,
        identity: null,
        key: "statement:missing",
        kind: "statement",
        word: "failure",
        speaksAt: finalAt + minuteMs,
        operatorReference: null,
        theirReference: null,
        cause: "not_executed",
        amount: null,
        said: "not in a provider statement that foots",
      },
      {
        account: 7,
        attempt: 1,
        seenEvidence: 2,
        identity: "row:a:1",
        key: "statement:row:a:1:success",
        kind: "statement",
        word: "success",
        speaksAt: t0 + 2_000,
        operatorReference: "OP-1",
        theirReference: "T-1",
        cause: null,
        amount: 2_000,
        said: "provider statement, line 5: Done",
      },
    ]);
  });

  test("of a refund and of an absence", () => {
    const refund = row({ word: "refund", operatorReference: "OP-1", speaksAt: t0 + 9, said: "Refunded" });
    const other = attempt({ counter: 2, reference: "R2", number: "9999999999" });
    const { words } = plan([refund], [attempt(), other]);
    expect(words).toMatchObject([
      {
        key: "statement:row:a:1:refund",
        word: "failure",
        cause: "operator",
        operatorReference: null,
        speaksAt: t0 + 9,
      },
      {
        key: "absence:statement",
        kind: "absence",
        word: "absent",
        cause: null,
        speaksAt: finalAt + minuteMs,
        said: "not in a provider statement",
      },
    ]);
  });

  test("never speak of a time to come", () => {
    const [word] = plan([deposit], [attempt()], {
      summary: { ...summary, made: finalAt + 3 * minuteMs, to: finalAt + 2 * minuteMs },
      rules: { now: finalAt + minuteMs },
    }).words;
    expect(word).toMatchObject({ word: "failure", speaksAt: finalAt + minuteMs });
    const broken = { ...summary, closing: minor(0), made: null, to: finalAt + 2 * minuteMs };
    expect(plan([deposit], [attempt()], { summary: broken, rules: { now: finalAt + minuteMs } }).words).toMatchObject([
      { word: "absent", speaksAt: finalAt + minuteMs },
    ]);
  });

  test("say each thing once, in an order of their own", () => {
    const named = row({ reference: "LC000070000001", theirId: "T-1", identity: "id:T-1" });
    const rows = [{ ...named, line: 7 }, named, { ...named, word: "refund" as const, line: 8 }];
    const other = attempt({ account: 6, counter: 3, reference: "R3" });
    const third = attempt({ account: 6, counter: 2, reference: "R2" });
    const more = [row({ reference: "R3", identity: "row:c:1" }), row({ reference: "R2", identity: "row:b:1" })];
    const { words } = plan([...rows, ...more], [attempt(), other, third]);
    expect(words.map(({ account, attempt: counter, key }) => `${account} ${counter} ${key}`)).toEqual([
      "6 2 statement:row:b:1:success",
      "6 3 statement:row:c:1:success",
      "7 1 statement:id:T-1:refund",
      "7 1 statement:id:T-1:success",
    ]);
  });

  test("have one hash, whatever the order of the rows, and another for other consequences", () => {
    const other = attempt({ counter: 2, reference: "R2", number: "9999999999" });
    const rows = [row(), row({ identity: "row:b:1", number: "9999999999", line: 3 })];
    const swapped = rows.toReversed().map((one, index) => ({ ...one, line: index + 2 }));
    const hash = hashOfPlan(plan(rows, [attempt(), other]));
    expect(hash).toMatch(/^[0-9a-f]{24}$/);
    expect(hashOfPlan(plan(swapped, [other, attempt()]))).toBe(hash);
    expect(hashOfPlan(plan(rows, [attempt({ evidence: 2 }), other]))).not.toBe(hash);
  });

  test("bind a row to one attempt, whatever the file", () => {
    const anyRow = fc.record({
      identity: fc.constantFrom("id:1", "id:2", "row:a:1"),
      reference: fc.constantFrom(null, "R1", "R2"),
      word: fc.constantFrom("success", "refund", "failure"),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 6 }), (all) => {
        // An id of theirs stands for one order: the reader sees to it.
        const first = new Map(all.toReversed().map(({ identity, reference }) => [identity, reference]));
        const rows = all.map((one) => row({ ...one, reference: first.get(one.identity) ?? null }));
        const { words } = plan(rows, [attempt({ reference: "R1" }), attempt({ counter: 2, reference: "R2" })]);
        const bound = new Map<string, number>();
        for (const { identity, attempt: counter } of words) {
          if (identity === null) continue;
          expect(bound.get(identity) ?? counter).toBe(counter);
          bound.set(identity, counter);
        }
      }),
    );
  });
});

test("counts name every disposition, zeros included", () => {
  const rows = [row(), deposit, row({ identity: "row:b:1", number: "1" })];
  const counts = countsOf(plan(rows, [attempt(), attempt({ counter: 2, reference: "R2", number: "9999999999" })]));
  expect(counts).toEqual({
    rows: {
      settles: 1,
      contradicts: 0,
      agrees: 0,
      known: 0,
      not_final: 0,
      does_not_fit: 0,
      ambiguous: 0,
      too_fresh: 0,
      unknown: 1,
      other: 1,
    },
    missing: { failure: 0, absence: 1, nothing: 0 },
    foots: false,
    words: 2,
  });
  expect(countsSchema.parse(counts)).toEqual(counts);
  expect(countsOf(plan([deposit], [attempt()]))).toMatchObject({ foots: true, missing: { failure: 1 }, words: 1 });
});
