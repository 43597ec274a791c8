// Amounts and subscriber numbers as statements print them.
import { type Minor, minor } from "../../base/money.ts";
import { foldDigits } from "../../catalog/digits.ts";
import type { StatementMapping } from "./mapping.ts";

/** Minor units of an unsigned decimal with at most two decimals (further zeros are let through); null for anything else. */
export function readDecimal(text: string, { point, grouping }: StatementMapping["decimal"]): Minor | null {
  const [whole = "", fraction = "", ...rest] = foldDigits(text.trim()).split(point);
  const groups = grouping === "" ? [whole] : whole.split(grouping);
  const digits = groups.join("");
  if (rest.length > 0 || !isGrouped(groups) || digits.length > 12 || !/^\d{0,2}0*$/.test(fraction)) return null;
  return minor(Number(digits) * 100 + Number(fraction.slice(0, 2).padEnd(2, "0")));
}

/** Ungrouped, or one to three digits, then groups of three; India writes twos before the last three. */
function isGrouped([first = "", ...others]: readonly string[]): boolean {
  if (others.length === 0) return /^\d+$/.test(first);
  return /^\d{1,3}$/.test(first) && others.every((group, index) => isGroup(group, index === others.length - 1));
}

function isGroup(group: string, isLast: boolean): boolean {
  return (isLast ? /^\d{3}$/ : /^\d{2,3}$/).test(group);
}

/** The number without spaces and signs, upper case; null where the cell is empty or masks some of it. */
export function readNumber(text: string): string | null {
  const bare = foldDigits(text)
    .replaceAll(/[\s+().'-]/g, "")
    .toUpperCase();
  return bare === "" || /[X*•#]{2}/.test(bare) ? null : bare;
}

/** What may stand before a mobile number of a country; a consumer account has nothing before it. */
const printedBefore = [
  { mobile: /^[6-9]\d{9}$/, prefixes: ["0", "91", "0091"] },
  { mobile: /^01\d{9}$/, prefixes: ["88", "0088"] },
] as const;

/** Whether a printed number is the canonical one: a mobile number also with its country's prefix, or without the leading zero that a spreadsheet ate. */
export function isSameNumber(printed: string, canonical: string): boolean {
  const own = canonical.toUpperCase();
  if (printed === own) return true;
  const country = printedBefore.find(({ mobile }) => mobile.test(own));
  if (country === undefined) return false;
  return country.prefixes.some((prefix) => printed === prefix + own) || `0${printed}` === own;
}
