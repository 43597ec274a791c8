// Evidence, cases, rulings and disputes on the wire: what a partner reads of them, and what staff do.
import type { DisputeView, EvidenceView, PieceView, RulingView } from "../accounts/case-types.ts";
import { z } from "@hono/zod-openapi";
import type { CaseFile } from "../reconciliation/cases.ts";
import { suggestions } from "../reconciliation/suggest-ruling.ts";
import { dispositions, disputeStates } from "../recharges/dispute.ts";
import { caseKinds } from "../recharges/events.ts";
import { evidenceKinds } from "../recharges/evidence.ts";
import { proofs, wordsForPartner } from "../recharges/proof-of.ts";
import { attemptStates } from "../recharges/recharge.ts";
import { presentRecharge, presentTime, rechargeSchema } from "./recharge-schema.ts";

const words = ["success", "failure", "declined", "pending", "absent", "unclear"] as const;
const provesSchema = z.enum(proofs).openapi({
  description:
    "What the piece proves by itself. `accepted`: the provider has the order. `reason_to_ask`: unauthenticated words, which prove nothing.",
});

export const dispositionSchema = z.enum(Object.keys(dispositions)).openapi({
  description: Object.entries(dispositions)
    .map(([code, meaning]) => `${code} ${meaning.replaceAll("_", " ")}`)
    .join(", "),
});

const pieceSchema = z.object({
  at: z.string().openapi({ format: "date-time", description: "The moment that it speaks for." }),
  received_at: z.string().openapi({ format: "date-time" }),
  kind: z.enum(evidenceKinds),
  said: z.string().openapi({ description: "Redacted and cut." }),
  proves: provesSchema,
  decides: z.boolean().openapi({ description: "The state of the attempt follows from it." }),
  operator_reference: z.string().nullable(),
});

export const timelineSchema = z
  .object({
    recharge_id: z.string(),
    state: rechargeSchema.shape.state,
    evidence_number: z.int().openapi({ description: "How many pieces there are; none is ever taken away." }),
    attempts: z.array(
      z.object({
        attempt: z.int().openapi({ description: "1 is the first provider that was asked." }),
        state: z.enum(attemptStates),
        started_at: z.string().openapi({ format: "date-time" }),
        evidence: z.array(pieceSchema),
      }),
    ),
  })
  .openapi("EvidenceTimeline");

/** What a partner reads: neither providers nor our references nor our figures with them. */
export function presentTimeline(view: EvidenceView): z.infer<typeof timelineSchema> {
  return {
    recharge_id: view.recharge.id,
    state: view.recharge.state,
    evidence_number: view.evidenceNumber,
    attempts: view.attempts.map((attempt, index) => ({
      attempt: index + 1,
      state: attempt.state,
      started_at: presentTime(attempt.startedAt),
      evidence: attempt.evidence.map((piece) => ({ ...presentPiece(piece), said: wordsForPartner(piece) })),
    })),
  };
}

function presentPiece(piece: PieceView): z.infer<typeof pieceSchema> {
  return {
    at: presentTime(piece.speaksAt),
    received_at: presentTime(piece.receivedAt),
    kind: piece.kind,
    said: piece.said,
    proves: piece.proves,
    decides: piece.decides,
    operator_reference: piece.operatorReference,
  };
}

export const disputeSchema = z
  .object({
    recharge_id: z.string(),
    number: z.int().openapi({ description: "1, 2 … per recharge." }),
    disposition: dispositionSchema,
    comment: z.string(),
    state: z.enum(disputeStates).openapi({ description: "`won`: the recharge was reversed and its money is back." }),
    reason: z.string().nullable().openapi({ description: "Why it was won or lost." }),
    opened_at: z.string().openapi({ format: "date-time" }),
    closed_at: z.string().nullable().openapi({ format: "date-time" }),
  })
  .openapi("Dispute");

