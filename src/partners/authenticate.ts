// Who is asking: a key is found by its keyed hash. What is cached is a hint; the account has the last word.
import type { Clock } from "../base/clock.ts";
import { forgetOldest } from "../base/forget-oldest.ts";
import { refusal } from "../base/refusal.ts";
import type { Refusal } from "../base/refusal.ts";
import { ok, refuse } from "../base/result.ts";
import type { Result } from "../base/result.ts";
import { equalInConstantTime } from "../base/signature.ts";
import type { LedgerDatabase, SqlRow } from "../ledger/client.ts";
import type { Mode } from "../recharges/recharge.ts";
import { partnerIdOf } from "../base/id.ts";
import { isAddressAllowed } from "./addresses.ts";
import { credentialHash, keyOfTwin, modeOfApiKey } from "./credentials.ts";
import type { DoubtAnswer, Presented, Scope } from "./credentials.ts";
import { readCredentialRow } from "./rows.ts";
import type { Credential } from "./rows.ts";
import { findSession, isSessionToken } from "./sessions.ts";

/** A caller whose credentials are good, as far as this isolate knows. */
export interface Authenticated {
  /** What every call of the account carries: the account checks it against its own list. */
  readonly caller: { readonly keyId: string; readonly mode: Mode };
  readonly account: number;
  readonly scopes: readonly Scope[];
  /** Left out where none was recorded. */
  readonly doubtAnswer?: DoubtAnswer;
}

export type Known = { readonly credential: Credential; readonly mode: Mode; readonly isClosed: boolean };

/** One isolate's memory of keys: known ones and, apart from them so that guesses push none out, unknown ones. */
export interface CredentialCache {
  readonly known: Map<string, { readonly found: Known; readonly readAt: number }>;
  readonly unknown: Map<string, number>;
  /** Hashes of API keys that were good here, by the key. They are random; what people choose as passwords is never kept. */
  readonly hashes: Map<string, string>;
}

const cachedAtMost = 5_000;
const unknownForMs = 5_000;
/** How long a key that was known a moment ago waits for a database that stalls. */
const staleAfterMs = 1_000;

/** An empty memory. Keep it for the isolate's life. */
export function newCredentialCache(): CredentialCache {
  return { known: new Map(), unknown: new Map(), hashes: new Map() };
}

export interface AuthenticatorParts {
  readonly database: LedgerDatabase;
  readonly hashSecret: string;
  readonly clock: Clock;
  readonly cache: CredentialCache;
  readonly cacheMs: number;
}

export type Authenticate = (presented: Presented, address: string | null) => Promise<Result<Authenticated, Refusal>>;

/** Checks credentials (1: known, not revoked, not expired, of the mode that its prefix says), then the address (2). */
export function createAuthenticate(parts: AuthenticatorParts): Authenticate {
  return async (presented, address) => {
    const [first = ""] = presented.parts;
    if (presented.surface === "api" && isSessionToken(first)) return findPortalGuest(parts, first);
    const known = await findGood(parts, presented);
    if (!known.ok) return known;
    if (!isAddressAllowed(known.value.credential.addresses, address))
      return refuse(refusal("address", "This credential may not be used from the address that the request came from."));
    return ok(presentAuthenticated(known.value));
  };
}

/** What a person in the portal may do: read, and keep webhooks and disputes; never place a recharge. */
const portalScopes = [
  "recharges:read",
  "account:read",
  "webhooks:write",
  "disputes:write",
] as const satisfies readonly Scope[];

/** The partner of a portal's session. Never cached: a session that was ended, or a partner that was closed, stops at once. */
async function findPortalGuest(parts: AuthenticatorParts, token: string): Promise<Result<Authenticated, Refusal>> {
  const session = await findSession(parts, token);
  if (session?.guest.kind !== "partner") return refuse(badCredentials("is not known"));
  const { account } = session.guest;
  const [row] = await parts.database.all("select mode, status from partners where account = ?1", [account]);
  if (row === undefined) return refuse(badCredentials("is not known"));
  if (row["status"] === "closed") return refuse(badCredentials("belongs to a partner whose access is closed"));
  const caller = { keyId: `portal_${partnerIdOf(account)}`, mode: modeOf(row) };
  return ok({ caller, account, scopes: portalScopes });
}

function modeOf(row: SqlRow): Mode {
  return row["mode"] === "live" ? "live" : "sandbox";
}

