// From an upstream's callback to the account that it speaks of; what matches nothing is kept for 7 days and tried again.
import type { Clock } from "../base/clock.ts";
import { type InstallationCode, readReference } from "../base/id.ts";
import type { Log } from "../base/log.ts";
import { equalInConstantTime } from "../base/signature.ts";
import { isAddressAllowed } from "../partners/addresses.ts";
import { readBacknpayCallback } from "../providers/backnpay-outcome.ts";
import type { KeptCallback } from "../providers/desk-callbacks.ts";
import type { CallbackRules, ProviderFacts } from "../providers/provider.ts";
import { type BacknpayCallback, readCallback } from "../wire/backnpay/callback.ts";
import type { AccountCalls } from "./account.ts";

/** What a provider's desk does for callbacks. */
export interface CallbackDesk {
  keepCallback(kept: KeptCallback): Promise<void>;
  takeDueCallbacks(limit: number): Promise<readonly KeptCallback[]>;
  dropCallback(key: string): Promise<void>;
}

export interface CallbackParts {
  readonly providers: ReadonlyMap<string, ProviderFacts>;
  readonly installation: InstallationCode;
  readonly clock: Clock;
  readonly log: Log;
  account(number: number): Pick<AccountCalls, "takeCallback">;
  /** An account that no partner has is never woken: that would make it. */
  isPartner(account: number): Promise<boolean>;
  desk(provider: string): CallbackDesk;
  countUnmatched(): Promise<void>;
}

/** A callback as it came in: its parameters, `CF-Connecting-IP`, and the `Authorization` header. */
export interface CallbackRequest {
  readonly provider: string;
  readonly params: URLSearchParams;
  readonly address: string | null;
  readonly authorization: string | null;
}

const fieldLength = 128;
const retriedAtOnce = 50;

/** Takes a callback. An unknown provider, one whose protocol has none, and what is no callback are passed over. */
export async function takeCallback(parts: CallbackParts, request: CallbackRequest): Promise<void> {
  const { provider } = request;
  const rules = parts.providers.get(provider)?.callbacks;
  const callback = readCallback(request.params);
  if (rules === undefined || callback === null) return;
  const isAuthentic = isAuthenticated(rules, request);
  const receivedAt = parts.clock.now();
  const cut = cutFields(callback);
  const kept = { key: `${isAuthentic} ${JSON.stringify(cut)}`, callback: cut, isAuthentic, receivedAt };
  if (await deliver(parts, provider, kept)) return;
  parts.log.warn("callback.unmatched", { provider, authentic: isAuthentic });
  await parts.desk(provider).keepCallback(kept);
  await parts.countUnmatched();
}

/** Tries those again whose turn it is, at each provider. One that cannot be tried holds up no other. */
export async function retryCallbacks(
  parts: CallbackParts,
): Promise<{ readonly tried: number; readonly found: number }> {
  let tried = 0;
  let found = 0;
  for (const [provider, { callbacks }] of parts.providers) {
    if (callbacks === undefined) continue;
    const desk = parts.desk(provider);
    // oxlint-disable-next-line no-await-in-loop -- a few desks, one after the other
    const due = await desk.takeDueCallbacks(retriedAtOnce);
    const delivered = await Promise.all(due.map((kept) => deliver(parts, provider, kept)));
    const matched = due.filter((_, index) => delivered[index] === true);
    await Promise.all(matched.map(({ key }) => desk.dropCallback(key)));
    tried += due.length;
    found += matched.length;
  }
  return { tried, found };
}

/** Each rule that is set must hold; none set: nobody can speak for this provider here. */
function isAuthenticated({ addresses, basic }: CallbackRules, request: CallbackRequest): boolean {
  if (addresses.length === 0 && basic === null) return false;
  if (addresses.length > 0 && !isAddressAllowed(addresses, request.address)) return false;
  return basic === null || equalInConstantTime(basic, request.authorization ?? "");
}

/** True when it found its attempt. An account that cannot be asked now is asked again later. */
async function deliver(parts: CallbackParts, provider: string, kept: KeptCallback): Promise<boolean> {
  const { callback, isAuthentic, receivedAt } = kept;
  const reference = readReference(parts.installation, callback.agentid ?? "");
  if (reference === null) return false;
  const outcome = readBacknpayCallback(callback);
  const heard = { provider, attempt: reference.counter, outcome, isAuthentic, receivedAt };
  try {
    if (!(await parts.isPartner(reference.accountNumber))) return false;
    return await parts.account(reference.accountNumber).takeCallback(heard);
  } catch (fault) {
    parts.log.error("callback.account", { provider, account: reference.accountNumber }, fault);
    return false;
  }
}

/** Nobody's real values are longer. */
function cutFields({ status, rpid, mobile, amount, agentid, opid }: BacknpayCallback): BacknpayCallback {
  const cut = (text: string | null): string | null => text?.slice(0, fieldLength) ?? null;
  const parties = { rpid: cut(rpid), mobile: cut(mobile), amount: cut(amount) };
  return { status: status.slice(0, fieldLength), ...parties, agentid: cut(agentid), opid: cut(opid) };
}
