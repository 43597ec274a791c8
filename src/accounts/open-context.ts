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
import { SharedCommit } from "./shared-commit.ts";
import { RechargeStore } from "./store.ts";
import { TellingStore } from "./telling-store.ts";
import { UnreferencedStore } from "./unreferenced-store.ts";

type Life = Pick<AccountContext, "wake" | "keepAlive">;

/** As at the first use of an object: the ledger is asked at once whether it knows more. */
export function openContext(storage: DurableObjectStorage, services: AccountServices, life: Life): AccountContext {
  const opened = contextOn(storage, services, life);
  opened.keepAlive(noteAtWaking(opened));
  return opened;
}

/** Nothing is remembered, and nobody is asked. */
export function contextOn(storage: DurableObjectStorage, services: AccountServices, life: Life): AccountContext {
  const stores = {
    recharges: new RechargeStore(storage.sql),
    attempts: new AttemptStore(storage.sql),
    book: new BookStore(storage.sql),
    cases: new CaseStore(storage.sql),
    telling: new TellingStore(storage.sql),
    chats: new ChatStore(storage.sql),
    rolled: new RolledStore(storage.sql),
  };
  const forget = (): void => {
    for (const store of Object.values(stores)) store.forget();
  };
  return {
    ...stores,
    ...life,
    services,
    life: crypto.randomUUID(),
    scans: new AccountScans(storage.sql),
    unreferenced: new UnreferencedStore(storage.sql),
    rewards: new RewardStore(storage.sql),
    placing: new Map(),
    ordering: new Map(),
    answering: new Map(),
    outcomes: new Map(),
    shipping: { flush: null, isAgreed: false },
    rolling: { run: null },
    healing: { run: null },
    commit: new SharedCommit(),
    forget,
    atomically: (write) => writeAtomically(storage, { attempts: stores.attempts, forget }, write),
  };
}

/** All that `write` does, or nothing of it. What the stores remember of a write that was rolled back is forgotten. */
function writeAtomically<Value>(
  storage: DurableObjectStorage,
  { attempts, forget }: Pick<AccountContext, "attempts" | "forget">,
  write: () => Value,
): Value {
  try {
    return storage.transactionSync(() => {
      const value = write();
      attempts.flush();
      return value;
    });
  } catch (fault) {
    forget();
    throw fault;
  }
}
