// Whether an order may be placed, in the order of `lists.md`, "Refusals" 7 to 12: pure, on the account's figures of now.
import { formatAmount, type Minor, subtract } from "../base/money.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { checkAmount, checkFields, checkNumber, claimNumberOf } from "../catalog/check.ts";
import type { Product } from "../catalog/product.ts";
import { findProduct } from "../catalog/products.ts";
import type { ProviderFacts } from "../providers/provider.ts";
import { dayOf, nextDayAt } from "../recharges/day.ts";
import { priceOf } from "../recharges/price.ts";
import { planAt } from "../recharges/profile.ts";
import type { Order, Price } from "../recharges/recharge.ts";
import { candidatesOf } from "../recharges/routing.ts";
import type { Via } from "./account.ts";
import type { WalletRecord } from "./book-store.ts";
import type { AccountNow } from "./context.ts";
import { assertKnowsAll } from "./gone-back.ts";
import { usedOn } from "./wallet-moves.ts";

/** An order that the account would place: number and fields are canonical. */
export interface CheckedOrder {
  readonly product: Product;
  readonly number: string;
  readonly fields: Readonly<Record<string, string>>;
  /** What the number guard takes. */
  readonly claimNumber: string;
  readonly price: Price;
  readonly wallet: WalletRecord;
  /** Never empty; first to ask first. */
  readonly candidates: readonly ProviderFacts[];
}

/** The first refusal in the closed order, or what the order comes to. `via`: for a test of staff, the one provider. */
export function checkOrder(order: Order, account: AccountNow, via?: Via): Result<CheckedOrder, Refusal> {
  const { profile, providers } = account;
  assertKnowsAll(profile);
  if (profile.status === "suspended")
    return refuse(refusal("suspended", "The partner is suspended: no new recharges. What is pending is settled."));
  const product = findProduct(order.product);
  if (product === null)
    return refuse(refusal("product_unknown", "There is no such product; GET /v1/products lists them.", at("/product")));
  const isSold = [...providers.values()].some(
    (one) => one.mode === profile.mode && one.currency === product.currency && one.tabledCodeOf(product.id) !== null,
  );
  if (!isSold) return refuse(unavailable(product));

  const number = checkNumber(product, order.number);
  if (!number.ok) return number;
  const fields = checkFields(product, order.fields);
  if (!fields.ok) return fields;
  const amount = checkAmount(product, order.amount, order.currency);
  if (amount !== null) return refuse(amount);
  const routed = { ...order, number: number.value, currency: product.currency, mode: profile.mode };
  const candidates = candidatesOf(routed, providers.values()).filter(
    ({ id }) => via === undefined || id === via.provider,
  );
  if (candidates.length === 0) return refuse(unavailable(product));

  const price = priceOf(planAt(profile, account.now), product.id, order.amount, product.currency);
  const wallet = account.wallets.find((candidate) => candidate.currency === product.currency);
  const covered = checkMoney(order, price, wallet, account);
  if (!covered.ok) return covered;
  return ok({
    product,
    number: number.value,
    fields: fields.value,
    claimNumber: claimNumberOf(product, number.value, fields.value),
    price,
    wallet: covered.value,
    candidates,
  });
}

/** `max_cost`, `limit_recharge`, `limit_day`, `balance`: what may have changed while the guard was asked. */
export function checkMoney(
  order: Order,
  price: Price,
  wallet: WalletRecord | undefined,
  { profile, now }: Pick<AccountNow, "profile" | "now">,
): Result<WalletRecord, Refusal> {
  const { currency, cost, face } = price;
  if (order.maxCost !== null && cost > order.maxCost)
    return refuse(refusal("max_cost", `The cost is ${print(cost, price)}, above max_cost.`, at("/max_cost")));
  const limits = profile.limits.find((candidate) => candidate.currency === currency);
  const perRecharge = limits?.perRecharge ?? null;
  if (perRecharge !== null && face > perRecharge)
    return refuse(refusal("limit_recharge", `At most ${print(perRecharge, price)} for one recharge.`, at("/amount")));
  const perDay = limits?.perDay ?? null;
  const used = wallet === undefined ? 0 : usedOn(wallet, dayOf(currency, now));
  if (perDay !== null && used + face > perDay) {
    const retryAfterSeconds = Math.ceil((nextDayAt(currency, now) - now) / 1_000);
    return refuse(refusal("limit_day", `At most ${print(perDay, price)} a day.`, { retryAfterSeconds }));
  }
  if (wallet === undefined || wallet.balance < cost)
    return refuse(
      refusal("balance", `The recharge costs ${print(cost, price)}; the ${currency} wallet does not cover it.`),
    );
  return ok(wallet);
}

/** Balance that would be left, minor units. */
export function balanceAfter(wallet: WalletRecord, price: Price): Minor {
  return subtract(wallet.balance, price.cost);
}

export function unavailable(product: Product): Refusal {
  return refusal("product_unavailable", `${product.id} cannot be recharged now; nothing was done.`, {
    retryAfterSeconds: 60,
  });
}

function print(amount: Minor, { currency }: Price): string {
  return `${formatAmount(amount)} ${currency}`;
}

function at(pointer: string): { problems: readonly [{ pointer: string; reason: string }] } {
  return { problems: [{ pointer, reason: "see detail" }] };
}
