// What staff read and say of our money at the providers.
import type { Currency, Minor } from "../base/money.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import type { StaffAct } from "../partners/partner.ts";
import { insertAudit } from "../partners/rows.ts";
import type { FloatBook } from "../recharges/float-check.ts";
import type { FloatParts } from "./compare-floats.ts";

export type StaffFloatParts = Pick<FloatParts, "providers" | "clock" | "desk"> & { readonly database: LedgerDatabase };

/** One provider's float as its desk knows it. */
export interface ProviderFloat extends FloatBook {
  readonly provider: string;
  readonly currency: Currency;
}

/** Every provider's, in the order of the settings. */
export async function listFloats({ providers, desk }: StaffFloatParts): Promise<readonly ProviderFloat[]> {
  return Promise.all(
    [...providers.values()].map(async ({ id, currency }) => ({
      ...(await desk(id).readFloat()),
      provider: id,
      currency,
    })),
  );
}

/**
 * How much of a float is kept back (null: the float leaves nobody out), and, where staff read it themselves, what the balance
 * is now. Every guard shard knows before this answers. Minor units.
 */
export async function setFloor(
  parts: StaffFloatParts,
  provider: string,
  wanted: { readonly floor: Minor | null; readonly balance: Minor | null },
  by: StaffAct,
): Promise<Result<ProviderFloat, Refusal>> {
  const facts = parts.providers.get(provider);
  if (facts === undefined) return refuse(noSuchProvider);
  const desk = parts.desk(provider);
  const before = await desk.readFloat();
  const now = parts.clock.now();
  if (wanted.balance !== null) await desk.takeBalance(wanted.balance, now);
  const { missed } = await desk.setFloor(wanted.floor);
  if (missed.length > 0)
    throw new Error(`the floor of ${provider} did not reach the shards ${missed.join(", ")}; say it again`);
  const after = await desk.readFloat();
  await parts.database.batch([
    insertAudit(by, now, { verb: "set_floor", subject: provider, before: said(before), after: said(after) }),
  ]);
  return ok({ ...after, provider, currency: facts.currency });
}

/**
 * Takes the comparison that staff have seen (`checkedAt`, epoch ms) as it is: later ones start from it. Refused where there
 * is none, or a newer one than that: it may have found more.
 */
export async function acceptFloat(
  parts: StaffFloatParts,
  provider: string,
  { checkedAt, reason }: { readonly checkedAt: number; readonly reason: string },
  by: StaffAct,
): Promise<Result<ProviderFloat, Refusal>> {
  const facts = parts.providers.get(provider);
  if (facts === undefined) return refuse(noSuchProvider);
  const desk = parts.desk(provider);
  const before = await desk.readFloat();
  if (before.checks.length === 0) return refuse(refusal("not_found", "The float of this provider was never compared."));
  const after = await desk.keepFloat({ kind: "accept", checkedAt });
  if (after.baseline?.checkedAt !== checkedAt) return refuse(outdated);
  await parts.database.batch([
    insertAudit(by, parts.clock.now(), {
      verb: "accept_float",
      subject: provider,
      before: before.baseline,
      after: { ...after.baseline, reason },
    }),
  ]);
  return ok({ ...after, provider, currency: facts.currency });
}

function said({ floor, balance }: FloatBook) {
  return { floor, balance: balance?.amount ?? null };
}

const outdated = refusal("parameter", "This is not the newest comparison; nothing was accepted.", {
  problems: [{ pointer: "/checked_at", reason: "is not the newest comparison: look at that one first" }],
});
const noSuchProvider = refusal("not_found", "There is no such provider.");
