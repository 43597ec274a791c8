// Recharges on the wire: the order that comes in, and the recharge that goes out.
import { z } from "@hono/zod-openapi";
import type { Quote } from "../accounts/account.ts";
import { currencies, formatAmount } from "../base/money.ts";
import type { BookedRecharge } from "../ledger/book.ts";
import type { RechargeFacts } from "../recharges/events.ts";
import { failureCauses, rechargeStates } from "../recharges/recharge.ts";
import type { Order, RechargeView } from "../recharges/recharge.ts";
import { amountOf, amountSchema, lengthSchema, textSchema } from "./parameters.ts";

export const agentIdSchema = textSchema(/^[A-Za-z0-9._:-]{1,64}$/, "1 to 64 characters of A-Z a-z 0-9 . _ : -").openapi(
  {
    description: "Your own reference. The same one is the same recharge for ever.",
    example: "order-1001",
  },
);

export const orderSchema = z
  .strictObject({
    agent_id: agentIdSchema,
    product: lengthSchema(1, 64, "the id of a product").openapi({ example: "in.airtel.prepaid" }),
    number: lengthSchema(1, 64, "text of 1 to 64 characters").openapi({
      description: "The subscriber number. Bengali and Devanagari digits, spaces and dashes are understood.",
      example: "9826386400",
    }),
    amount: amountSchema,
    currency: textSchema(/^[A-Z]{3}$/, "a code of three letters such as INR").optional(),
    fields: z
      .record(
        z.string().regex(/^[a-z_]{1,32}$/, "is not the name of a field"),
        lengthSchema(0, 64, "text of at most 64 characters"),
      )
      .optional()
      .openapi({ description: "What the product demands besides the number; see `GET /v1/products`." }),
    geocode: textSchema(
      /^-?\d{1,2}(\.\d{1,8})?,-?\d{1,3}(\.\d{1,8})?$/,
      'latitude and longitude, such as "19.07,72.87"',
    )
      .optional()
      .openapi({ description: "Where the subscriber is served; some providers ask for it." }),
    repeat_of: textSchema(/^rch_[0-9a-z]{12}$/, "the id of a recharge")
      .optional()
      .openapi({
        description: "Your own final recharge of the same number and amount that this one repeats on purpose.",
      }),
    max_cost: amountSchema.optional().openapi({ description: "Refuse if it would cost more." }),
  })
  .openapi("RechargeOrder");

/** A parsed body as the account takes it. */
export function orderOf(body: z.infer<typeof orderSchema>): Order {
  return {
    agentId: body.agent_id,
    product: body.product,
    number: body.number,
    amount: amountOf(body.amount),
    currency: body.currency ?? null,
    fields: body.fields ?? {},
    geocode: body.geocode ?? null,
    repeatOf: body.repeat_of ?? null,
    maxCost: body.max_cost === undefined ? null : amountOf(body.max_cost),
  };
}

const timeSchema = z.string().openapi({ format: "date-time" });
const currencySchema = z.enum(currencies);

const factsSchema = z.object({
  id: z.string().openapi({ example: "rch_000010000001" }),
  agent_id: z.string(),
  mode: z.enum(["sandbox", "live"]),
  product: z.string(),
  number: z.string().openapi({ description: "Canonical." }),
  fields: z.record(z.string(), z.string()),
  amount: z.string().openapi({ description: "Face value.", example: "20.00" }),
  commission: z.string().openapi({ example: "0.20" }),
  cost: z
    .string()
    .openapi({ description: "amount − commission: what is held, then paid or given back.", example: "19.80" }),
  currency: currencySchema,
  state: z.enum(rechargeStates).openapi({
    description: "`pending` is neither success nor failure: the money is held, do not place it anew.",
  }),
  proof: z.enum(["operator_reference", "claimed"]).nullable().openapi({
    description: "How a success is evidenced: by the operator's reference, or by the provider's word alone.",
  }),
  operator_reference: z.string().nullable(),
  failure: z
    .object({
      source: z.enum(["subscriber", "operator", "provider", "gateway"]),
      cause: z.enum(failureCauses),
      text: z.string(),
    })
    .nullable(),
  repeat_of: z.string().nullable(),
  created_at: timeSchema,
});

export const eventRechargeSchema = factsSchema.openapi("RechargeFacts");
export const bookedRechargeSchema = factsSchema
  .extend({ updated_at: timeSchema, event_number: z.int().openapi({ description: "Number of its last event." }) })
  .openapi("BookedRecharge");
export const rechargeSchema = factsSchema
  .extend({
    updated_at: timeSchema,
    event_number: z.int().openapi({ description: "Number of its last event." }),
    resolves_by: timeSchema.nullable().openapi({
      description: "When a pending recharge should be settled; null when it is, or when a person has the case.",
    }),
    has_open_case: z.boolean(),
  })
  .openapi("Recharge");

/** What every presentation of a recharge has; provider and upstream reference are not the partner's business. */
export function presentFacts(recharge: RechargeFacts | BookedRecharge | RechargeView): z.infer<typeof factsSchema> {
  return {
    id: recharge.id,
    agent_id: recharge.agentId,
    mode: recharge.mode,
    product: recharge.product,
    number: recharge.number,
    fields: { ...recharge.fields },
    amount: formatAmount(recharge.face),
    commission: formatAmount(recharge.commission),
    cost: formatAmount(recharge.cost),
    currency: recharge.currency,
    state: recharge.state,
    proof: recharge.proof,
    operator_reference: recharge.operatorReference,
    failure: recharge.failure === null ? null : { ...recharge.failure },
    repeat_of: recharge.repeatOf,
    created_at: presentTime(recharge.createdAt),
  };
}

export function presentBooked(recharge: BookedRecharge): z.infer<typeof bookedRechargeSchema> {
  return {
    ...presentFacts(recharge),
    updated_at: presentTime(recharge.updatedAt),
    event_number: recharge.eventNumber,
  };
}

export function presentRecharge(recharge: RechargeView): z.infer<typeof rechargeSchema> {
  return {
    ...presentFacts(recharge),
    updated_at: presentTime(recharge.updatedAt),
    event_number: recharge.eventNumber,
    resolves_by: recharge.resolvesBy === null ? null : presentTime(recharge.resolvesBy),
    has_open_case: recharge.hasOpenCase,
  };
}

export const quoteSchema = z
  .object({
    product: z.string(),
    number: z.string(),
    amount: z.string(),
    commission: z.string(),
    cost: z.string(),
    currency: currencySchema,
    balance_after: z.string(),
  })
  .openapi("Quote");

export function presentQuote(quote: Quote): z.infer<typeof quoteSchema> {
  return {
    product: quote.product,
    number: quote.number,
    amount: formatAmount(quote.face),
    commission: formatAmount(quote.commission),
    cost: formatAmount(quote.cost),
    currency: quote.currency,
    balance_after: formatAmount(quote.balanceAfter),
  };
}

/** The answer when the account could not be heard: it may have the recharge, so nothing else may be said. */
export const unheardSchema = z
  .object({
    agent_id: z.string(),
    state: z.literal("pending"),
    id: z.null(),
    retry: z.literal("same_reference"),
  })
  .openapi("UnheardRecharge");

/** Epoch ms → ISO 8601 in UTC. */
export function presentTime(at: number): string {
  return new Date(at).toISOString();
}
