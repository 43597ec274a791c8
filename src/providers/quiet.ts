// A quiet of a provider: nobody goes there until its calls are final, then one recharge alone. Pure; times are epoch ms.
import type { Quiet, SegmentNote } from "../recharges/segment-book.ts";
import type { ReportedOutcome } from "./breaker.ts";

/** The quiet after what was told to the desk: without the declaration `exclusive` nothing needs one. */
export function quietOf(note: SegmentNote, quiet: Quiet | null): Quiet | null {
  if (note.kind === "quiet") return note.quiet;
  const isOver = note.kind === "end_quiet" || (note.kind === "withdraw" && note.declares === "exclusive");
  return isOver ? null : quiet;
}

/** An answer whose balances may close a segment. */
const answers = {
  succeeded: true,
  failed: true,
  declined: true,
  pending: false,
  in_doubt: false,
  not_started: null,
} as const satisfies Record<ReportedOutcome["kind"], boolean | null>;

/** The quiet after what submits came to; null: it is over, because the one call was answered, or can no more be alone. */
export function quietAfter(quiet: Quiet, outcomes: readonly ReportedOutcome[]): Quiet | null {
  return outcomes
    .toSorted((left, right) => left.sentAt - right.sentAt)
    .reduce<Quiet | null>((state, outcome) => (state === null ? null : quietAfterOne(state, outcome)), quiet);
}

function quietAfterOne(quiet: Quiet, { kind, sentAt }: ReportedOutcome): Quiet | null {
  const isAnswer = answers[kind];
  if (isAnswer === null) return quiet;
  if (sentAt >= quiet.calmAt) return null;
  if (isAnswer) return quiet;
  const calmAt = Math.max(quiet.calmAt, sentAt + quiet.clearAfterMs);
  return calmAt < quiet.until ? { ...quiet, calmAt } : null;
}

/** Whether a recharge may go through; the same one is let through again. `quiet` null: it is over, and holds nobody back. */
export type QuietAnswer =
  | { readonly granted: true; readonly quiet: Quiet | null }
  | { readonly granted: false; readonly retryAt: number };

/** Lets one recharge through once it is calm, and another one where nothing was heard of it for `probeEveryMs`. */
export function quietProbe(
  quiet: Quiet | null,
  { by, now, probeEveryMs }: { readonly by: string; readonly now: number; readonly probeEveryMs: number },
): QuietAnswer {
  if (quiet === null || now >= quiet.until) return { granted: true, quiet: null };
  const { probe, calmAt } = quiet;
  if (probe?.by === by) return { granted: true, quiet };
  if (now < calmAt) return { granted: false, retryAt: calmAt };
  if (probe !== null && now < probe.at + probeEveryMs) return { granted: false, retryAt: probe.at + probeEveryMs };
  return { granted: true, quiet: { ...quiet, probe: { by, at: now } } };
}
