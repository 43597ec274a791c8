// Velocity of a number, the limits of a partner, and partners who may not go on.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  amount,
  answerOf,
  caller,
  changeProfile,
  executions,
  expectInvariants,
  newAccount,
  newNumber,
  newOrder,
  readState,
  readWallet,
  request,
  skipTime,
  until,
  useSimulator,
} from "../../support/sandbox.ts";

beforeEach(useSimulator);
afterEach(() => {
  vi.useRealTimers();
});

const perDay = (face: number) => [{ currency: "INR" as const, perRecharge: null, perDay: amount(face) }];

describe("limits", () => {
  it("lets a number be recharged ten times in a day over all partners", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const number = newNumber("00");
    const amounts = Array.from({ length: 10 }, (_, index) => amount(1_000 + index * 100));
    for (const [index, face] of amounts.entries()) {
      const { account } = index % 2 === 0 ? one : other;
      expect(await answerOf(account, request(newOrder({ number, amount: face })))).toBe("succeeded");
    }
    expect(await one.account.place(request(newOrder({ number, amount: amount(5_000) })))).toMatchObject({
      problem: {
        code: "velocity",
        retryAfterSeconds: expect.toSatisfy((seconds) => seconds > 86_000 && seconds <= 86_400),
      },
    });
    expect(await executions(number)).toBe(10);
  });

  it("counts what is pending towards the day, and gives it back when it fails", async () => {
    const { account } = await newAccount(1_000_000, { limits: perDay(4_000) });
    const [kept, lost] = [newOrder(), newOrder({ number: newNumber("41") })];
    await Promise.all([account.place(request(kept)), account.place(request(lost))]);
    const third = newOrder({ number: newNumber("00") });
    expect(await account.place(request(third))).toMatchObject({
      problem: { code: "limit_day", detail: "At most 40.00 INR a day.", retryAfterSeconds: expect.any(Number) },
    });
    await until(() => readState(account, lost.agentId), "failed");
    expect(await answerOf(account, request(third))).toBe("succeeded");
    expect(await answerOf(account, request(newOrder({ number: newNumber("00"), amount: amount(1_000) })))).toBe(
      "limit_day",
    );
    await expectInvariants(account);
  });

  it("begins the day anew in the wallet's zone", async () => {
    const { account } = await newAccount(1_000_000, { limits: perDay(2_000) });
    expect(await answerOf(account, request(newOrder()))).toBe("succeeded");
    const refused = await account.place(request(newOrder({ number: newNumber("00") })));
    const seconds = refused.ok ? 0 : (refused.problem.retryAfterSeconds ?? 0);
    expect(seconds).toBeGreaterThan(0);
    skipTime(seconds * 1_000);
    expect(await answerOf(account, request(newOrder({ number: newNumber("00") })))).toBe("succeeded");
  });
});

describe("limits of one recharge", () => {
  it("takes a recharge at the limit and refuses one step above it", async () => {
    const limits = [{ currency: "INR" as const, perRecharge: amount(2_000), perDay: null }];
    const { account } = await newAccount(1_000_000, { limits });
    expect(await answerOf(account, request(newOrder()))).toBe("succeeded");
    const above = newOrder({ number: newNumber("00"), amount: amount(2_100) });
    expect(await account.place(request(above))).toMatchObject({
      problem: { code: "limit_recharge", detail: "At most 20.00 INR for one recharge." },
    });
    await changeProfile(account, { limits: [] });
    expect(await answerOf(account, request(above))).toBe("succeeded");
  });

  it.each([
    [1_980, "succeeded"],
    [1_979, "max_cost"],
  ])("takes a recharge whose cost is max_cost, not one that costs more: %i %s", async (maxCost, answer) => {
    const { account } = await newAccount();
    expect(await answerOf(account, request(newOrder({ maxCost: amount(maxCost) })))).toBe(answer);
  });
});

describe("a partner who may not go on", () => {
  it("is refused on the next call once its key is revoked, and keeps its other keys", async () => {
    const { account } = await newAccount();
    const order = newOrder();
    await account.place(request(order));
    await changeProfile(account, { revokedKeys: [caller.keyId] });
    const calls = [
      account.place(request(order)),
      account.quote(request(newOrder())),
      account.findRecharge(caller, { agentId: order.agentId }),
      account.readWallets(caller),
      account.readEvents(caller, { after: 0, limit: 10 }),
      account.admit(caller),
    ];
    for (const answer of await Promise.all(calls)) expect(answer).toMatchObject({ problem: { code: "credentials" } });
    const other = { keyId: "key_other", mode: "sandbox" } as const;
    expect(await account.admit(other)).toEqual({ ok: true, value: null });
    expect(await account.admit({ ...other, mode: "live" })).toMatchObject({ problem: { code: "credentials" } });
  });

  it("is refused while it is suspended; what is pending is settled all the same", async () => {
    const { account } = await newAccount();
    const lost = newOrder({ number: newNumber("40") });
    expect(await answerOf(account, request(lost))).toBe("pending");
    await changeProfile(account, { status: "suspended" });
    expect(await answerOf(account, request(newOrder()))).toBe("suspended");
    await until(() => readState(account, lost.agentId), "succeeded");
    expect(await readWallet(account)).toEqual({ balance: 998_020, held: 0, debt: 0 });
    await changeProfile(account, { status: "active" });
    expect(await answerOf(account, request(newOrder()))).toBe("succeeded");
  });
});
