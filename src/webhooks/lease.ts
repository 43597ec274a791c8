// A sender takes deliveries for as long as a try may take, and brings back what came of them.
import type { Delivery, Leased, Reported, Try, WebhookMessage } from "./delivery.ts";
import { type DeskContext, outOf } from "./desk-context.ts";
import type { Endpoint } from "./endpoint.ts";
import { isGivenUp, nextTryAt } from "./schedule.ts";

/** Beyond the try itself: for resolving the host, asking the account and reporting. */
const leaseMarginMs = 15_000;
/** What could not be tried, because the account did not answer, is tried again after so long. */
const untriedRetryMs = 15_000;

/**
 * Gives the sender those of a message that are still to be tried and that no other sender has. Null: there is nothing to do,
 * because they are done, taken, of an older round, or their endpoint is stopped or gone.
 */
export function leaseDeliveries(desk: DeskContext, message: WebhookMessage): Leased | null {
  const endpoint = desk.store.findEndpoint({ serial: message.endpoint });
  if (endpoint === null || endpoint.state !== "active") return null;
  const { clock, times } = desk.services;
  const now = clock.now();
  const leasedUntil = now + times.webhookLimitMs + leaseMarginMs;
  const items = message.items.flatMap(([event, sent]) => {
    const delivery = desk.store.findDelivery(endpoint.serial, event);
    const isOurs = delivery?.state === "pending" && delivery.sent === sent;
    if (delivery === null || !isOurs || delivery.dueAt === null) return [];
    const out = outOf(desk, endpoint);
    if ((out.get(event)?.leasedUntil ?? 0) > now) return [];
    const until = Math.max(delivery.dueAt, leasedUntil);
    if (until > delivery.dueAt) desk.store.postpone(endpoint.serial, [event], until);
    out.set(event, { until, leasedUntil });
    return [{ event, sent, type: delivery.type, at: delivery.at }];
  });
  if (items.length === 0) return null;
  const { id, url, form, mode, secretVersion, previousSecretUntil } = endpoint;
  return { id, url, form, mode, secretVersion, previousSecretUntil, items };
}

/** Writes down what came of tries, in one write; what is not known any more, or was reported before, is let go. */
export function reportTries(desk: DeskContext, serial: number, reports: readonly Reported[]): void {
  desk.atomically(() => {
    for (const report of reports) {
      const endpoint = desk.store.findEndpoint({ serial });
      if (endpoint === null) return;
      reportOne(desk, endpoint, report);
    }
  });
}

function reportOne(desk: DeskContext, endpoint: Endpoint, { event, sent, tried }: Reported): void {
  const delivery = desk.store.findDelivery(endpoint.serial, event);
  if (delivery === null || delivery.sent !== sent || delivery.state !== "pending") return;
  outOf(desk, endpoint).delete(event);
  if (tried === null) {
    desk.store.postpone(endpoint.serial, [event], desk.services.clock.now() + untriedRetryMs);
    return;
  }
  desk.store.writeDelivery(endpoint.serial, deliveryAfter(desk, delivery, tried));
  const after = endpointAfter(desk, endpoint, tried);
  if (after !== endpoint) desk.store.writeEndpoint(after);
}

function deliveryAfter(desk: DeskContext, delivery: Delivery, tried: Try): Delivery {
  const { clock, times } = desk.services;
  const now = clock.now();
  const tries = delivery.tries + 1;
  const next = { ...delivery, tries, sent: delivery.sent + 1, log: [...delivery.log, tried] };
  if (tried.result === "delivered") return { ...next, state: "delivered", dueAt: null, finishedAt: now };
  const dueAt = tried.result === "gone" ? null : nextTryAt(times, { tries, now, random: desk.services.random() });
  return dueAt === null ? { ...next, state: "dead", dueAt, finishedAt: now } : { ...next, dueAt };
}

/** The same object where nothing changes: a success after a success writes nothing. */
function endpointAfter(desk: DeskContext, endpoint: Endpoint, { result }: Try): Endpoint {
  if (result === "delivered")
    return endpoint.failures === 0 ? endpoint : { ...endpoint, failures: 0, failingSince: null };
  const now = desk.services.clock.now();
  const failing = { ...endpoint, failures: endpoint.failures + 1, failingSince: endpoint.failingSince ?? now };
  if (endpoint.state !== "active") return failing;
  const stopped = { stoppedAt: now, isNoticeOwed: true };
  if (result === "gone") return { ...failing, ...stopped, state: "disabled", cause: "gone" };
  return isGivenUp(desk.services.times, failing, now)
    ? { ...failing, ...stopped, state: "paused", cause: "failing" }
    : failing;
}
