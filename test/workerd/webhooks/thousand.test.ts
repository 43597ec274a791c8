// A thousand recharges, told to a receiver that fails, hangs, redirects, answers 410, and is down for a day.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { webhookParts } from "../../../src/services/webhooks.ts";
import { webhookTypes } from "../../../src/webhooks/endpoint.ts";
import { changeEndpoint, redeliverSince } from "../../../src/webhooks/verbs.ts";
import { caller, newAccount, newNumber, newOrder, request, type TestAccount, until } from "../../support/sandbox.ts";
import { addEndpoint, bringAll, deskOf, nextLook, useReceivers, verify } from "../../support/webhooks.ts";

beforeEach(useReceivers);
afterEach(() => {
  vi.useRealTimers();
});

const hourMs = 3_600_000;
const atOnce = 20;

/** Each event has its own trouble for its first tries; for a day nobody is there; the five hundredth call is told to go away. */
function troubledReceiver() {
  const taken = new Map<string, number>();
  const calls = new Map<string, number>();
  const states = new Set<string>();
  const receiver = { secret: "", downUntil: 0, calls: 0, signatures: 0 };
  const troubleOf = (id: string, number: number, signal: AbortSignal | null): Promise<Response> | Response | null => {
    const before = calls.get(id) ?? 0;
    calls.set(id, before + 1);
    receiver.calls += 1;
    if (Date.now() < receiver.downUntil) throw new Error("connection refused");
    if (receiver.calls === 500) return new Response(null, { status: 410 });
    if (number % 40 === 0 && before < 1)
      return new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(new Error("given up")));
      });
    if (number % 5 === 1 && before < 2) return new Response("try later", { status: 503 });
    if (number % 5 === 2 && before < 1) return Response.redirect("https://elsewhere.partner-one.com/in", 307);
    return null;
  };
  const receive = async (sent: Request, signal: AbortSignal | null): Promise<Response> => {
    const { id, data } = await verify(sent, receiver.secret);
    const trouble = troubleOf(id, data.event?.number ?? 0, signal);
    if (trouble !== null) return trouble;
    states.add(`${data.event?.type} ${data.now?.recharge?.state}`);
    taken.set(id, data.event?.number ?? 0);
    return new Response(null, { status: 204 });
  };
  return { receiver, receive, taken, states };
}

async function place(account: TestAccount, count: number): Promise<void> {
  for (let placed = 0; placed < count; placed += atOnce) {
    const orders = Array.from({ length: atOnce }, (_, index) =>
      newOrder({ number: newNumber(index % 4 ? "00" : "13") }),
    );
    // oxlint-disable-next-line no-await-in-loop -- so many at once
    await Promise.all(orders.map((order) => account.place(request(order, 5_000))));
  }
  // Every one has its last word, and the desk was told of it.
  await until(async () => (await account.readFigures({ withPending: true }))?.pending, 0, 20_000);
  await until(async () => (await account.sweep(null)).isIdle, true);
}

async function readTold(account: TestAccount): Promise<readonly number[]> {
  const read = await account.readEvents(caller, { after: 0, limit: 10_000 });
  const events = read.ok ? read.value.events : [];
  expect(events.map((event) => event.number)).toEqual(events.map((_, index) => index + 1));
  return events.filter(({ type }) => webhookTypes.some((told) => told === type)).map((event) => event.number);
}

it("every event arrives at least once, verifies, and stands in its place in the list of events", {
  timeout: 120_000,
}, async () => {
  const began = Date.now();
  const { account, number } = await newAccount(100_000_000);
  const { receiver, receive, taken, states } = troubledReceiver();
  const { id, secret, url } = await addEndpoint(number, receive);
  receiver.secret = secret;
  const settle = async (stepMs = 0): Promise<void> => {
    await bringAll();
    // oxlint-disable-next-line no-await-in-loop -- moment by moment
    while (await nextLook(number, began + 72 * hourMs, stepMs)) await bringAll();
  };

  await place(account, 700);
  await settle(60_000);
  const [gone] = await deskOf(number).readEndpoints();
  expect(gone).toMatchObject({ state: "disabled", cause: "gone" });
  const wanted = { url, form: "standard", types: [], description: "", state: "active" } as const;
  const owner = { account: number, mode: "sandbox", host: "gateway.test" } as const;
  expect(await changeEndpoint(webhookParts(env), owner, id, wanted)).toMatchObject({ ok: true });
  // What happened while it was disabled was not kept for it.
  await redeliverSince(webhookParts(env), number, id, { since: began, after: 0 });
  await settle(60_000);
  const early = await readTold(account);
  expect([...taken.values()].toSorted((a, b) => a - b)).toEqual(early);
  vi.useRealTimers();

  receiver.downUntil = Date.now() + 24 * hourMs;
  await place(account, 300);
  await settle(600_000);
  const told = await readTold(account);
  expect([...states].toSorted()).toEqual([
    "account.webhook_stopped undefined",
    "recharge.failed failed",
    "recharge.succeeded succeeded",
  ]);
  expect([...new Set(taken.values())].toSorted((a, b) => a - b)).toEqual(told);
});
