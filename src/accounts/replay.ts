// The same agent id again: the recharge that exists, or the names of the fields that differ (`design.md`, law 6).
import { type Refusal, refusal } from "../base/refusal.ts";
import { checkFields, checkNumber } from "../catalog/check.ts";
import { findProduct } from "../catalog/products.ts";
import type { Order } from "../recharges/recharge.ts";
import type { RechargeRecord } from "./records.ts";

/**
 * Fields compared: product, canonical number, amount, currency, fields (`lists.md`, below "Refusals"). Null: the order is
 * the one that was placed. What cannot be read any more is compared as it was sent.
 */
export function conflictOf(order: Order, placed: RechargeRecord): Refusal | null {
  const product = findProduct(order.product);
  const number = product === null ? null : checkNumber(product, order.number);
  const fields = product === null ? null : checkFields(product, order.fields);
  const same = {
    product: order.product === placed.product,
    number: (number?.ok ? number.value : order.number) === placed.number,
    amount: order.amount === placed.face,
    currency: order.currency === null || order.currency === placed.currency,
    fields: sortedText(fields?.ok ? fields.value : order.fields) === sortedText(placed.fields),
  };
  const differing = Object.entries(same).flatMap(([name, isSame]) => (isSame ? [] : [name]));
  if (differing.length === 0) return null;
  return refusal("agent_id_conflict", `This agent id was used for an order with another ${differing.join(", ")}.`, {
    problems: differing.map((name) => ({ pointer: `/${name}`, reason: "differs from the order placed first" })),
  });
}

function sortedText(fields: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(fields).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
