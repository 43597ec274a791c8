// An account that is behind its ledger gets again what the ledger has: its own events, and what follows from them.
import { assert } from "../base/assert.ts";
import { readReference } from "../base/id.ts";
import { minor } from "../base/money.ts";
import { dayOf } from "../recharges/day.ts";
import type { AccountEvent } from "../recharges/events.ts";
import type { Healed } from "./account.ts";
import { type AccountContext, profileOf } from "./context.ts";
import { floorAbove, lastCounter, noteFloor, noteHealed } from "./gone-back.ts";
import { rebuildCase, rebuildDispute } from "./rebuild-cases.ts";
import { counterOf, rebuildRecharge } from "./rebuild-recharge.ts";
import { rebuildReward } from "./rebuild-rewards.ts";
import { areSame } from "./same-events.ts";
import { giveToPerson, readUnsure } from "./unsure.ts";

const pageSize = 200;

/**
 * Writes page by page, each in one write, and holds the account until the last one: after a fault, asked again, it goes on
 * where it was; asked while it is at work, it answers the same. Counters jump first, so that no reference that may have
 * travelled is ever given again.
 */
export function healAccount(sql: SqlStorage, account: AccountContext): Promise<Healed> {
  account.healing.run ??= heal(sql, account).finally(() => {
    account.healing.run = null;
  });
  return account.healing.run;
}

async function heal(sql: SqlStorage, account: AccountContext): Promise<Healed> {
  const { ledger, clock, log } = account.services;
  const { account: number } = profileOf(account);
  const target = await ledger.readWatermark(number);
  const from = account.book.lastEventNumber();
  const differs = await firstDifference(account, Math.min(from, target));
  if (differs !== null) {
    account.book.holdBack(target, clock.now());
    return { kind: "diverged", at: differs };
  }
  if (target <= from && account.book.readGoneBack() === null) return { kind: "not_behind" };
  // From here on nothing else is booked, or shipped.
  if (target > account.book.lastEventNumber()) account.book.holdBack(target, clock.now());
  for (let after = from; after < target; ) {
    // oxlint-disable-next-line no-await-in-loop -- page by page, in the order of their numbers
    const events = await ledger.readEvents(number, { after, limit: Math.min(pageSize, target - after) });
    assert(events[0]?.number === after + 1, "the ledger has its events without a gap");
    if (account.book.lastEventNumber() !== after) return { kind: "diverged", at: after + 1 };
    account.atomically(() => rebuild(sql, account, events));
    after = account.book.lastEventNumber();
  }
  const unsure = finish(sql, account, target);
  const healed = { kind: "healed", from, to: account.book.lastEventNumber(), unsure } as const;
  log.warn("account.healed", { account: number, from, to: healed.to, unsure });
  return healed;
}

/** The first event up to `last` that the ledger has otherwise; null: they agree. An account that agrees at one event agrees before it. */
async function firstDifference(account: AccountContext, last: number): Promise<number | null> {
  if (last <= account.rolled.readSeam().upTo || (await isEqual(account, last))) return null;
  let [equal, differs] = [account.rolled.readSeam().upTo, last];
  while (differs - equal > 1) {
    const middle = Math.floor((equal + differs) / 2);
    // oxlint-disable-next-line no-await-in-loop -- each half depends on what the one before showed
    if (await isEqual(account, middle)) equal = middle;
    else differs = middle;
  }
  return differs;
}

async function isEqual(account: AccountContext, number: number): Promise<boolean> {
  const page = { after: number - 1, limit: 1 };
  const theirs = await account.services.ledger.readEvents(profileOf(account).account, page);
  return areSame(theirs, account.book.readEvents(page.after, page.limit));
}

/** One page of events, with all that follows from each. */
function rebuild(sql: SqlStorage, account: AccountContext, events: readonly AccountEvent[]): void {
  noteFloor(
    sql,
    floorAbove(
      Math.max(lastCounter(sql), ...events.map((event) => highestIn(account, event))),
      account.services.clock.now(),
    ),
    account.services.clock.now(),
  );
  for (const event of events) {
    account.book.appendFromLedger(event);
    if ("recharge" in event) {
      rebuildRecharge(account, event);
      rebuildCase(account, event);
    }
    if ("dispute" in event) rebuildDispute(account, event);
    if ("reward" in event) rebuildReward(account, event);
    if ("movement" in event) account.book.claimMovement(event.movement.externalReference, event.number);
    const wallet = account.book.findWallet(event.wallet.currency);
    assert(wallet !== null, "the profile has the wallets of its events");
    account.book.writeWallet({ ...wallet, ...event.wallet });
  }
}

/** The highest counter that an event names. */
function highestIn(account: AccountContext, event: AccountEvent): number {
  if (!("recharge" in event)) return 0;
  const attempt = readReference(account.services.installation, event.recharge.reference)?.counter ?? 0;
  return Math.max(attempt, counterOf(account, event.recharge.id));
}

/** The day's use is counted anew; the hold ends; what more may have been sent for is given to a person. Returns how many those are. */
function finish(sql: SqlStorage, account: AccountContext, ledgerEvent: number): number {
  const { clock } = account.services;
  return account.atomically(() => {
    const now = clock.now();
    for (const wallet of account.book.readWallets()) {
      const day = dayOf(wallet.currency, now);
      account.book.writeWallet({ ...wallet, day, dayUsed: usedOn(sql, wallet.currency, day) });
    }
    noteFloor(sql, floorAbove(lastCounter(sql), now), now);
    noteHealed(sql, now);
    account.book.writeShipped(ledgerEvent);
    // Whether anybody wants to be told may be lost, too: the desk knows.
    account.telling.start(ledgerEvent);
    // What the stores remember is from before the floor and the hold.
    account.forget();
    const unsure = readUnsure(sql);
    for (const counter of unsure) giveToPerson(account, counter);
    return unsure.length;
  });
}

/** Face values of the recharges that were created on a day and not given back. */
function usedOn(sql: SqlStorage, currency: string, day: number) {
  const { used } = sql
    .exec<{ used: number }>(
      `select coalesce(sum(face), 0) as used from recharges where currency = ? and day = ? and state in ('pending', 'succeeded')`,
      currency,
      day,
    )
    .one();
  return minor(used);
}
