// A commission plan as people write it: one rule a line, `in.airtel.prepaid 1.25%` or `bd.robi.prepaid 0.50`.
import { z } from "zod";

export const commissionSchema = z.array(
  z.union([
    z.object({ product: z.string(), basis_points: z.int() }),
    z.object({ product: z.string(), fixed: z.string() }),
  ]),
);
export type Commission = z.infer<typeof commissionSchema>;

/** The rules of a text; or the number of the first line that is none. Empty lines count for nothing. */
export function readCommission(text: string): { readonly rules: Commission } | { readonly badLine: number } {
  const rules: Commission = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const [, product, whole, fraction = "", percent] =
      /^\s*(\S+)\s+(\d{1,9})(?:\.(\d{1,2}))?\s*(%?)\s*$/.exec(line) ?? [];
    if (product === undefined || whole === undefined) return { badLine: index + 1 };
    if (percent === "%") rules.push({ product, basis_points: Number(whole) * 100 + Number(fraction.padEnd(2, "0")) });
    else rules.push({ product, fixed: `${whole}.${fraction.padEnd(2, "0")}` });
  }
  return { rules };
}

export function writeCommission(rules: Commission): string {
  return rules.map((rule) => `${rule.product} ${rateText(rule)}`).join("\n");
}

function rateText(rule: Commission[number]): string {
  if ("fixed" in rule) return rule.fixed;
  return `${Math.floor(rule.basis_points / 100)}.${String(rule.basis_points % 100).padStart(2, "0")}%`;
}
