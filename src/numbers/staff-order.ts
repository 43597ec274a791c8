// The order that staff set among the providers that may be asked. Pure.
import type { ClaimRequest, StaffRules } from "../recharges/ports.ts";

/** Providers that staff named come first, in their order; the others keep theirs. */
export function inStaffOrder(
  { candidates, product }: Pick<ClaimRequest, "candidates" | "product">,
  order: StaffRules["order"],
): ClaimRequest["candidates"] {
  const named = order[product] ?? order["*"];
  if (named === undefined) return candidates;
  const placeOf = (provider: string) => {
    const place = named.indexOf(provider);
    return place < 0 ? named.length : place;
  };
  return candidates.toSorted((left, right) => placeOf(left.provider) - placeOf(right.provider));
}
