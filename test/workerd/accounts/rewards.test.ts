// Rewards on real storage: given with the success, taken back with the reversal, and in the ledger to the paisa.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountContext } from "../../../src/accounts/context.ts";
import { flushOutbox } from "../../../src/accounts/outbox.ts";
import { placeRecharge } from "../../../src/accounts/place.ts";
import { accountSchemaSteps, migrateAccount } from "../../../src/accounts/tables.ts";
import { creditWallet, debitWallet } from "../../../src/accounts/wallet-verbs.ts";
import { minor } from "../../../src/base/money.ts";
import { openD1 } from "../../../src/ledger/client.ts";
import { compareWallets } from "../../../src/reconciliation/compare-wallets.ts";
import type { RewardProgramme } from "../../../src/recharges/reward.ts";
import { byHand, lookedUp } from "../../support/account-by-hand.ts";
import { askStaff, newPartner } from "../../support/api-journey.ts";
import {
  accountOf,
  caller,
  expectInvariants,
  newAccount,
  newOrder,
  readWallet,
  request,
  type TestAccount,
  until,
  useSimulator,
} from "../../support/sandbox.ts";

beforeEach(useSimulator);

const day = 86_400_000;
const programme: RewardProgramme = {
  points: [{ product: "*", kind: "basis_points", basisPoints: 50 }],
  levels: [{ id: 1, key: "silver", fromHundredths: 10 }],
  offers: [
    {
      id: "summer",
      product: "in.airtel.prepaid",
      currency: "INR",
      faceFrom: minor(1_000),
      faceTo: minor(100_000),
      startsAt: Date.now() - day,
      endsAt: Date.now() + day,
      perRecharge: null,
      perPartner: minor(1_000),
      kind: "basis_points",
      basisPoints: 500,
    },
  ],
  budgets: [],
};
const database = openD1(env.DB);

async function typesOf(account: TestAccount): Promise<readonly string[]> {
  const read = await account.readEvents(caller, { after: 0, limit: 500 });
  return read.ok ? read.value.events.map((event) => event.type) : [];
}

/** Figures of the account and the ledger at the same event, with all sums. */
async function differences(account: TestAccount): Promise<unknown> {
  const figures = await account.readFigures({ withPending: true });
  if (figures === null) throw new Error("no account");
  return compareWallets(database, { figures, withSums: true, now: Date.now() });
}

/** An order that is placed and pending; gives the counter of its attempt. */
async function placePending(context: AccountContext, face = 2_000): Promise<number> {
  const placed = await placeRecharge(context, request(newOrder({ amount: minor(face) })));
  if (!placed.ok) throw new Error(placed.problem.code);
  return context.recharges.findByAgentId(placed.value.recharge.agentId)?.attempts[0] ?? 0;
}

describe("a success", () => {
  it("earns points, a level and cashback, each an event after its own", async () => {
    const { account } = await newAccount(1_000_000, { rewards: programme });
    const order = newOrder();
    expect(await account.place(request(order))).toMatchObject({ value: { recharge: { state: "succeeded" } } });
    expect((await typesOf(account)).slice(2)).toEqual([
      "recharge.placed",
      "recharge.succeeded",
      "reward.points_earned",
      "reward.level_reached",
      "reward.cashback_paid",
    ]);
    expect(await readWallet(account)).toEqual({ balance: 998_120, held: 0, debt: 0 });
    expect(await account.findReward(caller, { agentId: order.agentId })).toEqual({
      ok: true,
      value: {
        pointsHundredths: 10,
        level: { id: 1, key: "silver" },
        cashback: { offer: "summer", amount: 100, currency: "INR" },
      },
    });
    await expectInvariants(account);
    await until(() => differences(account), { kind: "compared", differences: [] });
  });

  it("earns nothing and writes nothing where the programme is off", async () => {
    const { account } = await newAccount();
    const order = newOrder();
    await account.place(request(order));
    expect((await typesOf(account)).slice(2)).toEqual(["recharge.placed", "recharge.succeeded"]);
    expect(await account.findReward(caller, { agentId: order.agentId })).toEqual({ ok: true, value: null });
    const rows = await byHand(account, async ({ rewards }) => [rewards.readTotal(), rewards.readGiven().size]);
    expect(rows).toEqual([0, 0]);
  });

  it("is told of its reward to its own partner only", async () => {
    const { account } = await newAccount(1_000_000, { rewards: programme });
    const order = newOrder();
    await account.place(request(order));
    const stranger = { keyId: "key_test", mode: "live" } as const;
    expect(await account.findReward(stranger, { agentId: order.agentId })).toMatchObject({
      problem: { code: "credentials" },
    });
    expect(await account.findReward(caller, { agentId: "never" })).toEqual({ ok: true, value: null });
  });
});

