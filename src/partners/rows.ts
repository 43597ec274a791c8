// Rows of the tables of partners, keys and audit, parsed; and the statements that write them.
import { z } from "zod";
import { currencies } from "../base/money.ts";
import type { Statement } from "../ledger/client.ts";
import type { AccountProfile } from "../recharges/profile.ts";
import { doubtAnswers, scopes, surfaces } from "./credentials.ts";
import type { DoubtAnswer, Scope, Surface } from "./credentials.ts";
import type { Partner, StaffAct } from "./partner.ts";
import { limitsSchema, planSchema, programmeSchema } from "./terms-schema.ts";

/** A column that holds JSON, read by the schema of what is in it. */
export function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
}

const partnerRow = z.object({
  account: z.int(),
  mode: z.enum(["sandbox", "live"]),
  name: z.string(),
  status: z.enum(["active", "suspended", "closed"]),
  wallets: json(z.array(z.enum(currencies))),
  plan: json(planSchema),
  later_plans: json(z.array(planSchema)).nullable(),
  limits: json(z.array(limitsSchema)),
  profile_version: z.int(),
  created_at: z.int(),
  rewards: json(programmeSchema).nullable(),
});

/** A row of `partners`. Throws when it is none: the database is ours. */
export function readPartnerRow(row: unknown): Partner {
  const read = partnerRow.parse(row);
  const { profile_version: profileVersion, created_at: createdAt, later_plans: laterPlans, rewards, ...rest } = read;
  return {
    ...rest,
    profileVersion,
    createdAt,
    ...(laterPlans !== null && { laterPlans }),
    ...(rewards !== null && { rewards }),
  };
}

/** A key of a partner as it is stored: everything but the secret. Times are epoch ms. */
export interface Credential {
  readonly keyId: string;
  readonly account: number;
  readonly surface: Surface;
  readonly name: string;
  readonly hash: string;
  readonly scopes: readonly Scope[];
  /** Addresses and CIDR ranges that may use it; empty: any. On aopay: those from which it needs no signature. */
  readonly addresses: readonly string[];
  /** The recorded choice of a client whose protocol has no word for pending; null: none was recorded. */
  readonly doubtAnswer: DoubtAnswer | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

const credentialRow = z.object({
  key_id: z.string(),
  account: z.int(),
  surface: z.enum(surfaces),
  name: z.string(),
  hash: z.string(),
  scopes: json(z.array(z.enum(scopes))),
  addresses: json(z.array(z.string())).nullable(),
  created_at: z.int(),
  expires_at: z.int().nullable(),
  revoked_at: z.int().nullable(),
  doubt_answer: z.enum(doubtAnswers).nullable(),
});

/** A row of `credentials`. */
export function readCredentialRow(row: unknown): Credential {
  const read = credentialRow.parse(row);
  return {
    keyId: read.key_id,
    account: read.account,
    surface: read.surface,
    name: read.name,
    hash: read.hash,
    scopes: read.scopes,
    addresses: read.addresses ?? [],
    doubtAnswer: read.doubt_answer,
    createdAt: read.created_at,
    expiresAt: read.expires_at,
    revokedAt: read.revoked_at,
  };
}

/** Allocates the account number, unless a partner of that mode and name exists. */
export function insertPartner(partner: Omit<Partner, "account">): Statement {
  return {
    sql: `insert into partners (mode, name, status, wallets, plan, limits, profile_version, created_at)
      select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
      where not exists (select 1 from partners where mode = ?1 and name = ?2)`,
    args: [
      partner.mode,
      partner.name,
      partner.status,
      JSON.stringify(partner.wallets),
      JSON.stringify(partner.plan),
      JSON.stringify(partner.limits),
      partner.profileVersion,
      partner.createdAt,
    ],
  };
}

/** Brings the database's copy up to a profile; an older profile changes nothing. */
export function updatePartner(profile: AccountProfile): Statement {
  return {
    sql: `update partners set status = ?2, wallets = ?3, plan = ?4, limits = ?5, profile_version = ?6, rewards = ?7,
      later_plans = ?8
      where account = ?1 and profile_version < ?6`,
    args: [
      profile.account,
      profile.status,
      JSON.stringify(profile.wallets),
      JSON.stringify(profile.plan),
      JSON.stringify(profile.limits),
      profile.version,
      jsonOrNull(profile.rewards ?? null),
      jsonOrNull(profile.laterPlans ?? null),
    ],
  };
}

/** Keeps every version of a partner's plan; one that was planned and given up before it applied is forgotten. */
export function keepPlans(profile: AccountProfile, now: number): readonly Statement[] {
  const plans = [profile.plan, ...(profile.laterPlans ?? [])];
  const versions = JSON.stringify(plans.map(({ version }) => version));
  return [
    {
      sql: `delete from commission_plans where account = ?1 and from_at > ?2
        and version not in (select value from json_each(?3))`,
      args: [profile.account, now, versions],
    },
    {
      sql: `insert into commission_plans (account, version, rules, from_at)
        select ?1, value ->> '$.version', value -> '$.rules', coalesce(value ->> '$.from', ?3) from json_each(?2)
        where true on conflict do update set rules = excluded.rules, from_at = excluded.from_at
        where from_at > ?3`,
      args: [profile.account, JSON.stringify(plans), now],
    },
  ];
}

/** Notes as revoked what the account's profile calls revoked; the first time stands. */
export function revokeCredentials(account: number, keyIds: readonly string[], at: number): Statement {
  return {
    sql: `update credentials set revoked_at = ?3
      where account = ?1 and revoked_at is null and key_id in (select value from json_each(?2))`,
    args: [account, JSON.stringify(keyIds), at],
  };
}

/** Stores a key; one that is there already, by id or by hash, stays as it is. */
export function insertCredential(credential: Credential): Statement {
  return {
    sql: `insert into credentials
      (key_id, account, surface, name, hash, scopes, addresses, created_at, expires_at, revoked_at, doubt_answer)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) on conflict do nothing`,
    args: [
      credential.keyId,
      credential.account,
      credential.surface,
      credential.name,
      credential.hash,
      JSON.stringify(credential.scopes),
      credential.addresses.length === 0 ? null : JSON.stringify(credential.addresses),
      credential.createdAt,
      credential.expiresAt,
      credential.revokedAt,
      credential.doubtAnswer,
    ],
  };
}

/** What the audit says of one write: the verb, what it was about, and how that stood before and after. */
export interface AuditEntry {
  readonly verb: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A line of the audit. Secrets never go in: hand over what `auditedPartner` and its like let through. */
export function insertAudit(by: StaffAct, at: number, entry: AuditEntry): Statement {
  return {
    sql: `insert into audit (at, staff, verb, subject, before, after, request_id) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
    args: [at, by.staff, entry.verb, entry.subject, jsonOrNull(entry.before), jsonOrNull(entry.after), by.requestId],
  };
}

function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
