// What the pages of tests use of the API's answers.
import type { Context } from "hono";
import { z } from "zod";
import { findProduct } from "../catalog/products.ts";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { providerApi } from "./provider-frame.tsx";

const testSchema = z.object({
  test_id: z.string(),
  asked_at: z.string(),
  asked_by: z.string(),
  product: z.string(),
  number: z.string(),
  amount: z.string(),
  recharge: z
    .object({
      id: z.string(),
      currency: z.string(),
      state: z.string(),
      operator_reference: z.string().nullable(),
      failure: z.object({ text: z.string() }).nullable(),
    })
    .nullable(),
});
const houseSchema = z.object({
  partner: z.string().nullable(),
  wallet: z.object({ currency: z.string(), balance: z.string() }).nullable(),
  tests: z.array(testSchema),
});
export type House = z.infer<typeof houseSchema>;
export type Test = z.infer<typeof testSchema>;

export function askTests(c: Context<ConsoleEnv>, gateway: AskGateway): Promise<Asked<House>> {
  return ask(c, gateway, { path: providerApi(c, "/tests"), schema: houseSchema });
}

export function currencyOf(product: string): string {
  return findProduct(product)?.currency ?? "";
}
