// What makes two orders of a protocol without a reference the same.
import { checkFields, checkNumber } from "../catalog/check.ts";
import { findProduct } from "../catalog/products.ts";
import type { Order } from "../recharges/recharge.ts";

/** Product, canonical number, amount and fields. What cannot be read stays as it was sent. */
export function orderKeyOf(order: Pick<Order, "product" | "number" | "amount" | "fields">): string {
  const product = findProduct(order.product);
  const number = product === null ? null : checkNumber(product, order.number);
  const fields = product === null ? null : checkFields(product, order.fields);
  const sorted = Object.entries(fields?.ok ? fields.value : order.fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([order.product, number?.ok ? number.value : order.number, order.amount, sorted]);
}
