// A recharge through the account object with the simulator upstream: what the partner is told, and what was executed.
import { beforeEach, describe, expect, it } from "vitest";
import {
  executions,
  expectInvariants,
  newAccount,
  newBangladeshNumber,
  newNumber,
  newOrder,
  readState,
  readWallet,
  request,
  until,
  useSimulator,
} from "../../support/sandbox.ts";

beforeEach(useSimulator);

describe("a recharge whose answer is clear", () => {
  it.each([
    ["in.airtel.prepaid", newNumber("00"), "backnpay-sandbox"],
    ["in.jio.prepaid", newNumber("00"), "aopay-sandbox"],
    ["bd.grameenphone.prepaid", newBangladeshNumber("00"), "nurr-sandbox"],
  ])("succeeds at once for %s and is executed once", async (product, number, provider) => {
    const { account } = await newAccount();
    const order = newOrder({ product, number });
    const placed = await account.place(request(order));
    expect(placed).toMatchObject({
      ok: true,
      value: {
        isReplay: false,
        recharge: { state: "succeeded", proof: "operator_reference", face: 2_000, commission: 20, cost: 1_980 },
      },
    });
    const currency = product.startsWith("bd") ? "BDT" : "INR";
    expect(await readWallet(account, currency)).toEqual({ balance: 998_020, held: 0, debt: 0 });
    expect(await executions(number)).toBe(1);
    const attempts = await account.readAttempts(placed.ok ? placed.value.recharge.id : "");
    expect(attempts).toMatchObject([{ provider, state: "succeeded", evidence: [{ kind: "reply", word: "success" }] }]);
    await expectInvariants(account);
  });
});

describe("a recharge whose answer is lost", () => {
  it("stays pending with the money held, and a lookup finds that it succeeded", async () => {
    const { account } = await newAccount();
    const order = newOrder({ number: newNumber("40") });
    const placed = await account.place(request(order));
    expect(placed).toMatchObject({ ok: true, value: { recharge: { state: "pending", proof: null } } });
    expect(await readWallet(account)).toEqual({ balance: 998_020, held: 1_980, debt: 0 });
    await until(() => readState(account, order.agentId), "succeeded");
    expect(await readWallet(account)).toEqual({ balance: 998_020, held: 0, debt: 0 });
    expect(await executions(order.number)).toBe(1);
    await expectInvariants(account);
  });
});
