// The verbs of staff on partners: each is audited, may be repeated, and is told to the account before the database.
import type { Clock } from "../base/clock.ts";
import { partnerIdOf } from "../base/id.ts";
import type { Currency } from "../base/money.ts";
import { refusal } from "../base/refusal.ts";
import type { Refusal } from "../base/refusal.ts";
import { ok, refuse } from "../base/result.ts";
import type { Result } from "../base/result.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import type { WalletMovement } from "../recharges/events.ts";
import type { AccountProfile, CommissionRule, Limits } from "../recharges/profile.ts";
import type { Mode, WalletView } from "../recharges/recharge.ts";
import type { RewardProgramme } from "../recharges/reward.ts";
import { auditedPartner, profileOf } from "./partner.ts";
import type { Partner, StaffAct } from "./partner.ts";
import { changeProfile, readKnownProfile, writesOf } from "./profile-change.ts";
import type { ManagedAccount } from "./profile-change.ts";
import { refusePlan } from "./plan-rules.ts";
import { insertAudit, insertPartner, keepPlans, readPartnerRow } from "./rows.ts";

export interface ManageParts {
  readonly database: LedgerDatabase;
  readonly hashSecret: string;
  readonly clock: Clock;
  readonly installation: "local" | "live";
  account(number: number): ManagedAccount;
  /** Told to every guard shard before it answers. Refuses an unknown provider. */
  switchProvider(
    provider: string,
    isOff: boolean,
    staff: string,
  ): Promise<Result<{ readonly wasOff: boolean }, Refusal>>;
}

export interface NewPartner {
  readonly name: string;
  readonly mode: Mode;
  readonly wallets: readonly Currency[];
  readonly rules: readonly CommissionRule[];
  readonly limits: readonly Limits[];
}

const noSuchPartner = refusal("not_found", "There is no such partner.");

/** Allocates the account number in the database, then configures the account. A partner of that name and mode is found again. */
export async function createPartner(
  parts: ManageParts,
  wanted: NewPartner,
  by: StaffAct,
): Promise<Result<{ readonly partner: Partner; readonly isReplay: boolean }, Refusal>> {
  const { database, clock } = parts;
  const unfit = refusePlan(wanted.rules);
  if (unfit !== null) return refuse(unfit);
  const now = clock.now();
  const find = { sql: "select * from partners where mode = ?1 and name = ?2", args: [wanted.mode, wanted.name] };
  const [earlier] = await database.all(find.sql, find.args);
  const insert = insertPartner({
    mode: wanted.mode,
    name: wanted.name,
    status: "active",
    wallets: wanted.wallets,
    plan: { version: 1, rules: wanted.rules },
    limits: wanted.limits,
    profileVersion: 1,
    createdAt: now,
  });
  const row = earlier ?? (await database.batch([insert, find]))[1]?.[0];
  const partner = readPartnerRow(row);
  if (partner.wallets.toSorted().join() !== wanted.wallets.toSorted().join())
    return refuse(
      refusal("parameter", "A partner of this name exists with other wallets.", {
        problems: [{ pointer: "/name", reason: `is taken by ${partnerIdOf(partner.account)}` }],
      }),
    );
  const account = parts.account(partner.account);
  const known = () => readKnownProfile(database, partner.account);
  const standing = (await changeProfile(account, known, (profile) => profile))?.after ?? profileOf(partner, []);
  await database.batch([
    ...keepPlans(standing, now),
    insertAudit(by, now, {
      verb: "create_partner",
      subject: partnerIdOf(partner.account),
      before: earlier === undefined ? null : auditedPartner(standing),
      after: auditedPartner(standing),
    }),
  ]);
  return ok({ partner, isReplay: earlier !== undefined });
}

/** One change of a profile, under the name of its verb. */
export interface ProfileVerb {
  readonly verb: string;
  readonly change: (profile: AccountProfile) => AccountProfile;
}

