// The verbs of staff on a provider's wallet: declaring it exclusive or free of refunds, taking that back, recording movements. Audited.
import { formatAmount, minor } from "../../base/money.ts";
import { type Refusal, refusal } from "../../base/refusal.ts";
import { ok, type Result, refuse } from "../../base/result.ts";
import type { StaffAct } from "../../partners/partner.ts";
import { insertAudit } from "../../partners/rows.ts";
import type { DeclarationKind, FloatMovement, SegmentBook, SegmentNote } from "../../recharges/segment-book.ts";
import type { SegmentParts } from "./gather.ts";
import { noSuchProvider, showsBalances } from "./judge-segments.ts";

interface Declared {
  readonly provider: string;
  readonly kind: DeclarationKind;
  readonly reason: string;
}

/**
 * Declares something about the wallet from now on; what stands already stays as it is. `rates`: commissions in basis points
 * that its replies do not name. Refuses an unknown provider, and
 * one that shows no balances: nothing could follow from it.
 */
export async function declareWallet(
  parts: SegmentParts,
  { provider, kind, reason, rates }: Declared & { readonly rates: readonly number[] },
  by: StaffAct,
): Promise<Result<SegmentBook, Refusal>> {
  const facts = parts.providers.get(provider);
  if (facts !== undefined && !showsBalances(facts))
    return refuse(wrong("/path/provider", "shows no balances, so nothing can be proved by them"));
  const seen = rates.map((rate) => ({ face: minor(10_000), commission: minor(rate) }));
  if (facts !== undefined && seen.length > 0) await parts.desk(provider).keepSegments({ kind: "commissions", seen });
  const note = { kind: "declare", declares: kind, by: by.staff, reason } as const;
  return write(parts, { provider, note, verb: "declare_wallet", after: { kind, reason, rates } }, by);
}

/** Takes a declaration back; one that does not stand stays so. Refuses an unknown provider. */
export async function withdrawDeclaration(
  parts: SegmentParts,
  { provider, kind, reason }: Declared,
  by: StaffAct,
): Promise<Result<SegmentBook, Refusal>> {
  const note = { kind: "withdraw", declares: kind, by: by.staff, reason } as const;
  return write(parts, { provider, note, verb: "withdraw_declaration", after: { kind, reason } }, by);
}

/**
 * Records a movement of the float, once by its external reference. Refuses an unknown provider, a movement that is still to
 * come or ends before it begins, and a reference that names another movement.
 */
export async function recordMovement(
  parts: SegmentParts,
  provider: string,
  movement: Omit<FloatMovement, "recordedAt" | "by">,
  by: StaffAct,
): Promise<Result<SegmentBook, Refusal>> {
  const { id, from, until, change, note: text } = movement;
  if (until < from) return refuse(wrong("/until", "is before it begins"));
  if (until > parts.clock.now()) return refuse(wrong("/until", "is still to come"));
  const note = { kind: "movement", movement: { ...movement, by: by.staff } } as const;
  const after = { id, from, until, change: formatAmount(change), note: text };
  return write(parts, { provider, note, verb: "record_float_movement", after }, by);
}

interface Written {
  readonly provider: string;
  readonly note: SegmentNote;
  readonly verb: string;
  readonly after: Readonly<Record<string, unknown>>;
}

/** In the desk first, then in the audit: said again after a fault, it is audited then. */
async function write(
  parts: SegmentParts,
  { provider, note, verb, after }: Written,
  by: StaffAct,
): Promise<Result<SegmentBook, Refusal>> {
  const { providers, database, clock } = parts;
  if (!providers.has(provider)) return refuse(noSuchProvider);
  const kept = await parts.desk(provider).keepSegments(note);
  if (kept.kind === "differs")
    return refuse(wrong("/external_reference", "This external reference was recorded with another amount or time."));
  await database.batch([insertAudit(by, clock.now(), { verb, subject: provider, before: null, after })]);
  return ok(kept.book);
}

function wrong(pointer: string, reason: string): Refusal {
  return refusal("parameter", "A parameter is wrong.", { problems: [{ pointer, reason }] });
}
