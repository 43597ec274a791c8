// What the simulator's web side asks of its journal; the object satisfies it over RPC, a test directly.
import type { Minor } from "../base/money.ts";
import type { Faults } from "./faults.ts";
import type { EntryFilter } from "./journal-rows.ts";
import type { EntryView, UpstreamWallet } from "./journal-views.ts";
import type { Answer, Found, Received } from "./reply.ts";

/** Our reference (`csagentid`) or theirs (`csrpid`). */
export interface TransactionName {
  readonly ours: string | null;
  readonly theirs: string | null;
}

export interface LookedUp {
  readonly found: Found | null;
  readonly balance: Minor;
}

export interface Upstream {
  receive(received: Received): Promise<Answer>;
  lookUp(account: string, name: TransactionName): Promise<LookedUp>;
  readBalance(account: string): Promise<Minor>;
  /** Moves an account's wallet as if somebody else had: minor units, below zero out of it. False: there is no such account. */
  moveWallet(account: string, change: Minor): Promise<boolean>;
  readEntries(filter: EntryFilter): Promise<EntryView[]>;
  readWallets(): Promise<UpstreamWallet[]>;
  setFaults(faults: Faults): Promise<void>;
  /** Forgets all entries and faults, and fills the wallets again. */
  clear(): Promise<void>;
}
