// Which providers may be asked for an order, and in which order.
import type { Currency, Minor } from "../base/money.ts";
import type { Mode } from "./recharge.ts";
import type { Safety } from "./safety.ts";

/** What routing needs to know of a provider; `providers/provider.ts` has the rest. */
export interface RoutedProvider {
  readonly id: string;
  readonly mode: Mode;
  readonly currency: Currency;
  readonly safety: Pick<Safety, "lookup" | "repeatWindowMs">;
  /** Null: it has none. Whether it may be used is the guard's to say, by the word of staff. */
  tabledCodeOf(product: string): { readonly code: string } | null;
  acceptsNumber(number: string): boolean;
  acceptsAmount(amount: Minor): boolean;
  orderOf(product: string): number;
}

export interface RoutedOrder {
  readonly product: string;
  readonly number: string;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly mode: Mode;
}

/**
 * Providers that sell this product for this order, first to ask first: by the order that staff set; at equal order
 * those whose answers can be looked up before those whose answers cannot (`design.md`, "Routing").
 */
export function candidatesOf<Candidate extends RoutedProvider>(
  order: RoutedOrder,
  providers: Iterable<Candidate>,
): readonly Candidate[] {
  return [...providers]
    .filter(
      (provider) =>
        provider.mode === order.mode &&
        provider.currency === order.currency &&
        provider.tabledCodeOf(order.product) !== null &&
        provider.acceptsNumber(order.number) &&
        provider.acceptsAmount(order.amount),
    )
    .toSorted(
      (left, right) =>
        left.orderOf(order.product) - right.orderOf(order.product) ||
        Number(left.safety.lookup === "none") - Number(right.safety.lookup === "none") ||
        left.id.localeCompare(right.id),
    );
}
