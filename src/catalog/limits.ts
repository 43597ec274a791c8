// Amounts between which a product is sold. The seeds give none: these are the defaults of `lists.md`, "Products".
import { type Minor, minor } from "../base/money.ts";
import type { Country, Service } from "./product.ts";

export interface AmountLimits {
  readonly minMinor: Minor;
  readonly maxMinor: Minor;
  readonly stepMinor: Minor;
}

const topUp: AmountLimits = { minMinor: minor(10_00), maxMinor: minor(10_000_00), stepMinor: minor(1_00) };
const bill: AmountLimits = { minMinor: minor(1_00), maxMinor: minor(100_000_00), stepMinor: minor(1) };

const indian = {
  prepaid: topUp,
  dth: topUp,
  datacard: topUp,
  postpaid: bill,
  landline: bill,
  electricity: bill,
} as const satisfies Record<Service, AmountLimits>;

/** Default limits of a service; in Bangladesh prepaid and postpaid alike are sold like a top-up. */
export function limitsOf(country: Country, service: Service): AmountLimits {
  return country === "BD" ? topUp : indian[service];
}
