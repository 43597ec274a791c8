// What is gathered of a wallet before its segments are judged: which accounts are asked, how far back, and what it comes to.
import { beforeEach, describe, expect, it } from "vitest";
import { minor } from "../../../../src/base/money.ts";
import { clearAfterMs, gatherWallet, type SegmentParts } from "../../../../src/reconciliation/segments/gather.ts";
import { addPartner } from "../../../support/account-in-node.ts";
import { backnpay, clearMs, nurr, openWallet, type Wallet } from "./segments-fixture.ts";

let wallet: Wallet;
let asked: { readonly account: number; readonly back: number; readonly provider: string }[];
let atOnce: { now: number; most: number };

beforeEach(async () => {
  wallet = await openWallet();
  asked = [];
  atOnce = { now: 0, most: 0 };
});

const account: SegmentParts["account"] = (number) => ({
  readWalletCalls: async ({ provider, from }) => {
    asked.push({ account: number, back: wallet.partners.time.now - from, provider });
    atOnce.now += 1;
    atOnce.most = Math.max(atOnce.most, atOnce.now);
    await new Promise(setImmediate);
    const told = await wallet.partners.account(number).readWalletCalls({ provider, from });
    atOnce.now -= 1;
    return told;
  },
  takeSegmentWords: async () => 0,
});

const gather = async () =>
  gatherWallet({ ...wallet.parts, account }, factsOf(nurr), await wallet.deskOf(nurr).readSegments());

function factsOf(id: string) {
  const facts = wallet.parts.providers.get(id);
  if (facts === undefined) throw new Error("there is such a provider");
  return facts;
}

/** How far back the first account was asked, each time. */
const rounds = () => asked.filter((one) => one.account === wallet.accounts[0]).map(({ back }) => back);

describe("how far back", () => {
  it("is twelve times until calls are final where nothing is open", async () => {
    await gather();
    await wallet.quietCall();
    await gather();
    expect(rounds()).toEqual([72_000, 72_000]);
    expect(asked).toHaveLength(4);
    expect(new Set(asked.map(({ provider }) => provider))).toEqual(new Set([nurr]));
  });

  it("is the same where a balance counts before what is open", async () => {
    await wallet.quietCall();
    await wallet.sell("executed");
    await gather();
    expect(rounds()).toEqual([72_000]);
  });

  it("is further and further where one that is open has no balance before it, whatever else has", async () => {
    await wallet.sell("executed");
    await wallet.quietCall();
    await gather();
    expect(rounds()).toEqual([72_000, 432_000, 2_592_000, 25_920_000]);
  });

  it("is never longer than before the declaration, and is asked once", async () => {
    await wallet.declare("exclusive");
    wallet.skip(7);
    await wallet.sell("executed");
    await gather();
    expect(rounds()).toEqual([2 * clearMs + 7]);
  });

  it("counts how long a call may still move the balance", () => {
    expect(clearAfterMs(wallet.parts, factsOf(nurr))).toBe(clearMs);
    expect(clearAfterMs(wallet.parts, { ...factsOf(backnpay), callLimitMs: 1_000 })).toBe(clearMs + 900);
  });
});

describe("what is gathered", () => {
  it("is every call with its own cost, or with each that the wallet has shown", async () => {
    await wallet.quietCall();
    const named = await wallet.sell("succeeded");
    const lost = await wallet.sell("executed", 1);
    const seen = [{ face: minor(10_000), commission: minor(500) }];
    await wallet.deskOf(nurr).keepSegments({ kind: "commissions", seen });
    wallet.skip(250);
    const sentAt = wallet.partners.time.now - 250;
    const { history, told, seen: distinct } = await gather();
    const byId = new Map(history.calls.map((call) => [call.id, call]));
    expect(byId.get(named.reference)).toMatchObject({ word: "success", costs: [1_980], sentAt });
    expect(byId.get(named.reference)).toMatchObject({ answeredAt: sentAt, balances: { before: 998_020 } });
    expect(byId.get(lost.reference)).toMatchObject({ word: "none", costs: [1_900, 1_980], answeredAt: null });
    expect(byId.get(lost.reference)).toMatchObject({ sentAt, overBy: sentAt + 610, balances: null });
    expect(told.get(lost.reference)).toMatchObject({ account: wallet.accounts[1], isOpen: true, face: 2_000 });
    expect(history.calls).toHaveLength(3);
    expect([...told.keys()]).toEqual(history.calls.map(({ id }) => id));
    expect(distinct).toEqual([
      { face: 10_000, commission: 500 },
      { face: 10_000, commission: 100 },
    ]);
  });

  it("has what the desk keeps, and says how far it is complete", async () => {
    const exclusiveSince = wallet.partners.time.now;
    await wallet.declare("exclusive");
    wallet.skip(1);
    await wallet.declare("refund_free");
    const movement = { id: "BT-1", from: 1, until: 2, change: minor(500), note: "top-up", by: "asha" };
    await wallet.deskOf(nurr).keepSegments({ kind: "movement", movement });
    await wallet.deskOf(nurr).takeBalance(minor(77), 5);
    wallet.skip(250);
    const { history } = await gather();
    expect(history).toMatchObject({
      calls: [],
      readings: [{ askedAt: 5, balance: 77 }],
      movements: [{ id: "BT-1" }],
      completeFrom: exclusiveSince - 2 * clearMs + 610,
      completeUntil: exclusiveSince + 251 - 100,
      exclusiveSince,
      refundFreeSince: exclusiveSince + 1,
      finalAfterMs: 6_000,
      staleForMs: 100,
    });
  });
});

describe("what is gathered slowly", () => {
  it("speaks for the time at which the first account was asked", async () => {
    const { now } = wallet.partners.time;
    const slow: SegmentParts["account"] = (number) => ({
      readWalletCalls: async (question) => {
        wallet.skip(400);
        return wallet.partners.account(number).readWalletCalls(question);
      },
      takeSegmentWords: async () => 0,
    });
    const book = await wallet.deskOf(nurr).readSegments();
    const { history } = await gatherWallet({ ...wallet.parts, account: slow }, factsOf(nurr), book);
    expect(history.completeUntil).toBe(now - 100);
    expect(history).toMatchObject({ calls: [], exclusiveSince: null, refundFreeSince: null });
  });
});

describe("who is asked", () => {
  it("is every account of the provider's mode, once, twenty at a time, whatever page it is on", async () => {
    const live = await addPartner(wallet.partners, { mode: "live", isConfigured: false });
    const before = wallet.partners.database.asked();
    await gather();
    expect(wallet.partners.database.asked() - before).toBe(1);
    expect(asked.map((one) => one.account)).toEqual(wallet.accounts);
    const all: number[] = [...wallet.accounts];
    for (let count = 0; count < 98; count += 1) all.push(await addPartner(wallet.partners, { isConfigured: false }));
    asked.length = 0;
    await gather();
    expect(asked.map((one) => one.account)).toEqual(all);
    expect(asked.map((one) => one.account)).not.toContain(live);
    expect(atOnce.most).toBe(20);
  });
});
