// Our money at the providers against what they say of it: what is asked, what is added up, what is an alarm.
import { beforeEach, describe, expect, test } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { addAccountFloats, beginFloats, finishFloats } from "../../../src/reconciliation/compare-floats.ts";
import { addPartner, placeInNode, ship, t0 } from "../../support/account-in-node.ts";
import { aopay, backnpay, type Floats, gather, nurr, openFloats, spend } from "./floats-fixture.ts";

const hour = 3_600_000;
const nothing = { book: 0, open: 0, spentSince: 0, returnedSince: 0 };

let floats: Floats;

beforeEach(() => {
  floats = openFloats();
});

const say = async (provider: string, balance: number, at = floats.partners.time.now) =>
  floats.deskOf(provider).takeBalance(minor(balance), at);
const alarms = () => floats.partners.lines.filter(({ level }) => level !== "info");
const checksAt = async (provider: string) => (await floats.deskOf(provider).readFloat()).checks;

describe("balances are read", () => {
  test("of each provider that has a call for it, once by a thorough run, as of when it was asked", async () => {
    floats.said.takesMs = 40;
    const tally = await beginFloats(floats.parts, true);
    expect(floats.heard.readings).toEqual([backnpay]);
    expect([...(tally ?? [])]).toEqual([[backnpay, { ...nothing, balance: 1_000_000, at: t0 }]]);
    expect(await floats.deskOf(backnpay).readFloat()).toMatchObject({ balance: { amount: 1_000_000, at: t0 } });
    floats.said.balance = minor(7);
    expect((await beginFloats(floats.parts, true))?.get(backnpay)).toMatchObject({ balance: 1_000_000 });
    expect(floats.heard.readings).toEqual([backnpay]);
  });

  test("by a run of each minute only where staff keep a floor; it compares nothing, and asks for nothing more", async () => {
    await say(nurr, 5);
    expect(await beginFloats(floats.parts, false)).toBeNull();
    expect([floats.heard.readings, floats.asked]).toEqual([[], [[backnpay, "takeBalanceCall", false]]]);
    await floats.deskOf(backnpay).setFloor(minor(100));
    floats.asked.length = 0;
    expect(await beginFloats(floats.parts, false)).toBeNull();
    expect(floats.heard.readings).toEqual([backnpay]);
    expect(floats.asked).toEqual([
      [backnpay, "takeBalanceCall", false],
      [backnpay, "takeBalance", 1_000_000, t0],
    ]);
  });

  test("and compared for less than an hour", async () => {
    floats.said.isNumber = false;
    await say(nurr, 5, t0 - hour + 1);
    await say(aopay, 6, t0 - hour);
    const tally = await beginFloats(floats.parts, true);
    expect([...(tally ?? [])]).toEqual([[nurr, { ...nothing, balance: 5, at: t0 - hour + 1 }]]);
    floats.partners.time.now += 1;
    expect(await beginFloats(floats.parts, true)).toBeNull();
  });

  test("without a number the last one stands, and without any nothing is compared", async () => {
    floats.said.isNumber = false;
    expect(await beginFloats(floats.parts, true)).toBeNull();
    floats.partners.time.now += 60_000;
    await say(backnpay, 700);
    expect((await beginFloats(floats.parts, true))?.get(backnpay)).toMatchObject({ balance: 700, at: t0 + 60_000 });
    expect(floats.heard.readings).toHaveLength(2);
    expect(alarms()).toEqual([]);
  });

  test("and a provider that cannot be asked holds up no other", async () => {
    floats.said.isDown = true;
    await say(nurr, 5);
    const tally = await beginFloats(floats.parts, true);
    expect([...(tally?.keys() ?? [])]).toEqual([nurr]);
    expect(alarms()).toEqual([{ level: "error", event: "float.balance", facts: { provider: backnpay } }]);
  });
});

describe("the book of a float", () => {
  test("is the ledger's with what accounts have not shipped, over all accounts", async () => {
    const accounts = [await addPartner(floats.partners), await addPartner(floats.partners)] as const;
    await say(nurr, 500_000, t0 - 1);
    await spend(floats, accounts[0]);
    await ship(floats.partners, accounts[0]);
    const shipped = await gather(floats, accounts[0]);
    expect(shipped.get(nurr)).toEqual({ ...nothing, book: -1_980, spentSince: 2_000, balance: 500_000, at: t0 - 1 });
    expect(shipped.get(backnpay)).toMatchObject(nothing);
    await spend(floats, accounts[0]);
    await spend(floats, accounts[1]);
    await spend(floats, accounts[1], "backnpay");
    const all = await gather(floats, ...accounts);
    expect(all.get(nurr)).toMatchObject({ ...nothing, book: -3 * 1_980, spentSince: 6_000 });
    expect(all.get(backnpay)).toMatchObject({ ...nothing, book: -2_000, spentSince: 2_000 });
  });

  test("has what is open beside it", async () => {
    const account = await addPartner(floats.partners);
    await say(nurr, 500_000);
    await spend(floats, account);
    floats.partners.upstream.answer = { kind: "in_doubt", carried: {}, said: "no answer" };
    await placeInNode(floats.partners, account);
    expect((await gather(floats, account)).get(nurr)).toMatchObject({ book: -1_980, open: 2_000, spentSince: 2_000 });
  });

  test("takes no word about a provider that is not compared", async () => {
    await say(nurr, 5);
    const tally = await gather(floats);
    const own = { unshipped: -7, open: minor(1), spentSince: minor(2), returnedSince: minor(3) };
    const questions: unknown[] = [];
    const account = {
      async readFloats(question: unknown) {
        questions.push(question);
        return [
          { ...own, provider: "gone" },
          { ...own, provider: nurr },
        ];
      },
    };
    await addAccountFloats(tally, account, { eventNumber: 9, transfers: [] });
    expect(questions).toEqual([{ ledgerEvent: 9, since: { [nurr]: t0, [backnpay]: t0 } }]);
    expect([...tally.keys()]).toEqual([backnpay, nurr]);
    const sums = { book: -7, open: 1, spentSince: 2, returnedSince: 3 };
    expect(tally.get(nurr)).toEqual({ ...sums, balance: 5, at: t0 });
  });
});

