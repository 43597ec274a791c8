// Telling the partner's webhook desk what has happened, from a watermark of its own: it waits for no ledger.
import { assert } from "../base/assert.ts";
import { rechargeIdOf, readRechargeId } from "../base/id.ts";
import type { AccountEvent } from "../recharges/events.ts";
import type { ToldEvent, WebhookStopped } from "../webhooks/delivery.ts";
import { type WebhookType, webhookTypes } from "../webhooks/endpoint.ts";
import type { ToldFacts } from "../webhooks/ports.ts";
import { type AccountContext, profileOf } from "./context.ts";
import { findEvent, readLastBefore, readRolled } from "./kept-events.ts";
import type { Tellable } from "./telling-store.ts";
import { presentRecharge, presentWallet } from "./views.ts";

const pageSize = 500;

/** True when events wait that the desk was not told, and somebody may want to be told. */
export function hasUntold(account: AccountContext): boolean {
  const told = account.telling.readTold();
  return told !== null && told < account.book.lastEventNumber();
}

/** Tells the desk what it was not told. Throws when it cannot be asked; nothing is lost then. */
export async function tellWebhooks(account: AccountContext): Promise<void> {
  for (let told = account.telling.readTold(); told !== null; told = account.telling.readTold()) {
    const last = account.book.lastEventNumber();
    if (told >= last) return;
    const events = account.telling.readTellable(webhookTypes, told, pageSize);
    if (events.length === 0) {
      account.telling.passOver(last);
      continue;
    }
    const reached = events.length < pageSize ? last : (events.at(-1)?.number ?? last);
    // oxlint-disable-next-line no-await-in-loop -- in order, from the watermark on
    const { isWanted } = await account.services.webhookDesk(profileOf(account).account).take(events);
    if (isWanted) account.telling.writeTold(reached);
    else account.telling.passOver(reached);
  }
}

/** From now on the desk is told; the last event's number. What happened before can be asked for. */
export function startTelling(account: AccountContext): number {
  const last = account.book.lastEventNumber();
  account.telling.start(last);
  return last;
}

/** The facts of these numbers, and how what each is about stands now. */
export async function readTold(account: AccountContext, numbers: readonly number[]): Promise<readonly ToldFacts[]> {
  const events = await Promise.all(numbers.map((number) => findEvent(account, number)));
  return events.flatMap((event) => {
    if (event === null) return [];
    const wallet = account.book.findWallet(event.wallet.currency);
    assert(wallet !== null, "an event is of a wallet");
    const recharge = findSubject(account, event);
    return [{ event, wallet: presentWallet(wallet), recharge: recharge && presentRecharge(account, recharge) }];
  });
}

function findSubject(account: AccountContext, event: AccountEvent) {
  const id = "recharge" in event ? event.recharge.id : "dispute" in event ? event.dispute.rechargeId : null;
  const counter = id === null ? null : (readRechargeId(id)?.counter ?? null);
  if (counter === null) return null;
  assert(id === rechargeIdOf(profileOf(account).account, counter), "an event's recharge belongs to its account");
  return account.recharges.find(counter);
}

/** Events that can be told, above number `after` and not before `since`, epoch ms. */
export async function readTellable(
  account: AccountContext,
  { since, after, limit }: { readonly since: number; readonly after: number; readonly limit: number },
): Promise<readonly ToldEvent[]> {
  const { upTo } = account.rolled.readSeam();
  const found: ToldEvent[] = [];
  let from = Math.max(after, await readLastBefore(account, since));
  while (from < upTo && found.length < limit) {
    // oxlint-disable-next-line no-await-in-loop -- page by page, until there are enough
    const events = await readRolled(account, from, Math.min(pageSize, upTo - from));
    found.push(...events.map(({ number, type, at }) => ({ number, type, at })).filter(isTold));
    from += events.length;
  }
  const rest = limit - found.length;
  if (rest > 0) found.push(...account.telling.readTellable(webhookTypes, from, rest).filter(isTold));
  return found.slice(0, limit);
}

function isTold(event: Tellable): event is ToldEvent {
  return webhookTypes.some((type: WebhookType) => type === event.type);
}

/** Notes that an endpoint was stopped, so that the owner is told by the list of events and by its other endpoints. */
export function noteWebhookStopped(account: AccountContext, { endpointId, state, cause }: WebhookStopped): void {
  const [wallet] = account.book.readWallets();
  assert(wallet !== undefined, "an account has a wallet");
  account.book.appendEvent({
    type: "account.webhook_stopped",
    at: account.services.clock.now(),
    wallet: presentWallet(wallet),
    webhook: { endpointId, state, cause },
  });
  account.wake();
}
