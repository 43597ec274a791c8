// What becomes of a recharge for every script of the simulator (`docs/simulator.md`), through each protocol.
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  caller,
  executions,
  expectInvariants,
  newAccount,
  newBangladeshNumber,
  newNumber,
  newOrder,
  readWallet,
  request,
  type TestAccount,
  until,
  useSimulator,
} from "../../support/sandbox.ts";
import { aopayOutcomes } from "./aopay-outcomes.ts";
import { backnpayOutcomes } from "./backnpay-outcomes.ts";
import { nurrOutcomes } from "./nurr-outcomes.ts";
import type { Outcome } from "./outcome-table.ts";

beforeEach(useSimulator);

/** Recharges, and waits for the end that is expected; money and invariants are asserted on the way. */
async function outcomeOf(product: string, number: string, expected: Outcome): Promise<Outcome> {
  const { account } = await newAccount();
  const placed = await account.place(request(newOrder({ product, number })));
  if (!placed.ok) throw new Error(placed.problem.detail);
  const { id, state: first } = placed.value.recharge;
  await until(() => endOf(account, id), { state: expected.last, case: expected.case }, 12_000);

  const read = await account.findRecharge(caller, { id });
  if (!read.ok) throw new Error(read.problem.detail);
  const { state: last, proof, failure, operatorReference, resolvesBy } = read.value;
  const held = last === "pending" ? 1_980 : 0;
  const spent = last === "succeeded" ? 1_980 : 0;
  const wallet = await readWallet(account, product.startsWith("bd") ? "BDT" : "INR");
  expect(wallet).toEqual({ balance: 1_000_000 - held - spent, held, debt: 0 });
  expect(operatorReference === null).toBe(proof !== "operator_reference");
  expect(resolvesBy).toBe(null);
  await expectInvariants(account);
  return {
    first,
    last,
    proof,
    failure: failure && [failure.source, failure.cause],
    executions: await executions(number),
    case: expected.case,
    attempts: (await account.readAttempts(id)).map(({ provider, state }) => [provider, state] as const),
  };
}

async function endOf(account: TestAccount, id: string) {
  const read = await account.findRecharge(caller, { id });
  const cases = await account.readCases();
  return {
    state: read.ok ? read.value.state : read.problem.code,
    case: cases.find((one) => one.rechargeId === id && one.closedAt === null)?.kind ?? null,
  };
}

describe.concurrent("through backnpay, with aopay after it", { timeout: 20_000 }, () => {
  it.each(Object.entries(backnpayOutcomes))("%s", async (name, expected) => {
    const number = newNumber(name.slice(0, 2));
    expect(await outcomeOf("in.airtel.prepaid", number, expected)).toEqual(expected);
  });
});

describe.concurrent("through aopay, with backnpay after it", { timeout: 20_000 }, () => {
  it.each(Object.entries(aopayOutcomes))("%s", async (name, expected) => {
    const number = newNumber(name.slice(0, 2));
    expect(await outcomeOf("in.jio.prepaid", number, expected)).toEqual(expected);
  });
});

describe.concurrent("through nurr, which stands alone", { timeout: 20_000 }, () => {
  it.each(Object.entries(nurrOutcomes))("%s", async (name, expected) => {
    const number = newBangladeshNumber(name.slice(0, 2));
    expect(await outcomeOf("bd.grameenphone.prepaid", number, expected)).toEqual(expected);
  });
});

describe("an answer about another recharge", () => {
  it.each([
    ["in.airtel.prepaid", newNumber("70"), "an answer carried another number"],
    ["in.airtel.prepaid", newNumber("71"), "an answer carried another amount"],
    ["in.airtel.prepaid", newNumber("72"), "an answer carried another reference"],
    ["bd.grameenphone.prepaid", newBangladeshNumber("70"), "an answer carried another number"],
    ["bd.grameenphone.prepaid", newBangladeshNumber("71"), "an answer carried another amount"],
    ["in.airtel.prepaid", newNumber("22"), "backnpay found our request incomplete"],
    ["bd.grameenphone.prepaid", newBangladeshNumber("22"), "nurr missed a parameter in our request"],
    ["bd.grameenphone.prepaid", newBangladeshNumber("23"), "nurr refused our operator code"],
    ["bd.grameenphone.prepaid", newBangladeshNumber("24"), "nurr refused our account type"],
  ])("and a request of ours that was wrong raise an alarm: %s %s", async (product, number, alarm) => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const { account } = await newAccount();
    await account.place(request(newOrder({ product, number })));
    const lines = log.mock.calls.map(([line]): unknown => JSON.parse(String(line)));
    log.mockRestore();
    expect(lines).toContainEqual(
      expect.objectContaining({ level: "warn", event: "provider.alarm", attempt: 1, alarm }),
    );
    expect(JSON.stringify(lines)).not.toContain(number);
  });
});
