// Handing deliveries that are due to the queue, as many as may be out at once; what is not heard of is handed out again.
import type { WebhookMessage } from "./delivery.ts";
import { type DeskContext, outOf } from "./desk-context.ts";
import type { Endpoint } from "./endpoint.ts";
import { itemsPerMessage, outAtMost } from "./schedule.ts";

/** Cloudflare takes so many messages at once. */
const messagesPerSend = 100;
const queueRetryMs = 5_000;

/** Puts what is due on the queue. The schedule is moved on before, so that a crash or a lost message only delays. */
export async function handOutDue(desk: DeskContext): Promise<void> {
  const messages = desk.atomically(() => desk.store.readEndpoints().flatMap((endpoint) => takeDue(desk, endpoint)));
  for (let start = 0; start < messages.length; start += messagesPerSend) {
    const some = messages.slice(start, start + messagesPerSend);
    try {
      // oxlint-disable-next-line no-await-in-loop -- one send at a time
      await desk.services.enqueue(some);
    } catch (fault) {
      desk.services.log.error("webhooks.queue", { account: desk.services.account }, fault);
      takeBack(desk, some);
    }
  }
}

function takeDue(desk: DeskContext, endpoint: Endpoint): WebhookMessage[] {
  const room = roomOf(desk, endpoint);
  if (endpoint.state !== "active" || room <= 0) return [];
  const { clock, times, account } = desk.services;
  const now = clock.now();
  const due = desk.store.readDue(endpoint.serial, now, room);
  if (due.length === 0) return [];
  const until = now + times.webhookPutBackMs;
  const events = due.map(({ event }) => event);
  desk.store.postpone(endpoint.serial, events, until);
  const out = outOf(desk, endpoint);
  for (const event of events) out.set(event, { until, leasedUntil: 0 });
  const messages: WebhookMessage[] = [];
  for (let start = 0; start < due.length; start += itemsPerMessage) {
    const items = due.slice(start, start + itemsPerMessage).map(({ event, sent }) => [event, sent] as const);
    messages.push({ account, endpoint: endpoint.serial, items });
  }
  return messages;
}

function takeBack(desk: DeskContext, messages: readonly WebhookMessage[]): void {
  for (const { endpoint: serial, items } of messages) {
    const events = items.map(([event]) => event);
    desk.store.postpone(serial, events, desk.services.clock.now() + queueRetryMs);
    for (const event of events) desk.out.get(serial)?.delete(event);
  }
}

/** What is overdue is not out any more. */
function roomOf(desk: DeskContext, endpoint: Endpoint): number {
  const out = outOf(desk, endpoint);
  const now = desk.services.clock.now();
  for (const [event, { until }] of out) if (until <= now) out.delete(event);
  return outAtMost(endpoint) - out.size;
}

/** When the desk must look again, epoch ms; null: nothing waits. */
export function nextHandOutAt(desk: DeskContext): number | null {
  const moments = desk.store.readEndpoints().flatMap((endpoint) => {
    if (endpoint.state !== "active") return [];
    const due = desk.store.firstDueAt(endpoint.serial);
    if (due === null) return [];
    if (roomOf(desk, endpoint) > 0) return [due];
    // Full: a report makes room, or else the first that is given up.
    return [Math.max(due, Math.min(...[...outOf(desk, endpoint).values()].map(({ until }) => until)))];
  });
  return moments.length === 0 ? null : Math.min(...moments);
}
