// What the deciding words say of a recharge besides success or failure: the operator's reference, and whose fault it is.
import type { Failure, FailureCause } from "../recharges/recharge.ts";
import { isExplicit, type Verdict } from "../recharges/verdict.ts";
import type { AccountContext } from "./context.ts";
import type { AttemptRecord } from "./records.ts";

/** What the deciding word carried, else what any other word of success about the attempt did. */
export function operatorReferenceOf(
  account: AccountContext,
  { attempt, verdict }: { readonly attempt: AttemptRecord; readonly verdict: Verdict },
): string | null {
  const decided = verdict.deciding?.operatorReference ?? null;
  if (decided !== null) return decided;
  const said = account.attempts.readEvidence(attempt.counter).filter((piece) => isExplicit(piece));
  const carrying = said.find((piece) => piece.word === "success" && piece.operatorReference !== null);
  return carrying?.operatorReference ?? null;
}

const sources = {
  amount: "operator",
  number: "subscriber",
  operator: "operator",
  provider_declined: "provider",
  not_executed: "provider",
  ruled: "gateway",
} as const satisfies Record<FailureCause, Failure["source"]>;

/** Our own words: what an upstream said may tell our balance or our name there, and stays with the evidence. */
const texts = {
  amount: "The operator does not sell this amount.",
  number: "The operator does not know this number.",
  operator: "The operator did not carry the recharge out.",
  provider_declined: "No provider could take the recharge; nothing was done.",
  not_executed: "The recharge was never carried out.",
  ruled: "Staff ruled on the evidence that the recharge was not carried out.",
} as const satisfies Record<FailureCause, string>;

/** Whose fault a failure is, by the word that decided. */
export function failureOf({ word, deciding }: Verdict): Failure {
  const cause = causeOf(word, deciding);
  return { source: sources[cause], cause, text: texts[cause] };
}

function causeOf(word: Verdict["word"], deciding: Verdict["deciding"]): FailureCause {
  if (word === "declined") return "provider_declined";
  return deciding?.kind === "absence" ? "not_executed" : (deciding?.cause ?? "operator");
}
