// Taking a partner's profile into its account.
import { assert } from "../base/assert.ts";
import type { AccountProfile } from "../recharges/profile.ts";
import type { AccountContext } from "./context.ts";
import { noteLowBalances } from "./low-balance.ts";
import { noteAtWaking } from "./outbox.ts";

/** Takes the profile if its version is newer. Throws for another account's, or one of another mode: never mix the money of two. */
export function configureAccount(account: AccountContext, profile: AccountProfile): void {
  const known = account.book.readProfile();
  account.atomically(() => {
    const isItsOwn = known === null || (known.account === profile.account && known.mode === profile.mode);
    assert(isItsOwn, "an account keeps its number and its mode");
    if (known === null || profile.version > known.version) account.book.writeProfile(profile);
  });
  // An object that was lost has no profile either: it books nothing before it has asked whether the ledger knows more.
  if (known === null) account.keepAlive(noteAtWaking(account));
  else noteLowBalances(account);
}
