// Endpoints as the desk keeps them: made, changed, stopped and resumed, given another secret, removed.
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { DeskContext } from "./desk-context.ts";
import type { Endpoint, EndpointChange, EndpointMade } from "./endpoint.ts";

const endpointsAtMost = 10;
export const noSuchEndpoint = refusal("not_found", "There is no such endpoint.");

/** Refuses the eleventh. The same id again is the endpoint that exists. */
export function makeEndpoint(desk: DeskContext, made: EndpointMade): Result<Endpoint, Refusal> {
  return desk.atomically(() => {
    const known = desk.store.findEndpoint({ id: made.id });
    if (known !== null) return ok(known);
    if (desk.store.readEndpoints().length >= endpointsAtMost)
      return refuse(refusal("parameter", `There are ${endpointsAtMost} endpoints already: remove one.`));
    const fresh = { state: "active", cause: null, stoppedAt: null, isNoticeOwed: false } as const;
    const secret = { secretVersion: 1, previousSecretUntil: null };
    const health = { failures: 0, failingSince: null, createdAt: desk.services.clock.now() };
    return ok(desk.store.insertEndpoint({ ...made, ...fresh, ...secret, ...health }));
  });
}

/** Replaces what the owner says of it. To set an endpoint active begins its health anew; what waits is sent. */
export function changeEndpoint(desk: DeskContext, id: string, wanted: EndpointChange): Result<Endpoint, Refusal> {
  const { state, ...said } = wanted;
  return change(desk, id, (endpoint) => {
    const next = { ...endpoint, ...said };
    if (state === null || state === endpoint.state) return next;
    if (state === "paused") return { ...next, state, cause: "owner", stoppedAt: desk.services.clock.now() };
    const health = { failures: 0, failingSince: null, stoppedAt: null, isNoticeOwed: false };
    return { ...next, ...health, state, cause: null };
  });
}

/** The secret before this one goes on signing for a while; the one before that does not. */
export function rotateSecret(desk: DeskContext, id: string): Result<Endpoint, Refusal> {
  const until = desk.services.clock.now() + desk.services.times.webhookSecretOverlapMs;
  return change(desk, id, (endpoint) => {
    return { ...endpoint, secretVersion: endpoint.secretVersion + 1, previousSecretUntil: until };
  });
}

export function removeEndpoint(desk: DeskContext, id: string): Result<null, Refusal> {
  const endpoint = desk.store.findEndpoint({ id });
  if (endpoint === null) return refuse(noSuchEndpoint);
  desk.store.removeEndpoint(endpoint.serial, desk.services.clock.now());
  desk.out.delete(endpoint.serial);
  return ok(null);
}

function change(desk: DeskContext, id: string, next: (endpoint: Endpoint) => Endpoint): Result<Endpoint, Refusal> {
  return desk.atomically(() => {
    const endpoint = desk.store.findEndpoint({ id });
    if (endpoint === null) return refuse(noSuchEndpoint);
    const changed = next(endpoint);
    desk.store.writeEndpoint(changed);
    return ok(changed);
  });
}

/** Tells the account which endpoints were stopped, each once; what it does not take is told again with the next alarm. */
export async function payNotices(desk: DeskContext): Promise<void> {
  for (const endpoint of desk.store.readEndpoints()) {
    const { serial, isNoticeOwed } = endpoint;
    if (!isNoticeOwed || desk.noticing.has(serial)) continue;
    desk.noticing.add(serial);
    try {
      // oxlint-disable-next-line no-await-in-loop -- one notice after the other
      await payNotice(desk, endpoint);
    } finally {
      desk.noticing.delete(serial);
    }
  }
}

async function payNotice(desk: DeskContext, { serial, id: endpointId, state, cause }: Endpoint): Promise<void> {
  if (state === "active" || cause === null || cause === "owner") return;
  await desk.services.noteStopped({ endpointId, state, cause });
  const standing = desk.store.findEndpoint({ serial });
  if (standing !== null) desk.store.writeEndpoint({ ...standing, isNoticeOwed: false });
}
