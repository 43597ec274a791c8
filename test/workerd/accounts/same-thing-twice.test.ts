// The same thing twice (`design.md`): the same agent id is the same recharge for ever, whatever has changed since.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  amount,
  answerOf,
  caller,
  changeProfile,
  emptyWallet,
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

describe("many requests at once", () => {
  it.each([
    ["00", "succeeded", 1],
    ["40", "pending", 1],
    ["10", "failed", 0],
  ])("the same one fifty times is one recharge with fifty equal answers: %s %s", async (suffix, state, executed) => {
    const { account } = await newAccount();
    const order = newOrder({ number: newNumber(suffix) });
    const answers = await Promise.all(Array.from({ length: 50 }, () => account.place(request(order))));
    expect(answers[0]).toMatchObject({ ok: true, value: { isReplay: false, recharge: { state } } });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await until(async () => (await readWallet(account)).held, 0);
    expect(await executions(order.number)).toBe(executed);
    await expectInvariants(account);
  });

  it("the same one for another order is refused once the first is written", async () => {
    const { account } = await newAccount();
    const order = newOrder();
    const other = { ...order, amount: amount(3_000) };
    const answers = await Promise.all([account.place(request(order)), account.place(request(other))]);
    expect(answers.map((answer) => (answer.ok ? "placed" : answer.problem.code))).toEqual([
      "placed",
      "agent_id_conflict",
    ]);
  });

  it("the same one that is refused is refused fifty times, and takes nothing", async () => {
    const { account } = await newAccount(1_979);
    const order = newOrder();
    const answers = await Promise.all(Array.from({ length: 50 }, () => answerOf(account, request(order))));
    expect(new Set(answers)).toEqual(new Set(["balance"]));
    expect(await readWallet(account)).toEqual({ balance: 1_979, held: 0, debt: 0 });
  });
});

describe("many different requests at once", () => {
  it("on a balance for one: one succeeds, the others lack the balance", async () => {
    const { account } = await newAccount(1_980);
    const orders = Array.from({ length: 50 }, () => newOrder({ number: newNumber("00") }));
    const answers = await Promise.all(orders.map((order) => answerOf(account, request(order))));
    expect(answers.toSorted()).toEqual([...Array.from({ length: 49 }, () => "balance"), "succeeded"]);
    expect(await readWallet(account)).toEqual({ balance: 0, held: 0, debt: 0 });
    const executed = await Promise.all(orders.map((order) => executions(order.number)));
    expect(executed.reduce((sum, one) => sum + one)).toBe(1);
    await expectInvariants(account);
  });

  it("for the same number and amount, from two partners: one is executed", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const number = newNumber("00");
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        answerOf((index % 2 === 0 ? one : other).account, request(newOrder({ number }))),
      ),
    );
    expect(answers.toSorted()).toEqual([...Array.from({ length: 49 }, () => "repeat"), "succeeded"]);
    expect(await executions(number)).toBe(1);
  });
});

/** What may change after the first recharge, and how a new order is answered then. */
const changes: Readonly<Record<string, readonly [string, (account: TestAccount, number: string) => Promise<void>]>> = {
  "at once": ["succeeded", async () => undefined],
  "after another partner took the number": [
    "repeat",
    async (_account, number) => {
      skipTime(9_100);
      const { account: other } = await newAccount();
      expect(await answerOf(other, request(newOrder({ number })))).toBe("succeeded");
    },
  ],
  "after the product was switched off": [
    "product_unavailable",
    async () => {
      for (const provider of ["backnpay-sandbox", "aopay-sandbox"])
        expect(await env.PROVIDER_DESK.getByName(provider).setOff(true)).toMatchObject({ isComplete: true });
    },
  ],
  "after the day's limit was reached": [
    "limit_day",
    (account) => changeProfile(account, { limits: [{ currency: "INR", perRecharge: null, perDay: amount(2_000) }] }),
  ],
  "after the limit per recharge was lowered": [
    "limit_recharge",
    (account) => changeProfile(account, { limits: [{ currency: "INR", perRecharge: amount(1_999), perDay: null }] }),
  ],
  "after the wallet was emptied": ["balance", (account) => emptyWallet(account)],
  "after the partner was suspended": ["suspended", (account) => changeProfile(account, { status: "suspended" })],
  "after the plan was changed": ["succeeded", (account) => changeProfile(account, { plan: { version: 2, rules: [] } })],
};

