// Receivers of webhooks in one isolate, and the queue in the hands of the test: it may lose a message, or bring it twice.
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { expect, vi } from "vitest";
import { z } from "zod";
import { presentWebhook } from "../../src/api/webhook-payload.ts";
import { deliverParts, webhookParts } from "../../src/services/webhooks.ts";
import { webhookDeskOf } from "../../src/services/objects.ts";
import { deliverMessage } from "../../src/webhooks/deliver.ts";
import type { WebhookMessage } from "../../src/webhooks/delivery.ts";
import type { EndpointWanted } from "../../src/webhooks/endpoint.ts";
import { createEndpoint } from "../../src/webhooks/verbs.ts";
import {
  answerOf,
  newOrder,
  request as requestOf,
  sendToSimulator,
  type TestAccount,
  until as awaited,
} from "./sandbox.ts";

export type Receiver = (request: Request, signal: AbortSignal | null) => Response | Promise<Response>;

const receivers = new Map<string, Receiver>();
let hosts = 0;

/** What was put on the queue and not delivered yet. */
export const queued: WebhookMessage[] = [];

/** From now on webhooks go to receivers of this file, everything else to the simulator, and the queue holds its messages back. */
export function useReceivers(): void {
  queued.length = 0;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    const receiver = receivers.get(new URL(request.url).hostname);
    return receiver === undefined ? sendToSimulator(input, init) : receiver(request, init?.signal ?? null);
  });
  spyOnQueue().mockImplementation(async (messages) => {
    for (const { body } of z.array(z.object({ body: z.custom<WebhookMessage>() })).parse(messages)) queued.push(body);
    return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
  });
}

/** The queue's own method, wherever it is bound. */
export function spyOnQueue() {
  const queues: Queue = Object.getPrototypeOf(env.WEBHOOKS);
  return vi.spyOn(queues, "sendBatch");
}

export interface Endpoint {
  readonly id: string;
  readonly secret: string;
  readonly url: string;
}

/** A host of its own at which every webhook is taken and kept. */
export function answerAt(): { readonly url: string; readonly taken: readonly Request[] } {
  const taken: Request[] = [];
  const url = urlOf((sent) => {
    taken.push(sent.clone());
    return new Response("thanks");
  });
  return { url, taken };
}

function urlOf(receiver: Receiver): string {
  hosts += 1;
  const host = `hooks-${hosts}.partner-one.com`;
  receivers.set(host, receiver);
  return `https://${host}/in`;
}

/** A new endpoint of the account at a host of its own, where `receiver` answers. */
export async function addEndpoint(
  account: number,
  receiver: Receiver,
  more: Partial<EndpointWanted> = {},
): Promise<Endpoint> {
  const url = urlOf(receiver);
  const wanted = { url, form: "standard", types: [], description: "", ...more } as const;
  const owner = { account, mode: "sandbox", host: "gateway.test" } as const;
  const made = await createEndpoint(webhookParts(env), owner, wanted);
  if (!made.ok) throw new Error(made.problem.detail);
  return { id: made.value.endpoint.id, secret: made.value.secret, url };
}

export function deskOf(account: number) {
  return webhookDeskOf(env, account);
}

/** Brings what is queued, and what is queued meanwhile, until nothing is. */
export async function bringAll(atOnce = 60): Promise<void> {
  while (queued.length > 0) {
    // oxlint-disable-next-line no-await-in-loop -- a queue
    await Promise.all(queued.splice(0, atOnce).map(bring));
  }
}

export async function bring(message: WebhookMessage): Promise<void> {
  await deliverMessage(deliverParts(env), presentWebhook, message);
}

/** Moves the clock to the desk's next look at its schedule, and `stepMs` at least; false: it plans none before `until`, epoch ms. */
export async function nextLook(account: number, until: number, stepMs = 0): Promise<boolean> {
  const desk = deskOf(account);
  const at = await runInDurableObject(desk, (_object, { storage }) => storage.getAlarm());
  if (at === null || at > until) return false;
  vi.useFakeTimers({ toFake: ["Date"], now: Math.max(at, Date.now() + stepMs) });
  await runDurableObjectAlarm(desk);
  return true;
}

const bodySchema = z.object({
  type: z.string(),
  timestamp: z.string(),
  data: z.looseObject({
    event: z.looseObject({ number: z.int(), type: z.string() }).optional(),
    now: z.looseObject({ recharge: z.looseObject({ state: z.string(), number: z.string() }).optional() }).optional(),
  }),
});

/** Verifies with the public library and reads; throws where the signature is wrong. */
export async function verify(request: Request, secret: string) {
  const text = await request.text();
  new Webhook(secret).verify(text, Object.fromEntries(request.headers));
  return { id: request.headers.get("webhook-id") ?? "", ...bodySchema.parse(JSON.parse(text)) };
}

/** An endpoint that keeps what it was sent and answers what it is told to. */
export async function newEndpoint(
  account: number,
  answer: () => Response | Promise<Response> = () => new Response(null),
) {
  const seen: Request[] = [];
  const endpoint: Endpoint = await addEndpoint(account, (sent) => {
    seen.push(sent.clone());
    return answer();
  });
  return { endpoint, seen };
}

/** A recharge whose webhooks are queued, but for those that are there. */
export async function recharge(account: TestAccount, messages = 1): Promise<void> {
  const before = queued.length;
  expect(await answerOf(account, requestOf(newOrder()))).toBe("succeeded");
  await awaited(async () => queued.length - before, messages);
}

export async function readDeliveries(account: number, { id }: Endpoint) {
  const read = await deskOf(account).readDeliveries(id, { before: 1_000_000, limit: 100, state: null });
  if (!read.ok) throw new Error(read.problem.detail);
  return read.value;
}
