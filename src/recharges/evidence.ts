// Evidence about one attempt: what was said, by whom, and the time it speaks for.
import type { Minor } from "../base/money.ts";
import type { FailureCause } from "./recharge.ts";

/** Kinds, weakest first (`design.md`, "States and evidence"). */
export const evidenceKinds = [
  "absence",
  "hint",
  "balance_segment",
  "reply",
  "callback",
  "lookup",
  "statement",
  "ruling",
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** What a piece of evidence says. Only `success`, `failure` and `declined` are explicit words. */
export type Word = "success" | "failure" | "declined" | "pending" | "absent" | "unclear";

export interface Evidence {
  /** Unique within the attempt: the same piece arriving twice has the same key. */
  readonly key: string;
  readonly kind: EvidenceKind;
  readonly word: Word;
  /** Epoch ms of the moment that it speaks for. */
  readonly speaksAt: number;
  /** Epoch ms of its arrival. */
  readonly receivedAt: number;
  readonly operatorReference: string | null;
  readonly theirReference: string | null;
  readonly cause: FailureCause | null;
  /** Redacted and cut. */
  readonly said: string;
  /** Of a ruling: keys of the pieces that both persons saw. What came afterwards is not answered by it. */
  readonly answers?: readonly string[];
  /** Of a reply that carried both: our balance at the provider before and after it (`recharges/balance-segments.ts`). */
  readonly balances?: { readonly before: Minor; readonly after: Minor };
}
