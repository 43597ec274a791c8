// An account that is reset at each of its awaits: nothing is sent twice, no hold is lost, and settlement finds the end.
import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import simulator from "../../../functions/simulator.ts";
import {
  accountOf,
  answerOf,
  caller,
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

/** Lets the simulator do its work and keeps each answer back until `open`; `sent` counts the requests. */
function keepAnswersBack(isKept: (request: Request) => boolean = () => true) {
  const { promise, resolve: open } = Promise.withResolvers<void>();
  const gate = { open, sent: 0 };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const sent = new Request(input, init);
    gate.sent += 1;
    const answer = await simulator.fetch(sent.clone(), env);
    if (isKept(sent)) await Promise.race([promise, new Promise((resolve) => setTimeout(resolve, 60))]);
    return answer;
  });
  return gate;
}

async function alarmOf(account: number): Promise<number | null> {
  return runInDurableObject(accountOf(account), (_object, state) => state.storage.getAlarm());
}

describe("an account that is reset before the guard answered", () => {
  it("has written nothing, and places the same order when it is asked again", async () => {
    const { account: other } = await newAccount();
    const { account, number } = await newAccount();
    const first = newOrder();
    expect(await answerOf(other, request(first))).toBe("succeeded");
    skipTime(10_000);
    // The guard asks the owner of the earlier claim, which does not answer.
    const { promise, resolve: release } = Promise.withResolvers<void>();
    const holding = runInDurableObject(other, (_object, state) => state.blockConcurrencyWhile(() => promise));
    const order = newOrder({ number: first.number });
    const asking = account.place(request(order)).catch(() => "reset");
    await new Promise((resolve) => setTimeout(resolve, 50));
    await runInDurableObject(account, (_object, state) => state.abort("test")).catch(() => undefined);
    release();
    await holding;
    expect(await asking).toBe("reset");

    const again = accountOf(number);
    expect(await readWallet(again)).toEqual({ balance: 1_000_000, held: 0, debt: 0 });
    expect(await readState(again, order.agentId)).toBe("not_found");
    expect(await answerOf(again, request(order))).toBe("succeeded");
    expect(await executions(order.number)).toBe(2);
    await expectInvariants(again);
  });
});

describe("an account that is reset between the send and the answer", () => {
  it.each([
    ["00", "succeeded", 1, "in.airtel.prepaid"],
    ["10", "failed", 0, "in.airtel.prepaid"],
    ["25", "failed", 0, "in.airtel.prepaid"],
    ["30", "succeeded", 1, "in.airtel.prepaid"],
    ["31", "failed", 0, "in.airtel.prepaid"],
    ["40", "succeeded", 1, "in.airtel.prepaid"],
    ["41", "failed", 0, "in.airtel.prepaid"],
    ["42", "succeeded", 1, "in.airtel.prepaid"],
  ])("settles by lookup, and sends nothing twice: %s %s", async (suffix, end, executed, product) => {
    const gate = keepAnswersBack();
    const { account, number } = await newAccount();
    const order = newOrder({ number: newNumber(suffix), product });
    const asking = account.place(request(order)).catch(() => "reset");
    await until(async () => gate.sent, 1);
    await abortAllDurableObjects();
    expect(await asking).toBe("reset");
    gate.open();

    const again = accountOf(number);
    expect(await readState(again, order.agentId)).toBe("pending");
    expect(await readWallet(again)).toEqual({ balance: 998_020, held: 1_980, debt: 0 });
    expect(await alarmOf(number)).not.toBe(null);
    expect(await answerOf(again, request(order, 0))).toBe("pending");
    await until(() => readState(again, order.agentId), end);
    expect(await readWallet(again)).toEqual({ balance: end === "failed" ? 1_000_000 : 998_020, held: 0, debt: 0 });
    expect(await executions(order.number)).toBe(executed);
    const found = await again.findRecharge(caller, { agentId: order.agentId });
    const attempts = await again.readAttempts(found.ok ? found.value.id : "");
    expect(attempts).toMatchObject([{ provider: "backnpay-sandbox" }]);
    await expectInvariants(again);
  });
});

