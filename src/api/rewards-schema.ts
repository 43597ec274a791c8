// The reward programme on the wire of `/admin/v1`: points and money are decimal strings.
import { z } from "@hono/zod-openapi";
import { currencies, formatAmount } from "../base/money.ts";
import type { CashbackOffer, PointsRule, RewardProgramme } from "../recharges/reward.ts";
import { formatPoints } from "./events-schema.ts";
import { amountOf, amountSchema, momentOf, momentSchema, textSchema } from "./parameters.ts";

const productSchema = textSchema(/^(\*|[a-z0-9.-]{3,64})$/, "the id of a product, or *");
const nameSchema = textSchema(/^[a-z0-9_-]{1,64}$/, "1 to 64 of a-z, 0-9, _ and -");
const basisPointsSchema = z.int().min(1).max(10_000).openapi({ description: "Of the face value; 100 are 1 %." });
const aboveZeroSchema = amountSchema.refine((text) => amountOf(text) > 0, "must be above zero");

const pointsRuleSchema = z.union([
  z.strictObject({ product: productSchema, basis_points: basisPointsSchema }),
  z.strictObject({ product: productSchema, fixed: aboveZeroSchema }),
]);

const levelSchema = z.strictObject({
  id: z.int().min(1).max(1_000),
  key: nameSchema,
  from: amountSchema.openapi({ description: "Points that reach it.", example: "0.00" }),
});

const offerFields = {
  id: nameSchema,
  product: productSchema,
  currency: z.enum(currencies),
  amount_from: amountSchema,
  amount_to: amountSchema,
  starts_at: momentSchema,
  ends_at: momentSchema,
  per_recharge: aboveZeroSchema.nullable(),
  per_partner: aboveZeroSchema.nullable(),
};
const offerSchema = z
  .union([
    z.strictObject({ ...offerFields, basis_points: basisPointsSchema }),
    z.strictObject({ ...offerFields, fixed: aboveZeroSchema }),
  ])
  .refine((offer) => amountOf(offer.amount_from) <= amountOf(offer.amount_to), {
    path: ["amount_to"],
    message: "must not be below amount_from",
  })
  .refine((offer) => momentOf(offer.starts_at) < momentOf(offer.ends_at), {
    path: ["ends_at"],
    message: "must be after starts_at",
  });

const budgetSchema = z.strictObject({ currency: z.enum(currencies), amount: amountSchema });

export const programmeSchema = z
  .strictObject({
    points: z.array(pointsRuleSchema).max(200),
    levels: z.array(levelSchema).max(50),
    offers: z.array(offerSchema).max(50),
    budgets: z.array(budgetSchema).max(currencies.length),
  })
  .refine(({ points }) => areDifferent(points, "product"), { path: ["points"], message: "name a product twice" })
  .refine(({ levels }) => areDifferent(levels, "id"), { path: ["levels"], message: "have an id twice" })
  .refine(({ levels }) => areDifferent(levels, "key"), { path: ["levels"], message: "have a key twice" })
  .refine(({ levels }) => new Set(levels.map((level) => amountOf(level.from))).size === levels.length, {
    path: ["levels"],
    message: "begin at the same points twice",
  })
  .refine(({ offers }) => areDifferent(offers, "id"), { path: ["offers"], message: "have an id twice" })
  .refine(({ budgets }) => areDifferent(budgets, "currency"), { path: ["budgets"], message: "name a currency twice" })
  .openapi("RewardProgramme", {
    description: "Points and cashback for recharges that succeed. docs/rewards.md says how they are worked out.",
  });

type ProgrammeOnWire = z.infer<typeof programmeSchema>;

function areDifferent<Key extends string>(entries: readonly Readonly<Record<Key, unknown>>[], key: Key): boolean {
  return new Set(entries.map((entry) => entry[key])).size === entries.length;
}

/** What the schema let through, in hundredths, minor units and epoch ms. */
export function programmeOf({ points, levels, offers, budgets }: ProgrammeOnWire): RewardProgramme {
  return {
    points: points.map(
      (rule): PointsRule =>
        "fixed" in rule
          ? { product: rule.product, kind: "fixed", pointsHundredths: amountOf(rule.fixed) }
          : { product: rule.product, kind: "basis_points", basisPoints: rule.basis_points },
    ),
    levels: levels.map(({ id, key, from }) => ({ id, key, fromHundredths: amountOf(from) })),
    offers: offers.map(offerOf),
    budgets: budgets.map(({ currency, amount }) => ({ currency, amount: amountOf(amount) })),
  };
}

function offerOf(offer: ProgrammeOnWire["offers"][number]): CashbackOffer {
  const { id, product, currency, per_recharge: perRecharge, per_partner: perPartner } = offer;
  const same = {
    id,
    product,
    currency,
    faceFrom: amountOf(offer.amount_from),
    faceTo: amountOf(offer.amount_to),
    startsAt: momentOf(offer.starts_at),
    endsAt: momentOf(offer.ends_at),
    perRecharge: perRecharge === null ? null : amountOf(perRecharge),
    perPartner: perPartner === null ? null : amountOf(perPartner),
  };
  return "fixed" in offer
    ? { ...same, kind: "fixed", amount: amountOf(offer.fixed) }
    : { ...same, kind: "basis_points", basisPoints: offer.basis_points };
}

export function presentProgramme({ points, levels, offers, budgets }: RewardProgramme): ProgrammeOnWire {
  return {
    points: points.map((rule) =>
      rule.kind === "fixed"
        ? { product: rule.product, fixed: formatPoints(rule.pointsHundredths) }
        : { product: rule.product, basis_points: rule.basisPoints },
    ),
    levels: levels.map(({ id, key, fromHundredths }) => ({ id, key, from: formatPoints(fromHundredths) })),
    offers: offers.map(presentOffer),
    budgets: budgets.map(({ currency, amount }) => ({ currency, amount: formatAmount(amount) })),
  };
}

function presentOffer(offer: CashbackOffer): ProgrammeOnWire["offers"][number] {
  const same = {
    id: offer.id,
    product: offer.product,
    currency: offer.currency,
    amount_from: formatAmount(offer.faceFrom),
    amount_to: formatAmount(offer.faceTo),
    starts_at: new Date(offer.startsAt).toISOString(),
    ends_at: new Date(offer.endsAt).toISOString(),
    per_recharge: offer.perRecharge === null ? null : formatAmount(offer.perRecharge),
    per_partner: offer.perPartner === null ? null : formatAmount(offer.perPartner),
  };
  return offer.kind === "fixed"
    ? { ...same, fixed: formatAmount(offer.amount) }
    : { ...same, basis_points: offer.basisPoints };
}
