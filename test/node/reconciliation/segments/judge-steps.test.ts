// What a judging does about lost calls that no balance proves yet: quiets at the desk, and balances that are asked for.
import { beforeEach, describe, expect, it } from "vitest";
import { minor } from "../../../../src/base/money.ts";
import { declareWallet, recordMovement } from "../../../../src/reconciliation/segments/declare.ts";
import { judgeProvider } from "../../../../src/reconciliation/segments/judge-segments.ts";
import { placeInNode } from "../../../support/account-in-node.ts";
import { backnpay, by, clearMs, nurr, openWallet, type Wallet } from "./segments-fixture.ts";

let wallet: Wallet;

beforeEach(async () => {
  wallet = await openWallet();
});

const bookOf = async (provider: string) => wallet.deskOf(provider).readSegments();
const warned = () => wallet.partners.lines.filter(({ level }) => level !== "info");

/** A call was lost, and for twice as long as calls take to be final no balance came by itself. */
const wait = async () => {
  await wallet.declare("exclusive", "refund_free");
  await wallet.quietCall();
  const lost = await wallet.sell("executed");
  wallet.skip(clearMs + 2 * 6_000 - 1);
  expect(await wallet.judge()).toMatchObject({ settled: 0, book: { quiet: null } });
  expect(warned()).toEqual([]);
  wallet.skip(1);
  return lost;
};

describe("a wallet whose balance comes with replies", () => {
  it("is given a quiet when none came, which runs until it is over", async () => {
    await wait();
    const since = wallet.partners.time.now;
    const [calmAt, until] = [since + 710, since + 710 + clearMs];
    const quiet = { since, calmAt, until, clearAfterMs: clearMs, probe: null };
    expect(await wallet.judge()).toMatchObject({ settled: 0, book: { quiet, quietedAt: since, judgeAt: since + 101 } });
    expect(warned()).toEqual([{ level: "warn", event: "segments.quiet", facts: { provider: nurr, calmAt, until } }]);
    wallet.skip(10);
    expect(await wallet.judge()).toMatchObject({ book: { quiet, judgeAt: calmAt } });
    wallet.skip(700 + clearMs);
    expect(await wallet.judge()).toMatchObject({ book: { quiet: null, quietedAt: since } });
    expect(warned()).toHaveLength(1);
    expect(wallet.upstream.readings).toBe(0);
  });

  it("has its quiet ended by the balance that settles what was lost", async () => {
    const lost = await wait();
    await wallet.judge();
    expect((await bookOf(nurr)).quiet).not.toBeNull();
    await wallet.quietCall();
    expect(await wallet.judge()).toMatchObject({ settled: 1, book: { quiet: null, judgeAt: null } });
    expect(await wallet.stateOf(lost)).toEqual(["succeeded", null]);
    expect(wallet.upstream.readings).toBe(0);
  });

  it("is not waited for where what was lost is settled, though its balance counts no more", async () => {
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    await wallet.sell("executed");
    await wallet.quietCall();
    await wallet.judge();
    const { now } = wallet.partners.time;
    const movement = { id: "BT-1", from: now - 300, until: now, change: minor(500), note: "top-up" };
    await recordMovement(wallet.parts, nurr, movement, by);
    expect(await wallet.judge()).toMatchObject({ settled: 0, withdrawn: null, book: { judgeAt: null } });
  });
});

const declareOpen = async () => {
  for (const kind of ["exclusive", "refund_free"] as const)
    await declareWallet(wallet.parts, { provider: backnpay, kind, reason: "ours", rates: [100] }, by);
};
const judgeOpen = async (more: Partial<typeof wallet.parts> = {}) =>
  judgeProvider({ ...wallet.parts, ...more }, backnpay);

describe("a wallet whose balance can be asked for", () => {
  it("is asked, in the provider's rhythm, for the balance that opens a segment and for the one that closes it", async () => {
    await declareOpen();
    expect(await judgeOpen()).toMatchObject({ value: { book: { judgeAt: null } } });
    expect(await judgeOpen()).toMatchObject({ ok: true });
    expect(wallet.upstream.readings).toBe(1);
    wallet.skip(45_000);
    const { id } = await placeInNode(wallet.partners, wallet.accounts[0], "backnpay");
    wallet.upstream.balance -= 1_980;
    wallet.skip(15_000);
    const { now } = wallet.partners.time;
    expect(await judgeOpen()).toMatchObject({ value: { settled: 0, book: { quiet: null, judgeAt: now + 101 } } });
    wallet.skip(101);
    expect(await judgeOpen()).toMatchObject({ value: { settled: 1 } });
    expect(await wallet.stateOf({ id, account: wallet.accounts[0] })).toEqual(["succeeded", null]);
    expect(wallet.upstream.readings).toBe(2);
  });

  it("is known as of when it was asked", async () => {
    await declareOpen();
    const askedAt = wallet.partners.time.now;
    const readBalance = async () => {
      wallet.skip(40);
      return { balance: minor(77), said: "" };
    };
    await judgeOpen({ readBalance });
    expect((await bookOf(backnpay)).readings).toEqual([{ askedAt, answeredAt: askedAt + 40, balance: 77 }]);
  });

  it("stays as it was where the answer is none", async () => {
    await declareOpen();
    const asked: string[] = [];
    const readBalance: typeof wallet.parts.readBalance = async (provider) => {
      asked.push(provider);
      return { balance: null, said: "<html>" };
    };
    expect(await judgeOpen({ readBalance })).toMatchObject({ ok: true, value: { kind: "judged" } });
    expect([asked, (await bookOf(backnpay)).readings]).toEqual([[backnpay], []]);
  });
});
