// The words that a plan has for the accounts, and what it counts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { minor } from "../../../../src/base/money.ts";
import { countsOf, countsSchema } from "../../../../src/reconciliation/provider-statement/counts.ts";
import { dispositions } from "../../../../src/reconciliation/provider-statement/match.ts";
import { missingWords } from "../../../../src/reconciliation/provider-statement/missing.ts";
import { hashOfPlan } from "../../../../src/reconciliation/provider-statement/plan.ts";
import { deposit, finalAt, plan, summary } from "./plan-fixture.ts";
import { attempt, minuteMs, row, t0 } from "./statement-fixture.ts";

test("the words of a plan are what the accounts are told", () => {
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

test("the words of a plan of a refund and of an absence", () => {
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

test("the words of a plan never speak of a time to come", () => {
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

test("the words of a plan say each thing once, in an order of their own", () => {
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

test("the words of a plan have one hash, whatever the order of the rows, and another for other consequences", () => {
  const other = attempt({ counter: 2, reference: "R2", number: "9999999999" });
  const rows = [row(), row({ identity: "row:b:1", number: "9999999999", line: 3 })];
  const swapped = rows.toReversed().map((one, index) => ({ ...one, line: index + 2 }));
  const hash = hashOfPlan(plan(rows, [attempt(), other]));
  expect(hash).toMatch(/^[0-9a-f]{24}$/);
  expect(hashOfPlan(plan(swapped, [other, attempt()]))).toBe(hash);
  expect(hashOfPlan(plan(rows, [attempt({ evidence: 2 }), other]))).not.toBe(hash);
});

test("the words of a plan bind a row to one attempt, whatever the file", () => {
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

test("counts tell every disposition from every other", () => {
  const whole = plan([row()], [attempt()]);
  const [one] = whole.rows;
  const [missed] = plan([deposit], [attempt()]).missing;
  if (one === undefined || missed === undefined) throw new Error("the fixtures have changed");
  const rows = dispositions.flatMap((disposition, index) =>
    Array.from({ length: index + 1 }, () => ({ ...one, disposition })),
  );
  const missing = missingWords.flatMap((word, index) => Array.from({ length: index + 1 }, () => ({ ...missed, word })));
  const counts = countsOf({ ...whole, rows, missing });
  expect(Object.entries(counts.rows)).toEqual(dispositions.map((disposition, index) => [disposition, index + 1]));
  expect(Object.entries(counts.missing)).toEqual(missingWords.map((word, index) => [word, index + 1]));
});