describe("a reversal", () => {
  it("takes points, level and cashback back, and frees the offer's cap", async () => {
    const { account } = await newAccount(1_000_000, { rewards: programme });
    await byHand(account, async (context) => {
      const attempt = await placePending(context);
      lookedUp(context, attempt, "success");
      expect(context.rewards.readGiven()).toEqual(new Map([["summer", 100]]));
      lookedUp(context, attempt, "failure");
      expect(context.rewards.readGiven()).toEqual(new Map([["summer", 0]]));
      expect(context.rewards.readTotal()).toBe(0);
      expect(context.rewards.find(1)).toBeNull();
    });
    expect((await typesOf(account)).slice(7)).toEqual([
      "recharge.reversed",
      "reward.points_unwound",
      "reward.level_unwound",
      "reward.cashback_unwound",
      "recharge.case_opened",
    ]);
    expect(await readWallet(account)).toEqual({ balance: 1_000_000, held: 0, debt: 0 });
    await expectInvariants(account);
  });

  it("takes back what was given although the programme was turned off meanwhile", async () => {
    const { account } = await newAccount(1_000_000, { rewards: programme });
    const attempt = await byHand(account, async (context) => {
      const counter = await placePending(context);
      lookedUp(context, counter, "success");
      return counter;
    });
    const standing = await account.readProfile();
    if (standing === null) throw new Error("no profile");
    const { rewards: _rewards, ...off } = standing;
    await account.configure({ ...off, version: standing.version + 1 });
    await byHand(account, async (context) => lookedUp(context, attempt, "failure"));
    expect((await typesOf(account)).slice(7)).toEqual([
      "recharge.reversed",
      "reward.points_unwound",
      "reward.cashback_unwound",
      "recharge.case_opened",
    ]);
    expect(await readWallet(account)).toEqual({ balance: 1_000_000, held: 0, debt: 0 });
  });

  it("lends what the wallet does not have of the cashback, as debt, and later cashback pays debt first", async () => {
    const { account } = await newAccount(10_000, { rewards: programme });
    await byHand(account, async (context) => {
      const attempt = await placePending(context);
      lookedUp(context, attempt, "success");
      const wallet = context.book.findWallet("INR");
      if (wallet === null) throw new Error("no wallet");
      // What a reversal gives back goes to this debt, so that nothing is left for the cashback.
      context.book.writeWallet({ ...wallet, balance: minor(0), debt: minor(5_000) });
      lookedUp(context, attempt, "failure");
    });
    expect((await typesOf(account)).slice(7)).toEqual([
      "recharge.reversed",
      "debt.paid",
      "reward.points_unwound",
      "reward.level_unwound",
      "debt.opened",
      "reward.cashback_unwound",
      "recharge.case_opened",
    ]);
    expect(await readWallet(account)).toEqual({ balance: 0, held: 0, debt: 5_000 - 1_980 + 100 });
    await byHand(account, async (context) => {
      const wallet = context.book.findWallet("INR");
      if (wallet === null) throw new Error("no wallet");
      context.book.writeWallet({ ...wallet, balance: minor(1_980), debt: minor(60) });
      lookedUp(context, await placePending(context), "success");
    });
    expect((await typesOf(account)).slice(-2)).toEqual(["reward.cashback_paid", "debt.paid"]);
    expect(await readWallet(account)).toEqual({ balance: 40, held: 0, debt: 0 });
  });
});

type Step =
  | { readonly kind: "place"; readonly face: number }
  | { readonly kind: "succeed" | "fail" | "reverse"; readonly pick: number }
  | { readonly kind: "credit" | "debit"; readonly amount: number };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("place" as const), face: fc.integer({ min: 10, max: 100 }) }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constantFrom("succeed" as const, "succeed" as const, "fail" as const, "reverse" as const),
        pick: fc.nat(20),
      }),
    },
    fc.record({
      kind: fc.constantFrom("credit" as const, "debit" as const),
      amount: fc.integer({ min: 1, max: 12_000 }),
    }),
  ),
  { minLength: 5, maxLength: 25 },
);

/** Plays one step; what the account refuses is left out. */
async function play(context: AccountContext, step: Step): Promise<void> {
  if (step.kind === "place") {
    const wallet = context.book.findWallet("INR");
    if ((wallet?.balance ?? 0) >= step.face * 100) await placePending(context, step.face * 100);
    return;
  }
  if ("amount" in step) {
    const externalReference = crypto.randomUUID();
    const movement = { currency: "INR", amount: minor(step.amount), reason: "test", externalReference, staff: "test" };
    return void (step.kind === "credit" ? creditWallet : debitWallet)(context, { ...movement, currency: "INR" });
  }
  const wanted = step.kind === "reverse" ? "succeeded" : "pending";
  const all = Array.from({ length: 25 }, (_, index) => context.recharges.find(index + 1));
  const open = all.filter((recharge) => recharge?.state === wanted);
  const attempt = open[step.pick % Math.max(open.length, 1)]?.attempts[0];
  if (attempt !== undefined) lookedUp(context, attempt, step.kind === "succeed" ? "success" : "failure");
}

