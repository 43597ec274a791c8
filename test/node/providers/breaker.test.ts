// When a provider's breaker opens, whom it lets through, and when it closes.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Breaker, breakerAfter, closedBreaker, probeAfter } from "../../../src/providers/breaker.ts";
import type { ReportedOutcome } from "../../../src/providers/breaker.ts";

const noon = 1_800_000_000_000;
const rules = { opensAfter: 3, opensAtPercent: 50, window: 6, opensForMs: 60_000, probeEveryMs: 30_000 };
type Kind = ReportedOutcome["kind"];
const told = (...kinds: readonly Kind[]) => kinds.map((kind, index) => ({ kind, at: noon + index, sentAt: noon }));
const openedAt = (at: number, inARow = 3): Breaker => ({ ...closedBreaker, inARow, trippedUntil: at + 60_000 });
const halfOpen: Breaker = { ...openedAt(noon - 60_000), probe: { by: "1:A", at: noon } };
const closedWith = (inARow: number, recent: string): Breaker => ({ ...closedBreaker, inARow, recent });

const courses = [
  ["stays closed below the limit", closedBreaker, told("declined", "in_doubt"), closedWith(2, "11")],
  ["opens at the limit", closedBreaker, told("declined", "in_doubt", "declined"), openedAt(noon + 2)],
  ["counts on from before", closedWith(2, "11"), told("in_doubt"), openedAt(noon)],
  ["counts anew after a success", closedWith(2, "11"), told("succeeded", "declined"), closedWith(1, "1101")],
  ["counts anew after a subscriber's failure", closedWith(2, "11"), told("failed"), closedWith(0, "110")],
  ["counts anew after an acceptance", closedWith(2, "11"), told("pending"), closedWith(0, "110")],
  ["hears nothing from a call that never started", closedWith(2, "11"), told("not_started"), closedWith(2, "11")],
  ["opens at a share of the last ones", closedWith(0, "11010"), told("declined"), openedAt(noon, 1)],
  ["does not before there are as many", closedWith(0, "1010"), told("declined"), closedWith(1, "10101")],
  ["does not below the share", closedWith(0, "10000"), told("declined"), closedWith(1, "100001")],
  ["forgets what was long ago", closedWith(0, "110010"), told("declined"), openedAt(noon, 1)],
  ["does not open by a good one", closedWith(1, "110101"), told("succeeded"), closedWith(0, "101010")],
  ["closes when the one that was let through goes well", halfOpen, told("succeeded"), closedBreaker],
  ["opens again when it does not", halfOpen, told("in_doubt"), openedAt(noon, 4)],
  ["stays half open when it never started", halfOpen, told("not_started"), halfOpen],
  ["is as it was without news", halfOpen, [], halfOpen],
] as const;

describe("a breaker", () => {
  it.each(courses)("%s", (_name, breaker, outcomes, expected) => {
    expect(breakerAfter(breaker, outcomes, rules)).toEqual(expected);
    expect(breakerAfter(breaker, outcomes.toReversed(), rules)).toEqual(expected);
  });

  it("hears nothing from what was sent before it opened, however late the answer", () => {
    const late = told("succeeded", "in_doubt").map((outcome) => ({ ...outcome, sentAt: noon - 1 }));
    expect(breakerAfter(halfOpen, late, rules)).toEqual(halfOpen);
  });
});

const ask = (breaker: Breaker, by: string, now: number) => probeAfter(breaker, { by, now, probeEveryMs: 30_000 });

describe("a half-open breaker", () => {
  it("lets one through, the same one again, and another one after it was silent too long", () => {
    const waiting = { ...halfOpen, probe: null };
    expect(ask(waiting, "1:A", noon - 1)).toEqual({ granted: false, retryAt: noon });
    expect(ask(waiting, "1:A", noon)).toEqual({ granted: true, breaker: halfOpen });
    expect(ask(halfOpen, "1:A", noon + 5)).toEqual({ granted: true, breaker: halfOpen });
    expect(ask(halfOpen, "2:B", noon + 29_999)).toEqual({ granted: false, retryAt: noon + 30_000 });
    expect(ask(halfOpen, "2:B", noon + 30_000)).toMatchObject({ granted: true, breaker: { probe: { by: "2:B" } } });
    expect(ask(closedBreaker, "2:B", noon)).toEqual({ granted: true, breaker: closedBreaker });
  });

  it("lets at most one through in any time that it waits for it", () => {
    const asks = fc.array(fc.record({ by: fc.integer({ min: 1, max: 9 }), after: fc.integer({ min: 0, max: 9_000 }) }));
    fc.assert(
      fc.property(asks, (all) => {
        let breaker: Breaker = { ...halfOpen, probe: null };
        let now = noon;
        const through: { by: string; at: number }[] = [];
        for (const { by, after } of all) {
          now += after;
          const answer = ask(breaker, String(by), now);
          if (!answer.granted) continue;
          breaker = answer.breaker;
          if (through.at(-1)?.by !== String(by)) through.push({ by: String(by), at: now });
        }
        for (const [index, { at }] of through.entries())
          expect(at - (through[index - 1]?.at ?? -Infinity)).toBeGreaterThanOrEqual(30_000);
      }),
    );
  });
});
