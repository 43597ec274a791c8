// Issuing and revoking the keys of a partner, on any surface.
import { partnerIdOf } from "../base/id.ts";
import { refusal } from "../base/refusal.ts";
import type { Refusal } from "../base/refusal.ts";
import { ok, refuse } from "../base/result.ts";
import type { Result } from "../base/result.ts";
import { newSecret } from "../base/signature.ts";
import type { Statement } from "../ledger/client.ts";
import type { Mode } from "../recharges/recharge.ts";
import {
  credentialHash,
  keyOfTwin,
  newApiKey,
  newCredentialId,
  readingTwinOf,
  signingSecretOf,
} from "./credentials.ts";
import type { DoubtAnswer, Scope, Surface } from "./credentials.ts";
import { applyToPartner, revoke } from "./manage.ts";
import type { ManageParts } from "./manage.ts";
import type { Partner, StaffAct } from "./partner.ts";
import { findPartner } from "./profile-change.ts";
import { insertAudit, insertCredential, readCredentialRow } from "./rows.ts";
import type { Credential } from "./rows.ts";

export interface NewKey {
  readonly surface: Surface;
  /** For people; used once among the keys of the partner that are not revoked. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly addresses: readonly string[];
  /** How the client takes doubt; live aopay and nurr clients have to say. */
  readonly doubtAnswer: DoubtAnswer | null;
  /** Epoch ms, or null: never. */
  readonly expiresAt: number | null;
}

export interface IssuedKey {
  readonly credential: Credential;
  /** What the client sends, by the wire's own names; in this answer and nowhere else. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Makes a key. Refuses a name in use, and a live key of aopay or nurr about which something is not settled yet. */
export async function issueKey(
  parts: ManageParts,
  account: number,
  wanted: NewKey,
  by: StaffAct,
): Promise<Result<IssuedKey, Refusal>> {
  const partner = await findPartner(parts.database, account);
  if (partner === null) return refuse(refusal("not_found", "There is no such partner."));
  const unsettled = unsettledOf(wanted, partner);
  if (unsettled !== null) return refuse(unsettled);
  const taken = refuseName(await listKeys(parts, account), wanted.name);
  if (taken !== null) return refuse(taken);
  const made = makeKey(parts.hashSecret, partner, wanted, parts.clock.now());
  await parts.database.batch([
    ...made.writes,
    insertAudit(by, made.credential.createdAt, {
      verb: "issue_key",
      subject: partnerIdOf(account),
      before: null,
      after: auditedKey(made.credential),
    }),
  ]);
  return ok(made);
}

/** A key that nobody has yet, with the statements that store it. `now` is epoch ms. */
export function makeKey(
  hashSecret: string,
  { account, mode }: Pick<Partner, "account" | "mode">,
  wanted: NewKey,
  now: number,
): IssuedKey & { readonly writes: readonly Statement[] } {
  const secrets = newSecrets[wanted.surface](mode);
  const keyId = newCredentialId("key");
  const hash = credentialHash(hashSecret, { surface: wanted.surface, parts: Object.values(secrets) });
  const credential: Credential = { ...wanted, keyId, account, hash, createdAt: now, revokedAt: null };
  const signing = wanted.surface === "aopay" ? { signing_secret: signingSecretOf(hashSecret, keyId) } : {};
  const writes = [insertCredential(credential), ...readingTwin(hashSecret, credential, secrets)];
  return { credential, secrets: { ...secrets, ...signing }, writes };
}

/** What the audit keeps of a key. */
export function auditedKey(key: Credential): Readonly<Record<string, unknown>> {
  return {
    key_id: key.keyId,
    surface: key.surface,
    name: key.name,
    scopes: key.scopes,
    addresses: key.addresses,
    doubt_answer: key.doubtAnswer,
    expires_at: key.expiresAt,
  };
}

/** The twin of a key of backnpay that may read; none of any other. */
function readingTwin(
  hashSecret: string,
  credential: Credential,
  secrets: Readonly<Record<string, string>>,
): readonly Statement[] {
  const { surface, keyId } = credential;
  const { userid } = secrets;
  const scopes = credential.scopes.filter((scope) => scope === "recharges:read" || scope === "account:read");
  if (surface !== "backnpay" || userid === undefined || scopes.length === 0) return [];
  const hash = credentialHash(hashSecret, { surface, parts: [userid] });
  return [insertCredential({ ...credential, keyId: readingTwinOf(keyId), hash, scopes })];
}

/**
 * What staff must settle first. A live client of aopay or nurr has chosen how it takes doubt (its protocol has no word for
 * pending); where an address alone is to order, the partner has a limit per day.
 */
export function unsettledOf({ surface, doubtAnswer, addresses }: NewKey, { mode, limits }: Partner): Refusal | null {
  const hasDoubt = surface === "aopay" || surface === "nurr";
  if (!hasDoubt && doubtAnswer !== null) return wrong("/doubt_answer", "is for keys of aopay and nurr");
  if (mode !== "live") return null;
  if (hasDoubt && doubtAnswer === null)
    return wrong("/doubt_answer", "is required for a live key of aopay or nurr: pending or hang_up");
  const hasDayLimit = limits.some((limit) => limit.currency === "INR" && limit.perDay !== null);
  if (surface === "aopay" && addresses.length > 0 && !hasDayLimit)
    return wrong("/addresses", "may order without a signature only where the partner has an INR limit per day");
  return null;
}

/** A name says one key among those that are not revoked. */
export function refuseName(keys: readonly Credential[], name: string): Refusal | null {
  const isUsed = keys.some((key) => key.name === name && key.revokedAt === null);
  return isUsed ? wrong("/name", "is in use: revoke that key first, or choose another name") : null;
}

/** Ends a key. Refuses one that is not the partner's; a second time changes nothing. Works while the database is down. */
export async function revokeKey(
  parts: ManageParts,
  account: number,
  keyId: string,
  by: StaffAct,
): Promise<Result<null, Refusal>> {
  const keys = await listKeys(parts, account).catch(() => null);
  if (keys !== null && !keys.some((key) => key.keyId === keyId))
    return refuse(refusal("not_found", "The partner has no such key."));
  const revoked = await applyToPartner(parts, account, revoke(keyId), by);
  return revoked.ok ? ok(null) : revoked;
}

/** All keys of a partner, oldest first, revoked ones too. */
export async function listKeys(parts: Pick<ManageParts, "database">, account: number): Promise<readonly Credential[]> {
  const rows = await parts.database.all("select * from credentials where account = ?1 order by created_at, key_id", [
    account,
  ]);
  return rows.map(readCredentialRow).filter(({ keyId }) => keyOfTwin(keyId) === keyId);
}

function wrong(pointer: string, reason: string): Refusal {
  return refusal("parameter", "A parameter is wrong.", { problems: [{ pointer, reason }] });
}

/** By the wire's own names, in the order in which they are hashed (`credentialHash`). */
const newSecrets = {
  api: (mode) => ({ key: newApiKey(mode) }),
  backnpay: () => ({ userid: newSecret(), pass: newSecret() }),
  aopay: () => ({ RegistrationID: `AOP-${newSecret().slice(0, 12)}` }),
  nurr: () => ({ api_key: newSecret(), api_secret: newSecret() }),
} as const satisfies Record<Surface, (mode: Mode) => Readonly<Record<string, string>>>;
