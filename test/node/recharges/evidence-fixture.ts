// Evidence that the tests of verdicts and states start from.
import fc from "fast-check";
import { type Evidence, type EvidenceKind, evidenceKinds, type Word } from "../../../src/recharges/evidence.ts";
import { type Verdict, verdictOf } from "../../../src/recharges/verdict.ts";

/** A piece of `kind` that says `word` and speaks for the moment `speaksAt`. */
export function said(kind: EvidenceKind, word: Word, speaksAt: number, more: Partial<Evidence> = {}): Evidence {
  return {
    key: `${kind}:${word}:${speaksAt}`,
    kind,
    word,
    speaksAt,
    receivedAt: speaksAt,
    operatorReference: null,
    theirReference: null,
    cause: null,
    said: "",
    ...more,
  };
}

/** Every word that each kind can come with: absence is what a lookup did not find. */
const words = ["success", "failure", "declined", "pending", "unclear"] as const;

export const anyPiece: fc.Arbitrary<Evidence> = fc
  .record({
    kind: fc.constantFrom(...evidenceKinds),
    word: fc.constantFrom(...words),
    speaksAt: fc.integer({ min: 0, max: 6 }),
    theirReference: fc.constantFrom(null, null, "T-1"),
  })
  .map(({ kind, word, speaksAt, theirReference }) =>
    kind === "absence" ? said(kind, "absent", speaksAt) : said(kind, word, speaksAt, { theirReference }),
  );

/** A ruling on what `seen` says. */
export function ruled(word: "success" | "failure", speaksAt: number, seen: readonly Evidence[]): Evidence {
  return said("ruling", word, speaksAt, { answers: seen.map((piece) => piece.key) });
}

/** Up to five different pieces; rulings answer what speaks for an earlier moment. */
export const anySet = fc
  .uniqueArray(anyPiece, { maxLength: 5, selector: (piece) => piece.key })
  .map((set) => set.map((piece) => (piece.kind === "ruling" ? { ...piece, answers: keysBefore(set, piece) } : piece)));

function keysBefore(set: readonly Evidence[], { speaksAt }: Evidence): readonly string[] {
  return set.flatMap((piece) => (piece.speaksAt < speaksAt ? [piece.key] : []));
}

/** A set and the same set in another order of arrival. */
export const shuffledSet = anySet.chain((set) =>
  fc.tuple(fc.constant(set), fc.shuffledSubarray(set, { minLength: set.length, maxLength: set.length })),
);

export function verdict(word: Verdict["word"], more: Partial<Verdict> = {}): Verdict {
  return { word, deciding: null, isContradicted: false, isDisputed: false, succeededAt: null, ...more };
}

/** An attempt that a reply said had succeeded at 10 and `kind` says has failed, speaking for `at`. */
export function takenBack(kind: EvidenceKind, at: number) {
  const success = said("reply", "success", 10);
  const back = kind === "ruling" ? ruled("failure", at, [success]) : said(kind, "failure", at);
  const found = verdictOf([success, back], { settlesFrom: null });
  return { state: "failed", verdict: { ...found, word: "failure", deciding: back } } as const;
}
