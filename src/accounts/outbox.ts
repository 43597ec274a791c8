// Feeding the ledger from the account's events: from the ledger's own watermark, in batches that may be repeated.
import { readArchived } from "./archived-events.ts";
import type { AccountContext } from "./context.ts";
import { profileOf } from "./context.ts";

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
  if (account.book.readGoneBack() !== null) throw new Error("the ledger is ahead of the account: nothing is shipped");
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

/** Tells each provider's desk what became of the attempts since the last time. What a desk does not take is let go. */
export async function reportOutcomes(account: AccountContext): Promise<void> {
  const noted = [...account.outcomes];
  account.outcomes.clear();
  for (const [provider, outcomes] of noted) await account.services.reportOutcomes(provider, outcomes);
}
