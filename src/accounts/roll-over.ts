// Old events leave the account page by page, once the ledger and the archive are seen to hold them. Never on the way of a recharge.
import { readRechargeId } from "../base/id.ts";
import type { AccountEvent } from "../recharges/events.ts";
import { archiveSurely, linesOf } from "../recharges/archive.ts";
import { pageName } from "./archived-events.ts";
import { type AccountContext, profileOf } from "./context.ts";
import { areSame } from "./same-events.ts";

/** In one run; the next one goes on. */
const pagesAtMost = 4;

/**
 * Rolls what is due, a page in one write, and leaves the rest to the next run. A fault changes nothing and is logged: what
 * was put into the archive is put there again. One run at a time.
 */
export function rollOver(account: AccountContext): Promise<void> {
  if (account.rolling.run !== null || duePage(account) === null) return account.rolling.run ?? Promise.resolve();
  const { log } = account.services;
  const { account: number } = profileOf(account);
  account.rolling.run = rollPages(account)
    .then((events) => log.info("rollover.done", { account: number, events, upTo: account.rolled.readSeam().upTo }))
    .catch((fault: unknown) => log.error("rollover.fault", { account: number }, fault))
    .finally(() => {
      account.rolling.run = null;
    });
  return account.rolling.run;
}

async function rollPages(account: AccountContext): Promise<number> {
  let events = 0;
  for (let pages = 0; pages < pagesAtMost; pages += 1) {
    const page = duePage(account);
    if (page === null) return events;
    // oxlint-disable-next-line no-await-in-loop -- one page after the other: the next one begins where this one ends
    await rollPage(account, page);
    events += page.events;
  }
  return events;
}

interface DuePage {
  /** The event before it, and how many it has. */
  readonly after: number;
  readonly events: number;
}

/**
 * The next whole page, where each event of it is older than `eventsKeptMs`, is not the account's last, was told to whoever
 * is told, and the account is not behind its ledger. Null: nothing is due, or there is no archive.
 */
function duePage(account: AccountContext): DuePage | null {
  const { rollOver: rules, clock } = account.services;
  if (rules === null || account.book.readProfile() === null || account.book.readGoneBack() !== null) return null;
  const { upTo: after } = account.rolled.readSeam();
  const last = after + rules.pageEvents;
  if (last >= account.book.lastEventNumber() || last > account.book.readShipped()) return null;
  const at = account.rolled.readAt(last);
  if (at === null || at >= clock.now() - rules.eventsKeptMs) return null;
  const told = account.telling.readTold();
  if (told !== null && told < last) return null;
  if (account.chats.hasRecharges() && account.chats.readTold() < last) return null;
  return { after, events: rules.pageEvents };
}

async function rollPage(account: AccountContext, { after, events: limit }: DuePage): Promise<void> {
  const { ledger, rollOver: rules, clock } = account.services;
  if (rules === null) return;
  const { account: number } = profileOf(account);
  const events = account.book.readEvents(after, limit);
  // Its own words, and not a watermark, say that the ledger holds them as they are.
  if (!areSame(await ledger.readEvents(number, { after, limit }), events))
    throw new Error(`the ledger does not hold the events after ${after} as the account does`);
  await archiveSurely(rules.archive, pageName(number, after), linesOf(events));
  account.atomically(() => {
    // While others were asked the account may have been found behind its ledger.
    if (account.book.readGoneBack() !== null || account.rolled.readSeam().upTo !== after) return;
    for (const event of events) forgetOrder(account, event);
    account.rolled.takeAway(after + limit, clock.now());
  });
}

/** A final recharge whose window is over is no longer what its order names. */
function forgetOrder(account: AccountContext, event: AccountEvent): void {
  if (event.type !== "recharge.placed") return;
  const counter = readRechargeId(event.recharge.id)?.counter;
  const recharge = counter === undefined ? null : account.recharges.find(counter);
  if (recharge === null || recharge.state === "pending") return;
  const { clock, times } = account.services;
  if (clock.now() >= recharge.updatedAt + times.repeatWindowMs) account.rolled.forgetOrder(recharge);
}
