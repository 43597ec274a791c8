// A hint that stands against what an attempt has come to, as long as the provider has not answered the question that it raises.
import type { Evidence } from "../recharges/evidence.ts";
import type { AttemptState } from "../recharges/recharge.ts";
import { isExplicit } from "../recharges/verdict.ts";
import { type AccountContext, factsOf, scheduleOf } from "./context.ts";
import type { AttemptRecord } from "./records.ts";

/** What a hint must say to be against the attempt; null: the attempt is open, and asked about anyway. */
const against = {
  sent: null,
  accepted: null,
  in_doubt: null,
  succeeded: "failure",
  failed: "success",
  declined: "success",
} as const satisfies Record<AttemptState, Evidence["word"] | null>;

/** Whether a word of this kind is worth asking about (`design.md`, "States and evidence"): explicit, and not what is known. */
export function isAgainst({ state }: Pick<AttemptRecord, "state">, word: Evidence["word"]): boolean {
  return against[state] === word;
}

/** True from such a hint until a lookup that was asked after it has said an explicit word. */
export function hasUnansweredHint(account: AccountContext, attempt: AttemptRecord): boolean {
  if (!scheduleOf(factsOf(account, attempt.provider)).canLookUp) return false;
  const evidence = account.attempts.readEvidence(attempt.counter);
  const answers = evidence.filter((piece) => piece.kind === "lookup" && isExplicit(piece));
  return evidence.some(
    ({ kind, word, receivedAt }) =>
      kind === "hint" && isAgainst(attempt, word) && !answers.some(({ speaksAt }) => speaksAt >= receivedAt),
  );
}
