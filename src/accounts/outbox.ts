// Feeding the ledger from the account's events: from the ledger's own watermark, in batches that may be repeated.
import { readArchived } from "./archived-events.ts";
import type { AccountContext } from "./context.ts";
import { profileOf } from "./context.ts";
import { areSame } from "./same-events.ts";

const batchSize = 500;

/** True when events wait that the ledger is not known to have. */
export function hasUnshipped(account: AccountContext): boolean {
  return account.book.readShipped() < account.book.lastEventNumber();
}

/**
 * Ships what the ledger has not got, starting from what it says it has: a lost answer, a restored database or a move to
 * another one heals by itself. Throws when the ledger is down; nothing is lost then.
 */
export async function flushOutbox(account: AccountContext): Promise<void> {
  if (!hasUnshipped(account)) return;
  const { account: number } = profileOf(account);
  let watermark = await account.services.ledger.readWatermark(number);
  noteWhereLedgerIs(account, watermark);
  await noteWhetherAgreed(account, watermark);
  if (account.book.readGoneBack() !== null) throw new Error("the account is behind its ledger: nothing is shipped");
  for (;;) {
    const hasLeft = watermark < account.rolled.readSeam().upTo;
    const events = hasLeft ? await readArchived(account, watermark) : account.book.readEvents(watermark, batchSize);
    if (events.length === 0) break;
    const reached = await account.services.ledger.write(number, events);
    if (reached <= watermark) throw new Error("the ledger took a batch and did not move its watermark");
    watermark = reached;
  }
  account.book.writeShipped(watermark);
}

/** An account that knows less than the ledger was restored to an earlier moment: what it books now the ledger has already, or otherwise. */
export function noteWhereLedgerIs(account: AccountContext, ledgerEvent: number): void {
  if (ledgerEvent <= account.book.lastEventNumber()) return;
  const { clock, log } = account.services;
  log.warn("account.gone_back", { account: profileOf(account).account, ledgerEvent });
  account.book.holdBack(ledgerEvent, clock.now());
}

/**
 * Once in the life of an object, because one that was set back begins a new one: where the ledger's last event is not the
 * account's of that number, the account has booked since it was set back, and what it booked is shipped to nobody.
 */
async function noteWhetherAgreed(account: AccountContext, watermark: number): Promise<void> {
  if (account.shipping.isAgreed) return;
  const { account: number } = profileOf(account);
  const { clock, ledger, log } = account.services;
  const page = { after: Math.min(watermark, account.book.lastEventNumber()) - 1, limit: 1 };
  const isKept = (): boolean => page.after >= account.rolled.readSeam().upTo;
  const theirs = isKept() ? await ledger.readEvents(number, page) : [];
  // Asked again: it may have left while the ledger was asked.
  if (isKept() && !areSame(theirs, account.book.readEvents(page.after, page.limit))) {
    log.warn("account.gone_back", { account: number, ledgerEvent: watermark, differsAt: page.after + 1 });
    account.book.holdBack(watermark, clock.now());
  }
  account.shipping.isAgreed = true;
}

/** Asks the ledger beside the first work of an object's life, so that one that was set back learns it before it books much. */
export async function noteAtWaking(account: AccountContext): Promise<void> {
  const profile = account.book.readProfile();
  if (profile === null) return;
  try {
    const watermark = await account.services.ledger.readWatermark(profile.account);
    noteWhereLedgerIs(account, watermark);
    await noteWhetherAgreed(account, watermark);
  } catch (fault) {
    // The next flush, or the scheduled run, asks again.
    account.services.log.warn("account.ledger_unheard", { account: profile.account, fault: String(fault) });
  }
}

/** A shard of the guard knows of attempts that this account does not: it is held, as if the ledger had said so. */
export function noteSetBack(account: AccountContext): void {
  const { clock, log } = account.services;
  log.warn("account.gone_back", { account: profileOf(account).account, saidBy: "guard" });
  account.book.holdBack(account.book.lastEventNumber() + 1, clock.now());
}

/** Tells each provider's desk what became of the attempts since the last time. What a desk does not take is let go. */
export async function reportOutcomes(account: AccountContext): Promise<void> {
  const noted = [...account.outcomes];
  account.outcomes.clear();
  const tell = async ([provider, outcomes]: (typeof noted)[number]) =>
    account.services.reportOutcomes(provider, outcomes);
  const told = await Promise.allSettled(noted.map(tell));
  const lost = told.find((one) => one.status === "rejected");
  if (lost !== undefined) throw new Error("a desk did not take what submits came to", { cause: lost.reason });
}
