// The verbs of staff on what holds for the whole installation: the providers' order, the velocity of numbers, blocked numbers.
import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import { maskNumber } from "../base/mask.ts";
import { refusal } from "../base/refusal.ts";
import type { Refusal } from "../base/refusal.ts";
import { ok, refuse } from "../base/result.ts";
import type { Result } from "../base/result.ts";
import { checkFields, checkNumber, claimNumberOf } from "../catalog/check.ts";
import { findProduct } from "../catalog/products.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import type { StaffRules } from "../recharges/ports.ts";
import type { StaffAct } from "./partner.ts";
import { insertAudit } from "./rows.ts";

/** What is known of the codes of a provider; `isUsable`: without a word of staff. */
export interface CodedProvider {
  tabledCodeOf(product: string): {
    readonly code: string;
    readonly provenance: "documented" | "inferred" | "certified";
    readonly isUsable: boolean;
  } | null;
}

export interface StaffRulesParts {
  readonly database: LedgerDatabase;
  readonly clock: Clock;
  /** Those of the settings, by id. */
  readonly providers: ReadonlyMap<string, CodedProvider>;
  readRules(): Promise<StaffRules>;
  /** Told to every guard shard before it answers; `missed`: indices of those that could not be told. */
  setRules(change: {
    readonly order?: { readonly product: string; readonly providers: readonly string[] };
    readonly velocityPerDay?: number | null;
    readonly code?: { readonly provider: string; readonly product: string; readonly isCertified: boolean | null };
  }): Promise<{ readonly rules: StaffRules; readonly missed: readonly number[] }>;
  /** Told to the shards of a canonical number before it answers. */
  setBlocked(number: string, isBlocked: boolean): Promise<void>;
}

/**
 * The providers that are asked first for a product (`*`: for every product without an order of its own), first to ask first;
 * an empty list gives the order back to the settings. The next recharge of every account goes by it.
 */
export async function changeOrder(
  parts: StaffRulesParts,
  wanted: { readonly product: string; readonly providers: readonly string[] },
  by: StaffAct,
): Promise<Result<StaffRules, Refusal>> {
  const { product, providers } = wanted;
  if (product !== "*" && findProduct(product) === null) return refuse(wrong("/product", "is not a product, nor *"));
  const stranger = providers.find((id, index) => !parts.providers.has(id) || providers.indexOf(id) < index);
  if (stranger !== undefined)
    return refuse(wrong(`/providers/${providers.lastIndexOf(stranger)}`, "is not a provider, or is named twice"));
  const before = await parts.readRules();
  const rules = await pushRules(parts, { order: wanted });
  const said = (some: StaffRules) => ({ product, providers: some.order[product] ?? [] });
  await auditRules(parts, by, { verb: "change_order", subject: product, before: said(before), after: said(rules) });
  return ok(rules);
}

/** How many recharges one number may have in 24 hours over all partners; null: as the settings say. */
export async function changeVelocity(
  parts: StaffRulesParts,
  velocityPerDay: number | null,
  by: StaffAct,
): Promise<StaffRules> {
  const before = await parts.readRules();
  const rules = await pushRules(parts, { velocityPerDay });
  await auditRules(parts, by, {
    verb: "change_number_rules",
    subject: "number_rules",
    before: { velocity_per_day: before.velocityPerDay },
    after: { velocity_per_day: rules.velocityPerDay },
  });
  return rules;
}

export interface BlockedNumber {
  /** Canonical; for billers with the fields that tell accounts apart. */
  readonly number: string;
  readonly reason: string;
  /** Epoch ms. */
  readonly blockedAt: number;
  readonly blockedBy: string;
}

/** Sends nothing to a number any more, whatever the partner, product and mode; or takes that back. Refuses what is no number. */
export async function blockNumber(
  parts: StaffRulesParts,
  wanted: {
    readonly product: string;
    readonly number: string;
    readonly fields: Readonly<Record<string, string>>;
    readonly isBlocked: boolean;
    readonly reason: string;
  },
  by: StaffAct,
): Promise<Result<BlockedNumber | null, Refusal>> {
  const product = findProduct(wanted.product);
  if (product === null) return refuse(wrong("/product", "is not a product"));
  const number = checkNumber(product, wanted.number);
  if (!number.ok) return number;
  const fields = checkFields(product, wanted.fields);
  if (!fields.ok) return fields;
  const claimed = claimNumberOf(product, number.value, fields.value);
  const now = parts.clock.now();
  const blocked = { number: claimed, reason: wanted.reason, blockedAt: now, blockedBy: by.staff };
  await parts.setBlocked(claimed, wanted.isBlocked);
  const [row] = await parts.database.all("select * from blocked_numbers where number = ?1", [claimed]);
  const before = row === undefined ? null : readBlocked(row);
  const write = wanted.isBlocked
    ? {
        sql: `insert into blocked_numbers (number, reason, blocked_at, blocked_by) values (?1, ?2, ?3, ?4)
          on conflict (number) do update set reason = excluded.reason`,
        args: [claimed, wanted.reason, now, by.staff],
      }
    : { sql: "delete from blocked_numbers where number = ?1", args: [claimed] };
  const masked = maskNumber(claimed);
  await parts.database.batch([
    write,
    insertAudit(by, now, {
      verb: wanted.isBlocked ? "block_number" : "free_number",
      subject: masked,
      before: { is_blocked: before !== null, reason: before?.reason ?? null },
      after: { is_blocked: wanted.isBlocked, reason: wanted.reason },
    }),
  ]);
  return ok(wanted.isBlocked ? { ...blocked, ...before, reason: wanted.reason } : null);
}

/** Blocked numbers in their order, from an offset (a number stands in no URL), at most `limit`. */
export async function listBlockedNumbers(
  database: LedgerDatabase,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<readonly BlockedNumber[]> {
  const rows = await database.all("select * from blocked_numbers order by number limit ?1 offset ?2", [limit, offset]);
  return rows.map(readBlocked);
}

const blockedRow = z.object({
  number: z.string(),
  reason: z.string(),
  blocked_at: z.int(),
  blocked_by: z.string(),
});

function readBlocked(row: unknown): BlockedNumber {
  const { number, reason, blocked_at: blockedAt, blocked_by: blockedBy } = blockedRow.parse(row);
  return { number, reason, blockedAt, blockedBy };
}

/** A change that every guard shard has taken; throws where one could not be told, and the same change may be said again. */
export async function pushRules(
  parts: StaffRulesParts,
  change: Parameters<StaffRulesParts["setRules"]>[0],
): Promise<StaffRules> {
  const { rules, missed } = await parts.setRules(change);
  if (missed.length > 0)
    throw new Error(`the rules of staff did not reach the shards ${missed.join(", ")}; say it again`);
  return rules;
}

export async function auditRules(
  { database, clock }: StaffRulesParts,
  by: StaffAct,
  entry: Parameters<typeof insertAudit>[2],
): Promise<void> {
  await database.batch([insertAudit(by, clock.now(), entry)]);
}

function wrong(pointer: string, reason: string): Refusal {
  return refusal("parameter", "A parameter is wrong.", { problems: [{ pointer, reason }] });
}
