// Changing a key that is in use: giving way to a new one after an overlap, and the addresses from which it may be used.
import { partnerIdOf } from "../base/id.ts";
import { refusal } from "../base/refusal.ts";
import type { Refusal } from "../base/refusal.ts";
import { ok, refuse } from "../base/result.ts";
import type { Result } from "../base/result.ts";
import { readingTwinOf } from "./credentials.ts";
import { auditedKey, type IssuedKey, listKeys, makeKey, refuseName, revokeKey, unsettledOf } from "./keys.ts";
import type { ManageParts } from "./manage.ts";
import type { Partner, StaffAct } from "./partner.ts";
import { findPartner } from "./profile-change.ts";
import { insertAudit } from "./rows.ts";
import type { Credential } from "./rows.ts";

/**
 * Issues a key like an old one, which goes on for `overlapMs` and then expires; 0: it is revoked at once. Refuses a key that
 * is revoked or has expired, and a name in use: so an answer that was lost is found by its name, and issues no second key.
 */
export async function rotateKey(
  parts: ManageParts,
  account: number,
  keyId: string,
  wanted: { readonly name: string; readonly overlapMs: number },
  by: StaffAct,
): Promise<Result<IssuedKey, Refusal>> {
  const found = await findUsable(parts, account, keyId);
  if (!found.ok) return found;
  const { old, partner, keys } = found.value;
  const taken = refuseName(keys, wanted.name) ?? unsettledOf(old, partner);
  if (taken !== null) return refuse(taken);
  const now = parts.clock.now();
  const { surface, scopes, addresses, doubtAnswer } = old;
  const same = { surface, scopes, addresses, doubtAnswer, expiresAt: null };
  const made = makeKey(parts.hashSecret, partner, { ...same, name: wanted.name }, now);
  const endsAt = Math.min(old.expiresAt ?? Number.POSITIVE_INFINITY, now + wanted.overlapMs);
  await parts.database.batch([
    ...made.writes,
    {
      sql: "update credentials set expires_at = ?3 where account = ?1 and key_id in (?2, ?4)",
      args: [account, keyId, endsAt, readingTwinOf(keyId)],
    },
    insertAudit(by, now, {
      verb: "rotate_key",
      subject: partnerIdOf(account),
      before: auditedKey(old),
      after: { ...auditedKey(made.credential), replaces: keyId, replaced_expires_at: endsAt },
    }),
  ]);
  if (wanted.overlapMs === 0) {
    const revoked = await revokeKey(parts, account, keyId, by);
    if (!revoked.ok) return revoked;
  }
  return ok(made);
}

/** Replaces the addresses from which a key may be used; isolates that know the key go by it within the credential cache's time. */
export async function changeAddresses(
  parts: ManageParts,
  account: number,
  keyId: string,
  addresses: readonly string[],
  by: StaffAct,
): Promise<Result<Credential, Refusal>> {
  const found = await findUsable(parts, account, keyId);
  if (!found.ok) return found;
  const { old, partner } = found.value;
  const changed = { ...old, addresses };
  const unsettled = unsettledOf(changed, partner);
  if (unsettled !== null) return refuse(unsettled);
  await parts.database.batch([
    {
      sql: "update credentials set addresses = ?3 where account = ?1 and key_id in (?2, ?4)",
      args: [account, keyId, addresses.length === 0 ? null : JSON.stringify(addresses), readingTwinOf(keyId)],
    },
    insertAudit(by, parts.clock.now(), {
      verb: "change_addresses",
      subject: partnerIdOf(account),
      before: auditedKey(old),
      after: auditedKey(changed),
    }),
  ]);
  return ok(changed);
}

async function findUsable(
  parts: ManageParts,
  account: number,
  keyId: string,
): Promise<Result<{ old: Credential; partner: Partner; keys: readonly Credential[] }, Refusal>> {
  const partner = await findPartner(parts.database, account);
  const keys = await listKeys(parts, account);
  const old = keys.find((key) => key.keyId === keyId);
  if (partner === null || old === undefined) return refuse(refusal("not_found", "The partner has no such key."));
  const isOver = old.revokedAt !== null || (old.expiresAt !== null && old.expiresAt <= parts.clock.now());
  if (!isOver) return ok({ old, partner, keys });
  const detail = "The key was revoked or has expired: issue another one.";
  return refuse(refusal("parameter", detail, { problems: [{ pointer: "/path/key", reason: detail }] }));
}