export function presentAuthenticated({ credential, mode }: Known): Authenticated {
  const { keyId, account, scopes, doubtAnswer } = credential;
  return {
    caller: { keyId: keyOfTwin(keyId), mode },
    account,
    scopes,
    ...(doubtAnswer === null ? {} : { doubtAnswer }),
  };
}

/**
 * Check 1: known, not revoked, not expired, of the mode that its prefix says, its partner not closed. Whether the address
 * fits is another question.
 */
export async function findGood(parts: AuthenticatorParts, presented: Presented): Promise<Result<Known, Refusal>> {
  const claimed = presented.surface === "api" ? modeOfApiKey(presented.parts[0] ?? "") : null;
  if (presented.surface === "api" && claimed === null) return refuse(badCredentials("is not an API key"));
  const hash = hashOf(parts, presented);
  const known = await findKnown(parts, hash);
  if (known === null) return refuse(badCredentials("is not known"));
  const { credential, mode, isClosed } = known;
  if (isClosed) return refuse(badCredentials("belongs to a partner whose access is closed"));
  if (claimed !== null && claimed !== mode) return refuse(badCredentials("is not known"));
  if (credential.revokedAt !== null) return refuse(badCredentials("was revoked"));
  if (credential.expiresAt !== null && credential.expiresAt <= parts.clock.now())
    return refuse(badCredentials("has expired"));
  keepHash(parts.cache, presented, hash);
  return ok(known);
}

/** Hashing a key costs more than all else that is done with it, and the same keys come again and again. */
function hashOf({ cache, hashSecret }: AuthenticatorParts, presented: Presented): string {
  const kept = presented.surface === "api" ? cache.hashes.get(presented.parts[0] ?? "") : undefined;
  return kept ?? credentialHash(hashSecret, presented);
}

function keepHash({ hashes }: CredentialCache, { surface, parts: [key] }: Presented, hash: string): void {
  if (surface === "api" && key !== undefined && !hashes.has(key)) remember(hashes, key, hash);
}

/** Null when the scope is there. */
export function refuseWithoutScope(authenticated: Pick<Authenticated, "scopes">, scope: Scope): Refusal | null {
  return authenticated.scopes.includes(scope) ? null : refusal("scope", `The credential lacks the scope ${scope}.`);
}

function badCredentials(why: string): Refusal {
  return refusal("credentials", `The credential ${why}.`);
}

async function findKnown(parts: AuthenticatorParts, hash: string): Promise<Known | null> {
  const { cache, clock, cacheMs } = parts;
  const cached = cache.known.get(hash);
  if (cached !== undefined && clock.now() - cached.readAt < cacheMs) return cached.found;
  const unknownSince = cache.unknown.get(hash);
  if (unknownSince !== undefined && clock.now() - unknownSince < Math.min(unknownForMs, cacheMs)) return null;
  const found =
    cached === undefined ? await readKnown(parts, hash) : await readOrKeep(readKnown(parts, hash), cached.found);
  if (found === null) {
    cache.known.delete(hash);
    remember(cache.unknown, hash, clock.now());
  } else {
    cache.unknown.delete(hash);
    remember(cache.known, hash, { found, readAt: clock.now() });
  }
  return found;
}

/** A database that is down or slow refuses nobody whom it knew: revocation is the account's to say. */
async function readOrKeep(reading: Promise<Known | null>, kept: Known): Promise<Known | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Known>((resolve) => {
    timer = setTimeout(() => resolve(kept), staleAfterMs);
  });
  try {
    return await Promise.race([reading.catch(() => kept), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function readKnown({ database }: AuthenticatorParts, hash: string): Promise<Known | null> {
  const [row] = await database.all(
    `select c.*, p.mode as mode, p.status as status from credentials c join partners p on p.account = c.account where c.hash = ?1`,
    [hash],
  );
  if (row === undefined) return null;
  const credential = readCredentialRow(row);
  if (!equalInConstantTime(credential.hash, hash)) return null;
  return {
    credential,
    mode: modeOf(row),
    isClosed: row["status"] === "closed",
  };
}

/** The oldest entry goes when the memory is full. */
function remember<Value>(memory: Map<string, Value>, key: string, value: Value): void {
  memory.delete(key);
  memory.set(key, value);
  if (memory.size > cachedAtMost) forgetOldest(memory);
}
