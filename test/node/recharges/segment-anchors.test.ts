// Which balances count: those read while nothing of ours could move the wallet.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { judgeSegments } from "../../../src/recharges/balance-segments.ts";
import { anchorsOf } from "../../../src/recharges/segment-anchors.ts";
import type { WalletCall, WalletHistory } from "../../../src/recharges/segment-history.ts";
import { answered, call, movement, reading, wallet } from "./segment-fixture.ts";

const opening = reading(0, 100_000);
const anchorsAt = (calls: readonly WalletCall[], askedAt: number, values: Partial<WalletHistory> = {}) =>
  anchorsOf(wallet(calls, 0, { readings: [reading(askedAt, 1)], ...values })).map(({ from }) => from);
const carried = (before: number, after: number, values: Partial<WalletCall> = {}) =>
  call("alone", {
    answeredAt: 1_020,
    word: "success",
    balances: { before: minor(before), after: minor(after) },
    ...values,
  });
const anchored = (only: WalletCall, others: readonly WalletCall[] = []) =>
  anchorsOf(wallet([only, ...others], 0, { readings: [] })).map(({ callId }) => callId);
const missing = (history: WalletHistory) =>
  judgeSegments(history).map(({ judgement, closesFrom }) => ({
    missing: "missing" in judgement ? judgement.missing : [],
    closesFrom,
  }));
const failed = (before: number, after: number, values: Partial<WalletCall> = {}) =>
  carried(before, after, { word: "failure", ...values });
const says = (calls: readonly WalletCall[]) => judgeSegments(wallet(calls, 0)).map(({ judgement }) => judgement.kind);
const accepted = call("accepted", { overBy: null });

describe("a balance call", () => {
  it.each([
    { what: "its answer came before the call was sent", askedAt: 989, counts: true },
    { what: "its answer came in the same millisecond", askedAt: 990, counts: false },
    { what: "a call without an answer ended too short a while ago", askedAt: 1_669, counts: false },
    { what: "finalAfterMs and the staleness have passed since its limit", askedAt: 1_670, counts: true },
  ])("counts or not: $what", ({ askedAt, counts }) => {
    expect(anchorsAt([call("a")], askedAt)).toEqual(counts ? [askedAt] : []);
  });

  it.each([
    { word: "success", askedAt: 1_050, counts: true },
    { word: "success", askedAt: 1_049, counts: false },
    { word: "failure", askedAt: 1_050, counts: true },
    { word: "none", askedAt: 1_050, counts: false },
    { word: "none", askedAt: 1_670, counts: true },
  ] as const)("after a call that was answered at 1020 with $word counts at $askedAt: $counts", (row) => {
    expect(anchorsAt([call("a", { answeredAt: 1_020, word: row.word })], row.askedAt)).toEqual(
      row.counts ? [row.askedAt] : [],
    );
  });

  it("of a word that came later than the reply counts as late as if there were none", () => {
    const late = [call("a", { word: "success" })];
    expect(anchorsAt(late, 1_669)).toEqual([]);
    expect(anchorsAt(late, 1_670)).toEqual([1_670]);
  });

  it("never counts after a call that the provider accepted and has not finished", () => {
    expect(anchorsAt([accepted], 9_000)).toEqual([]);
    expect(anchorsAt([accepted], 900)).toEqual([900]);
    expect(anchorsAt([call("a", { overBy: 3_000, word: "success" })], 3_630)).toEqual([3_630]);
  });

  it("is strictly after a call even where nothing is late or stale", () => {
    const exact = { finalAfterMs: 0, staleForMs: 0 };
    expect(anchorsAt([call("a")], 1_040, exact)).toEqual([]);
    expect(anchorsAt([call("a")], 1_041, exact)).toEqual([1_041]);
    expect(anchorsAt([answered("a", "success")], 1_020, exact)).toEqual([]);
    expect(anchorsAt([answered("a", "success")], 1_021, exact)).toEqual([1_021]);
    expect(anchorsAt([], 60, { ...exact, movements: [movement(50, 60, 1)] })).toEqual([]);
    expect(anchorsAt([], 61, { ...exact, movements: [movement(50, 60, 1)] })).toEqual([61]);
  });
});

describe("a balance call near what staff recorded or the history does not hold", () => {
  it.each([
    { what: "ends before the movement may begin", askedAt: 1_989, counts: true },
    { what: "may fall in with the movement", askedAt: 1_990, counts: false },
    { what: "may still not show it", askedAt: 2_129, counts: false },
    { what: "shows it", askedAt: 2_130, counts: true },
  ])("$what that staff recorded from 2000 to 2100", ({ askedAt, counts }) => {
    expect(anchorsAt([], askedAt, { movements: [movement(2_000, 2_100, 5)] })).toEqual(counts ? [askedAt] : []);
  });

  it.each([
    { askedAt: 629, counts: false },
    { askedAt: 630, counts: true },
    { askedAt: 990, counts: true },
    { askedAt: 991, counts: false },
  ])("counts only where the history is complete: asked at $askedAt", ({ askedAt, counts }) => {
    expect(anchorsAt([], askedAt, { completeFrom: 0, completeUntil: 1_000 })).toEqual(counts ? [askedAt] : []);
  });

  it("is put in its place in time, whatever the order of telling", () => {
    const readings = [reading(2_000, 1), { ...reading(1_000, 2), answeredAt: 1_500 }, reading(1_000, 3)];
    expect(anchorsOf(wallet([], 0, { readings })).map(({ before }) => before)).toEqual([3, 2, 1]);
  });
});

