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
  const said = account.recharges.readEvidence(attempt.counter).filter((piece) => isExplicit(piece));
  const carrying = said.find((piece) => piece.word === "success" && piece.operatorReference !== null);
  return verdict.deciding?.operatorReference ?? carrying?.operatorReference ?? null;
}

const sources = {
  amount: "operator",
  number: "subscriber",
  operator: "operator",
  provider_declined: "provider",
  not_executed: "provider",
  ruled: "gateway",
} as const satisfies Record<FailureCause, Failure["source"]>;

/** Whose fault a failure is, and in which words: those that decided. */
export function failureOf({ word, deciding }: Verdict): Failure {
  const cause =
    word === "declined" ? "provider_declined" : deciding?.kind === "absence" ? "not_executed" : deciding?.cause;
  return { source: sources[cause ?? "operator"], cause: cause ?? "operator", text: deciding?.said ?? "" };
}
