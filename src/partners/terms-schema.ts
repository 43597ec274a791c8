// A partner's terms as the database keeps them in JSON columns: commission rules, limits, reward programme.
import { z } from "zod";
import { currencies, minor } from "../base/money.ts";
import type { CommissionPlan, Limits } from "../recharges/profile.ts";
import type { RewardProgramme } from "../recharges/reward.ts";

const minorSchema = z.int().transform(minor);
const currency = z.enum(currencies);

export const ruleSchema = z.discriminatedUnion("kind", [
  z.object({ product: z.string(), kind: z.literal("basis_points"), basisPoints: z.int() }),
  z.object({ product: z.string(), kind: z.literal("fixed"), amount: minorSchema }),
]);

export const limitsSchema: z.ZodType<Limits> = z
  .object({
    currency,
    perRecharge: minorSchema.nullable(),
    perDay: minorSchema.nullable(),
    lowBalance: minorSchema.optional(),
  })
  .transform(({ lowBalance, ...limits }) => (lowBalance === undefined ? limits : { ...limits, lowBalance }));
export const planSchema: z.ZodType<CommissionPlan> = z
  .object({ version: z.int(), rules: z.array(ruleSchema), from: z.int().optional() })
  .transform(({ from, ...plan }) => (from === undefined ? plan : { ...plan, from }));

const share = { kind: z.literal("basis_points"), basisPoints: z.int() };

const offer = {
  id: z.string(),
  product: z.string(),
  currency,
  faceFrom: minorSchema,
  faceTo: minorSchema,
  startsAt: z.int(),
  endsAt: z.int(),
  perRecharge: minorSchema.nullable(),
  perPartner: minorSchema.nullable(),
};

export const programmeSchema: z.ZodType<RewardProgramme> = z.object({
  points: z.array(
    z.discriminatedUnion("kind", [
      z.object({ product: z.string(), ...share }),
      z.object({ product: z.string(), kind: z.literal("fixed"), pointsHundredths: z.int() }),
    ]),
  ),
  levels: z.array(z.object({ id: z.int(), key: z.string(), fromHundredths: z.int() })),
  offers: z.array(
    z.discriminatedUnion("kind", [
      z.object({ ...offer, ...share }),
      z.object({ ...offer, kind: z.literal("fixed"), amount: minorSchema }),
    ]),
  ),
  budgets: z.array(z.object({ currency, amount: minorSchema })),
});
