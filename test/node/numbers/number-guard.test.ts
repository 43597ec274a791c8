// Whether a claim is taken, refused as a repeat, or waits for the owners of earlier ones.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { decideClaim } from "../../../src/numbers/number-guard.ts";
import {
  windowMs,
  dayMs,
  now,
  order,
  kept,
  earlier,
  pending,
  inProgress,
  succeededUntil,
  gone,
  recordOf,
  question,
  answered,
  taken,
} from "./guard-fixture.ts";

describe("a claim on a number", () => {
  it("is taken on a fresh number, with the first candidate noted as its send", () => {
    expect(decideClaim(question({}))).toEqual({
      kind: "take",
      answer: {
        kind: "claimed",
        candidates: [
          { provider: "first", leftOut: null },
          { provider: "second", leftOut: null },
        ],
      },
      record: {
        serial: 1,
        claims: [{ serial: 1, amount: 2000, account: 1, agentId: "A-2", at: now, isOpen: true, provider: "first" }],
        sends: [],
      },
    });
  });

  it("asks for each open claim of the same amount, whoever has it, and for nothing else", () => {
    const other = { ...kept, serial: 2, account: 2 };
    const record = recordOf(
      kept,
      other,
      { ...kept, serial: 3, agentId: "A-3", amount: minor(2001) },
      { ...kept, serial: 4, agentId: "A-4", isOpen: false },
      { ...kept, serial: 5, agentId: "A-2" },
    );
    expect(decideClaim(question({ record }))).toEqual({ kind: "ask", claims: [kept, other] });
    expect(decideClaim(question({ record, answers: answered(gone) }))).toEqual({ kind: "ask", claims: [other] });
  });

  it("asks again about a claim that was taken anew since its owner answered", () => {
    const again = { ...kept, serial: 7 };
    expect(decideClaim(question({ record: recordOf(again), answers: answered(gone) }))).toEqual({
      kind: "ask",
      claims: [again],
    });
  });
});

describe("a claim that is taken again", () => {
  it("is the same claim when account and agent id are the same, whatever the amount: it is taken again", () => {
    for (const amount of [minor(2000), minor(3000)]) {
      const mine = { ...kept, agentId: "A-2", amount, provider: "first" };
      const decision = taken(decideClaim(question({ record: recordOf(mine) })));
      expect(decision.record.claims.at(-1)?.provider).toBe("first");
      expect(decision.answer, "the account is told since when").toMatchObject({ takenAt: mine.at });
      expect(decision.record).toEqual({
        serial: 2,
        claims: [{ ...mine, serial: 2, amount: 2000, at: now, firstAt: mine.at }],
        sends: [],
      });
    }
  });

  it("is another claim when only one of account and agent id is the same", () => {
    for (const claim of [kept, { ...kept, account: 2, agentId: "A-2" }]) {
      expect(decideClaim(question({ record: recordOf(claim) })).kind).toBe("ask");
    }
  });
});

const own = { account: 1, agentId: "A-1" };
const foreign = { account: 2, agentId: "A-2" };
const standings = [
  ["own, in progress", own, 60_000, inProgress, { earlier: null, retryAfterMs: windowMs }],
  ["own, pending", own, 60_000, pending, { earlier: earlier("pending"), retryAfterMs: windowMs }],
  ["own, pending for days", own, 9 * dayMs, pending, { earlier: earlier("pending"), retryAfterMs: windowMs }],
  [
    "own, succeeded in the window",
    own,
    60_000,
    succeededUntil(now + 1),
    { earlier: earlier("succeeded"), retryAfterMs: 1 },
  ],
  ["own, succeeded a window ago", own, 60_000, succeededUntil(now), "over"],
  ["own, failed", own, 60_000, gone, "over"],
  ["own, cannot be asked", own, 60_000, null, { earlier: null, retryAfterMs: windowMs }],
  ["other's, in progress", foreign, 60_000, inProgress, { earlier: null, retryAfterMs: windowMs }],
  ["other's, pending until the window ends", foreign, windowMs - 1, pending, { earlier: null, retryAfterMs: windowMs }],
  ["other's, pending past the window", foreign, windowMs, pending, "stays"],
  [
    "other's, succeeded late and less than a window ago",
    foreign,
    windowMs,
    succeededUntil(now + 1),
    { earlier: null, retryAfterMs: windowMs },
  ],
  ["other's, succeeded a window ago", foreign, 60_000, succeededUntil(now), "over"],
  ["other's, failed", foreign, 60_000, gone, "over"],
  ["other's, cannot be asked", foreign, windowMs, null, { earlier: null, retryAfterMs: windowMs }],
] as const;

describe("a claim that meets an earlier one", () => {
  it.each(standings)("meets an earlier one: %s", (_name, owner, ageMs, answer, expected) => {
    const claim = { ...kept, ...owner, at: now - ageMs };
    const decision = decideClaim(question({ record: recordOf(claim), answers: answered(answer) }));
    const mine = { ...kept, serial: 2, agentId: "A-2", at: now, provider: "first" };
    expect(decision).toMatchObject(
      typeof expected === "object"
        ? { kind: "refuse", answer: { kind: "repeat", ...expected } }
        : { kind: "take", record: { claims: [{ ...claim, isOpen: expected === "stays" }, mine] } },
    );
  });

  it("names the partner's own claim where another partner's blocks too", () => {
    const record = recordOf({ ...kept, account: 2 }, { ...kept, serial: 2 });
    const answers = new Map([
      [1, pending],
      [2, pending],
    ]);
    expect(decideClaim(question({ record, answers }))).toEqual({
      kind: "refuse",
      answer: { kind: "repeat", earlier: earlier("pending"), retryAfterMs: windowMs },
    });
  });
});

const replacements = [
  ["a success of its own", 1, "A-1", succeededUntil(now + 5), true],
  ["a pending one", 1, "A-1", pending, false],
  ["one in progress", 1, "A-1", inProgress, false],
  ["one that cannot be asked about", 1, "A-1", null, false],
  ["one that it does not name", 1, "A-0", succeededUntil(now + 5), false],
  ["another partner's of the same name", 2, "A-1", succeededUntil(now + 5), false],
] as const;

describe("a claim that names the earlier one", () => {
  it.each(replacements)("that names the earlier one and meets %s", (_name, account, replaces, answer, isTaken) => {
    const record = recordOf({ ...kept, account });
    const decision = decideClaim(question({ record, request: { ...order, replaces }, answers: answered(answer) }));
    expect(decision).toMatchObject(
      isTaken
        ? { kind: "take", record: { claims: [{ ...kept, account, isOpen: false }, {}] } }
        : { kind: "refuse", answer: { kind: "repeat" } },
    );
  });
});
