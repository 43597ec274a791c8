// Money as integer minor units (paisa, poisha), each amount in one currency; the only place that parses or prints it.
import { assert } from "./assert.ts";

declare const minorBrand: unique symbol;

/** Integer minor units of one currency; a JS safe integer. */
export type Minor = number & { readonly [minorBrand]: true };

export const currencies = ["INR", "BDT"] as const;
export type Currency = (typeof currencies)[number];

/** Decimal amount as `design.md`, lists "Products", allows it on every surface: up to nine digits, up to two decimals. */
const amountPattern = /^\d{1,9}(\.\d{1,2})?$/;

/** Brands an integer count of minor units. Throws when it is not a safe integer: that is a bug, not bad input. */
export function minor(value: number): Minor {
  assert(Number.isSafeInteger(value), "minor units are safe integers");
  return value as Minor; // the one place that brands
}

/** `"20"`, `"20.5"`, `"20.00"` → 2000, 2050, 2000 minor units. Null for anything else, signs and exponents included. */
export function parseAmount(text: string): Minor | null {
  if (!amountPattern.test(text)) return null;
  const [whole = "0", fraction = ""] = text.split(".");
  return minor(Number(whole) * 100 + Number(fraction.padEnd(2, "0")));
}

/** Minor units → `"20.00"`; negative amounts carry a leading minus. */
export function formatAmount(amount: Minor): string {
  const digits = String(Math.abs(amount)).padStart(3, "0");
  return `${amount < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Share of an amount in basis points (1 % = 100), banker's rounding: halves go to the even minor unit. */
export function basisPointsOf(amount: Minor, basisPoints: number): Minor {
  assert(Number.isInteger(basisPoints) && basisPoints >= 0 && basisPoints <= 10_000, "basis points are 0 to 10 000");
  assert(amount >= 0, "a share is taken of an amount that is not negative");
  const product = BigInt(amount) * BigInt(basisPoints);
  const whole = product / 10_000n;
  const twiceRest = (product % 10_000n) * 2n;
  const up = twiceRest > 10_000n || (twiceRest === 10_000n && whole % 2n === 1n);
  return minor(Number(up ? whole + 1n : whole));
}

export function add(left: Minor, right: Minor): Minor {
  return minor(left + right);
}

export function subtract(left: Minor, right: Minor): Minor {
  return minor(left - right);
}
