// What the evidence of a case lets a person rule, and why. Pure; it suggests and never decides.
import type { CaseKind } from "../recharges/events.ts";
import type { Evidence } from "../recharges/evidence.ts";
import type { VerdictWord } from "../recharges/verdict.ts";

/** Why a ruling is suggested, or why none can be. */
export const suggestions = {
  executed_more_than_once:
    "More than one attempt was executed. The partner pays once; claim the others from their providers.",
  executed_after_refund: "The provider says that it executed after the money was given back: it is taken again.",
  strongest_word: "Words stand against each other, and the strongest of them says this.",
  asked_again: "The provider was asked again after the dispute was opened, and stays with it.",
  equal_words: "Words of equal strength stand against each other: get the provider's word in writing.",
  too_weak: "The word against the success is too weak to reverse it: get the provider's word in writing.",
  accepted: "The provider has the order and has said no last word: get it in writing. The money stays held.",
  nobody_said:
    "Nobody has said a word that counts: get the provider's in writing. Silence is no failure; the money stays held.",
  not_asked: "The provider has said nothing since the dispute was opened: get its word in writing.",
} as const satisfies Record<string, string>;

export type SuggestionReason = keyof typeof suggestions;

export interface Suggestion {
  /** Null: the evidence lets nobody rule yet. */
  readonly word: "success" | "failure" | null;
  readonly because: SuggestionReason;
  readonly text: string;
}

/** What a suggestion is made from. */
export interface CaseEvidence {
  readonly openCase: { readonly kind: CaseKind } | null;
  /** When the dispute that is open was opened, epoch ms; null: none is. */
  readonly disputedAt: number | null;
  readonly attempts: readonly { readonly verdict: VerdictWord; readonly evidence: readonly Evidence[] }[];
}

/** The ruling that the evidence speaks for; null where there is neither a case nor a dispute. */
export function suggestRuling(evidence: CaseEvidence): Suggestion | null {
  if (evidence.openCase !== null) return byKind[evidence.openCase.kind](evidence);
  return evidence.disputedAt === null ? null : forDispute(evidence, evidence.disputedAt);
}

const byKind = {
  two_successes: () => suggestion("success", "executed_more_than_once"),
  late_success: () => suggestion("success", "executed_after_refund"),
  reversal_disputed: () => suggestion(null, "too_weak"),
  contradiction: ({ attempts }) => {
    const verdicts = attempts.map(({ verdict }) => verdict);
    if (verdicts.includes("success")) return suggestion("success", "strongest_word");
    const isFailure = verdicts.every((verdict) => verdict === "failure" || verdict === "declined");
    return isFailure ? suggestion("failure", "strongest_word") : suggestion(null, "equal_words");
  },
  doubt: ({ attempts }) => {
    const isAccepted = attempts.some(({ verdict }) => verdict === "pending");
    return suggestion(null, isAccepted ? "accepted" : "nobody_said");
  },
} as const satisfies Record<CaseKind, (evidence: CaseEvidence) => Suggestion>;

function forDispute({ attempts }: CaseEvidence, disputedAt: number): Suggestion {
  const isConfirmed = attempts.some(({ evidence }) =>
    evidence.some(
      ({ kind, word, speaksAt }) =>
        (kind === "lookup" || kind === "statement") && word === "success" && speaksAt >= disputedAt,
    ),
  );
  return isConfirmed ? suggestion("success", "asked_again") : suggestion(null, "not_asked");
}

function suggestion(word: Suggestion["word"], because: SuggestionReason): Suggestion {
  return { word, because, text: suggestions[because] };
}
