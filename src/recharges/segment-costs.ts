// What a call may have taken from our wallet at a provider, over every commission that the provider has been seen to take. Pure.
import { type Minor, minor } from "../base/money.ts";

/** A commission that a reply of success named, minor units. */
export interface CommissionSeen {
  readonly face: Minor;
  readonly commission: Minor;
}

const whole = 10_000;
/** Beyond so many possible costs of one call, nothing is known of it. */
const mostCosts = 64;

/**
 * The same commissions in few lines: what is a whole number of basis points is taken for a rate (as what it takes of
 * 100.00); beside those only what no such rate explains, however the upstream rounds.
 */
export function distinctCommissions(seen: readonly CommissionSeen[]): readonly CommissionSeen[] {
  const plausible = seen.filter(({ face, commission }) => commission >= 0 && commission < face);
  const rates = new Set(plausible.filter(isWholeRate).map(({ face, commission }) => (commission * whole) / face));
  const others = plausible.filter(
    (one) => !isWholeRate(one) && ![...rates].some((rate) => Math.abs(one.commission - share(one.face, rate)) < 1),
  );
  const distinct = new Map(others.map((one) => [`${one.face} ${one.commission}`, one]));
  return [...[...rates].map((rate) => ({ face: minor(whole), commission: minor(rate) })), ...distinct.values()];
}

/** Every cost that a call of this face may have, minor units, lowest first; empty where no commission was seen, or too many fit. */
export function costsOf(face: Minor, distinct: readonly CommissionSeen[]): readonly Minor[] {
  const costs = new Set<number>();
  for (const one of distinct) {
    const [lowest, highest] = commissionsOf(face, one);
    if (highest - lowest > mostCosts) return [];
    for (let commission = lowest; commission <= highest; commission += 1)
      if (commission >= 0 && commission < face) costs.add(face - commission);
  }
  return costs.size > mostCosts ? [] : [...costs].toSorted((left, right) => left - right).map(minor);
}

function isWholeRate({ face, commission }: CommissionSeen): boolean {
  return (commission * whole) % face === 0;
}

/** The lowest and the highest commission of a face: a known rate either way rounded, else any rate that rounds to what was seen. */
function commissionsOf(face: Minor, one: CommissionSeen): readonly [number, number] {
  if (one.face === face) return [one.commission, one.commission];
  if (isWholeRate(one)) {
    const exact = share(face, (one.commission * whole) / one.face);
    return [Math.floor(exact), Math.ceil(exact)];
  }
  return [Math.floor(((one.commission - 1) * face) / one.face), Math.ceil(((one.commission + 1) * face) / one.face)];
}

function share(face: number, basisPoints: number): number {
  return (face * basisPoints) / whole;
}
