// The state tables: what an attempt becomes by its verdict, and what a recharge does by the standing of its attempts.
import type { CaseKind } from "./events.ts";
import type { EvidenceKind } from "./evidence.ts";
import type { AttemptState, RechargeState } from "./recharge.ts";
import type { Verdict, VerdictWord } from "./verdict.ts";

/** A verdict of doubt takes nothing back that was said, except that equal words against each other leave doubt. */
export const attemptTransitions = {
  sent: { success: "succeeded", failure: "failed", declined: "declined", pending: "accepted", doubt: "in_doubt" },
  accepted: { success: "succeeded", failure: "failed", declined: "failed", pending: "accepted", doubt: "accepted" },
  in_doubt: { success: "succeeded", failure: "failed", declined: "failed", pending: "accepted", doubt: "in_doubt" },
  succeeded: { success: "succeeded", failure: "failed", declined: "failed", pending: "in_doubt", doubt: "in_doubt" },
  failed: { success: "succeeded", failure: "failed", declined: "failed", pending: "in_doubt", doubt: "in_doubt" },
  declined: { success: "succeeded", failure: "failed", declined: "declined", pending: "in_doubt", doubt: "in_doubt" },
} as const satisfies Record<AttemptState, Record<VerdictWord, AttemptState>>;

/** What all attempts of a recharge together say. */
export type Standing = "success" | "failure" | "open";

const standings = {
  sent: "open",
  accepted: "open",
  in_doubt: "open",
  succeeded: "success",
  failed: "failure",
  declined: "failure",
} as const satisfies Record<AttemptState, Standing>;

/** Success if any attempt succeeded; open if any is open; else failure. */
export function standingOf(attempts: readonly AttemptState[]): Standing {
  const all = attempts.map((state) => standings[state]);
  if (all.includes("success")) return "success";
  return all.includes("open") ? "open" : "failure";
}

/** `post`: the hold is spent. `void`: the hold goes back. `reverse`: what was posted goes back. `take_again`: what went back is spent after all. */
export type MoneyMove = "none" | "post" | "void" | "reverse" | "take_again";

/** `case`: money and verdict disagree, and only a person may move money here. */
export const rechargeTransitions = {
  pending: {
    success: { move: "post", next: "succeeded", case: null },
    failure: { move: "void", next: "failed", case: null },
    open: { move: "none", next: "pending", case: null },
  },
  succeeded: {
    success: { move: "none", next: "succeeded", case: null },
    failure: { move: "reverse", next: "reversed", case: null },
    open: { move: "none", next: "succeeded", case: "contradiction" },
  },
  failed: {
    success: { move: "take_again", next: "succeeded", case: null },
    failure: { move: "none", next: "failed", case: null },
    open: { move: "none", next: "failed", case: "contradiction" },
  },
  reversed: {
    success: { move: "take_again", next: "succeeded", case: null },
    failure: { move: "none", next: "reversed", case: null },
    open: { move: "none", next: "reversed", case: "contradiction" },
  },
} as const satisfies Record<
  RechargeState,
  Record<Standing, { move: MoneyMove; next: RechargeState; case: CaseKind | null }>
>;

export interface Settlement {
  readonly move: MoneyMove;
  readonly next: RechargeState;
  /** The case that must be open after this; null: none is needed. */
  readonly case: CaseKind | null;
  /** A word of failure, of whatever rank, about a success that stands: ask the provider now. */
  readonly wantsLookup: boolean;
}

const reversingKinds: ReadonlySet<EvidenceKind> = new Set(["lookup", "statement", "ruling"]);

/**
 * What a recharge does, given its state and the state and verdict of each of its attempts. A success is reversed only by
 * a lookup, a statement or a ruling, or by an authenticated callback where the provider's setting lets it
 * (`design.md`, "States and evidence"); anything weaker is a case and asks for a lookup. Money once given back is taken
 * again only by a ruling; any other word of success about it is a case.
 */
export function settlementOf(
  state: RechargeState,
  attempts: readonly { readonly state: AttemptState; readonly verdict: Verdict }[],
  rules: { readonly mayCallbacksReverse: boolean },
): Settlement {
  const verdicts = attempts.map((attempt) => attempt.verdict);
  const legal = rechargeTransitions[state][standingOf(attempts.map((attempt) => attempt.state))];
  const succeeded = attempts.filter((attempt) => attempt.state === "succeeded");
  const isTooLate = legal.move === "take_again" && !succeeded.some(isRuled);
  const row = isTooLate ? ({ move: "none", next: state, case: "late_success" } as const) : legal;
  if (row.move === "reverse" && !mayReverse(verdicts, rules))
    return { move: "none", next: state, case: "reversal_disputed", wantsLookup: true };
  const hasTwo = succeeded.length > 1 && !succeeded.every(isRuled);
  const isContradicted = verdicts.some((verdict) => verdict.isContradicted);
  const isDisputed = verdicts.some((verdict) => verdict.isDisputed);
  const wantsLookup = state === "succeeded" && row.next === "succeeded" && (isDisputed || row.case !== null);
  const needed = hasTwo ? "two_successes" : isContradicted ? (row.case ?? "contradiction") : row.case;
  return { move: row.move, next: row.next, case: needed, wantsLookup };
}

function isRuled({ verdict }: { readonly verdict: Verdict }): boolean {
  return verdict.deciding?.kind === "ruling";
}

/** Each attempt that was said to have succeeded must be taken back itself, by a word for a later time: no other speaks for it. */
function mayReverse(verdicts: readonly Verdict[], rules: { readonly mayCallbacksReverse: boolean }): boolean {
  const claims = verdicts.flatMap(({ deciding, succeededAt }) =>
    succeededAt === null ? [] : [{ deciding, succeededAt }],
  );
  const isTakenBack = ({ deciding, succeededAt }: (typeof claims)[number]): boolean =>
    deciding !== null &&
    (reversingKinds.has(deciding.kind) || (deciding.kind === "callback" && rules.mayCallbacksReverse)) &&
    deciding.speaksAt > succeededAt;
  return claims.length > 0 && claims.every(isTakenBack);
}
