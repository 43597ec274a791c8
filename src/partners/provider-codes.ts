// The codes of products at a provider: what the seed and the settings have, and the word of staff about each.
import { z } from "zod";
import { refusal } from "../base/refusal.ts";
import type { Refusal } from "../base/refusal.ts";
import { ok, refuse } from "../base/result.ts";
import type { Result } from "../base/result.ts";
import { products } from "../catalog/products.ts";
import type { StaffRules } from "../recharges/ports.ts";
import { readAudit } from "./audit.ts";
import type { StaffAct } from "./partner.ts";
import { auditRules, pushRules, type StaffRulesParts } from "./staff-rules.ts";

/** Where a code comes from; `certified`: the settings, or staff, say that it works at this provider. */
export type CodeProvenance = "documented" | "inferred" | "certified";

export interface ProviderCode {
  readonly product: string;
  readonly name: string;
  readonly code: string;
  readonly provenance: CodeProvenance;
  /** Whether recharges of partners may use it. */
  readonly isOn: boolean;
  /** What staff said last; null: the settings alone speak. `at` is epoch ms. */
  readonly said: CodeWord | null;
}

export interface CodeWord {
  /** Null: as the settings say. */
  readonly isCertified: boolean | null;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

const certifyVerb = "certify_code";
/** Lines of the audit that are looked through for the words of staff about one provider. */
const linesRead = 500;

/** Every product that has a code at the provider, in the order of the catalogue. Refuses an unknown provider. */
export async function listCodes(
  parts: StaffRulesParts,
  provider: string,
): Promise<Result<readonly ProviderCode[], Refusal>> {
  const coded = parts.providers.get(provider);
  if (coded === undefined) return refuse(noSuchProvider);
  const [rules, words] = await Promise.all([parts.readRules(), readWords(parts, provider)]);
  return ok(
    products.flatMap(({ id, name }): ProviderCode[] => {
      const tabled = coded.tabledCodeOf(id);
      if (tabled === null) return [];
      const byStaff = rules.codes[provider]?.[id];
      const provenance = byStaff === true ? "certified" : tabled.provenance;
      const isOn = byStaff ?? tabled.isUsable;
      return [{ product: id, name, code: tabled.code, provenance, isOn, said: words.get(id) ?? null }];
    }),
  );
}

/**
 * Certifies a code, or withdraws it (also a documented one), or gives it back to the settings (null). Every guard shard knows
 * before this answers: the next recharge of every account goes by it; what was sent is settled as before.
 */
export async function certifyCode(
  parts: StaffRulesParts,
  wanted: {
    readonly provider: string;
    readonly product: string;
    readonly isCertified: boolean | null;
    readonly reason: string;
  },
  by: StaffAct,
): Promise<Result<readonly ProviderCode[], Refusal>> {
  const { provider, product, isCertified, reason } = wanted;
  const coded = parts.providers.get(provider);
  if (coded === undefined) return refuse(noSuchProvider);
  if (coded.tabledCodeOf(product) === null)
    return refuse(
      refusal("parameter", "A parameter is wrong.", {
        problems: [{ pointer: "/path/product", reason: "has no code at this provider; the settings name it" }],
      }),
    );
  const said = ({ codes }: StaffRules) => ({ product, is_certified: codes[provider]?.[product] ?? null });
  const before = await parts.readRules();
  const rules = await pushRules(parts, { code: { provider, product, isCertified } });
  const after = { ...said(rules), reason };
  await auditRules(parts, by, { verb: certifyVerb, subject: provider, before: said(before), after });
  return listCodes(parts, provider);
}

const wordSchema = z.object({ product: z.string(), is_certified: z.boolean().nullable(), reason: z.string() });

/** What staff said last about each product. */
async function readWords({ database }: StaffRulesParts, provider: string): Promise<ReadonlyMap<string, CodeWord>> {
  const page = { order: "newest", cursor: null, limit: linesRead } as const;
  const lines = await readAudit(database, { verb: certifyVerb, subject: provider }, page);
  const words = lines.map(({ after, staff, at }) => {
    const { product, is_certified: isCertified, reason } = wordSchema.parse(JSON.parse(after ?? "null"));
    return [product, { isCertified, by: staff, at, reason }] as const;
  });
  return new Map(words.toReversed());
}

const noSuchProvider = refusal("not_found", "There is no such provider.");
