// What partners and staff do with endpoints: each is checked here, and kept by the partner's desk.
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { newSecret } from "../base/signature.ts";
import type { Mode } from "../recharges/recharge.ts";
import { type AddressRules, refuseAddress, type Resolve } from "./address.ts";
import { backnpayTypes, type Endpoint, type EndpointChange, type EndpointWanted } from "./endpoint.ts";
import type { TellingAccount, WebhookDeskCalls } from "./ports.ts";
import { endpointSecret } from "./secret.ts";

export interface WebhookParts {
  readonly hashSecret: string;
  readonly resolve: Resolve;
  rulesFor(mode: Mode): AddressRules;
  desk(account: number): WebhookDeskCalls;
  account(number: number): Pick<TellingAccount, "startTelling" | "readTellable">;
}

/** Whose endpoints. `host` is the one of the request: it is ours, whatever the settings say. */
export interface WebhookOwner {
  readonly account: number;
  readonly mode: Mode;
  readonly host: string;
}

export interface EndpointWithSecret {
  readonly endpoint: Endpoint;
  /** Shown here and never again. */
  readonly secret: string;
}

/** Makes an endpoint for events from now on. Refuses addresses that are not public, or are ours or a provider's. */
export async function createEndpoint(
  parts: WebhookParts,
  owner: WebhookOwner,
  wanted: EndpointWanted,
): Promise<Result<EndpointWithSecret, Refusal>> {
  const refused = await refuseWanted(parts, owner, wanted);
  if (refused !== null) return refuse(refused);
  const id = `whe_${newSecret().slice(0, 16).toLowerCase()}`;
  // The account first: what happens once the endpoint is there must not be missed.
  const afterEvent = await parts.account(owner.account).startTelling();
  const made = await parts.desk(owner.account).make({ ...wanted, id, mode: owner.mode, afterEvent });
  return made.ok ? ok(withSecret(parts, made.value)) : made;
}

/** Replaces url, form, types, description, and the state where one is given. */
export async function changeEndpoint(
  parts: WebhookParts,
  owner: WebhookOwner,
  id: string,
  wanted: EndpointChange,
): Promise<Result<Endpoint, Refusal>> {
  const refused = await refuseWanted(parts, owner, wanted);
  return refused === null ? parts.desk(owner.account).change(id, wanted) : refuse(refused);
}

/** A new secret; the one before signs beside it for a while. */
export async function rotateSecret(
  parts: WebhookParts,
  account: number,
  id: string,
): Promise<Result<EndpointWithSecret, Refusal>> {
  const rotated = await parts.desk(account).rotate(id);
  return rotated.ok ? ok(withSecret(parts, rotated.value)) : rotated;
}

export interface Redelivered {
  readonly events: number;
  /** Ask again with it: there is more. Null: that was all. */
  readonly nextAfter: number | null;
}

const pageSize = 500;
const pagesAtMost = 20;

/** Sends anew what the endpoint wants of the events since a time (epoch ms) and above number `after`: at most 10 000 events. */
export async function redeliverSince(
  parts: WebhookParts,
  account: number,
  id: string,
  from: { readonly since: number; readonly after: number },
): Promise<Result<Redelivered, Refusal>> {
  let { after } = from;
  let events = 0;
  for (let pages = 0; pages < pagesAtMost; pages += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one page after the other
    const page = await parts.account(account).readTellable({ since: from.since, after, limit: pageSize });
    // oxlint-disable-next-line no-await-in-loop -- one page after the other
    const redelivered = await parts.desk(account).redeliverAll(id, page);
    if (!redelivered.ok) return redelivered;
    events += redelivered.value;
    after = page.at(-1)?.number ?? after;
    if (page.length < pageSize) return ok({ events, nextAfter: null });
  }
  return ok({ events, nextAfter: after });
}

function withSecret({ hashSecret }: WebhookParts, endpoint: Endpoint): EndpointWithSecret {
  return { endpoint, secret: endpointSecret(hashSecret, endpoint.id, endpoint.secretVersion) };
}

async function refuseWanted(
  parts: WebhookParts,
  { mode, host }: WebhookOwner,
  { url, form, types }: EndpointWanted,
): Promise<Refusal | null> {
  const unsayable = types.findIndex((type) => !backnpayTypes.some((sayable) => sayable === type));
  if (form === "backnpay" && unsayable >= 0)
    return wrong(`/events/${unsayable}`, `cannot be said in this form; it says ${backnpayTypes.join(", ")}`);
  const rules = parts.rulesFor(mode);
  const closed = await refuseAddress(url, { ...rules, closedHosts: [...rules.closedHosts, host] }, parts.resolve);
  return closed === null ? null : wrong("/url", closed);
}

function wrong(pointer: string, reason: string): Refusal {
  return refusal("parameter", "A parameter is wrong.", { problems: [{ pointer, reason }] });
}
