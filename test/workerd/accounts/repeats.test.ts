// The repeat window and `repeat_of`, through the account and the guard.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Order } from "../../../src/recharges/recharge.ts";
import {
  amount,
  answerOf,
  executions,
  expectInvariants,
  newAccount,
  newNumber,
  newOrder,
  readState,
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
});

describe("a number and amount", () => {
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
});

describe("a repeat_of that is refused", () => {
  it.each([
    ["names no recharge of this partner", { repeatOf: "rch_000000000001" }],
    ["names no recharge of this partner", { repeatOf: "the first one" }],
    ["names a recharge of another number or amount", { amount: amount(2_100) }],
    ["names a recharge of another number or amount", { number: newNumber("00") }],
  ])("%s: %o", async (detail, more) => {
    const { account } = await newAccount();
    const first = await placed(account, newOrder());
    const order = newOrder({ number: first.number, repeatOf: first.id, ...more });
    expect(await account.place(request(order))).toMatchObject({
      problem: { code: "repeat_of", detail: `repeat_of ${detail}.`, problems: [{ pointer: "/repeat_of" }] },
    });
  });

  it("names a recharge that is not final yet", async () => {
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