export function presentDispute(dispute: Omit<DisputeView, "evidenceNumber">): z.infer<typeof disputeSchema> {
  return {
    recharge_id: dispute.rechargeId,
    number: dispute.number,
    disposition: dispute.disposition,
    comment: dispute.comment,
    state: dispute.state,
    reason: dispute.reason,
    opened_at: presentTime(dispute.openedAt),
    closed_at: dispute.closedAt === null ? null : presentTime(dispute.closedAt),
  };
}

export const rulingSchema = z
  .object({
    number: z.int(),
    word: z.enum(["success", "failure"]),
    reason: z.string(),
    succeeded: z.array(z.string()).openapi({ description: "References of the attempts that succeeded." }),
    seen: z.int().openapi({ description: "The evidence number that it was proposed on." }),
    state: z.enum(["waits", "confirmed", "void"]).openapi({ description: "`void`: something newer was heard." }),
    proposed_by: z.string(),
    proposed_at: z.string(),
    confirmed_by: z.string().nullable(),
    confirmed_at: z.string().nullable(),
  })
  .openapi("Ruling");

export function presentRuling(ruling: RulingView): z.infer<typeof rulingSchema> {
  return {
    number: ruling.number,
    word: ruling.word,
    reason: ruling.reason,
    succeeded: [...ruling.succeeded],
    seen: ruling.seen,
    state: ruling.state,
    proposed_by: ruling.proposedBy,
    proposed_at: presentTime(ruling.proposedAt),
    confirmed_by: ruling.confirmedBy,
    confirmed_at: ruling.confirmedAt === null ? null : presentTime(ruling.confirmedAt),
  };
}

export const caseFileSchema = z
  .object({
    recharge: rechargeSchema,
    evidence_number: z.int().openapi({ description: "Name it as `seen` in a ruling." }),
    case: z.object({ kind: z.enum(caseKinds), opened_at: z.string() }).nullable(),
    suggestion: z
      .object({
        word: z.enum(["success", "failure"]).nullable().openapi({ description: "null: nobody can rule on this yet." }),
        because: z.enum(Object.keys(suggestions)),
        text: z.string(),
      })
      .nullable(),
    attempts: z.array(
      z.object({
        reference: z.string(),
        provider: z.string(),
        their_reference: z.string().nullable(),
        state: z.enum(attemptStates),
        verdict: z.enum(["success", "failure", "declined", "pending", "doubt"]),
        is_contradicted: z.boolean(),
        started_at: z.string(),
        lookups: z.int(),
        next_step_at: z.string().nullable().openapi({ description: "null: nobody is asked any more." }),
        evidence: z.array(
          pieceSchema.extend({
            key: z.string(),
            word: z.enum(words),
            their_reference: z.string().nullable(),
            cause: z.string().nullable(),
          }),
        ),
      }),
    ),
    rulings: z.array(rulingSchema),
    disputes: z.array(disputeSchema),
  })
  .openapi("CaseFile");

export function presentCaseFile(file: CaseFile): z.infer<typeof caseFileSchema> {
  const { openCase, suggestion } = file;
  return {
    recharge: presentRecharge(file.recharge),
    evidence_number: file.evidenceNumber,
    case: openCase === null ? null : { kind: openCase.kind, opened_at: presentTime(openCase.openedAt) },
    suggestion: suggestion === null ? null : { ...suggestion },
    attempts: file.attempts.map((attempt) => ({
      reference: attempt.reference,
      provider: attempt.provider,
      their_reference: attempt.theirReference,
      state: attempt.state,
      verdict: attempt.verdict,
      is_contradicted: attempt.isContradicted,
      started_at: presentTime(attempt.startedAt),
      lookups: attempt.lookups,
      next_step_at: attempt.nextStepAt === null ? null : presentTime(attempt.nextStepAt),
      evidence: attempt.evidence.map((piece) => ({
        ...presentPiece(piece),
        key: piece.key,
        word: piece.word,
        their_reference: piece.theirReference,
        cause: piece.cause,
      })),
    })),
    rulings: file.rulings.map(presentRuling),
    disputes: file.disputes.map(presentDispute),
  };
}
