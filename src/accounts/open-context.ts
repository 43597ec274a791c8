// Opens what the files of an account share, on the storage of its object.
import { AccountScans } from "./account-scans.ts";
import { AttemptStore } from "./attempt-store.ts";
import { BookStore } from "./book-store.ts";
import { CaseStore } from "./case-store.ts";
import { ChatStore } from "./chat-store.ts";
import type { AccountContext, AccountServices } from "./context.ts";
import { noteAtWaking } from "./outbox.ts";
import { RewardStore } from "./reward-store.ts";
import { RolledStore } from "./rolled-store.ts";
import { RechargeStore } from "./store.ts";
import { TellingStore } from "./telling-store.ts";
import { UnreferencedStore } from "./unreferenced-store.ts";

/** `wake` arms the object's alarm for the next work that waits. */
export function openContext(state: DurableObjectState, services: AccountServices, wake: () => void): AccountContext {
  const { storage } = state;
  const recharges = new RechargeStore(storage.sql);
  const attempts = new AttemptStore(storage.sql);
  const book = new BookStore(storage.sql);
  const telling = new TellingStore(storage.sql);
  const chats = new ChatStore(storage.sql);
  const rolled = new RolledStore(storage.sql);
  const opened: AccountContext = {
    services,
    life: crypto.randomUUID(),
    recharges,
    attempts,
    scans: new AccountScans(storage.sql),
    book,
    unreferenced: new UnreferencedStore(storage.sql),
    rewards: new RewardStore(storage.sql),
    cases: new CaseStore(storage.sql),
    telling,
    chats,
    rolled,
    placing: new Map(),
    ordering: new Map(),
    answering: new Map(),
    outcomes: new Map(),
    shipping: { flush: null, isAgreed: false },
    rolling: { run: null },
    atomically: (write) => writeAtomically(storage, { recharges, attempts, book, telling, chats, rolled }, write),
    wake,
    keepAlive: (work) => state.waitUntil(work),
  };
  opened.keepAlive(noteAtWaking(opened));
  return opened;
}

/** All that `write` does, or nothing of it. What the stores remember of a write that was rolled back is forgotten. */
export function writeAtomically<Value>(
  storage: DurableObjectStorage,
  {
    recharges,
    attempts,
    book,
    telling,
    chats,
    rolled,
  }: Pick<AccountContext, "recharges" | "attempts" | "book" | "telling" | "chats" | "rolled">,
  write: () => Value,
): Value {
  try {
    return storage.transactionSync(() => {
      const value = write();
      attempts.flush();
      return value;
    });
  } catch (fault) {
    recharges.forget();
    attempts.forget();
    book.forget();
    telling.forget();
    chats.forget();
    rolled.forget();
    throw fault;
  }
}