describe("any history", () => {
  it("of recharges, reversals, credits and debits loses and makes no money, and counts each reward once", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (tried) => {
        const { account } = await newAccount(0, { rewards: programme });
        await byHand(account, async (context) => {
          await play(context, { kind: "credit", amount: 12_000 });
          for (const step of tried) await play(context, step);
          const kept = Array.from({ length: 25 }, (_, index) => context.rewards.find(index + 1));
          const points = kept.reduce((sum, reward) => sum + (reward?.pointsHundredths ?? 0), 0);
          const cashback = kept.reduce((sum, reward) => sum + (reward?.cashback?.amount ?? 0), 0);
          expect(context.rewards.readTotal()).toBe(points);
          expect(context.rewards.readGiven().get("summer") ?? 0).toBe(cashback);
          expect(cashback).toBeLessThanOrEqual(1_000);
          await flushOutbox(context);
        });
        await expectInvariants(account);
        expect(await differences(account)).toEqual({ kind: "compared", differences: [] });
      }),
      { numRuns: 20 },
    );
  });
});

describe("the account's tables", () => {
  it("of the first version gain the rewards, and keep what they have", async () => {
    await runInDurableObject(accountOf(99_000_001), async (_object, { storage }) => {
      await storage.deleteAll();
      migrateAccount(storage, accountSchemaSteps.slice(0, 1));
      storage.sql.exec("insert into wallets values ('INR', 5, 0, 0, 0, 0)");
      migrateAccount(storage);
      expect(storage.sql.exec("select balance from wallets").toArray()).toEqual([{ balance: 5 }]);
      expect(storage.sql.exec("select * from rewards").toArray()).toEqual([]);
    });
  });
});

const onWire = {
  points: [
    { product: "*", basis_points: 50 },
    { product: "bd.skitto.prepaid", fixed: "0.07" },
  ],
  levels: [
    { id: 1, key: "silver", from: "0.00" },
    { id: 2, key: "gold", from: "100.00" },
  ],
  offers: [
    {
      id: "summer",
      product: "*",
      currency: "INR",
      amount_from: "10.00",
      amount_to: "500.00",
      starts_at: "2026-01-01T00:00:00.000Z",
      ends_at: "2026-02-01T00:00:00.000Z",
      per_recharge: "5.00",
      per_partner: null,
      basis_points: 200,
    },
  ],
  budgets: [{ currency: "INR", amount: "1000.00" }],
};

describe("PUT /admin/v1/partners/{partner}/rewards", () => {
  it("replaces the programme in the account and the database, and turns it off", async () => {
    const { id, account } = await newPartner();
    const path = `/partners/${id}/rewards`;
    expect(await askStaff(path, { rewards: onWire }, "PUT")).toMatchObject({ status: 200, body: { rewards: onWire } });
    expect((await askStaff(`/partners/${id}`)).body).toMatchObject({ rewards: onWire });
    expect((await accountOf(account).readProfile())?.rewards).toMatchObject({
      points: [{}, { product: "bd.skitto.prepaid", kind: "fixed", pointsHundredths: 7 }],
      levels: [{}, { id: 2, key: "gold", fromHundredths: 10_000 }],
      offers: [{ faceFrom: 1_000, startsAt: Date.UTC(2026, 0, 1), perRecharge: 500, perPartner: null }],
      budgets: [{ currency: "INR", amount: 100_000 }],
    });
    expect(await askStaff(path, { rewards: null }, "PUT")).toMatchObject({ status: 200, body: { rewards: null } });
    expect((await accountOf(account).readProfile())?.rewards).toBeUndefined();
    const lines = await database.all("select after from audit where subject = ?1 and verb = 'change_rewards'", [id]);
    const after = lines.map((line): unknown => JSON.parse(String(line["after"])));
    expect(after).toMatchObject([{ rewards: { budgets: [{ currency: "INR" }] } }, { rewards: null }]);
  });

  const [offer] = onWire.offers;
  it.each([
    ["an offer that ends before it starts", { offers: [{ ...offer, ends_at: offer?.starts_at }] }],
    ["amounts the wrong way round", { offers: [{ ...offer, amount_to: "9.99" }] }],
    ["an offer of both kinds", { offers: [{ ...offer, fixed: "1.00" }] }],
    ["a cashback of nothing", { offers: [{ ...offer, per_recharge: "0.00" }] }],
    ["more than the whole amount", { offers: [{ ...offer, basis_points: 10_001 }] }],
    ["two offers of one id", { offers: [offer, offer] }],
    ["two rules for a product", { points: [onWire.points[0], onWire.points[0]] }],
    ["two levels from the same points", { levels: [onWire.levels[0], { id: 3, key: "wood", from: "0" }] }],
    ["two levels of one id", { levels: [onWire.levels[0], { id: 1, key: "wood", from: "1" }] }],
    ["two levels of one key", { levels: [onWire.levels[0], { id: 3, key: "silver", from: "1" }] }],
    ["two budgets of a currency", { budgets: [onWire.budgets[0], onWire.budgets[0]] }],
    ["a field that is not known", { bonus: true }],
  ])("refuses %s", async (_, wrong) => {
    const reply = await askStaff("/partners/ptn_00001/rewards", { rewards: { ...onWire, ...wrong } }, "PUT");
    expect(reply).toMatchObject({ status: 422, body: { code: "parameter" } });
  });

  it("refuses a partner that is not there", async () => {
    const reply = await askStaff("/partners/ptn_zzzzz/rewards", { rewards: null }, "PUT");
    expect(reply).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});
