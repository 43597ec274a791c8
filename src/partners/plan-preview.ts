// What a commission plan would have come to on recharges that were made: read from the ledger, written nowhere.
import { z } from "zod";
import { add, type Currency, currencies, type Minor, minor } from "../base/money.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import { commissionOf } from "../recharges/price.ts";
import type { CommissionRule } from "../recharges/profile.ts";

/** Recharges of one product that succeeded, in minor units of the currency. */
export interface PreviewLine {
  readonly product: string;
  readonly currency: Currency;
  readonly recharges: number;
  readonly face: Minor;
  /** What was given. */
  readonly given: Minor;
  /** What the plan would have given. */
  readonly wouldGive: Minor;
}

const group = z.object({
  product: z.string(),
  currency: z.enum(currencies),
  face: z.int().transform(minor),
  recharges: z.int(),
  given: z.int().transform(minor),
});

/**
 * By product, over recharges that were placed from `from` (included) to `to` (not), epoch ms. A commission depends on
 * product and face value alone, so equal ones are counted and not read one by one.
 */
export async function previewPlan(
  database: LedgerDatabase,
  period: { readonly account: number; readonly from: number; readonly to: number },
  rules: readonly CommissionRule[],
): Promise<readonly PreviewLine[]> {
  const rows = await database.all(
    `select product, currency, face, count(*) as recharges, sum(commission) as given from recharges
      where account = ?1 and state = 'succeeded' and created_at >= ?2 and created_at < ?3
      group by product, currency, face order by product, currency, face`,
    [period.account, period.from, period.to],
  );
  const lines = new Map<string, PreviewLine>();
  for (const { product, currency, face, recharges, given } of z.array(group).parse(rows)) {
    const key = `${product} ${currency}`;
    const so = lines.get(key) ?? {
      product,
      currency,
      recharges: 0,
      face: minor(0),
      given: minor(0),
      wouldGive: minor(0),
    };
    lines.set(key, {
      ...so,
      recharges: so.recharges + recharges,
      face: add(so.face, minor(face * recharges)),
      given: add(so.given, given),
      wouldGive: add(so.wouldGive, minor(commissionOf(rules, product, face) * recharges)),
    });
  }
  return [...lines.values()];
}
