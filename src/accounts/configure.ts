// Taking a partner's profile into its account.
import { assert } from "../base/assert.ts";
import type { AccountProfile } from "../recharges/profile.ts";
import type { AccountContext } from "./context.ts";
import { noteLowBalances } from "./low-balance.ts";

/** Takes the profile if its version is newer. Throws for another account's, or one of another mode: never mix the money of two. */
export function configureAccount(account: AccountContext, profile: AccountProfile): void {
  account.atomically(() => {
    const known = account.book.readProfile();
    const isItsOwn = known === null || (known.account === profile.account && known.mode === profile.mode);
    assert(isItsOwn, "an account keeps its number and its mode");
    if (known === null || profile.version > known.version) account.book.writeProfile(profile);
  });
  noteLowBalances(account);
}
