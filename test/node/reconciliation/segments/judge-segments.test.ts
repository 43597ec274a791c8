// Judging segments over real accounts and a real desk: what is asked, what is told, and when again.
import { describe, expect, it } from "vitest";
import { withdrawDeclaration } from "../../../../src/reconciliation/segments/declare.ts";
import { judgeDueSegments, judgeProvider } from "../../../../src/reconciliation/segments/judge-segments.ts";
import { by, clearMs, nurr, openWallet } from "./segments-fixture.ts";

const deaf = () => ({
  readWalletCalls: async () => Promise.reject(new Error("no answer")),
  takeSegmentWords: async () => 0,
});

describe("a judging", () => {
  it("settles what was lost at each account, once, and says what it came to", async () => {
    const wallet = await openWallet();
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    const executed = await wallet.sell("executed", 0);
    const other = await wallet.sell("executed", 1);
    await wallet.quietCall();
    expect(await wallet.judge()).toMatchObject({ kind: "judged", settled: 2, withdrawn: null });
    expect(await wallet.stateOf(executed)).toEqual(["succeeded", null]);
    expect(await wallet.stateOf(other)).toEqual(["succeeded", null]);
    expect(await wallet.judge()).toMatchObject({ settled: 0 });
    const { commissions, judgeAt, lostAt } = await wallet.deskOf(nurr).readSegments();
    expect([commissions, judgeAt, lostAt]).toEqual([[{ face: 10_000, commission: 100 }], null, null]);
  });

  it("of which nothing fits takes the declaration with its sum, and what was lost is a case", async () => {
    const wallet = await openWallet();
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    const lost = await wallet.sell("lost");
    wallet.upstream.balance -= 7;
    await wallet.quietCall();
    const sum = expect.stringContaining("0.07 is left over");
    expect(await wallet.judge()).toMatchObject({ settled: 0, withdrawn: sum });
    expect(await wallet.stateOf(lost)).toEqual(["pending", "doubt"]);
    const { declarations } = await wallet.deskOf(nurr).readSegments();
    expect(declarations).toMatchObject([
      { kind: "refund_free", withdrawn: null },
      { kind: "exclusive", withdrawn: { by: "balance_segment", reason: sum } },
    ]);
    expect(wallet.partners.lines).toContainEqual({
      level: "warn",
      event: "segments.withdrawn",
      facts: { provider: nurr },
    });
    expect(await wallet.judge()).toEqual({ kind: "not_declared" });
  });
});

describe("a judging that is disturbed", () => {
  it("says nothing where the declaration is taken back while the accounts are asked", async () => {
    const wallet = await openWallet();
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    const lost = await wallet.sell("executed");
    await wallet.quietCall();
    const account: typeof wallet.parts.account = (number) => ({
      readWalletCalls: async (question) => {
        await withdrawDeclaration(wallet.parts, { provider: nurr, kind: "exclusive", reason: "portal" }, by);
        return wallet.partners.account(number).readWalletCalls(question);
      },
      takeSegmentWords: async (...words) => wallet.partners.account(number).takeSegmentWords(...words),
    });
    expect(await judgeProvider({ ...wallet.parts, account }, nurr)).toEqual({
      ok: true,
      value: { kind: "not_declared" },
    });
    expect((await wallet.stateOf(lost))[0]).toBe("pending");
  });

  it("stops where an account cannot be asked, gives its lease back, and is tried again", async () => {
    const wallet = await openWallet();
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    const lost = await wallet.sell("executed");
    await wallet
      .deskOf(nurr)
      .reportOutcomes([{ kind: "in_doubt", at: wallet.partners.time.now, sentAt: wallet.partners.time.now }]);
    await wallet.quietCall();
    await judgeDueSegments({ ...wallet.parts, account: deaf }, false);
    expect(wallet.partners.lines).toContainEqual({
      level: "error",
      event: "segments.judge",
      facts: { provider: nurr },
    });
    await judgeDueSegments(wallet.parts, false);
    expect(await wallet.stateOf(lost)).toEqual(["succeeded", null]);
  });

  it("keeps apart from another one", async () => {
    const wallet = await openWallet();
    await wallet.declare("exclusive");
    await wallet.deskOf(nurr).takeLease("segments", "other", 1_000);
    expect(await wallet.judge()).toEqual({ kind: "kept_apart" });
    wallet.skip(1_000);
    expect(await wallet.judge()).toMatchObject({ kind: "judged" });
  });
});