describe("the same agent id later", () => {
  afterEach(async () => {
    for (const provider of ["backnpay-sandbox", "aopay-sandbox"])
      await env.PROVIDER_DESK.getByName(provider).setOff(false);
  });

  it.each(Object.entries(changes))("is still the first recharge %s", async (when, [refused, make]) => {
    const { account } = await newAccount();
    const order = newOrder();
    const first = await account.place(request(order));
    expect(first).toMatchObject({ ok: true, value: { isReplay: false, recharge: { state: "succeeded" } } });
    await make(account, order.number);
    const again = await account.place(
      request({ ...order, maxCost: amount(1), repeatOf: "rch_000000000000", geocode: "1,1" }),
    );
    expect(again).toEqual({ ...first, value: { ...(first.ok && first.value), isReplay: true } });
    // What was changed does refuse a new order.
    const number = when.includes("number") ? order.number : newNumber("00");
    expect(await answerOf(account, request(newOrder({ number })))).toBe(refused);
    await expectInvariants(account);
  });
});

describe("the same agent id of a recharge that is not a success", () => {
  it("is a failed recharge for ever too: nothing is sent again", async () => {
    const { account } = await newAccount();
    const order = newOrder({ number: newNumber("10") });
    expect(await answerOf(account, request(order))).toBe("failed");
    expect(await account.place(request(order))).toMatchObject({
      ok: true,
      value: { isReplay: true, recharge: { state: "failed", failure: { source: "operator", cause: "operator" } } },
    });
    expect(await account.readFigures({ withPending: true })).toMatchObject({ eventNumber: 4 });
  });

  it("is answered pending while it is pending, and with its end after it", async () => {
    const { account } = await newAccount();
    const order = newOrder({ number: newNumber("40") });
    expect(await answerOf(account, request(order, 1))).toBe("pending");
    expect(await answerOf(account, request(order, 0))).toBe("pending");
    await until(() => readState(account, order.agentId), "succeeded");
    expect(await account.place(request(order))).toMatchObject({ value: { isReplay: true } });
    expect(await executions(order.number)).toBe(1);
  });

  it("waits for the first call like the first request", async () => {
    const { account } = await newAccount();
    const order = newOrder({ number: newNumber("01") });
    expect(await answerOf(account, request(order, 0))).toBe("pending");
    expect(await answerOf(account, request(order, 2_000))).toBe("succeeded");
  });
});

describe("the same agent id for another order", () => {
  it.each([
    ["product", { product: "in.jio.prepaid" }],
    ["number", { number: newNumber("00") }],
    ["amount", { amount: amount(2_100) }],
    ["currency", { currency: "BDT" }],
    ["fields", { fields: { city: "Agra" } }],
    ["product amount", { product: "in.idea.prepaid", amount: amount(5_000) }],
  ])("is refused for another order, which names what differs: %s", async (names, more) => {
    const { account } = await newAccount();
    const order = newOrder();
    await account.place(request(order));
    const pointers = names
      .split(" ")
      .map((name) => ({ pointer: `/${name}`, reason: "differs from the order placed first" }));
    expect(await account.place(request({ ...order, ...more }))).toEqual({
      ok: false,
      problem: {
        code: "agent_id_conflict",
        detail: `This agent id was used for an order with another ${names.replace(" ", ", ")}.`,
        problems: pointers,
      },
    });
    expect(await executions(order.number)).toBe(1);
  });

  it("is another recharge for another partner", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const order = newOrder();
    const elsewhere = { ...order, number: newNumber("00") };
    expect(await answerOf(one.account, request(order))).toBe("succeeded");
    expect(await other.account.place(request(elsewhere))).toMatchObject({ ok: true, value: { isReplay: false } });
    const found = await one.account.findRecharge(caller, { agentId: order.agentId });
    const foreign = await other.account.findRecharge(caller, found.ok ? { id: found.value.id } : { id: "" });
    expect(foreign).toMatchObject({ ok: false, problem: { code: "not_found" } });
  });
});
