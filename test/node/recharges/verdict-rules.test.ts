// The rules of evidence, for any set of it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Evidence, evidenceKinds } from "../../../src/recharges/evidence.ts";
import { verdictOf } from "../../../src/recharges/verdict.ts";
import { anyPiece, anySet, ruled, said, shuffledSet } from "./evidence-fixture.ts";

const rules = fc.constantFrom({ settlesFrom: null }, { settlesFrom: 3 });
const explicitWords: readonly string[] = ["success", "failure", "declined"];
const isSaid = (piece: Evidence) => piece.kind !== "hint" && explicitWords.includes(piece.word);
const rank = (piece: Evidence) => evidenceKinds.indexOf(piece.kind);

describe("for any set of evidence", () => {
  it("the verdict, the contradiction and what is cited do not depend on the order of arrival", () => {
    fc.assert(
      fc.property(shuffledSet, rules, ([set, arrived], absence) => {
        const [one, other] = [verdictOf(set, absence), verdictOf(arrived, absence)];
        expect(other).toEqual(one);
      }),
      { numRuns: 1_000 },
    );
  });

  it("weaker evidence adds and never overrides", () => {
    fc.assert(
      fc.property(anySet, anyPiece, rules, (set, more, absence) => {
        const before = verdictOf(set, absence);
        const strongest = Math.max(...set.filter(isSaid).map(rank));
        fc.pre(strongest > rank(more));
        const after = verdictOf([...set, { ...more, key: "new" }], absence);
        expect([after.word, after.deciding]).toEqual([before.word, before.deciding]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("success and failure are cited: an explicit piece that says so, or an absence", () => {
    fc.assert(
      fc.property(anySet, rules, (set, absence) => {
        const { word, deciding } = verdictOf(set, absence);
        const isCited = deciding !== null && set.includes(deciding);
        expect(isCited).toBe(word !== "pending" && word !== "doubt");
        expect(deciding?.kind === "absence" ? "failure" : (deciding?.word ?? word)).toBe(word);
        expect(deciding === null || deciding.kind === "absence" || isSaid(deciding)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("for any set of evidence, among the weakest of it", () => {
  it("hints never decide: without them the word is the same, or absence is let speak", () => {
    fc.assert(
      fc.property(anySet, rules, (set, absence) => {
        const all = verdictOf(set, absence);
        const without = verdictOf(
          set.filter((piece) => piece.kind !== "hint"),
          absence,
        );
        expect(all.isContradicted).toBe(without.isContradicted);
        expect(all.word).toBe(all.word === "doubt" && without.deciding?.kind === "absence" ? "doubt" : without.word);
      }),
      { numRuns: 1_000 },
    );
  });

  it("absence fails an attempt only when seen twice in time and nobody said a word of its being there", () => {
    fc.assert(
      fc.property(anySet, (set) => {
        const absences = [said("absence", "absent", 3, { key: "x" }), said("absence", "absent", 4, { key: "y" })];
        const all = [...set, ...absences];
        const isThere = set.some(
          ({ word, theirReference }) =>
            word === "success" || word === "pending" || (word === "unclear" && theirReference !== null),
        );
        const { deciding } = verdictOf(all, { settlesFrom: 3 });
        expect(deciding?.kind === "absence").toBe(!isThere && !set.some(isSaid));
      }),
      { numRuns: 1_000 },
    );
  });

  it("a contradiction needs explicit words of both kinds, and a ruling after all of them answers it", () => {
    fc.assert(
      fc.property(anySet, rules, (set, absence) => {
        const words = set.filter(isSaid);
        const hasBoth =
          words.some((piece) => piece.word === "success") && words.some((piece) => piece.word !== "success");
        const { isContradicted, isDisputed } = verdictOf(set, absence);
        const answered = verdictOf([...set, ruled("success", 99, set)], absence);
        expect(isContradicted && !hasBoth).toBe(false);
        expect(isContradicted && !isDisputed).toBe(false);
        expect(answered.isContradicted).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});
