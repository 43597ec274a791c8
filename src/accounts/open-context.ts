// Opens what the files of an account share, on the storage of its object.
import { AttemptScans } from "./attempt-scans.ts";
import { BookStore } from "./book-store.ts";
import { CaseStore } from "./case-store.ts";
import type { AccountContext, AccountServices } from "./context.ts";
import { RewardStore } from "./reward-store.ts";
import { RechargeStore } from "./store.ts";
import { UnreferencedStore } from "./unreferenced-store.ts";

/** `wake` arms the object's alarm for the next work that waits. */
export function openContext(state: DurableObjectState, services: AccountServices, wake: () => void): AccountContext {
  const { storage } = state;
  const recharges = new RechargeStore(storage.sql);
  const book = new BookStore(storage.sql);
  return {
    services,
    recharges,
    scans: new AttemptScans(storage.sql),
    book,
    unreferenced: new UnreferencedStore(storage.sql),
    rewards: new RewardStore(storage.sql),
    cases: new CaseStore(storage.sql),
    placing: new Map(),
    ordering: new Map(),
    answering: new Map(),
    outcomes: new Map(),
    atomically: (write) => {
      try {
        return storage.transactionSync(write);
      } catch (fault) {
        // What the stores remember of this write was rolled back.
        recharges.forget();
        book.forget();
        throw fault;
      }
    },
    wake,
    keepAlive: (work) => state.waitUntil(work),
  };
}
