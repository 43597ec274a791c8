// Endpoints that are changed, stopped or removed while deliveries are on their way; and the form of the backnpay family.
import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answerOf, newAccount, newNumber, newOrder, request, until } from "../../support/sandbox.ts";
import {
  addEndpoint,
  bring,
  bringAll,
  deskOf,
  newEndpoint,
  nextLook,
  queued,
  readDeliveries,
  recharge,
  useReceivers,
  verify,
} from "../../support/webhooks.ts";

beforeEach(useReceivers);
afterEach(() => {
  vi.useRealTimers();
});

const hourMs = 3_600_000;
const laterBy = (ms: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
const signatures = (sent: Request) => sent.headers.get("webhook-signature")?.split(" ").length;

it("a webhook verifies with either secret while one rotates", async () => {
  const { account, number } = await newAccount();
  const { endpoint, seen } = await newEndpoint(number);
  await recharge(account);
  await bringAll();
  expect(await deskOf(number).rotate(endpoint.id)).toMatchObject({ ok: true, value: { secretVersion: 2 } });
  await recharge(account);
  await bringAll();
  const [, during] = seen;
  await verify(during?.clone() ?? new Request(endpoint.url), endpoint.secret);
  laterBy(25 * hourMs);
  await deskOf(number).redeliver(endpoint.id, 4);
  await bringAll();
  const [first, second, third] = seen;
  if (first === undefined || second === undefined || third === undefined) throw new Error("not told");
  expect([first, second, third].map(signatures)).toEqual([1, 2, 1]);
  await expect(verify(third.clone(), endpoint.secret)).rejects.toThrow("No matching signature");
  expect(third.headers.get("webhook-id")).toBe(first.headers.get("webhook-id"));
});

it("an endpoint gets nothing more once it is removed", async () => {
  const { account, number } = await newAccount();
  const { endpoint, seen } = await newEndpoint(number);
  await recharge(account);
  const [message] = queued.splice(0);
  if (message === undefined) throw new Error("no message");
  const leased = await deskOf(number).lease(message);
  expect(await deskOf(number).remove(endpoint.id)).toEqual({ ok: true, value: null });
  const tried = { at: 0, result: "delivered", status: 200, tookMs: 1, said: "" } as const;
  await deskOf(number).report(message.endpoint, [{ event: leased?.items[0]?.event ?? 0, sent: 0, tried }]);
  await bring(message);
  expect(await nextLook(number, Date.now() + hourMs)).toBe(true);
  expect(await nextLook(number, Date.now() + hourMs)).toBe(false);
  expect(await answerOf(account, request(newOrder()))).toBe("succeeded");
  await until(async () => (await account.sweep(null)).isIdle, true);
  expect([seen.length, queued.length]).toEqual([0, 0]);
});

it("an endpoint gets what has waited when it is active again", async () => {
  const { account, number } = await newAccount();
  const { endpoint, seen } = await newEndpoint(number);
  const wanted = { url: endpoint.url, form: "standard", types: [], description: "" } as const;
  await deskOf(number).change(endpoint.id, { ...wanted, state: "paused" });
  await recharge(account, 0);
  await until(async () => (await readDeliveries(number, endpoint)).length, 1);
  expect(queued).toEqual([]);
  await deskOf(number).change(endpoint.id, { ...wanted, state: "active" });
  await bringAll();
  expect(seen).toHaveLength(1);
});

describe("an endpoint that never answers well", () => {
  it("has dead deliveries after a day, is paused after two, and its owner is told once by the others", async () => {
    const { account, number } = await newAccount();
    const began = Date.now();
    const { endpoint: bad } = await newEndpoint(number, () => Promise.reject(new Error("connection refused")));
    const told: string[] = [];
    const other = await addEndpoint(
      number,
      async (sent) => {
        told.push(JSON.stringify(await sent.json()));
        return new Response(null);
      },
      { types: ["account.webhook_stopped"] },
    );
    await recharge(account);
    await bringAll();
    while (await nextLook(number, began + 40 * hourMs)) await bringAll();
    const [dead] = await readDeliveries(number, bad);
    expect(dead).toMatchObject({ state: "dead", tries: 9, dueAt: null });
    expect((dead?.finishedAt ?? 0) - began).toBeGreaterThan(27 * hourMs);
    expect((dead?.finishedAt ?? 0) - began).toBeLessThan(34 * hourMs);

    vi.useFakeTimers({ toFake: ["Date"], now: began + 49 * hourMs });
    await deskOf(number).take([{ number: 4, type: "recharge.succeeded", at: began }]);
    await deskOf(number).redeliver(bad.id, 4);
    await bringAll();
    const stopped = await deskOf(number).findEndpoint(bad.id);
    expect(stopped).toMatchObject({ value: { state: "paused", cause: "failing", failures: 10, isNoticeOwed: false } });
    // The account's own alarm goes by the real clock.
    await runDurableObjectAlarm(account);
    await bringAll();
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`"webhook":{"endpoint_id":"${bad.id}","state":"paused","cause":"failing"}`);
    expect(await readDeliveries(number, other)).toMatchObject([{ state: "delivered", event: 5 }]);
  });
});

describe("the form of the backnpay family", () => {
  it("is a GET with its parameters as the recharge stands now, signed besides", async () => {
    const { account, number } = await newAccount();
    const seen: Request[] = [];
    const receive = (sent: Request) => {
      seen.push(sent);
      return new Response("OK");
    };
    const { url } = await addEndpoint(number, receive, { form: "backnpay" });
    const order = newOrder({ number: newNumber("13"), agentId: "A 1&x=2".replaceAll(/[^A-Za-z0-9]/g, "-") });
    expect(await answerOf(account, request(order))).toBe("failed");
    await recharge(account);
    await bringAll();
    const queries = seen.map((sent) => new URL(sent.url).search.slice(1)).toSorted();
    expect(seen.every((sent) => sent.method === "GET" && sent.url.startsWith(url))).toBe(true);
    expect(queries[0]).toMatch(
      new RegExp(`^status=FAILED&rpid=[0-9A-Z]{12}&mobile=${order.number}&amount=20&agentid=${order.agentId}&opid=.+$`),
    );
    expect(queries[1]).toMatch(
      /^status=SUCCESS&rpid=[0-9A-Z]{12}&mobile=\d{10}&amount=20&agentid=order-\d+&opid=OP\d+$/,
    );
  });
});
