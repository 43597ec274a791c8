// Deliveries when something goes wrong on the way: a queue that loses or repeats, a ledger that is down, two senders, changes meanwhile.
import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { reconcileNow } from "../../../src/services/scheduled.ts";
import { newPartner } from "../../support/booked.ts";
import { accountOf, answerOf, newAccount, newOrder, request, until } from "../../support/sandbox.ts";
import {
  bring,
  bringAll,
  deskOf,
  newEndpoint,
  nextLook,
  queued,
  readDeliveries,
  recharge,
  spyOnQueue,
  useReceivers,
} from "../../support/webhooks.ts";

beforeEach(useReceivers);
afterEach(() => {
  vi.useRealTimers();
});

const hourMs = 3_600_000;

const laterBy = (ms: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });

it("what the queue loses is put back by the desk", async () => {
  const { account, number } = await newAccount();
  const { seen } = await newEndpoint(number);
  await recharge(account);
  queued.length = 0;
  expect(await nextLook(number, Date.now() + hourMs)).toBe(true);
  await bringAll();
  expect(seen).toHaveLength(1);
});

it("what the queue loses is put back by the scheduled run where the alarm is lost as well", async () => {
  const number = await newPartner();
  const { seen } = await newEndpoint(number);
  await recharge(accountOf(number));
  queued.length = 0;
  await runInDurableObject(deskOf(number), (_object, { storage }) => storage.deleteAlarm());
  await abortAllDurableObjects();
  laterBy(5_000);
  expect(await reconcileNow(env, false)).toMatchObject({ kind: "done", faults: 0 });
  await bringAll();
  expect(seen).toHaveLength(1);
});

it("a message that comes twice is sent once", async () => {
  const { account, number } = await newAccount();
  const { endpoint, seen } = await newEndpoint(number);
  await recharge(account);
  const [message] = queued.splice(0);
  if (message === undefined) throw new Error("no message");
  await Promise.all([bring(message), bring(message)]);
  await bring(message);
  expect(seen).toHaveLength(1);
  expect(await readDeliveries(number, endpoint)).toMatchObject([{ state: "delivered", sent: 1, dueAt: null }]);
});

it("an old message after a failed try changes nothing: the next try keeps its time", async () => {
  const { account, number } = await newAccount();
  const { endpoint, seen } = await newEndpoint(number, () => new Response("no", { status: 500 }));
  await recharge(account);
  const [message] = queued.splice(0);
  if (message === undefined) throw new Error("no message");
  await bring(message);
  await bring(message);
  expect(seen).toHaveLength(1);
  const [delivery] = await readDeliveries(number, endpoint);
  expect(delivery).toMatchObject({
    state: "pending",
    tries: 1,
    log: [{ result: "refused", status: 500, said: "no" }],
  });
  expect((delivery?.dueAt ?? 0) - Date.now()).toBeGreaterThan(3_000);
});

it("a queue that takes nothing for a while loses nothing", async () => {
  const { account, number } = await newAccount();
  const { seen } = await newEndpoint(number);
  const full = spyOnQueue().mockRejectedValue(new Error("queue is full"));
  expect(await answerOf(account, request(newOrder()))).toBe("succeeded");
  await until(async () => full.mock.calls.length > 0, true);
  useReceivers();
  expect(await nextLook(number, Date.now() + hourMs)).toBe(true);
  await bringAll();
  expect(seen).toHaveLength(1);
});

describe("a ledger that is down", () => {
  it("keeps no webhook waiting", async () => {
    const { account, number } = await newAccount();
    const { seen } = await newEndpoint(number);
    const databases: D1Database = Object.getPrototypeOf(env.DB);
    const batch = vi.spyOn(databases, "batch").mockImplementation(() => new Promise(() => undefined));
    await recharge(account);
    await recharge(account);
    expect(batch.mock.calls.length).toBeGreaterThan(0);
    await bringAll();
    batch.mockRestore();
    expect(seen).toHaveLength(2);
  });
});

describe("a sender that dies", () => {
  it("leaves its deliveries to another one when the lease ends", async () => {
    const { account, number } = await newAccount();
    const { seen } = await newEndpoint(number);
    await recharge(account);
    const [message] = queued.splice(0);
    if (message === undefined) throw new Error("no message");
    expect(await deskOf(number).lease(message)).toMatchObject({ items: [{ sent: 0 }] });
    expect(await deskOf(number).lease(message)).toBe(null);
    const end = Date.now() + hourMs;
    while (seen.length === 0 && (await nextLook(number, end))) await bringAll();
    expect(seen).toHaveLength(1);
  });
});
