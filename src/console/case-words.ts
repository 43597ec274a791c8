// The closed words of cases as sentences for people.
import { dispositions } from "../recharges/dispute.ts";
import type { CaseKind } from "../recharges/events.ts";
import type { EvidenceKind, Word } from "../recharges/evidence.ts";
import type { ProofOf } from "../recharges/proof-of.ts";

const kinds = {
  doubt: "Nobody knows whether it was executed",
  contradiction: "Success and failure were both said",
  late_success: "Executed after the money went back",
  two_successes: "Executed by more than one provider",
  reversal_disputed: "A weak word says that a success was taken back",
} as const satisfies Record<CaseKind, string>;

const evidence = {
  absence: "Not found",
  hint: "Unproved callback",
  balance_segment: "Balance segment",
  reply: "Reply to our call",
  callback: "Callback",
  lookup: "Status lookup",
  statement: "Provider statement",
  ruling: "Ruling of two persons",
} as const satisfies Record<EvidenceKind, string>;

const words = {
  success: "success",
  failure: "failure",
  declined: "declined",
  pending: "pending",
  absent: "not there",
  unclear: "unclear",
} as const satisfies Record<Word, string>;

const proofs = {
  executed: "proves that it was executed",
  not_executed: "proves that it was not executed",
  accepted: "shows that the provider has the order",
  not_known: "shows that the provider did not know the order",
  reason_to_ask: "is a reason to ask, and no proof",
  nothing: "proves nothing",
} as const satisfies Record<ProofOf, string>;

/** A word that a newer gateway adds is shown as it is. */
const said =
  (texts: Readonly<Record<string, string>>) =>
  (code: string): string =>
    texts[code] ?? code.replaceAll("_", " ");

export const caseKindText = said(kinds);
export const evidenceKindText = said(evidence);
export const wordText = said(words);
export const proofText = said(proofs);

/** An NPCI disposition with its code. */
export function dispositionText(code: string): string {
  const known: Readonly<Record<string, string>> = dispositions;
  const meaning = known[code];
  return meaning === undefined ? code : `${capital(meaning.replaceAll("_", " "))} (${code})`;
}

/** The colour class of what was said, beside its words. */
export function toneOf(word: string): "succeeded" | "failed" | "doubt" {
  if (word === "success") return "succeeded";
  return word === "failure" || word === "declined" ? "failed" : "doubt";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
