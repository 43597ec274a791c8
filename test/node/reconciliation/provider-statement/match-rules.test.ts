// What holds of matching whatever a file says.
import fc from "fast-check";
import { expect, test } from "vitest";
import { minor } from "../../../../src/base/money.ts";
import { attemptStates } from "../../../../src/recharges/recharge.ts";
import { rowWords } from "../../../../src/reconciliation/provider-statement/mapping.ts";
import { match, spanAt } from "./match-fixture.ts";
import { attempt, minuteMs, row, t0 } from "./statement-fixture.ts";

/** What became of each row, whatever its place. */
function facts(all: ReturnType<typeof match>): readonly string[] {
  return all
    .map((one) => `${one.row.identity} ${one.disposition} ${one.attempt?.counter ?? "-"} ${one.isApplied}`)
    .toSorted();
}

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

test("whatever the file says a row settles at most one attempt, and an attempt is settled without a reference by at most one row", () => {
  fc.assert(
    fc.property(rowsOf, attemptsOf, (rows, attempts) => {
      const matched = match(rows, attempts);
      expect(matched.map(({ row: of }) => of)).toEqual(rows);
      const applied = matched.filter(({ isApplied }) => isApplied);
      for (const one of applied) {
        expect(one.attempt).not.toBeNull();
        expect(one.row.amount).toBe(one.attempt?.amount);
        expect([null, one.attempt?.reference]).toContain(one.row.reference);
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

test("whatever the file says the order of rows and of attempts makes no difference", () => {
  fc.assert(
    fc.property(rowsOf, attemptsOf, (rows, attempts) => {
      expect(facts(match(rows.toReversed(), attempts.toReversed()))).toEqual(facts(match(rows, attempts)));
    }),
  );
});
