// Staff take a copy of a partner's account, and put one back where its object was lost.
import type { AccountCalls } from "../accounts/account.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { Clock } from "../base/clock.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import type { StaffAct } from "../partners/partner.ts";
import { readKnownProfile } from "../partners/profile-change.ts";
import { insertAudit } from "../partners/rows.ts";

export interface CopyParts {
  readonly database: LedgerDatabase;
  readonly clock: Clock;
  readonly account: (
    number: number,
  ) => Pick<AccountCalls, "copyAccount" | "returnAccount" | "configure" | "healAccount">;
  /** A live installation allows it by the setting `ALLOW_RETURN` alone, for as long as it takes. */
  readonly mayReturn: boolean;
}

/** The copy as lines of JSON. Refuses an account that nobody uses, or whose copy is larger than 8 MiB. */
export async function copyPartner(parts: CopyParts, account: number, by: StaffAct): Promise<Result<string, Refusal>> {
  const copied = await parts.account(account).copyAccount();
  if (copied.kind === "empty") return refuse(refusal("not_found", "There is no such account."));
  if (copied.kind === "too_large")
    return refuse(
      refusal("body_too_large", "The copy is larger than 8 MiB: use the platform's point-in-time recovery."),
    );
  await audit(parts, by, { verb: "copy_account", account, after: { characters: copied.text.length } });
  return ok(copied.text);
}

/** What the partner is now (keys that were revoked, its status) is taken from the database, and not from the copy. */
export async function returnPartner(
  parts: CopyParts,
  { account, copy }: { readonly account: number; readonly copy: string },
  by: StaffAct,
): Promise<Result<{ event: number; rows: number; isGoneBack: boolean }, Refusal>> {
  const profile = await readKnownProfile(parts.database, account);
  if (profile === null || !parts.mayReturn)
    return refuse(refusal("not_found", "There is no such partner, or the setting ALLOW_RETURN is not set."));
  const returned = await parts.account(account).returnAccount({ profile, text: copy });
  if (returned.kind === "occupied")
    return refuse(refusal("parameter", "The account has recharges or movements of its own: nothing is put over them."));
  if (returned.kind === "unreadable")
    return refuse(refusal("parameter", "This is not a whole copy of this account by this version of the gateway."));
  const { kind: _kind, ...after } = returned;
  await audit(parts, by, { verb: "return_account", account, after });
  return ok(after);
}

export interface HealedPartner {
  readonly from: number;
  readonly to: number;
  readonly unsure: number;
}

/** An account that is behind its ledger gets again what the ledger has. Refuses one that has booked otherwise since. */
export async function healPartner(
  parts: CopyParts,
  account: number,
  by: StaffAct,
): Promise<Result<HealedPartner | null, Refusal>> {
  const profile = await readKnownProfile(parts.database, account);
  if (profile === null) return refuse(refusal("not_found", "There is no such partner."));
  // An object that was lost has no profile, and no wallets to book into.
  await parts.account(account).configure(profile);
  const healed = await parts.account(account).healAccount();
  if (healed.kind === "not_behind") return ok(null);
  if (healed.kind === "diverged")
    return refuse(
      refusal(
        "parameter",
        `From event ${healed.at} on the account has booked otherwise than the ledger; it is held as it is.`,
      ),
    );
  const { kind: _kind, ...after } = healed;
  await audit(parts, by, { verb: "heal_account", account, after });
  return ok(after);
}

async function audit(
  { database, clock }: CopyParts,
  by: StaffAct,
  { verb, account, after }: { readonly verb: string; readonly account: number; readonly after: object },
): Promise<void> {
  await database.batch([insertAudit(by, clock.now(), { verb, subject: `account ${account}`, before: null, after })]);
}
