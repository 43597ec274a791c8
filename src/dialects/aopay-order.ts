// An aopay request as the order that it stands for, or why it stands for none. Pure.
import type { UnreferencedRequest } from "../accounts/account.ts";
import { parseAmount } from "../base/money.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { AopayRequest } from "../wire/aopay/request.ts";
import { productOfAopayCode } from "../wire/codes/aopay.ts";
import { isAgentId } from "./agent-id.ts";

export type AopayOrdered = Pick<UnreferencedRequest, "order" | "agentId">;

const geocodePattern = /^-?\d{1,2}(\.\d{1,8})?,\s?-?\d{1,3}(\.\d{1,8})?$/;

/** `parameter` names the field in its detail; then `product_unknown`. The rest is the account's to refuse. */
export function readAopayOrder(request: AopayRequest): Result<AopayOrdered, Refusal> {
  const { productId, customerNumber, amount: typed, geocode, agentid: agentId } = request;
  if (productId === null) return wrong("ProductID is missing");
  if (customerNumber === null) return wrong("CustomerNumber is missing");
  if (typed === null) return wrong("Amount is missing");
  if (geocode !== null && !geocodePattern.test(geocode)) return wrong("Invalid Geocode");
  if (agentId !== null && !isAgentId(agentId)) return wrong("Invalid agentid");
  const product = /^[1-9]\d{0,8}$/.test(productId) ? productOfAopayCode(Number(productId)) : null;
  if (product === null) return refuse(refusal("product_unknown", "No product has this ProductID."));
  const amount = parseAmount(typed);
  if (amount === null) return wrong("Invalid Amount");
  const order = { product: product.id, number: customerNumber, amount, currency: null, fields: {}, maxCost: null };
  return ok({ order: { ...order, geocode: geocode?.replace(/\s/, "") ?? null }, agentId });
}

function wrong(what: string): Result<never, Refusal> {
  return refuse(refusal("parameter", what));
}
