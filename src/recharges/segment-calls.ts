// One attempt as a balance segment must know it, out of the attempt's own evidence. Pure.
import type { Minor } from "../base/money.ts";
import type { Evidence } from "./evidence.ts";
import type { CallWord, WalletCall } from "./segment-history.ts";
import { type AbsenceRule, isExplicit, type Verdict, verdictOf } from "./verdict.ts";

/** What an account tells of one attempt; `id` is our reference. */
export interface ToldCall extends Omit<WalletCall, "costs"> {
  readonly account: number;
  /** The account's attempt counter. */
  readonly attempt: number;
  readonly rechargeId: string;
  /** Face value. */
  readonly face: Minor;
  /** What the provider kept back for us, where the reply of a success said so. */
  readonly commission: Minor | null;
  /** Neither succeeded nor failed yet. */
  readonly isOpen: boolean;
}

/** What an attempt is besides its evidence. `endsBy`: when its call can no longer be running, epoch ms. */
export interface AttemptFacts {
  readonly endsBy: number;
  readonly providerCommission: Minor | null;
  readonly absence: AbsenceRule;
}

type Heard = Pick<ToldCall, "answeredAt" | "overBy" | "word" | "balances" | "commission">;

/**
 * What was heard about an attempt, for a segment. What a segment said is left out: it is never an input of a segment.
 * The reply counts as the answer only where the word that stands is the reply's own.
 */
export function heardOf(evidence: readonly Evidence[], attempt: AttemptFacts): Heard {
  const heard = evidence.filter(({ kind }) => kind !== "balance_segment");
  const verdict = verdictOf(heard, attempt.absence);
  const word = wordOf(verdict);
  const reply = heard.find((piece) => piece.kind === "reply" && isExplicit(piece)) ?? null;
  const isAnswer = reply !== null && standsFor[word] !== null && standsFor[word] === (reply.word === "success");
  return {
    word,
    answeredAt: isAnswer ? reply.receivedAt : null,
    overBy: isAnswer ? attempt.endsBy : overBy(heard, verdict, attempt.endsBy),
    balances: (isAnswer && reply.balances) || null,
    commission: isAnswer && reply.word === "success" ? attempt.providerCommission : null,
  };
}

/** Whether a reply that says what stands is one of success; null: no reply says it alone. */
const standsFor = {
  success: true,
  reversed: true,
  failure: false,
  declined: false,
  disputed: null,
  none: null,
} as const satisfies Record<CallWord, boolean | null>;

/** A failure that a later word made of a success is `reversed`, also by a ruling: the upstream may still owe its refund. */
function wordOf({ word, deciding, isContradicted, succeededAt }: Verdict): CallWord {
  if (word === "success") return isContradicted ? "disputed" : "success";
  if (word === "pending" || word === "doubt") return isContradicted ? "disputed" : "none";
  if (succeededAt === null) return word;
  return deciding !== null && deciding.speaksAt > succeededAt ? "reversed" : "disputed";
}

/** The end of the call's limit, or the last word's arrival if that is later; null: the provider has it, and has not said it. */
function overBy(heard: readonly Evidence[], { word, deciding }: Verdict, endsBy: number): number | null {
  const words = heard.filter((piece) => isExplicit(piece) || piece === deciding);
  if (words.length > 0) return Math.max(endsBy, ...words.map(({ receivedAt }) => receivedAt));
  const isTheirs = heard.some((piece) => piece.word === "unclear" && piece.theirReference !== null);
  return word === "pending" || isTheirs ? null : endsBy;
}
