// Passkeys of staff: registered by who is signed in, good for one host, each challenge for one answer.
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { keyedHash } from "../base/signature.ts";
import { type StaffScope, staffScopes } from "./credentials.ts";
import { insertAudit } from "./rows.ts";
import type { Guest, SessionParts } from "./sessions.ts";

/** Where the browser is: a passkey is good for this host alone. */
export interface Place {
  readonly origin: string;
  readonly host: string;
}

type StaffGuest = Extract<Guest, { kind: "staff" }>;

const challengeLastsMs = 5 * 60_000;
const gatewayName = "Recharge Gateway";
const scopesText = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.enum(staffScopes)));
const keyRow = z.object({ id: z.string(), person: z.string(), public_key: z.string(), counter: z.int() });
const unknownKey = () =>
  refuse(refusal("credentials", "This passkey is not known here, or its person may not come in."));

/** What the browser is asked for a new passkey of this person. */
export async function askForPasskey(parts: SessionParts, guest: StaffGuest, { host }: Place) {
  const known = await listPasskeys(parts, guest.person);
  const options = await generateRegistrationOptions({
    rpName: gatewayName,
    rpID: host,
    userName: guest.person,
    attestationType: "none",
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  await keepChallenge(parts, options.challenge, guest.person);
  return options;
}

/**
 * Keeps the passkey. The person's roles are those of this session, where none are kept yet; somebody who came in with fewer
 * than are kept is refused: a lesser link makes no greater key.
 */
export async function addPasskey(
  parts: SessionParts,
  guest: StaffGuest,
  response: RegistrationResponseJSON,
  place: Place,
): Promise<Result<null, Refusal>> {
  const kept = await readRoles(parts, guest.person);
  if (kept?.some((scope) => !guest.scopes.includes(scope)))
    return refuse(refusal("scope", "This session may less than you: sign in by another way to add a passkey."));
  const verified = await verify(parts, guest.person, (expectedChallenge) =>
    verifyRegistrationResponse({
      response,
      expectedChallenge,
      expectedOrigin: place.origin,
      expectedRPID: place.host,
      requireUserVerification: true,
    }),
  );
  if (verified === null || !verified.verified)
    return refuse(refusal("credentials", "The passkey could not be verified."));
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  const now = parts.clock.now();
  await parts.database.batch([
    {
      sql: "insert into staff_people (person, scopes, changed_at) values (?1, ?2, ?3) on conflict do nothing",
      args: [guest.person, JSON.stringify(guest.scopes), now],
    },
    {
      sql: "insert into passkeys (id, person, public_key, counter, created_at) values (?1, ?2, ?3, ?4, ?5)",
      args: [id, guest.person, Buffer.from(publicKey).toString("base64url"), counter, now],
    },
    insertAudit({ staff: guest.person, requestId: crypto.randomUUID() }, now, {
      verb: "add_passkey",
      subject: guest.person,
      before: null,
      after: { passkey: id },
    }),
  ]);
  return ok(null);
}

/** What the browser is asked of somebody who signs in: any passkey of this host. */
export async function askToSignIn(parts: SessionParts, { host }: Place) {
  const options = await generateAuthenticationOptions({ rpID: host, userVerification: "required" });
  await keepChallenge(parts, options.challenge, "");
  return options;
}

/** Whose passkey it is, with the roles that are kept now. A copied authenticator, whose counter goes back, is refused. */
export async function findByPasskey(
  parts: SessionParts,
  response: AuthenticationResponseJSON,
  place: Place,
): Promise<Result<StaffGuest, Refusal>> {
  const [row] = await parts.database.all("select id, person, public_key, counter from passkeys where id = ?1", [
    response.id,
  ]);
  if (row === undefined) return unknownKey();
  const key = keyRow.parse(row);
  const publicKey = new Uint8Array(Buffer.from(key.public_key, "base64url"));
  const verified = await verify(parts, "", (expectedChallenge) =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: place.origin,
      expectedRPID: place.host,
      credential: { id: key.id, publicKey, counter: key.counter },
      requireUserVerification: true,
    }),
  );
  if (verified === null || !verified.verified) return unknownKey();
  const scopes = await readRoles(parts, key.person);
  if (scopes === null || scopes.length === 0) return unknownKey();
  await parts.database.batch([
    {
      sql: "update passkeys set counter = max(counter, ?2), used_at = ?3 where id = ?1",
      args: [key.id, verified.authenticationInfo.newCounter, parts.clock.now()],
    },
  ]);
  return ok({ kind: "staff", person: key.person, scopes });
}

/** The passkeys of a person, oldest first; times in epoch ms. */
export async function listPasskeys({ database }: SessionParts, person: string) {
  const rows = await database.all(
    "select id, created_at, used_at from passkeys where person = ?1 order by created_at",
    [person],
  );
  const shape = z.object({ id: z.string(), created_at: z.int(), used_at: z.int().nullable() });
  return rows
    .map((row) => shape.parse(row))
    .map((row) => ({ id: row.id, createdAt: row.created_at, usedAt: row.used_at }));
}

/** The roles that are kept of a person; null: nobody of that name has a passkey or roles. */
export async function readRoles({ database }: SessionParts, person: string): Promise<readonly StaffScope[] | null> {
  const [row] = await database.all("select scopes from staff_people where person = ?1", [person]);
  return row === undefined ? null : scopesText.parse(row["scopes"]);
}

async function keepChallenge(parts: SessionParts, challenge: string, person: string): Promise<void> {
  const now = parts.clock.now();
  await parts.database.batch([
    { sql: "delete from passkey_challenges where expires_at < ?1", args: [now] },
    {
      sql: "insert into passkey_challenges (hash, person, expires_at) values (?1, ?2, ?3)",
      args: [hashOf(parts, challenge), person, now + challengeLastsMs],
    },
  ]);
}

/** What the package throws is a refusal, null; a challenge that could not be looked up is a fault. */
async function verify<Verified>(
  parts: SessionParts,
  person: string,
  ask: (isExpected: (challenge: string) => Promise<boolean>) => Promise<Verified>,
): Promise<Verified | null> {
  const faults: unknown[] = [];
  const verified = await ask((challenge) =>
    takeChallenge(parts, challenge, person).catch((fault: unknown) => {
      faults.push(fault);
      return false;
    }),
  ).catch(() => null);
  if (faults.length > 0) throw new Error("the challenge could not be looked up", { cause: faults[0] });
  return verified;
}

/** True once: a second answer to the same challenge finds it used. */
async function takeChallenge(parts: SessionParts, challenge: string, person: string): Promise<boolean> {
  const rows = await parts.database.all(
    `update passkey_challenges set used_at = ?3 where hash = ?1 and person = ?2 and used_at is null and expires_at > ?3
      returning hash`,
    [hashOf(parts, challenge), person, parts.clock.now()],
  );
  return rows.length === 1;
}

function hashOf({ hashSecret }: SessionParts, challenge: string): string {
  return keyedHash(hashSecret, JSON.stringify(["challenge", challenge]));
}