describe("a judging whose words have not arrived", () => {
  it("takes the declaration only when they have: until then nothing fits again", async () => {
    const wallet = await openWallet();
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    const lost = await wallet.sell("lost");
    wallet.upstream.balance -= 7;
    await wallet.quietCall();
    const account: typeof wallet.parts.account = (number) => ({
      readWalletCalls: async (question) => wallet.partners.account(number).readWalletCalls(question),
      takeSegmentWords: async () => Promise.reject(new Error("no answer")),
    });
    await expect(judgeProvider({ ...wallet.parts, account }, nurr)).rejects.toThrow("no answer");
    expect(await wallet.judge()).toMatchObject({ withdrawn: expect.stringContaining("0.07 is left over") });
    expect(await wallet.stateOf(lost)).toEqual(["pending", "doubt"]);
  });
});

describe("a run of each minute", () => {
  it("judges what was told to be lost when it is final, and a thorough one always", async () => {
    const wallet = await openWallet();
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    const lost = await wallet.sell("executed");
    const sentAt = wallet.partners.time.now;
    await wallet.quietCall();
    await judgeDueSegments(wallet.parts, false);
    expect((await wallet.stateOf(lost))[0]).toBe("pending");
    await wallet
      .deskOf(nurr)
      .reportOutcomes([{ kind: "in_doubt", at: sentAt, sentAt: wallet.partners.time.now - clearMs + 1 }]);
    await judgeDueSegments(wallet.parts, false);
    expect((await wallet.stateOf(lost))[0]).toBe("pending");
    wallet.skip(1);
    await judgeDueSegments(wallet.parts, false);
    expect((await wallet.stateOf(lost))[0]).toBe("succeeded");
    const again = await wallet.sell("lost");
    await wallet.quietCall();
    await judgeDueSegments(wallet.parts, true);
    expect((await wallet.stateOf(again))[0]).toBe("failed");
  });

  it("comes back when a balance may close the segment", async () => {
    const wallet = await openWallet();
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    const lost = await wallet.sell("executed");
    const sentAt = wallet.partners.time.now;
    await wallet.judge();
    expect((await wallet.deskOf(nurr).readSegments()).judgeAt).toBe(sentAt + clearMs);
    await wallet.quietCall();
    await judgeDueSegments(wallet.parts, false);
    expect((await wallet.stateOf(lost))[0]).toBe("succeeded");
  });
});

describe("how far back the accounts are asked", () => {
  it("is as far as an open call needs a balance before it, and never before the declaration", async () => {
    const wallet = await openWallet();
    const asked: number[] = [];
    const account: typeof wallet.parts.account = (number) => ({
      readWalletCalls: async (question) => {
        asked.push(wallet.partners.time.now - question.from);
        return wallet.partners.account(number).readWalletCalls(question);
      },
      takeSegmentWords: async (...words) => wallet.partners.account(number).takeSegmentWords(...words),
    });
    const parts = { ...wallet.parts, account };
    await wallet.declare("exclusive", "refund_free");
    await judgeProvider(parts, nurr);
    expect(asked).toEqual([2 * clearMs, 2 * clearMs]);
    await wallet.quietCall();
    await wallet.sell("executed");
    wallet.skip(50 * 6_000);
    asked.length = 0;
    expect(await judgeProvider(parts, nurr)).toMatchObject({ value: { settled: 0 } });
    const since = 50 * 6_000 + clearMs + 201;
    expect(asked).toEqual([72_000, 72_000, since + 2 * clearMs, since + 2 * clearMs]);
  });
});
