// From an upstream's answer to evidence about one attempt: it counts only if all that it carries is the attempt's.
import { unreachable } from "../base/assert.ts";
import type { Minor } from "../base/money.ts";
import type { Evidence, EvidenceKind, Word } from "./evidence.ts";
import type { Carried, LookupOutcome, Outcome } from "./outcome.ts";

export interface ExpectedAttempt {
  readonly reference: string;
  /** The upstream's own id, once it has said one. */
  readonly theirReference: string | null;
  readonly number: string;
  readonly amount: Minor;
}

/** Names the first thing that an answer carries and that is not this attempt's; null: all of it is. */
export function foreignPart(carried: Carried, attempt: ExpectedAttempt): string | null {
  if (carried.ourReference !== undefined && carried.ourReference !== attempt.reference) return "reference";
  if (
    carried.theirReference !== undefined &&
    attempt.theirReference !== null &&
    carried.theirReference !== attempt.theirReference
  )
    return "provider's reference";
  if (carried.number !== undefined && carried.number !== attempt.number) return "number";
  if (carried.amount !== undefined && carried.amount !== attempt.amount) return "amount";
  return null;
}

type HeardOutcome = Exclude<Outcome | LookupOutcome, { kind: "not_started" }>;

/**
 * Evidence of a reply or a lookup that was sent at `askedAt` and answered at `now` (epoch ms). What speaks of another
 * reference, number or amount says nothing about this attempt: the word is `unclear`.
 */
export function evidenceOf(
  outcome: HeardOutcome,
  attempt: ExpectedAttempt,
  heard: { readonly kind: EvidenceKind; readonly askedAt: number; readonly now: number },
): { readonly evidence: Evidence; readonly alarm: string | null } {
  const foreign = foreignPart(outcome.carried, attempt);
  const word = foreign === null ? wordOf(outcome.kind) : "unclear";
  const evidence: Evidence = {
    key: `${heard.kind}:${heard.askedAt}`,
    kind: outcome.kind === "not_found" && foreign === null ? "absence" : heard.kind,
    word,
    speaksAt: heard.kind === "reply" ? heard.now : heard.askedAt,
    receivedAt: heard.now,
    operatorReference: word === "success" ? (outcome.carried.operatorReference ?? null) : null,
    theirReference: foreign === null ? (outcome.carried.theirReference ?? null) : null,
    cause: word === "failure" ? ("cause" in outcome ? outcome.cause : "operator") : null,
    said: outcome.said,
    ...(heard.kind === "reply" && foreign === null && balancesIn(outcome.carried)),
  };
  const alarm = foreign === null ? (outcome.alarm ?? null) : `an answer carried another ${foreign}`;
  return { evidence, alarm };
}

function balancesIn({ balanceBefore: before, balanceAfter: after }: Carried): Pick<Evidence, "balances"> {
  return before === undefined || after === undefined ? {} : { balances: { before, after } };
}

function wordOf(kind: HeardOutcome["kind"]): Word {
  switch (kind) {
    case "succeeded":
      return "success";
    case "failed":
      return "failure";
    case "declined":
      return "declined";
    case "pending":
      return "pending";
    case "not_found":
      return "absent";
    case "in_doubt":
      return "unclear";
    default:
      return unreachable(kind);
  }
}
