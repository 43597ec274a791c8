// A sandbox in one isolate: the gateway's objects with the simulator upstream, and a partner of its own for each test.
import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import simulator from "../../functions/simulator.ts";
import { type Minor, minor } from "../../src/base/money.ts";
import type { PlaceRequest } from "../../src/accounts/account.ts";
import type { AccountProfile } from "../../src/recharges/profile.ts";
import type { Order } from "../../src/recharges/recharge.ts";
import type { JournalObject } from "../../src/simulator/journal-object.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      JOURNAL: DurableObjectNamespace<JournalObject>;
      HASH_SECRET: string;
      BOOTSTRAP_STAFF_TOKEN: string;
    }
  }
}

export async function sendToSimulator(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const sent = new Request(input, init);
  if (new URL(sent.url).hostname !== "simulator.test") throw new Error("no other host in a test");
  return simulator.fetch(sent, env);
}

/** Sends what goes to `simulator.test` to the simulator in this isolate; everything else is refused. */
export function useSimulator(): void {
  vi.spyOn(globalThis, "fetch").mockImplementation(sendToSimulator);
}

let lastAccount = Math.floor(Math.random() * 1_000_000) * 10;
let lastNumber = Math.floor(Math.random() * 1_000_000);

/** A number of Airtel India whose last two digits script the simulator; never given twice. */
export function newNumber(suffix: string): string {
  lastNumber += 1;
  return `98${String(lastNumber % 1_000_000).padStart(6, "0")}${suffix}`;
}

/** A number of Grameenphone whose last two digits script the simulator. */
export function newBangladeshNumber(suffix: string): string {
  return `017${newNumber(suffix).slice(2)}`;
}

export type TestAccount = ReturnType<typeof accountOf>;

export function accountOf(number: number) {
  return env.ACCOUNT.getByName(`account-${number}`);
}

export const keyId = "key_test";
export const caller = { keyId, mode: "sandbox" } as const;

/** A partner with 1 % commission and this much (minor units) in both wallets. */
export async function newAccount(balance = 1_000_000, more: Partial<AccountProfile> = {}) {
  lastAccount += 1;
  const number = lastAccount;
  const account = accountOf(number);
  await account.configure({
    account: number,
    mode: "sandbox",
    name: `partner ${number}`,
    status: "active",
    wallets: ["INR", "BDT"],
    plan: { version: 1, rules: [{ product: "*", kind: "basis_points", basisPoints: 100 }] },
    limits: [],
    revokedKeys: [],
    version: 1,
    ...more,
  });
  for (const currency of ["INR", "BDT"] as const)
    if (balance > 0)
      await account.credit({
        currency,
        amount: minor(balance),
        reason: "opening",
        externalReference: `opening-${currency}`,
        staff: "test",
      });
  return { number, account };
}

let lastOrder = 0;

export function newOrder(more: Partial<Order> = {}): Order {
  lastOrder += 1;
  return {
    agentId: `order-${lastOrder}`,
    product: "in.airtel.prepaid",
    number: newNumber("00"),
    amount: minor(2_000),
    currency: null,
    fields: {},
    geocode: null,
    repeatOf: null,
    maxCost: null,
    ...more,
  };
}

export function request(order: Order, waitMs = 2_000): PlaceRequest {
  return { caller, order, waitMs };
}

/** The wallet's figures, in minor units. */
export async function readWallet(account: TestAccount, currency: "INR" | "BDT" = "INR") {
  const read = await account.readWallets(caller);
  if (!read.ok) throw new Error(read.problem.detail);
  const wallet = read.value.find((one) => one.currency === currency);
  if (wallet === undefined) throw new Error("no wallet");
  return { balance: wallet.balance as number, held: wallet.held as number, debt: wallet.debt as number };
}

export async function readState(account: TestAccount, agentId: string): Promise<string> {
  const found = await account.findRecharge(caller, { agentId });
  return found.ok ? found.value.state : found.problem.code;
}

/** The recharge's state, or the code of the refusal. */
export async function answerOf(account: TestAccount, asked: PlaceRequest): Promise<string> {
  const placed = await account.place(asked);
  return placed.ok ? placed.value.recharge.state : placed.problem.code;
}

/** Staff change the profile. */
export async function changeProfile(account: TestAccount, more: Partial<AccountProfile>): Promise<void> {
  const standing = await account.readProfile();
  if (standing === null) throw new Error("no profile");
  await account.configure({ ...standing, ...more, version: standing.version + 1 });
}

/** Takes all money out of the wallet. */
export async function emptyWallet(account: TestAccount, currency: "INR" | "BDT" = "INR"): Promise<void> {
  const { balance } = await readWallet(account, currency);
  const debit = { currency, reason: "test", externalReference: crypto.randomUUID(), staff: "test" };
  const taken = await account.debit({ ...debit, amount: minor(balance) });
  if (!taken.ok) throw new Error(taken.problem.detail);
}

/** Moves the clock of every object forward; alarms go on by the real one. End it with `vi.useRealTimers()`. */
export function skipTime(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
}

/** Waits until `read` gives `wanted`; fails with what it gave last. */
export async function until<Value>(read: () => Promise<Value>, wanted: Value, withinMs = 5_000): Promise<void> {
  await expect.poll(read, { timeout: withinMs, interval: 20 }).toEqual(wanted);
}

/** How often the simulator executed recharges of this number. */
export async function executions(number: string): Promise<number> {
  const entries = await env.JOURNAL.getByName("upstreams").readEntries({
    reference: null,
    number,
    after: 0,
    limit: 1_000,
  });
  return entries.reduce((sum, entry) => sum + entry.executions, 0);
}

/** What holds of every account at any time when nothing is running (`design.md`, "Tests"). */
export async function expectInvariants(account: TestAccount): Promise<void> {
  const read = await account.readEvents(caller, { after: 0, limit: 10_000 });
  if (!read.ok) throw new Error(read.problem.detail);
  const { events } = read.value;
  expect(events.map((event) => event.number)).toEqual(events.map((_, index) => index + 1));
  const figures = await account.readFigures({ withPending: true });
  expect(figures?.forgotten).toBe(0);
  for (const wallet of figures?.wallets ?? []) {
    const expected = events.reduce((sum: number, event): number => {
      if ("movement" in event && event.movement.currency === wallet.currency)
        return sum + (event.type === "wallet.credited" ? event.movement.amount : -event.movement.amount);
      if ("reward" in event && "amount" in event.reward && event.reward.currency === wallet.currency)
        return sum + (event.type === "reward.cashback_paid" ? event.reward.amount : -event.reward.amount);
      if (!("recharge" in event) || event.recharge.currency !== wallet.currency) return sum;
      if (event.type === "recharge.succeeded") return sum - event.recharge.cost;
      return event.type === "recharge.reversed" ? sum + event.recharge.cost : sum;
    }, 0);
    expect(wallet.balance + wallet.held - wallet.debt).toBe(expected);
  }
}

export function amount(value: number): Minor {
  return minor(value);
}
