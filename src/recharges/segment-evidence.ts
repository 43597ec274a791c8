// What judged segments say of single attempts, as evidence: proofs, and what is missing where a segment cannot prove. Pure.
import type { BalanceSegment, Judgement } from "./balance-segments.ts";
import type { CaseKind } from "./events.ts";
import { isLost } from "./segment-history.ts";
import { saySegment } from "./segment-words.ts";

/** A word of a segment about one call. Only `success` and `failure` prove something. */
export interface SegmentWord {
  readonly callId: string;
  /** Unique by attempt: the same segment says the same thing once. */
  readonly key: string;
  readonly word: "success" | "failure" | "unclear";
  /** Epoch ms of the closing anchor. */
  readonly speaksAt: number;
  readonly said: string;
  /** The case that a person must have of it; null: none. */
  readonly opens: Extract<CaseKind, "doubt" | "contradiction"> | null;
}

/**
 * Every word of the segments that are closed. A lost attempt about which a closed segment proves nothing is a case with
 * what is missing; so is each call whose explicit word may be the wrong one where a segment does not foot.
 */
export function wordsOfSegments(segments: readonly BalanceSegment[]): readonly SegmentWord[] {
  return segments.flatMap((segment) => {
    const { opening, closing, judgement } = segment;
    if (opening === null || closing === null) return [];
    const said = saySegment(segment);
    const say = (callId: string, word: SegmentWord["word"], opens: SegmentWord["opens"]): SegmentWord => ({
      callId,
      key: `balance_segment:${opening.from}-${closing.from}:${word}`,
      word,
      speaksAt: closing.from,
      said,
      opens,
    });
    const { succeeded, failed, against } = provedBy(judgement);
    const proved = new Set([...succeeded, ...failed]);
    const unproved = segment.calls.filter((call) => isLost(call) && !proved.has(call.id));
    return [
      ...succeeded.map((id) => say(id, "success", null)),
      ...failed.map((id) => say(id, "failure", null)),
      ...unproved.map(({ id }) => say(id, "unclear", "doubt")),
      ...against.map((id) => say(id, "unclear", "contradiction")),
    ];
  });
}

function provedBy(judgement: Judgement): Record<"succeeded" | "failed" | "against", readonly string[]> {
  const isProof = judgement.kind === "proves" || judgement.kind === "proves_number";
  return {
    succeeded: isProof ? judgement.succeeded : [],
    failed: isProof ? judgement.failed : [],
    against: judgement.kind === "withdrawn" ? judgement.against : [],
  };
}
