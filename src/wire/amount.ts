// Money as upstreams print it: a decimal with any number of places, of which only two can count.
import { type Minor, minor } from "../base/money.ts";

/**
 * `"12"`, `"980.2"`, `"302.150"`, `"-5.00"` → minor units. Null for anything that is not exactly a whole number of minor
 * units of at most twelve digits: an amount is never rounded.
 */
export function readAmount(text: string | null): Minor | null {
  const digits = /^(-?)(\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(text ?? "");
  if (digits === null) return null;
  const [, sign, whole = "", fraction = ""] = digits;
  const amount = Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
  return minor(sign === "-" && amount !== 0 ? -amount : amount);
}
