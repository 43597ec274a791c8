// Whom a judging asks, whom it tells, and what it leaves alone.
import { beforeEach, describe, expect, it } from "vitest";
import { withdrawDeclaration } from "../../../../src/reconciliation/segments/declare.ts";
import { judgeDueSegments, judgeProvider } from "../../../../src/reconciliation/segments/judge-segments.ts";
import { backnpay, by, clearMs, deskWith, nurr, openWallet, type Wallet, watched } from "./segments-fixture.ts";

let wallet: Wallet;

beforeEach(async () => {
  wallet = await openWallet();
});

const bookOf = async () => wallet.deskOf(nurr).readSegments();

describe("what a segment says", () => {
  it("is said again of what it settled, and settles nothing then", async () => {
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    const lost = await wallet.sell("executed");
    await wallet.quietCall();
    const { parts, told } = watched(wallet);
    expect(await judgeProvider(parts, nurr)).toMatchObject({ value: { settled: 1 } });
    expect(await judgeProvider(parts, nurr)).toMatchObject({ value: { settled: 0 } });
    expect(told).toMatchObject([{ word: "success", opens: null }, { word: "success" }]);
    expect(told[0]).not.toHaveProperty("account");
    expect(told[0]).not.toHaveProperty("callId");
    expect(await wallet.stateOf(lost)).toEqual(["succeeded", null]);
  });

  it("of what is missing is told to nobody whose attempt is settled", async () => {
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    const settled = await wallet.sell("executed");
    await wallet.quietCall();
    await wallet.judge();
    await withdrawDeclaration(wallet.parts, { provider: nurr, kind: "refund_free", reason: "their mail" }, by);
    const { parts, told } = watched(wallet);
    expect(await judgeProvider(parts, nurr)).toMatchObject({ value: { settled: 0, withdrawn: null } });
    expect(told).toEqual([]);
    const open = await wallet.sell("executed", 1);
    await wallet.quietCall();
    expect(await judgeProvider(parts, nurr)).toMatchObject({ value: { settled: 0 } });
    expect(told).toMatchObject([{ word: "unclear", opens: "doubt" }]);
    expect(await wallet.stateOf(settled)).toEqual(["succeeded", null]);
    expect(await wallet.stateOf(open)).toEqual(["pending", "doubt"]);
  });
});

describe("a segment that does not foot", () => {
  it("is a case of each call whose word may be the wrong one, and of what was lost", async () => {
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    const lost = await wallet.sell("lost");
    const word = await wallet.sell("succeeded");
    wallet.upstream.balance += 1_980;
    await wallet.quietCall();
    const { parts, told } = watched(wallet);
    const sum = "It does not foot: -19.80 is left over";
    expect(await judgeProvider(parts, nurr)).toMatchObject({ value: { withdrawn: expect.stringContaining(sum) } });
    expect(told.map(({ opens }) => opens)).toEqual(["doubt", "contradiction"]);
    expect(await wallet.stateOf(word)).toEqual(["succeeded", "contradiction"]);
    expect(await wallet.stateOf(lost)).toEqual(["pending", "doubt"]);
  });

  it("takes the declaration, and nothing is waited for after it", async () => {
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    wallet.upstream.balance -= 7;
    await wallet.quietCall();
    await wallet.sell("executed");
    expect(await wallet.judge()).toMatchObject({ kind: "judged", withdrawn: expect.stringContaining("0.07") });
    expect(await bookOf()).toMatchObject({ judgeAt: null, quiet: null });
  });
});

describe("where nothing is declared", () => {
  it("no account is asked, and nothing is due any more", async () => {
    const { now } = wallet.partners.time;
    const desk = wallet.deskOf(nurr);
    await desk.keepSegments({ kind: "judged", startedAt: 0, judgeAt: now });
    await desk.reportOutcomes([{ kind: "in_doubt", at: now, sentAt: now }]);
    expect(await bookOf()).toMatchObject({ judgeAt: now, lostAt: now });
    const { parts, asked } = watched(wallet);
    expect(await judgeProvider(parts, nurr)).toEqual({ ok: true, value: { kind: "not_declared" } });
    expect(asked).toEqual([]);
    expect(await bookOf()).toMatchObject({ judgeAt: null, lostAt: null });
  });

  it("one that comes while it is looked up counts from the next judging on", async () => {
    let isFirst = true;
    const desk = deskWith(wallet.deskOf(nurr), {
      async readSegments() {
        const book = await bookOf();
        if (isFirst) await wallet.declare("exclusive");
        isFirst = false;
        return book;
      },
    });
    expect(await judgeProvider({ ...wallet.parts, desk: () => desk }, nurr)).toEqual({
      ok: true,
      value: { kind: "not_declared" },
    });
    expect(await wallet.judge()).toMatchObject({ kind: "judged" });
  });
});

describe("what is due", () => {
  it("is judged from its moment on", async () => {
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    await wallet.sell("executed");
    const dueAt = wallet.partners.time.now + clearMs;
    await wallet.judge();
    expect(await bookOf()).toMatchObject({ judgeAt: dueAt, lostAt: null });
    const { parts, asked } = watched(wallet);
    wallet.skip(clearMs - 1);
    await judgeDueSegments(parts, false);
    expect(asked).toEqual([]);
    wallet.skip(1);
    await judgeDueSegments(parts, false);
    expect(new Set(asked)).toEqual(new Set(wallet.accounts));
  });

  it("is never a provider that shows no balances", async () => {
    const desks = new Set<string>();
    const desk: typeof wallet.parts.desk = (provider) => {
      desks.add(provider);
      return wallet.deskOf(provider);
    };
    await judgeDueSegments({ ...wallet.parts, desk }, true);
    expect([...desks]).toEqual([backnpay, nurr]);
  });
});
