// Making deliveries: of what the account tells, of a test, and again of what was asked for again.
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { type Delivery, testType, type ToldEvent } from "./delivery.ts";
import { type DeskContext, outOf } from "./desk-context.ts";
import { type Endpoint, isWantedBy } from "./endpoint.ts";

/** One delivery for each endpoint that wants an event, once, whatever is told again. False: there is no endpoint. */
export function takeEvents(desk: DeskContext, events: readonly ToldEvent[]): boolean {
  const endpoints = desk.store.readEndpoints();
  const now = desk.services.clock.now();
  desk.atomically(() => {
    for (const endpoint of endpoints)
      for (const event of events)
        if (isKeptFor(endpoint, event)) desk.store.insertDelivery(endpoint.serial, event, now);
  });
  return endpoints.length > 0;
}

function isKeptFor(endpoint: Endpoint, { number, type }: ToldEvent): boolean {
  return endpoint.state !== "disabled" && number > endpoint.afterEvent && isWantedBy(endpoint, type);
}

/** A delivery that says nothing but that it is a test. Refuses a stopped endpoint. */
export function takeTest(desk: DeskContext, endpoint: Endpoint): Result<Delivery, Refusal> {
  const stopped = refuseStopped(endpoint);
  if (stopped !== null) return refuse(stopped);
  return desk.atomically(() => {
    const now = desk.services.clock.now();
    const number = desk.store.nextTest(endpoint.serial);
    desk.store.insertDelivery(endpoint.serial, { number, type: testType, at: now }, now);
    return find(desk, endpoint, number);
  });
}

/** Sends one delivery anew, from its first try on. */
export function redeliverOne(desk: DeskContext, endpoint: Endpoint, event: number): Result<Delivery, Refusal> {
  const stopped = refuseStopped(endpoint);
  if (stopped !== null) return refuse(stopped);
  return desk.atomically(() => {
    const delivery = desk.store.findDelivery(endpoint.serial, event);
    if (delivery === null) return refuse(refusal("not_found", "There is no such delivery."));
    begin(desk, endpoint, delivery);
    return find(desk, endpoint, event);
  });
}

/** Sends events anew that the endpoint wants, delivered before or never told; how many. Refuses a stopped endpoint. */
export function redeliverEvents(
  desk: DeskContext,
  endpoint: Endpoint,
  events: readonly ToldEvent[],
): Result<number, Refusal> {
  const stopped = refuseStopped(endpoint);
  if (stopped !== null) return refuse(stopped);
  return desk.atomically(() => {
    const wanted = events.filter(({ type }) => isWantedBy(endpoint, type));
    for (const event of wanted) {
      if (desk.store.insertDelivery(endpoint.serial, event, desk.services.clock.now())) continue;
      const known = desk.store.findDelivery(endpoint.serial, event.number);
      if (known !== null) begin(desk, endpoint, known);
    }
    return ok(wanted.length);
  });
}

/** What is out at this moment is left alone: it arrives, or it goes on by its schedule. */
function begin(desk: DeskContext, endpoint: Endpoint, delivery: Delivery): void {
  const now = desk.services.clock.now();
  if ((outOf(desk, endpoint).get(delivery.event)?.until ?? 0) > now) return;
  desk.store.writeDelivery(endpoint.serial, { ...delivery, state: "pending", dueAt: now, tries: 0, finishedAt: null });
}

function find(desk: DeskContext, endpoint: Endpoint, event: number): Result<Delivery, Refusal> {
  const delivery = desk.store.findDelivery(endpoint.serial, event);
  return delivery === null ? refuse(refusal("not_found", "There is no such delivery.")) : ok(delivery);
}

function refuseStopped(endpoint: Endpoint): Refusal | null {
  if (endpoint.state === "active") return null;
  const reason = `is of an endpoint that is ${endpoint.state}: make it active first`;
  return refusal("parameter", `The endpoint is ${endpoint.state}.`, {
    problems: [{ pointer: "/path/endpoint", reason }],
  });
}
