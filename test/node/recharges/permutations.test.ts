// Whatever the order in which up to five pieces of evidence arrive, they come to the same.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../../src/recharges/evidence.ts";
import { evidenceSets, moneyAgrees, settleInModel } from "../../support/settlement-model.ts";

function permutationsOf(set: readonly Evidence[]): readonly (readonly Evidence[])[] {
  if (set.length < 2) return [set];
  return set.flatMap((piece) => permutationsOf(set.filter((other) => other !== piece)).map((rest) => [piece, ...rest]));
}

const rules = fc.constantFrom(null, 2);

describe("every order of up to five pieces of evidence", () => {
  it("gives the same verdict and the same contradiction, and money that agrees with it or one open case", () => {
    fc.assert(
      fc.property(evidenceSets(5), rules, (set, settlesFrom) => {
        const [first, ...others] = permutationsOf(set).map((arrived) => settleInModel(arrived, settlesFrom));
        if (first === undefined) throw new Error("there is an order");
        for (const end of [first, ...others]) {
          const { openCase, verdict } = end;
          expect(verdict).toEqual(first.verdict);
          expect(openCase !== null).toBe(verdict.isContradicted || !moneyAgrees(end));
        }
      }),
      { numRuns: 400 },
    );
  });

  it("that ends with a ruling on all the others moves the money to where the ruling says, and leaves no case", () => {
    fc.assert(
      fc.property(evidenceSets(4), rules, fc.constantFrom("success", "failure"), (set, settlesFrom, word) => {
        const answers = set.map(({ key }) => key);
        const ruling = { ...pieceOf(set), key: "last", kind: "ruling", word, speaksAt: 9, answers } as const;
        for (const arrived of permutationsOf(set)) {
          const { state, openCase, verdict } = settleInModel([...arrived, ruling], settlesFrom);
          expect([openCase, verdict.word, verdict.isContradicted]).toEqual([null, word, false]);
          expect(word === "success" ? ["succeeded"] : ["failed", "reversed"]).toContain(state);
        }
      }),
      { numRuns: 200 },
    );
  });
});

function pieceOf([piece]: readonly Evidence[]): Evidence {
  if (piece === undefined) throw new Error("a set has a piece");
  return piece;
}
