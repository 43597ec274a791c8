// What the evidence about one attempt adds up to: a pure function of the set, whatever the order of its arrival.
import { type Evidence, type EvidenceKind, evidenceKinds } from "./evidence.ts";

/** `pending`: the upstream has it and said no last word. `doubt`: nobody has said anything that counts. */
export type VerdictWord = "success" | "failure" | "declined" | "pending" | "doubt";

export interface Verdict {
  readonly word: VerdictWord;
  /** The piece that decided; null for `pending` and `doubt`. */
  readonly deciding: Evidence | null;
  /** Explicit words of both kinds that no ruling has answered. */
  readonly isContradicted: boolean;
  /** The same with a hint's word of failure: it proves nothing, but it is a reason to ask. */
  readonly isDisputed: boolean;
  /** Epoch ms of the latest moment for which an explicit success speaks; null: there is none. */
  readonly succeededAt: number | null;
}

/** Epoch ms from which an absence may mean "never executed"; null: at this provider it never does. */
export interface AbsenceRule {
  readonly settlesFrom: number | null;
}

const rankOf = Object.fromEntries(evidenceKinds.map((kind, rank) => [kind, rank])) as Record<EvidenceKind, number>;

/**
 * Verdict on one attempt (`design.md`, "States and evidence"). The strongest explicit word counts; among equals the one
 * that speaks for the later time; equal time and different words: doubt. Hints never decide. Absence decides only where
 * nobody, not even a hint or an answer with an id of the upstream's own, ever said that it is there, seen twice at or
 * after `settlesFrom`.
 */
export function verdictOf(evidence: readonly Evidence[], absence: AbsenceRule): Verdict {
  const explicit = evidence.filter(isExplicit);
  const marks = marksOf(evidence, explicit);
  const [first, ...rest] = explicit.toSorted(strongestFirst);
  if (first !== undefined) {
    const equals = rest.filter((other) => other.kind === first.kind && other.speaksAt === first.speaksAt);
    if (equals.some((other) => isSuccess(other) !== isSuccess(first)))
      return { word: "doubt", deciding: null, ...marks };
    return { word: wordOf(first), deciding: first, ...marks };
  }
  const never = settlingAbsence(evidence, absence);
  if (never !== null) return { word: "failure", deciding: never, ...marks };
  const isPending = evidence.some((piece) => piece.word === "pending" && piece.kind !== "hint");
  return { word: isPending ? "pending" : "doubt", deciding: null, ...marks };
}

/** The words that count, from those who may say them: a hint is unauthenticated and proves nothing. */
export function isExplicit(piece: Evidence): boolean {
  return piece.kind !== "hint" && (piece.word === "success" || piece.word === "failure" || piece.word === "declined");
}

function isSuccess(piece: Evidence): boolean {
  return piece.word === "success";
}

function wordOf(piece: Evidence): VerdictWord {
  return piece.word === "success" || piece.word === "declined" ? piece.word : "failure";
}

/** Kind, then time, then failure before declined, then key: a total order, so that the set alone decides. */
function strongestFirst(left: Evidence, right: Evidence): number {
  return (
    rankOf[right.kind] - rankOf[left.kind] ||
    right.speaksAt - left.speaksAt ||
    right.word.localeCompare(left.word) ||
    left.key.localeCompare(right.key)
  );
}

/** What is wrong with the set beside its verdict. */
function marksOf(
  evidence: readonly Evidence[],
  explicit: readonly Evidence[],
): Pick<Verdict, "isContradicted" | "isDisputed" | "succeededAt"> {
  const successes = explicit.filter(isSuccess).map((piece) => piece.speaksAt);
  const withHints = evidence.filter((piece) => isExplicit(piece) || piece.word === "failure");
  return {
    isContradicted: disagree(explicit),
    isDisputed: disagree(withHints),
    succeededAt: successes.length === 0 ? null : Math.max(...successes),
  };
}

/** Words of both kinds, of those that no ruling has answered. */
function disagree(words: readonly Evidence[]): boolean {
  const answered = new Set(words.flatMap((piece) => piece.answers ?? []));
  const standing = words.filter((piece) => !answered.has(piece.key));
  return standing.some(isSuccess) && standing.some((piece) => !isSuccess(piece));
}

function settlingAbsence(evidence: readonly Evidence[], { settlesFrom }: AbsenceRule): Evidence | null {
  if (settlesFrom === null) return null;
  if (evidence.some(saysItIsThere)) return null;
  const seen = evidence
    .filter((piece) => piece.word === "absent" && piece.speaksAt >= settlesFrom)
    .toSorted((left, right) => left.speaksAt - right.speaksAt || left.key.localeCompare(right.key));
  return seen[1] ?? null;
}

/** An upstream that gave the order an id of its own has it, even where its state cannot be read. */
function saysItIsThere({ word, theirReference }: Evidence): boolean {
  return word === "success" || word === "pending" || (word === "unclear" && theirReference !== null);
}
