// The repeat window, `repeat_of`, velocity and the limits of a partner, through the account and the guard.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Order } from "../../../src/recharges/recharge.ts";
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
  type TestAccount,
  until,
  useSimulator,
} from "../../support/sandbox.ts";

beforeEach(useSimulator);
afterEach(() => {
  vi.useRealTimers();
});

/** The window of the fast settings, ms and seconds. */
const windowMs = 9_000;
const windowSeconds = 9;

async function placed(account: TestAccount, order: Order) {
  const answer = await account.place(request(order));
  if (!answer.ok) throw new Error(answer.problem.detail);
  return answer.value.recharge;
}

describe("the same number and amount within the window", () => {
  it("is refused to its own partner with the earlier one's id, state and the time to wait", async () => {
    const { account } = await newAccount();
    const first = await placed(account, newOrder());
    const again = await account.place(request(newOrder({ number: first.number })));
    expect(again).toMatchObject({
      ok: false,
      problem: {
        code: "repeat",
        earlier: { id: first.id, agentId: first.agentId, state: "succeeded" },
        detail: `This number and amount are in recharge ${first.id}, which is succeeded; send repeat_of once it is final to mean a second one.`,
      },
    });
    const retryAfter = again.ok ? 0 : (again.problem.retryAfterSeconds ?? 0);
    expect(retryAfter).toBeGreaterThan(windowSeconds - 2);
    expect(retryAfter).toBeLessThanOrEqual(windowSeconds);
    expect(await executions(first.number)).toBe(1);
  });

  it("is refused to another partner with the full window and nothing of the earlier one", async () => {
    const [own, other] = [await newAccount(), await newAccount()];
    const first = await placed(own.account, newOrder());
    const refused = await other.account.place(request(newOrder({ number: first.number })));
    expect(refused).toEqual({
      ok: false,
      problem: {
        code: "repeat",
        detail: "This number was recharged with this amount a short time ago; nothing was done.",
        retryAfterSeconds: windowSeconds,
      },
    });
    const named = await other.account.place(request(newOrder({ number: first.number, repeatOf: first.id })));
    expect(named).toMatchObject({
      problem: { code: "repeat_of", detail: "repeat_of names no recharge of this partner." },
    });
  });

  it("is refused for another product of the same number too", async () => {
    const { account } = await newAccount();
    const first = await placed(account, newOrder());
    expect(await answerOf(account, request(newOrder({ number: first.number, product: "in.jio.prepaid" })))).toBe(
      "repeat",
    );
  });

  it("is another recharge with another amount", async () => {
    const { account } = await newAccount();
    const first = await placed(account, newOrder());
    expect(await answerOf(account, request(newOrder({ number: first.number, amount: amount(2_100) })))).toBe(
      "succeeded",
    );
    expect(await executions(first.number)).toBe(2);
  });

  it("is free again when the window is over", async () => {
    const { account } = await newAccount();
    const first = await placed(account, newOrder());
    skipTime(windowMs + 1_000);
    expect(await answerOf(account, request(newOrder({ number: first.number })))).toBe("succeeded");
    await expectInvariants(account);
  });

  it("is free at once when the first one failed, for its own partner and for others", async () => {
    const [own, other] = [await newAccount(), await newAccount()];
    const first = await placed(own.account, newOrder({ number: newNumber("10") }));
    expect(first.state).toBe("failed");
    expect(await answerOf(own.account, request(newOrder({ number: first.number })))).toBe("failed");
    expect(await answerOf(other.account, request(newOrder({ number: first.number })))).toBe("failed");
    expect(await own.account.readAttempts(first.id)).toHaveLength(1);
  });

  it("blocks its own partner as long as it is pending, and others for the window", async () => {
    const [own, other] = [await newAccount(), await newAccount()];
    const pending = await placed(own.account, newOrder({ number: newNumber("35") }));
    expect(pending.state).toBe("pending");
    expect(await answerOf(other.account, request(newOrder({ number: pending.number })))).toBe("repeat");
    skipTime(windowMs * 3);
    expect(await own.account.place(request(newOrder({ number: pending.number })))).toMatchObject({
      problem: { code: "repeat", earlier: { id: pending.id, state: "pending" }, retryAfterSeconds: windowSeconds },
    });
    expect(await answerOf(other.account, request(newOrder({ number: pending.number })))).toBe("pending");
  });
});

