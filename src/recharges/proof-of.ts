// What one piece of evidence proves by itself, for whoever reads the timeline of a recharge.
import type { Evidence } from "./evidence.ts";
import { isExplicit } from "./verdict.ts";

/**
 * `executed`, `not_executed`: an explicit word. `accepted`: the provider has the order, and said no last word.
 * `not_known`: the provider did not know the order. `reason_to_ask`: unauthenticated words. `nothing`: silence, or words
 * that cannot be read.
 */
export const proofs = ["executed", "not_executed", "accepted", "not_known", "reason_to_ask", "nothing"] as const;
export type ProofOf = (typeof proofs)[number];

/** What a piece proves by itself; what it counts for beside others is the verdict's (`design.md`, "States and evidence"). */
export function proofOf(piece: Evidence): ProofOf {
  if (isExplicit(piece)) return piece.word === "success" ? "executed" : "not_executed";
  if (piece.kind === "hint") return piece.word === "unclear" ? "nothing" : "reason_to_ask";
  if (piece.word === "absent") return "not_known";
  const hasTheirs = piece.word === "unclear" && piece.theirReference !== null;
  return piece.word === "pending" || hasTheirs ? "accepted" : "nothing";
}

/** Our balance with the provider, and what it keeps back for us, are not the partner's business. */
const ownFigure = /((?:bal|commission)[^\d<]{0,20})\d[\d.,]*/gi;

/** A piece's words as partners may read them. */
export function wordsForPartner({ kind, said }: Pick<Evidence, "kind" | "said">): string {
  return kind === "balance_segment" ? "Our own account with the provider." : said.replaceAll(ownFigure, "$1•••");
}
