// What the portal's pages use of the answers of `/v1`.
import { z } from "zod";

export const balanceSchema = z.object({
  wallets: z.array(z.object({ currency: z.string(), balance: z.string(), held: z.string(), debt: z.string() })),
});

export const rechargeSchema = z.object({
  id: z.string(),
  agent_id: z.string(),
  product: z.string(),
  number: z.string(),
  amount: z.string(),
  commission: z.string(),
  cost: z.string(),
  currency: z.string(),
  state: z.string(),
  operator_reference: z.string().nullable(),
  failure: z.object({ text: z.string() }).nullable(),
  created_at: z.string(),
});
export type Recharge = z.infer<typeof rechargeSchema>;
export const rechargesSchema = z.object({
  recharges: z.array(rechargeSchema),
  next_cursor: z.string().nullable(),
});

export const disputeSchema = z.object({
  number: z.int(),
  disposition: z.string(),
  comment: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  opened_at: z.string(),
  closed_at: z.string().nullable(),
});

export const disputesSchema = z.object({
  disputes: z.array(
    disputeSchema.extend({
      recharge_id: z.string(),
      product: z.string(),
      amount: z.string(),
      cost: z.string(),
      currency: z.string(),
    }),
  ),
  next_cursor: z.string().nullable(),
});

export const keysSchema = z.object({
  keys: z.array(
    z.object({
      key_id: z.string(),
      name: z.string(),
      surface: z.string(),
      scopes: z.array(z.string()),
      addresses: z.array(z.string()),
      expires_at: z.string().nullable(),
      revoked_at: z.string().nullable(),
    }),
  ),
});
