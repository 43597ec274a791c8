// An account's parts on the storage of its object, for tests that say themselves what upstreams answer.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { WalletRecord } from "../../src/accounts/book-store.ts";
import type { AccountContext } from "../../src/accounts/context.ts";
import { contextOn } from "../../src/accounts/open-context.ts";
import { applyEvidence } from "../../src/accounts/settle.ts";
import type { ProviderCalls } from "../../src/recharges/ports.ts";
import { accountServices } from "../../src/services/object-services.ts";
import type { TestAccount } from "./sandbox.ts";

/** Says `pending` to every submit; nobody is asked again, because nothing arms the alarm. */
const line: ProviderCalls = {
  submit: async () => ({ kind: "pending", carried: {}, said: "PENDING" }),
  lookUp: async () => ({ kind: "not_started" }),
  readBalance: async () => ({ balance: null, said: "" }),
};

/** Runs with the account's own stores and code. The account itself must not be asked to move money meanwhile. */
export function byHand<Value>(account: TestAccount, run: (context: AccountContext) => Promise<Value>): Promise<Value> {
  return runInDurableObject(account, async (object, { storage }) => {
    const life = { wake: () => undefined, keepAlive: () => undefined };
    const value = await run(contextOn(storage, accountServices(env, line), life));
    // What the object itself remembers of its rows is older than what was written here.
    Reflect.set(object, "opened", null);
    return value;
  });
}

/** The wallet in INR. */
export function walletOf(context: AccountContext): WalletRecord {
  const wallet = context.book.findWallet("INR");
  if (wallet === null) throw new Error("no wallet");
  return wallet;
}

let spoken = 0;

/** A lookup says that the attempt succeeded or failed; each speaks for a later time than the one before. */
export function lookedUp(context: AccountContext, attempt: number, word: "success" | "failure"): void {
  spoken += 1;
  const speaksAt = Date.now() + spoken;
  const piece = {
    key: `lookup:${spoken}`,
    kind: "lookup",
    word,
    speaksAt,
    receivedAt: speaksAt,
    operatorReference: null,
    theirReference: "TXN-1",
    cause: null,
    said: word,
  } as const;
  applyEvidence(context, attempt, { piece, providerCommission: null, nextProvider: null, isLookup: true });
}