describe("an account that is reset while a provider is asked that has no lookup", () => {
  it("keeps the money, and the recharge becomes a case", async () => {
    const gate = keepAnswersBack();
    const { account, number } = await newAccount();
    const order = newOrder({ product: "in.jio.prepaid" });
    const asking = account.place(request(order)).catch(() => "reset");
    await until(async () => gate.sent, 1);
    await abortAllDurableObjects();
    expect(await asking).toBe("reset");
    const again = accountOf(number);
    await until(async () => (await again.readCases()).map(({ kind }) => kind), ["doubt"]);
    expect(await readState(again, order.agentId)).toBe("pending");
    expect(await readWallet(again)).toEqual({ balance: 998_020, held: 1_980, debt: 0 });
    expect(await executions(order.number)).toBe(1);
    await expectInvariants(again);
  });

  it("keeps the money when it was asking the second provider", async () => {
    const gate = keepAnswersBack((sent) => new URL(sent.url).pathname.includes("AOP"));
    const { account, number } = await newAccount();
    const order = newOrder({ number: newNumber("25") });
    const asking = account.place(request(order)).catch(() => "reset");
    await until(async () => gate.sent, 2);
    await abortAllDurableObjects();
    expect(await asking).toBe("reset");
    const again = accountOf(number);
    await until(async () => (await again.readCases()).map(({ kind }) => kind), ["doubt"]);
    const found = await again.findRecharge(caller, { agentId: order.agentId });
    expect(await again.readAttempts(found.ok ? found.value.id : "")).toMatchObject([
      { provider: "backnpay-sandbox", state: "declined" },
      { provider: "aopay-sandbox", state: "in_doubt" },
    ]);
    expect(await readWallet(again)).toEqual({ balance: 998_020, held: 1_980, debt: 0 });
    expect(await executions(order.number)).toBe(1);
    await expectInvariants(again);
  });
});

describe("an account that is reset while its alarm works", () => {
  it("asks again, and settles once", async () => {
    const { account, number } = await newAccount();
    const order = newOrder({ number: newNumber("40") });
    expect(await answerOf(account, request(order))).toBe("pending");
    const gate = keepAnswersBack();
    await until(async () => gate.sent, 1);
    await abortAllDurableObjects();
    gate.open();
    const again = accountOf(number);
    await until(() => readState(again, order.agentId), "succeeded");
    expect(await readWallet(again)).toEqual({ balance: 998_020, held: 0, debt: 0 });
    expect(await executions(order.number)).toBe(1);
    await expectInvariants(again);
  });

  it("ships the events that it had not shipped", async () => {
    const { account, number } = await newAccount();
    expect(await answerOf(account, request(newOrder()))).toBe("succeeded");
    await abortAllDurableObjects();
    const shipped = () =>
      env.DB.prepare("select max(number) as last from events where account = ?").bind(number).first("last");
    await until(shipped, 4);
    expect(await alarmOf(number)).toBe(null);
  });
});

describe("many accounts that are reset while they recharge", () => {
  it("end with the money right, and each recharge executed at most once", async () => {
    const accounts = await Promise.all(Array.from({ length: 5 }, () => newAccount()));
    const orders = accounts.flatMap(({ number }) =>
      ["00", "00", "01", "02", "10", "20", "25", "30", "40", "43"].map((suffix) => ({
        number,
        order: newOrder({ number: newNumber(suffix) }),
      })),
    );
    // All at once and again and again: the reset finds them waiting for each other, for the guard, or for their answers.
    for (const waitMs of [0, 1, 2, 3, 5, 20, 40]) {
      const asking = orders.map(({ number, order }) => accountOf(number).place(request(order)));
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      await abortAllDurableObjects();
      await Promise.allSettled(asking);
    }
    // Partners ask again with the same agent id whatever got no answer.
    const answers = await Promise.all(
      orders.map(async ({ number, order }) => [order, await answerOf(accountOf(number), request(order))] as const),
    );
    for (const [, answer] of answers) expect(answer).toMatch(/^(pending|succeeded|failed)$/);
    for (const { number, order } of orders) {
      const account = accountOf(number);
      await expect
        .poll(
          async () => {
            const found = await account.findRecharge(caller, { agentId: order.agentId });
            return found.ok && (found.value.state !== "pending" || found.value.hasOpenCase);
          },
          { timeout: 15_000 },
        )
        .toBe(true);
      const executed = await executions(order.number);
      const state = await readState(account, order.agentId);
      const allowed = { succeeded: [1], failed: [0], pending: [0, 1] }[state];
      expect(allowed).toContain(executed);
    }
    for (const { number } of accounts) await expectInvariants(accountOf(number));
  }, 40_000);
});
