// Changing a partner: in its account first, then in the database; and the sweep that repeats what did not get through.
import type { Refusal } from "../base/refusal.ts";
import { assert } from "../base/assert.ts";
import type { Result } from "../base/result.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import type { WalletMovement } from "../recharges/events.ts";
import type { AccountProfile } from "../recharges/profile.ts";
import type { WalletView } from "../recharges/recharge.ts";
import { profileOf } from "./partner.ts";
import type { Partner } from "./partner.ts";
import { keepPlans, readPartnerRow, revokeCredentials, updatePartner } from "./rows.ts";

/** What staff verbs ask of an account; the account's object satisfies it. */
export interface ManagedAccount {
  configure(profile: AccountProfile): Promise<void>;
  readProfile(): Promise<AccountProfile | null>;
  credit(movement: WalletMovement): Promise<Result<WalletView, Refusal>>;
  debit(movement: WalletMovement): Promise<Result<WalletView, Refusal>>;
  readFigures(request: { readonly withPending: boolean }): Promise<{ readonly wallets: readonly WalletView[] } | null>;
}

const triesAtMost = 10;

/**
 * Applies a change to the profile that stands in the account, however many staff change it at once, and tells both ends.
 * A change that is there already changes nothing. `known` is the database's copy, for an account that has none yet.
 */
export async function changeProfile(
  account: ManagedAccount,
  known: () => Promise<AccountProfile | null>,
  change: (profile: AccountProfile) => AccountProfile,
): Promise<{ readonly before: AccountProfile; readonly after: AccountProfile } | null> {
  let before: AccountProfile | null = null;
  for (let tries = 0; tries < triesAtMost; tries++) {
    let standing = await account.readProfile();
    if (standing === null) {
      const first = await known();
      if (first === null) return null;
      await account.configure(first);
      standing = first;
    }
    before ??= standing;
    const wanted = change(standing);
    if (isSame(wanted, standing)) return { before, after: standing };
    await account.configure({ ...wanted, version: standing.version + 1 });
  }
  throw new Error("the profile was changed by others ten times over");
}

function isSame(left: AccountProfile, right: AccountProfile): boolean {
  return contentOf(left) === contentOf(right);
}

/** Everything but the version, in an order that RPC does not change. */
function contentOf({ version: _version, ...profile }: AccountProfile): string {
  return JSON.stringify(Object.entries(profile).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export async function findPartner(database: LedgerDatabase, account: number): Promise<Partner | null> {
  const [row] = await database.all("select * from partners where account = ?1", [account]);
  return row === undefined ? null : readPartnerRow(row);
}

/** Partners by account number above `after`, at most `limit`. */
export async function listPartners(
  database: LedgerDatabase,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly Partner[]> {
  const rows = await database.all("select * from partners where account > ?1 order by account limit ?2", [
    after,
    limit,
  ]);
  return rows.map(readPartnerRow);
}

/** The database's copy of a partner's profile; null when there is no such partner. */
export async function readKnownProfile(database: LedgerDatabase, account: number): Promise<AccountProfile | null> {
  const partner = await findPartner(database, account);
  return partner === null ? null : profileOf(partner, await revokedKeysOf(database, account));
}

async function revokedKeysOf(database: LedgerDatabase, account: number): Promise<readonly string[]> {
  const rows = await database.all(
    "select key_id from credentials where account = ?1 and revoked_at is not null order by revoked_at, key_id",
    [account],
  );
  return rows.map((row) => {
    const keyId = row["key_id"];
    assert(typeof keyId === "string", "a key id is text");
    return keyId;
  });
}

/**
 * Compares one page of partners with their accounts and repeats what a crash or an outage left half done: the newer
 * version wins, and keys that either end calls revoked stay revoked. `nextAfter` is null after the last page.
 */
export async function repeatPending(
  parts: {
    readonly database: LedgerDatabase;
    readonly account: (number: number) => ManagedAccount;
    readonly now: number;
  },
  page: { readonly after: number; readonly limit: number },
): Promise<{ readonly repeated: readonly number[]; readonly nextAfter: number | null }> {
  const partners = await listPartners(parts.database, page);
  const repeated: number[] = [];
  for (const partner of partners) if (await repeatOne(parts, partner)) repeated.push(partner.account);
  return { repeated, nextAfter: partners.length < page.limit ? null : (partners.at(-1)?.account ?? null) };
}

async function repeatOne(
  parts: {
    readonly database: LedgerDatabase;
    readonly account: (number: number) => ManagedAccount;
    readonly now: number;
  },
  partner: Partner,
): Promise<boolean> {
  const account = parts.account(partner.account);
  const standing = await account.readProfile();
  if (standing?.version === partner.profileVersion) return false;
  if (standing === null || standing.version < partner.profileVersion) {
    const revoked = await revokedKeysOf(parts.database, partner.account);
    const all = [...new Set([...revoked, ...(standing?.revokedKeys ?? [])])];
    await account.configure(profileOf(partner, all));
    return true;
  }
  await parts.database.batch(writesOf(standing, parts.now));
  return true;
}

/** The statements that bring the database up to what the account works by. */
export function writesOf(profile: AccountProfile, now: number) {
  return [
    updatePartner(profile),
    revokeCredentials(profile.account, profile.revokedKeys, now),
    ...keepPlans(profile, now),
  ];
}