describe("repeat_of", () => {
  it("means a second recharge of a final one; a provider inside its own window is left out", async () => {
    const { account } = await newAccount();
    const first = await placed(account, newOrder());
    const second = await placed(account, newOrder({ number: first.number, repeatOf: first.id }));
    expect(second).toMatchObject({ state: "succeeded", repeatOf: first.id });
    expect(await account.readAttempts(first.id)).toMatchObject([{ provider: "backnpay-sandbox" }]);
    expect(await account.readAttempts(second.id)).toMatchObject([{ provider: "aopay-sandbox" }]);
    expect(await executions(first.number)).toBe(2);
    await expectInvariants(account);
  });

  it("may name a recharge once, and only the latest one", async () => {
    const { account } = await newAccount();
    const first = await placed(account, newOrder());
    const second = await placed(account, newOrder({ number: first.number, repeatOf: first.id }));
    const again = await account.place(request(newOrder({ number: first.number, repeatOf: first.id })));
    expect(again).toMatchObject({
      problem: { code: "repeat_of", detail: "The recharge that repeat_of names was repeated once already." },
    });
    const other = await placed(account, newOrder({ number: first.number, repeatOf: second.id }));
    expect(other.repeatOf).toBe(second.id);
  });

  it("names the latest blocking recharge, not an older one", async () => {
    const { account } = await newAccount();
    const older = await placed(account, newOrder());
    skipTime(windowMs + 1_000);
    const latest = await placed(account, newOrder({ number: older.number }));
    expect(await account.place(request(newOrder({ number: older.number, repeatOf: older.id })))).toMatchObject({
      problem: {
        code: "repeat_of",
        detail: "repeat_of does not name the latest blocking recharge.",
        earlier: { id: latest.id, state: "succeeded" },
      },
    });
  });

  it("twenty times at once is one second recharge", async () => {
    const { account } = await newAccount();
    const first = await placed(account, newOrder());
    const orders = Array.from({ length: 20 }, () => newOrder({ number: first.number, repeatOf: first.id }));
    const answers = await Promise.all(orders.map((order) => answerOf(account, request(order))));
    expect(answers.filter((answer) => answer === "succeeded")).toHaveLength(1);
    expect(await executions(first.number)).toBe(2);
    await expectInvariants(account);
  });

  it.each([
    ["names no recharge of this partner", { repeatOf: "rch_000000000001" }],
    ["names no recharge of this partner", { repeatOf: "the first one" }],
    ["names a recharge of another number or amount", { amount: amount(2_100) }],
    ["names a recharge of another number or amount", { number: newNumber("00") }],
  ])("that %s is refused: %o", async (detail, more) => {
    const { account } = await newAccount();
    const first = await placed(account, newOrder());
    const order = newOrder({ number: first.number, repeatOf: first.id, ...more });
    expect(await account.place(request(order))).toMatchObject({
      problem: { code: "repeat_of", detail: `repeat_of ${detail}.`, problems: [{ pointer: "/repeat_of" }] },
    });
  });

  it("of a pending recharge is refused until it is final", async () => {
    const { account } = await newAccount();
    const first = await placed(account, newOrder({ number: newNumber("40") }));
    const order = newOrder({ number: first.number, repeatOf: first.id });
    expect(await account.place(request(order))).toMatchObject({
      problem: { code: "repeat_of", detail: "The recharge that repeat_of names is not final yet." },
    });
    await until(() => readState(account, first.agentId), "succeeded");
    expect(await answerOf(account, request(order, 0))).toBe("pending");
  });
});

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

  const perDay = (face: number) => [{ currency: "INR" as const, perRecharge: null, perDay: amount(face) }];

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