describe("a call that was alone", () => {
  it.each([
    { what: "a success that took its cost", only: carried(5_000, 4_010), counts: true },
    {
      what: "a success that took another known commission",
      only: carried(5_000, 4_020, { costs: [minor(990), minor(980)] }),
      counts: true,
    },
    { what: "a success whose balance still stands", only: carried(5_000, 5_000), counts: false },
    { what: "a success that took an unknown commission", only: carried(5_000, 4_005), counts: false },
    { what: "a failure that moved nothing", only: carried(5_000, 5_000, { word: "failure" }), counts: true },
    { what: "a refusal that moved nothing", only: carried(5_000, 5_000, { word: "declined" }), counts: true },
    { what: "a failure that moved its balance", only: carried(5_000, 4_010, { word: "failure" }), counts: false },
    { what: "a reversed success", only: carried(5_000, 5_000, { word: "reversed" }), counts: false },
    { what: "a success without balances", only: carried(0, 0, { balances: null }), counts: false },
    { what: "balances without a word in the reply", only: carried(5_000, 4_010, { answeredAt: null }), counts: false },
  ])("is an anchor only where its own figures foot: $what", ({ only, counts }) => {
    expect(anchored(only)).toEqual(counts ? ["alone"] : []);
  });

  it.each([
    { what: "another ran at its end", other: { sentAt: 1_020, answeredAt: 1_090 }, counts: false },
    { what: "another began after it", other: { sentAt: 1_021, answeredAt: 1_090 }, counts: true },
    { what: "another ran at its beginning", other: { sentAt: 900, answeredAt: 1_000 }, counts: false },
    { what: "another may not show yet", other: { sentAt: 900, answeredAt: 971 }, counts: false },
    { what: "another shows by then", other: { sentAt: 900, answeredAt: 970 }, counts: true },
  ])("is no anchor where it was not alone: $what", ({ other, counts }) => {
    const others = [call("other", { ...other, word: "failure" })];
    expect(anchored(carried(5_000, 4_010), others)).toEqual(counts ? ["alone"] : []);
  });

  it("closes a segment with its balance before and opens the next with its balance after", () => {
    const history = wallet([call("a", { sentAt: 100, overBy: 140 }), carried(99_010, 98_020)], 0, {
      readings: [opening, reading(2_000, 98_020)],
    });
    expect(judgeSegments(history)).toMatchObject([
      { closing: { callId: "alone", from: 1_000 }, judgement: { kind: "proves", succeeded: ["a"] } },
      { opening: { callId: "alone", until: 1_020 }, calls: [], judgement: { kind: "foots" } },
    ]);
  });
});

describe("lost attempts outside all anchors", () => {
  it("say that the opening is missing, or the closing and from when it may come, or both", () => {
    const [lost, early] = [call("a"), call("b", { sentAt: -900, overBy: -860 })];
    expect(missing(wallet([lost], 0, { readings: [opening] }))).toEqual([
      { missing: ["no_closing_anchor"], closesFrom: 1_670 },
    ]);
    expect(missing(wallet([early], 0, { readings: [opening] }))).toEqual([
      { missing: ["no_opening_anchor"], closesFrom: -230 },
    ]);
    expect(missing(wallet([lost], 0, { readings: [], movements: [movement(0, 3_000, 5)] }))).toEqual([
      { missing: ["no_opening_anchor", "no_closing_anchor"], closesFrom: 3_030 },
    ]);
  });

  it("wait for the last word of a call that the provider accepted", () => {
    expect(missing(wallet([accepted], 0))).toEqual([
      { missing: ["no_closing_anchor", "accepted_call_open"], closesFrom: null },
    ]);
  });

  it("wait for the history to be complete", () => {
    const history = wallet([call("a")], 0, { readings: [], completeFrom: 1_041 });
    expect(missing(history).map(({ closesFrom }) => closesFrom)).toEqual([1_671]);
  });

  it("are all that is told of what lies there", () => {
    expect(judgeSegments(wallet([answered("a", "success")], 0, { readings: [] }))).toEqual([]);
    expect(judgeSegments(wallet([answered("a", "success")], 0, { readings: [opening] }))).toEqual([]);
  });
});

describe("a failure that moved the balance", () => {
  it("means a refund to come where it was alone, and nothing where another call may have moved it", () => {
    expect(says([failed(5_000, 4_010)])).toEqual(["cannot"]);
    expect(says([failed(5_000, 4_010, { word: "declined" })])).toEqual(["cannot"]);
    expect(says([failed(5_000, 4_010), call("other", { answeredAt: 1_010, word: "failure" })])).toEqual(["foots"]);
  });

  it("is not one that left the balance as it was", () => {
    expect(says([failed(100_000, 100_000)])).toEqual(["foots", "foots"]);
  });

  it("is what a success is expected to do", () => {
    expect(judgeSegments(wallet([carried(5_000, 4_000)], 990)).map(({ judgement }) => judgement.kind)).toEqual([
      "foots",
    ]);
  });
});
