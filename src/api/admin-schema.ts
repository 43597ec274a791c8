// Partners and money on the wire of `/admin/v1`.
import { z } from "@hono/zod-openapi";
import { partnerIdOf, readPartnerId } from "../base/id.ts";
import { currencies, formatAmount } from "../base/money.ts";
import type { Minor } from "../base/money.ts";
import type { NewPartner } from "../partners/manage.ts";
import type { Partner } from "../partners/partner.ts";
import type { AccountProfile, CommissionPlan, CommissionRule, Limits } from "../recharges/profile.ts";
import { amountOf, amountSchema, plainSchema, textSchema } from "./parameters.ts";
import { presentTime } from "./recharge-schema.ts";
import { presentProgramme, programmeSchema } from "./rewards-schema.ts";

export const nameSchema = plainSchema(100);
const currencySchema = z.enum(currencies);
const productPattern = textSchema(/^(\*|[a-z0-9.-]{3,64})$/, "the id of a product, or *");

export const ruleSchema = z
  .union([
    z.strictObject({ product: productPattern, basis_points: z.int().min(0).max(9_999) }),
    z.strictObject({ product: productPattern, fixed: amountSchema }),
  ])
  .openapi("CommissionRule", { description: "The most exact rule counts. 100 basis points are 1 %." });

export const planSchema = z
  .object({
    version: z.int().openapi({ description: "A recharge names the version that it was priced by." }),
    from: z.string().openapi({ format: "date-time", description: "From when on it applies." }),
    commission: z.array(ruleSchema),
  })
  .openapi("CommissionPlan");

export function presentRule(rule: CommissionRule): z.infer<typeof ruleSchema> {
  return rule.kind === "fixed"
    ? { product: rule.product, fixed: formatAmount(rule.amount) }
    : { product: rule.product, basis_points: rule.basisPoints };
}

export function presentPlan({ version, from = 0, rules }: CommissionPlan): z.infer<typeof planSchema> {
  return { version, from: presentTime(from), commission: rules.map(presentRule) };
}

export const limitsSchema = z
  .strictObject({
    currency: currencySchema,
    per_recharge: amountSchema.nullable(),
    per_day: amountSchema.nullable(),
    low_balance: amountSchema.optional().openapi({
      description: "Below it the partner is told `account.low_balance`, once per crossing. Left out: never.",
    }),
  })
  .openapi("Limits", { description: "null: no limit. A day is a day in the wallet's zone." });

export const newPartnerSchema = z
  .strictObject({
    name: nameSchema,
    mode: z.enum(["sandbox", "live"]),
    wallets: z.array(currencySchema).min(1).max(currencies.length),
    commission: z.array(ruleSchema).max(200),
    limits: z.array(limitsSchema).max(currencies.length).optional(),
  })
  .openapi("NewPartner");

export function newPartnerOf(body: z.infer<typeof newPartnerSchema>): NewPartner {
  return {
    name: body.name,
    mode: body.mode,
    wallets: [...new Set(body.wallets)],
    rules: body.commission.map(ruleOf),
    limits: (body.limits ?? []).map(limitsOf),
  };
}

export function ruleOf(rule: z.infer<typeof ruleSchema>): CommissionRule {
  return "fixed" in rule
    ? { product: rule.product, kind: "fixed", amount: amountOf(rule.fixed) }
    : { product: rule.product, kind: "basis_points", basisPoints: rule.basis_points };
}

export function limitsOf(limits: z.infer<typeof limitsSchema>): Limits {
  return {
    currency: limits.currency,
    perRecharge: limits.per_recharge === null ? null : amountOf(limits.per_recharge),
    perDay: limits.per_day === null ? null : amountOf(limits.per_day),
    ...(limits.low_balance !== undefined && { lowBalance: amountOf(limits.low_balance) }),
  };
}

export const partnerSchema = z
  .object({
    id: z.string().openapi({ example: "ptn_00001" }),
    account: z.int(),
    name: z.string(),
    mode: z.enum(["sandbox", "live"]),
    status: z.enum(["active", "suspended", "closed"]).openapi({
      description: "`suspended`: no new recharges. `closed`: the partner is answered nothing, reads included.",
    }),
    wallets: z.array(currencySchema),
    plan_version: z.int(),
    commission: z.array(ruleSchema).openapi({ description: "Holds until the first of `later_plans`." }),
    later_plans: z.array(planSchema).openapi({ description: "Plans with a date, the earliest first." }),
    limits: z.array(limitsSchema),
    rewards: programmeSchema.nullable().openapi({ description: "null: the programme is off." }),
  })
  .openapi("Partner");

export function presentPartner(
  partner: Omit<Partner, "createdAt" | "profileVersion"> | AccountProfile,
): z.infer<typeof partnerSchema> {
  return {
    id: partnerIdOf(partner.account),
    account: partner.account,
    name: partner.name,
    mode: partner.mode,
    status: partner.status,
    wallets: [...partner.wallets],
    plan_version: partner.plan.version,
    commission: partner.plan.rules.map(presentRule),
    later_plans: (partner.laterPlans ?? []).map(presentPlan),
    limits: partner.limits.map(({ currency, perRecharge, perDay, lowBalance }) => ({
      currency,
      per_recharge: amountOrNull(perRecharge),
      per_day: amountOrNull(perDay),
      ...(lowBalance !== undefined && { low_balance: formatAmount(lowBalance) }),
    })),
    rewards: partner.rewards === undefined ? null : presentProgramme(partner.rewards),
  };
}

export const movementSchema = z
  .strictObject({
    currency: currencySchema,
    amount: amountSchema,
    reason: plainSchema(200),
    external_reference: textSchema(/^[!-~]{1,100}$/, "1 to 100 characters without spaces").openapi({
      description: "Your bank's or your own reference. The same one moves money once.",
    }),
  })
  .refine((movement) => amountOf(movement.amount) > 0, { path: ["amount"], message: "must be above zero" })
  .openapi("Movement");

function amountOrNull(amount: Minor | null): string | null {
  return amount === null ? null : formatAmount(amount);
}

/** A partner's id; `ptn_00000` is no account. */
export const partnerIdSchema = z
  .string()
  .refine((id) => (readPartnerId(id) ?? 0) > 0, "must be the id of a partner, such as ptn_00001")
  .openapi({ example: "ptn_00001" });

/** The same in a path. */
export const partnerParam = z.object({ partner: partnerIdSchema });

/** The account number of an id that `partnerIdSchema` let through. */
export function accountOf(id: string): number {
  return readPartnerId(id) ?? 0;
}
