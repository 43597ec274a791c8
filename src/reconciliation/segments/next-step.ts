// What is done about lost calls whose segment has no closing balance yet. Pure; times are epoch ms or ms.
import type { BalanceSegment } from "../../recharges/balance-segments.ts";
import type { Quiet, SegmentBook } from "../../recharges/segment-book.ts";
import { isLost } from "../../recharges/segment-history.ts";

export interface StepQuestion {
  readonly now: number;
  readonly segments: readonly BalanceSegment[];
  /** Is this call open in its account? */
  isOpen(callId: string): boolean;
  readonly book: Pick<SegmentBook, "quiet" | "quietedAt">;
  readonly hasBalanceCall: boolean;
  readonly finalAfterMs: number;
  readonly staleForMs: number;
  /** How long after its send a call without an answer may still move the balance. */
  readonly clearAfterMs: number;
}

export interface NextStep {
  /** One that begins now; null: none does. */
  readonly quiet: Quiet | null;
  readonly endsQuiet: boolean;
  readonly readsBalance: boolean;
  /** Null: not before the next thorough run. */
  readonly judgeAt: number | null;
}

const nothing: NextStep = { quiet: null, endsQuiet: false, readsBalance: false, judgeAt: null };

/** A lost call waits so long, in `finalAfterMs`, for a balance that comes by itself; a quiet begins at most this often. */
const waitsFor = 2;
const quietEvery = 6;

/**
 * A balance call opens the next segment, or closes this one once its lost calls are final. A quiet begins where no balance
 * came by itself after an open lost call; one that nobody needs any more is ended.
 */
export function nextStep(question: StepQuestion): NextStep {
  const { now, segments, book, staleForMs, hasBalanceCall } = question;
  const waiting = segments.find(
    ({ closing, calls }) => closing === null && calls.some((call) => isLost(call) && question.isOpen(call.id)),
  );
  if (waiting === undefined) return { ...nothing, readsBalance: hasBalanceCall, endsQuiet: book.quiet !== null };
  const { closesFrom } = waiting;
  // The last word of an accepted call comes by itself, or a person gives it.
  if (closesFrom === null) return { ...nothing, endsQuiet: book.quiet !== null };
  const quiet = book.quiet === null || now >= book.quiet.until ? null : book.quiet;
  const calmAt = Math.max(closesFrom, quiet?.calmAt ?? 0);
  const isCalm = calmAt <= now;
  return {
    quiet: quiet === null ? quietFor(question, waiting, closesFrom) : null,
    endsQuiet: book.quiet !== null && (quiet === null || (isCalm && hasBalanceCall)),
    readsBalance: isCalm && hasBalanceCall,
    judgeAt: Math.max(now + staleForMs + 1, calmAt),
  };
}

function quietFor(
  { now, book, finalAfterMs, clearAfterMs }: StepQuestion,
  { calls }: BalanceSegment,
  closesFrom: number,
): Quiet | null {
  const lostAt = Math.min(...calls.filter(isLost).map(({ sentAt }) => sentAt));
  const isPatient = now < lostAt + clearAfterMs + waitsFor * finalAfterMs;
  const isTooOften = book.quietedAt !== null && now < book.quietedAt + quietEvery * finalAfterMs;
  if (isPatient || isTooOften) return null;
  // What is on its way when it begins is answered by then; what is not puts the calm off.
  const calmAt = Math.max(now + clearAfterMs - finalAfterMs, closesFrom);
  return { since: now, calmAt, until: calmAt + clearAfterMs, clearAfterMs, probe: null };
}