/** Two thorough runs, a recharge at each of two providers between them; then they say these balances. */
const compare = async (balances: { readonly [nurr]: number; readonly [backnpay]: number }) => {
  const account = await addPartner(floats.partners);
  await say(nurr, 1_000_000);
  expect(await finishFloats(floats.parts, await gather(floats, account))).toBe(0);
  floats.partners.time.now += 1;
  await spend(floats, account);
  await spend(floats, account, "backnpay");
  floats.partners.time.now += 60_000;
  floats.said.balance = minor(balances[backnpay]);
  await say(nurr, balances[nurr]);
  const differences = await finishFloats(floats.parts, await gather(floats, account));
  return { differences, nurr: await checksAt(nurr), backnpay: await checksAt(backnpay) };
};

describe("a comparison", () => {
  test("starts with what is there", async () => {
    await say(nurr, 500);
    expect(await finishFloats(floats.parts, await gather(floats))).toBe(0);
    const check = { ...nothing, balance: 500, at: t0, checkedAt: t0, finding: "baseline" };
    const kept = { ...check, expected: null, difference: null, least: -0, most: 0 };
    expect(floats.asked.filter(([provider, what]) => provider === nurr && what === "keepFloat")).toEqual([
      [nurr, "keepFloat", { kind: "check", check: kept, isBaseline: true }],
    ]);
    expect((await floats.deskOf(nurr).readFloat()).baseline).toMatchObject(check);
    expect([floats.heard.differences, alarms()]).toEqual([0, []]);
  });

  test("agrees to the minor unit, and later ones start from it", async () => {
    const found = await compare({ [nurr]: 998_020, [backnpay]: 998_000 });
    expect(found.differences).toBe(0);
    expect(found.nurr).toMatchObject([
      { finding: "agrees", expected: 998_020, difference: 0, checkedAt: t0 + 60_001 },
      { finding: "baseline" },
    ]);
    expect(found.backnpay).toMatchObject([{ finding: "agrees", expected: 998_000, difference: 0 }, {}]);
    expect((await floats.deskOf(nurr).readFloat()).baseline).toMatchObject({ finding: "agrees", balance: 998_020 });
    expect([floats.heard.differences, alarms()]).toEqual([0, []]);
  });

  test("is an alarm where nothing explains it, and later ones do not start from it", async () => {
    const found = await compare({ [nurr]: 998_021, [backnpay]: 997_999 });
    expect(found.differences).toBe(2);
    expect(floats.heard.differences).toBe(2);
    const facts = [
      { provider: backnpay, balance: 997_999, expected: 998_000, difference: -1, open: 0 },
      { provider: nurr, balance: 998_021, expected: 998_020, difference: 1, open: 0 },
    ];
    expect(alarms()).toEqual(facts.map((one) => ({ level: "warn", event: "float.differs", facts: one })));
    expect((await floats.deskOf(nurr).readFloat()).baseline).toMatchObject({ finding: "baseline" });
  });
});

describe("a comparison also", () => {
  test("takes a gain for the commission where nobody knows it", async () => {
    const found = await compare({ [nurr]: 998_020, [backnpay]: 1_000_000 });
    expect(found.differences).toBe(0);
    expect(found.backnpay[0]).toMatchObject({ finding: "in_flight", difference: 2_000, least: 0, most: 2_000 });
  });

  test("expects the lowest of the rates that staff declared, and explains up to the highest", async () => {
    const seen = [
      { face: minor(10_000), commission: minor(300) },
      { face: minor(10_000), commission: minor(500) },
      { face: minor(10_000), commission: minor(100) },
    ];
    await floats.deskOf(backnpay).keepSegments({ kind: "commissions", seen });
    const found = await compare({ [nurr]: 998_020, [backnpay]: 998_121 });
    expect(found.backnpay[0]).toMatchObject({ expected: 998_020, difference: 101, least: -20, most: 100 });
    expect(found.differences).toBe(1);
  });

  test("knows the movements that staff recorded", async () => {
    const movement = { id: "BT-1", from: t0 + 5, until: t0 + 6, change: minor(40_000), note: "top-up", by: "asha" };
    await floats.deskOf(nurr).keepSegments({ kind: "movement", movement });
    const found = await compare({ [nurr]: 1_038_020, [backnpay]: 998_000 });
    expect(found.nurr[0]).toMatchObject({ finding: "agrees", expected: 1_038_020 });
    expect(found.differences).toBe(0);
  });

  test("of one provider that fails holds up no other, and one that is no longer set is left out", async () => {
    await say(nurr, 5);
    const tally = await gather(floats);
    const reading = tally.get(nurr);
    if (reading === undefined) throw new Error("the balance is known");
    tally.set("gone", reading);
    const readSegments: typeof floats.parts.readSegments = async (provider) => {
      if (provider === backnpay) throw new Error("the desk is away");
      return floats.parts.readSegments(provider);
    };
    expect(await finishFloats({ ...floats.parts, readSegments }, tally)).toBe(0);
    expect(alarms()).toEqual([{ level: "error", event: "float.compare", facts: { provider: backnpay } }]);
    expect(await checksAt(nurr)).toHaveLength(1);
    expect(floats.asked.filter(([provider]) => provider === "gone")).toEqual([]);
  });
});