/** No new recharges; pending ones go on. */
export const suspend: ProfileVerb = { verb: "suspend", change: (profile) => ({ ...profile, status: "suspended" }) };
/** Answers nothing to the partner any more, reads included, until it is resumed; what is pending is settled. */
export const close: ProfileVerb = { verb: "close", change: (profile) => ({ ...profile, status: "closed" }) };
export const resume: ProfileVerb = { verb: "resume", change: (profile) => ({ ...profile, status: "active" }) };

/** Replaces all limits; a currency that is not named has none. */
export function changeLimits(limits: readonly Limits[]): ProfileVerb {
  return { verb: "change_limits", change: (profile) => ({ ...profile, limits }) };
}

/** Replaces the reward programme; null turns it off. What was given stays, and is taken back where a recharge is reversed. */
export function changeRewards(programme: RewardProgramme | null): ProfileVerb {
  return {
    verb: "change_rewards",
    change: ({ rewards: _before, ...profile }) => (programme === null ? profile : { ...profile, rewards: programme }),
  };
}

/** Ends a key. The account knows it before this answers; the database may be down and is told again later. */
export function revoke(keyId: string): ProfileVerb {
  return {
    verb: "revoke_key",
    change: (profile) =>
      profile.revokedKeys.includes(keyId) ? profile : { ...profile, revokedKeys: [...profile.revokedKeys, keyId] },
  };
}

/** Applies one of the verbs above: the account first, then the database with the audit. */
export async function applyToPartner(
  parts: ManageParts,
  accountNumber: number,
  { verb, change }: ProfileVerb,
  by: StaffAct,
): Promise<Result<AccountProfile, Refusal>> {
  const account = parts.account(accountNumber);
  const changed = await changeProfile(account, () => readKnownProfile(parts.database, accountNumber), change);
  if (changed === null) return refuse(noSuchPartner);
  const now = parts.clock.now();
  await parts.database.batch([
    ...writesOf(changed.after, now),
    insertAudit(by, now, {
      verb,
      subject: partnerIdOf(accountNumber),
      before: auditedPartner(changed.before),
      after: auditedPartner(changed.after),
    }),
  ]);
  return ok(changed.after);
}

/** Puts money into a wallet or takes it out, once per `externalReference`. Amount in minor units, above zero. */
export async function moveMoney(
  parts: ManageParts,
  accountNumber: number,
  direction: "credit" | "debit",
  movement: Omit<WalletMovement, "staff">,
  by: StaffAct,
): Promise<Result<WalletView, Refusal>> {
  const account = parts.account(accountNumber);
  const figures = await account.readFigures({ withPending: false });
  if (figures === null) return refuse(noSuchPartner);
  const walletOf = (wallets: readonly WalletView[]) =>
    wallets.find((wallet) => wallet.currency === movement.currency) ?? null;
  const before = walletOf(figures.wallets);
  const full = { ...movement, staff: by.staff };
  const moved = await (direction === "credit" ? account.credit(full) : account.debit(full));
  if (!moved.ok) return moved;
  await parts.database.batch([
    insertAudit(by, parts.clock.now(), {
      verb: direction,
      subject: partnerIdOf(accountNumber),
      before,
      after: { ...moved.value, movement },
    }),
  ]);
  return moved;
}

/** Takes a provider out of, or back into, the routing of every account. */
export async function switchProvider(
  parts: ManageParts,
  provider: string,
  isOff: boolean,
  by: StaffAct,
): Promise<Result<null, Refusal>> {
  const switched = await parts.switchProvider(provider, isOff, by.staff);
  if (!switched.ok) return switched;
  await parts.database.batch([
    insertAudit(by, parts.clock.now(), {
      verb: "switch_provider",
      subject: provider,
      before: { is_off: switched.value.wasOff },
      after: { is_off: isOff },
    }),
  ]);
  return ok(null);
}
