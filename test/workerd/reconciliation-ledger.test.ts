// A ledger that is stopped, or whose answers are lost: no recharge is refused, and none is lost.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { expectLedgerEqualsAccount, lastEvent, watermark } from "../support/booked.ts";
import {
  accountOf,
  answerOf,
  executions,
  expectInvariants,
  newAccount,
  newBangladeshNumber,
  newNumber,
  newOrder,
  readState,
  request,
  until,
  useSimulator,
} from "../support/sandbox.ts";

/** Faults of the binding, wherever in the isolate it is used. */
const ledgerFaults: { mockRestore(): void }[] = [];

beforeEach(useSimulator);
afterEach(() => {
  for (const fault of ledgerFaults.splice(0)) fault.mockRestore();
});

function refuse(): never {
  throw new Error("the database is down");
}

describe("a ledger that is stopped", () => {
  it("for the whole of 200 recharges refuses none and loses none", { timeout: 60_000 }, async () => {
    const accounts = await Promise.all(Array.from({ length: 4 }, () => newAccount()));
    const ledger = vi.spyOn(env.DB.constructor.prototype, "prepare").mockImplementation(refuse);
    ledgerFaults.push(ledger);
    const suffixes = ["00", "00", "00", "01", "10", "25", "30", "40", "43", "03"];
    const orders = Array.from({ length: 200 }, (_, index) => {
      const suffix = suffixes[index % suffixes.length] ?? "00";
      const isBangladesh = index % 20 === 0;
      const order = isBangladesh
        ? newOrder({ product: "bd.robi.prepaid", number: newBangladeshNumber(suffix).replace(/^017/, "018") })
        : newOrder({ number: newNumber(suffix) });
      return { number: accounts[index % 4]?.number ?? 0, order };
    });
    const answers: string[] = [];
    // In waves: a call that does not start in time is not started at all.
    for (let wave = 0; wave < orders.length; wave += 20) {
      const asked = orders.slice(wave, wave + 20);
      answers.push(
        ...(await Promise.all(asked.map(({ number, order }) => answerOf(accountOf(number), request(order))))),
      );
    }
    expect(new Set(answers)).toEqual(new Set(["succeeded", "failed", "pending"]));
    const waiting = async () => {
      const states = await Promise.all(orders.map(({ number, order }) => readState(accountOf(number), order.agentId)));
      return states.filter((state) => state === "pending").length;
    };
    // What is pending is settled without the ledger.
    await until(waiting, 0, 20_000);
    for (const { number } of accounts) await expectInvariants(accountOf(number));
    ledger.mockRestore();
    for (const { number } of accounts) {
      expect(await lastEvent(number)).toBeGreaterThanOrEqual(102);
      await expectLedgerEqualsAccount(number);
    }
    for (const { number, order } of orders) {
      const state = await readState(accountOf(number), order.agentId);
      expect(await executions(order.number)).toBe(state === "succeeded" ? 1 : 0);
    }
  });
});

describe("a ledger whose answers are lost", () => {
  it("takes each event once though every answer is lost", async () => {
    const prototype: D1Database = env.DB.constructor.prototype;
    const { value: batch } = Object.getOwnPropertyDescriptor(prototype, "batch") ?? {};
    let lost = 0;
    const losing = vi.spyOn(prototype, "batch").mockImplementation(async function lose(this: D1Database, statements) {
      await batch.call(this, statements);
      lost += 1;
      throw new Error("the answer was lost");
    });
    ledgerFaults.push(losing);
    const { account, number } = await newAccount();
    expect(await answerOf(account, request(newOrder()))).toBe("succeeded");
    await until(async () => (await watermark(number)) - (await lastEvent(number)), 0);
    expect(lost).toBeGreaterThanOrEqual(1);
    losing.mockRestore();
    await expectLedgerEqualsAccount(number);
  });
});
