// What a provider's desk keeps for balance segments: declarations and movements of staff, balances read, commissions seen.
import type { Minor } from "../base/money.ts";
import type { CommissionSeen } from "./segment-costs.ts";
import type { BalanceReading, WalletMovement } from "./segment-history.ts";

/**
 * `exclusive`: nothing but our calls and recorded movements moves the wallet. `refund_free`: no refund of the upstream
 * can come any more. Each counts from the moment in which it was declared.
 */
export const declarationKinds = ["exclusive", "refund_free"] as const;
export type DeclarationKind = (typeof declarationKinds)[number];

/** Times are epoch ms. */
export interface Declaration {
  readonly kind: DeclarationKind;
  readonly since: number;
  readonly by: string;
  readonly reason: string;
  /** Null: it stands. `by` is a staff member, or `balance_segment` where a segment did not foot. */
  readonly withdrawn: { readonly at: number; readonly by: string; readonly reason: string } | null;
}

/** A movement of the float that staff recorded; its `id` is their external reference, and it happens once. */
export interface FloatMovement extends WalletMovement {
  readonly note: string;
  readonly by: string;
  /** Epoch ms. */
  readonly recordedAt: number;
}

/**
 * Routing leaves the provider out until its calls are final (`calmAt`), then sends one call alone whose balances close the
 * segment. Over with that call's answer, with a balance that was read, or at `until`. Epoch ms.
 */
export interface Quiet {
  readonly since: number;
  readonly calmAt: number;
  readonly until: number;
  /** How long after its send a call without an answer may still move the balance, ms. */
  readonly clearAfterMs: number;
  /** The one recharge that was let through; `by` names it. */
  readonly probe: { readonly by: string; readonly at: number } | null;
}

export interface SegmentBook {
  /** Newest first. */
  readonly declarations: readonly Declaration[];
  readonly movements: readonly FloatMovement[];
  readonly readings: readonly BalanceReading[];
  readonly commissions: readonly CommissionSeen[];
  readonly quiet: Quiet | null;
  /** When the last quiet began, epoch ms; null: never. */
  readonly quietedAt: number | null;
  /** When the first submit was sent of which doubt was told since the last judging, epoch ms; null: none. */
  readonly lostAt: number | null;
  /** When the segments are worth judging again, epoch ms; null: not before the next thorough run. */
  readonly judgeAt: number | null;
}

/** What is told to the desk. */
export type SegmentNote =
  | { readonly kind: "declare"; readonly declares: DeclarationKind; readonly by: string; readonly reason: string }
  | { readonly kind: "withdraw"; readonly declares: DeclarationKind; readonly by: string; readonly reason: string }
  | { readonly kind: "movement"; readonly movement: Omit<FloatMovement, "recordedAt"> }
  | { readonly kind: "commissions"; readonly seen: readonly CommissionSeen[] }
  /** Judged are all calls that were sent until `startedAt`. */
  | { readonly kind: "judged"; readonly startedAt: number; readonly judgeAt: number | null }
  | { readonly kind: "quiet"; readonly quiet: Quiet }
  | { readonly kind: "end_quiet" };

/** `differs`: this external reference names another movement; nothing was written. */
export type NoteAnswer = { readonly kind: "kept"; readonly book: SegmentBook } | { readonly kind: "differs" };

/** What the judging asks of a provider's desk. */
export interface SegmentDesk {
  readSegments(): Promise<SegmentBook>;
  keepSegments(note: SegmentNote): Promise<NoteAnswer>;
  /** One balance call, if the provider's rhythm has one free; `isThorough`: whether or not staff keep a floor. */
  takeBalanceCall(isThorough: boolean): Promise<boolean>;
  /** What the call told, asked at `at` (epoch ms). */
  takeBalance(balance: Minor, at: number): Promise<void>;
  takeLease(name: string, holder: string, ms: number): Promise<{ readonly granted: boolean }>;
  endLease(name: string, holder: string): Promise<void>;
}

/** Since when a declaration stands, epoch ms; null: it does not. */
export function declaredSince(
  { declarations }: Pick<SegmentBook, "declarations">,
  kind: DeclarationKind,
): number | null {
  return declarations.find((one) => one.kind === kind && one.withdrawn === null)?.since ?? null;
}
