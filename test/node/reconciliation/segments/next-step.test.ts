// What is done about lost calls that no balance proves yet.
import { describe, expect, it } from "vitest";
import { judgeSegments } from "../../../../src/recharges/balance-segments.ts";
import type { Quiet } from "../../../../src/recharges/segment-book.ts";
import { nextStep, type StepQuestion } from "../../../../src/reconciliation/segments/next-step.ts";
import { answered, call, finalAfterMs, reading, staleForMs, wallet } from "../../recharges/segment-fixture.ts";

const clearAfterMs = 40 + finalAfterMs + staleForMs;
/** Sent at 1000, over by 1040: a balance closes it from then on. */
const closesFrom = 1_000 + clearAfterMs;
/** When no balance came by itself. */
const late = closesFrom + 2 * finalAfterMs;
const open = { readings: [reading(0, 100_000)] };

const after = (now: number, more: Partial<StepQuestion> = {}) =>
  nextStep({
    now,
    segments: judgeSegments(wallet([call("a")], 0, open)),
    isOpen: () => true,
    book: { quiet: null, quietedAt: null },
    hasBalanceCall: false,
    finalAfterMs,
    staleForMs,
    clearAfterMs,
    ...more,
  });
const nothing = { quiet: null, endsQuiet: false, readsBalance: false, judgeAt: null };
const quiet: Quiet = { since: late, calmAt: late + 70, until: late + 70 + clearAfterMs, clearAfterMs, probe: null };

describe("a lost call without a balance after it", () => {
  it("waits for one that comes by itself from when it may", () => {
    expect(after(1_100)).toEqual({ ...nothing, judgeAt: closesFrom });
    expect(after(late - 1)).toEqual({ ...nothing, judgeAt: late + staleForMs });
  });

  it("is closed by a balance call where there is one, once it is final", () => {
    expect(after(closesFrom - 1, { hasBalanceCall: true })).toEqual({ ...nothing, judgeAt: closesFrom + staleForMs });
    expect(after(closesFrom, { hasBalanceCall: true })).toEqual({
      ...nothing,
      readsBalance: true,
      judgeAt: closesFrom + staleForMs + 1,
    });
  });

  it("begins a quiet when none came: calm once what is on its way is answered, and bounded", () => {
    expect(after(late)).toEqual({ ...nothing, quiet, judgeAt: late + staleForMs + 1 });
    expect(after(late, { segments: judgeSegments(wallet([call("a")], 0, { readings: [] })) }).quiet).toEqual(quiet);
    const more = [call("a"), call("b", { sentAt: late - 100, overBy: late - 60 })];
    const calmAt = late - 60 + finalAfterMs + staleForMs;
    expect(after(late, { segments: judgeSegments(wallet(more, 0, open)) }).quiet).toMatchObject({ calmAt });
  });

  it("begins no quiet soon after the last one", () => {
    expect(after(late, { book: { quiet: null, quietedAt: late - 6 * finalAfterMs + 1 } }).quiet).toBeNull();
    expect(after(late, { book: { quiet: null, quietedAt: late - 6 * finalAfterMs } }).quiet).not.toBeNull();
  });

  it("leaves a quiet that runs as it is until it is calm, and ends it after a balance call, or at its limit", () => {
    const book = { quiet, quietedAt: late };
    expect(after(late + 10, { book })).toEqual({ ...nothing, judgeAt: late + 70 });
    expect(after(late + 70, { book })).toEqual({ ...nothing, judgeAt: late + 70 + staleForMs + 1 });
    expect(after(late + 70, { book, hasBalanceCall: true })).toMatchObject({ readsBalance: true, endsQuiet: true });
    expect(after(quiet.until, { book })).toMatchObject({ quiet: null, endsQuiet: true });
  });
});

describe("nothing is waited for", () => {
  const settled = { segments: judgeSegments(wallet([answered("a", "success")], 990)) };

  it("where no call is lost, or what was lost is settled; a quiet then ends, and a balance opens the next segment", () => {
    expect(after(late, settled)).toEqual(nothing);
    expect(after(late, { isOpen: () => false })).toEqual(nothing);
    const book = { quiet, quietedAt: late };
    expect(after(late, { ...settled, book, hasBalanceCall: true })).toEqual({
      ...nothing,
      endsQuiet: true,
      readsBalance: true,
    });
  });

  it("but the provider's last word, where it accepted a call", () => {
    const segments = judgeSegments(wallet([call("a"), call("b", { overBy: null })], 0, open));
    expect(after(late, { segments })).toEqual(nothing);
  });
});
