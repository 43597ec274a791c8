// Rewards on real storage: given with the success, taken back with the reversal, and in the ledger to the paisa.
import { runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { flushOutbox } from "../../../src/accounts/outbox.ts";
import { accountSchemaSteps, migrateAccount } from "../../../src/accounts/tables.ts";
import { minor } from "../../../src/base/money.ts";
import { byHand, lookedUp, walletOf } from "../../support/account-by-hand.ts";
import { askStaff, newPartner } from "../../support/api-journey.ts";
import { onWire } from "../../support/programme-on-wire.ts";
import {
  database,
  differences,
  placePending,
  play,
  programme,
  steps,
  typesOf,
} from "../../support/reward-histories.ts";
import {
  accountOf,
  caller,
  expectInvariants,
  newAccount,
  newOrder,
  readWallet,
  request,
  until,
  useSimulator,
} from "../../support/sandbox.ts";

beforeEach(useSimulator);

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

const unwound = ["reward.points_unwound", "reward.level_unwound"];

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
    const takenBack = ["recharge.reversed", ...unwound, "reward.cashback_unwound", "recharge.case_opened"];
    expect((await typesOf(account)).slice(7)).toEqual(takenBack);
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
});

describe("debt", () => {
  it("is opened for what the wallet does not have of the cashback, and paid first by later cashback", async () => {
    const { account } = await newAccount(10_000, { rewards: programme });
    await byHand(account, async (context) => {
      const attempt = await placePending(context);
      lookedUp(context, attempt, "success");
      const wallet = walletOf(context);
      // What a reversal gives back goes to this debt, so that nothing is left for the cashback.
      context.book.writeWallet({ ...wallet, balance: minor(0), debt: minor(5_000) });
      lookedUp(context, attempt, "failure");
    });
    expect((await typesOf(account)).slice(7)).toEqual([
      "recharge.reversed",
      "debt.paid",
      ...unwound,
      "debt.opened",
      "reward.cashback_unwound",
      "recharge.case_opened",
    ]);
    expect(await readWallet(account)).toEqual({ balance: 0, held: 0, debt: 5_000 - 1_980 + 100 });
    await byHand(account, async (context) => {
      const wallet = walletOf(context);
      context.book.writeWallet({ ...wallet, balance: minor(1_980), debt: minor(60) });
      lookedUp(context, await placePending(context), "success");
    });
    expect((await typesOf(account)).slice(-2)).toEqual(["reward.cashback_paid", "debt.paid"]);
    expect(await readWallet(account)).toEqual({ balance: 40, held: 0, debt: 0 });
  });
});

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

  it("refuses a partner that is not there", async () => {
    const reply = await askStaff("/partners/ptn_zzzzz/rewards", { rewards: null }, "PUT");
    expect(reply).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});
