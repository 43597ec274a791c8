// What the scheduled run asks of an account: where the ledger is, and how the account stands.
import type { Swept } from "./account.ts";
import { nextWorkAt } from "./alarm.ts";
import type { AccountContext } from "./context.ts";
import { noteWhereLedgerIs } from "./outbox.ts";

/** `ledgerEvent` is the last event that the ledger has, where it is not the account's own last; `bytes` is the size of the object's database. */
export function sweepAccount(account: AccountContext, ledgerEvent: number | null, bytes: number): Swept {
  const { book } = account;
  if (book.readProfile() === null) return { isIdle: true, isTelling: false, standing: null };
  noteWhereLedgerIs(account, ledgerEvent ?? 0);
  if (ledgerEvent !== null && ledgerEvent < book.readShipped()) book.writeShipped(ledgerEvent);
  const [unshipped] = book.readEvents(book.readShipped(), 1);
  return {
    isIdle: nextWorkAt(account) === null,
    isTelling: account.telling.readTold() !== null,
    standing: {
      open: account.scans.readOpenStanding(),
      unshippedAt: unshipped?.at ?? null,
      bytes,
      isGoneBack: book.readGoneBack() !== null,
      rolled: account.rolled.readSeam().upTo,
    },
  };
}
