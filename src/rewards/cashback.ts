// Which cashback offer a recharge gets, and how much of it.
import { basisPointsOf, type Currency, type Minor, minor } from "../base/money.ts";
import type { Cashback, CashbackOffer, RewardProgramme } from "../recharges/reward.ts";

/** What a reward is worked out from: the recharge as it was priced. */
export interface Rewarded {
  readonly product: string;
  readonly currency: Currency;
  readonly face: Minor;
  readonly cost: Minor;
}

/** Minor units that each offer has given this partner and not taken back, by the offer's id; one that gave nothing may be missing. */
export type Given = ReadonlyMap<string, Minor>;

/**
 * The cashback of a recharge that was placed at `placedAt` (epoch ms), or null. Offers of its own product go before those of `*`, and
 * among these the order of the programme counts. Caps and budget cut an amount short; an offer with nothing left is passed over.
 * Never more than the recharge cost.
 */
export function cashbackOf(
  programme: Pick<RewardProgramme, "offers" | "budgets">,
  given: Given,
  recharge: Rewarded,
  placedAt: number,
): Cashback | null {
  const { currency } = recharge;
  const active = programme.offers.filter((offer) => isEligible(offer, recharge, placedAt));
  const exact = active.filter((offer) => offer.product !== "*");
  const others = active.filter((offer) => offer.product === "*");
  for (const offer of [...exact, ...others]) {
    const left = Math.min(leftOfOffer(offer, given), leftOfBudget(programme, given, currency));
    const amount = Math.min(worthOf(offer, recharge.face), offer.perRecharge ?? Infinity, left, recharge.cost);
    if (amount > 0) return { offer: offer.id, amount: minor(amount), currency };
  }
  return null;
}

function isEligible(offer: CashbackOffer, { product, currency, face }: Rewarded, placedAt: number): boolean {
  return (
    (offer.product === product || offer.product === "*") &&
    offer.currency === currency &&
    offer.faceFrom <= face &&
    face <= offer.faceTo &&
    offer.startsAt <= placedAt &&
    placedAt < offer.endsAt
  );
}

function worthOf(offer: CashbackOffer, face: Minor): Minor {
  return offer.kind === "fixed" ? offer.amount : basisPointsOf(face, offer.basisPoints);
}

function leftOfOffer(offer: CashbackOffer, given: Given): number {
  return offer.perPartner === null ? Infinity : offer.perPartner - givenBy(offer, given);
}

/** The budget counts what the programme's present offers have given: an offer that is taken out takes its use along. */
function leftOfBudget(
  { offers, budgets }: Pick<RewardProgramme, "offers" | "budgets">,
  given: Given,
  currency: Currency,
): number {
  const budget = budgets.find((candidate) => candidate.currency === currency);
  if (budget === undefined) return Infinity;
  const own = offers.filter((offer) => offer.currency === currency);
  return own.reduce((left, offer) => left - givenBy(offer, given), Number(budget.amount));
}

function givenBy(offer: CashbackOffer, given: Given): number {
  return given.get(offer.id) ?? 0;
}
