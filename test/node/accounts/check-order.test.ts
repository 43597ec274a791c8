// Which refusal an order meets first, and what an order that may be placed comes to.
import { describe, expect, it } from "vitest";
import { checkOrder } from "../../../src/accounts/check-order.ts";
import { minor } from "../../../src/base/money.ts";
import { findProduct } from "../../../src/catalog/products.ts";
import type { Order } from "../../../src/recharges/recharge.ts";
import { type AccountNow, account, facts, limited, now, order, profile, providersOf, wallet } from "./order-fixture.ts";

const codeOf = (given: Order, at: AccountNow) => {
  const checked = checkOrder(given, at);
  return checked.ok ? null : checked.problem.code;
};

describe("an order that may be placed", () => {
  it("is canonical, priced, and knows wallet and candidates", () => {
    expect(checkOrder(order, account)).toEqual({
      ok: true,
      value: {
        product: findProduct("in.airtel.prepaid"),
        number: "9812345678",
        fields: {},
        claimNumber: "9812345678",
        price: { face: 2_000, commission: 20, cost: 1_980, currency: "INR", planVersion: 3 },
        wallet,
        candidates: [account.providers.get("a")],
      },
    });
  });

  it("takes the fields of its product, and claims the number with those that tell accounts apart", () => {
    const bill = { ...order, product: "in.bsnl.landline", number: "23456789", fields: { std_code: " 080 " } };
    const checked = checkOrder(bill, account);
    expect(checked.ok ? [checked.value.number, checked.value.fields, checked.value.claimNumber] : checked).toEqual([
      "23456789",
      { std_code: "080" },
      "23456789|std_code=080",
    ]);
  });

  it("is paid from the wallet in its product's currency, wherever it stands", () => {
    const taka = { ...wallet, currency: "BDT" } as const;
    const checked = checkOrder(order, { ...account, wallets: [taka, wallet] });
    expect(checked.ok && checked.value.wallet).toBe(wallet);
  });

  it("is routed by number, mode and amount", () => {
    const providers = providersOf(
      facts("live", { mode: "live" }),
      facts("taka", { currency: "BDT" }),
      facts("number", { acceptsNumber: (number) => number !== "9812345678" }),
      facts("amount", { acceptsAmount: (amount) => amount !== 2_000 }),
      facts("last", { orderOf: () => 200 }),
      facts("first"),
    );
    const checked = checkOrder(order, { ...account, providers });
    expect(checked.ok && checked.value.candidates.map((one) => one.id)).toEqual(["first", "last"]);
  });
});

const worst: { order: Order; account: AccountNow } = {
  order: { ...order, product: "in.none.prepaid", number: "1", amount: minor(50), currency: "BDT", maxCost: minor(1) },
  account: {
    profile: { ...limited({ perRecharge: minor(1), perDay: minor(1) }), status: "suspended" },
    wallets: [{ ...wallet, balance: minor(0) }],
    providers: providersOf(facts("a", { tabledCodeOf: () => null })),
    now,
  },
};
// Each line mends the fault that the one before it met, so that the next in the closed order shows.
const mends: [string | null, (before: typeof worst) => typeof worst][] = [
  ["suspended", (one) => one],
  [
    "product_unknown",
    (one) => ({ ...one, account: { ...one.account, profile: { ...one.account.profile, status: "active" } } }),
  ],
  ["product_unavailable", (one) => ({ ...one, order: { ...one.order, product: "in.bsnl.landline" } })],
  ["number", (one) => ({ ...one, account: { ...one.account, providers: account.providers } })],
  ["field", (one) => ({ ...one, order: { ...one.order, number: "23456789" } })],
  ["amount_range", (one) => ({ ...one, order: { ...one.order, fields: { std_code: "080" } } })],
  ["currency", (one) => ({ ...one, order: { ...one.order, amount: minor(2_000) } })],
  ["max_cost", (one) => ({ ...one, order: { ...one.order, currency: "INR" } })],
  ["limit_recharge", (one) => ({ ...one, order: { ...one.order, maxCost: null } })],
  ["limit_day", (one) => ({ ...one, account: { ...one.account, profile: limited({ perDay: minor(1) }) } })],
  ["balance", (one) => ({ ...one, account: { ...one.account, profile } })],
  [null, (one) => ({ ...one, account: { ...one.account, wallets: [wallet] } })],
];

const tabled = { code: "1", provenance: "documented", isUsable: true } as const;

describe("the first refusal", () => {
  it("is the first of the closed order, mend by mend", () => {
    const met: (string | null)[] = [];
    mends.reduce((before, [, mend]) => {
      const after = mend(before);
      met.push(codeOf(after.order, after.account));
      return after;
    }, worst);
    expect(met).toEqual(mends.map(([code]) => code));
  });

  it.each([
    ["of another mode", facts("a", { mode: "live" })],
    ["in another currency", facts("a", { currency: "BDT" })],
    ["without a code", facts("a", { tabledCodeOf: (product) => (product === "in.airtel.prepaid" ? null : tabled) })],
  ])("is product_unavailable where the only provider is %s, before the number is looked at", (_name, only) => {
    expect(codeOf({ ...order, number: "1" }, { ...account, providers: providersOf(only) })).toBe("product_unavailable");
  });

  it.each([
    ["number", { acceptsNumber: () => false }],
    ["amount", { acceptsAmount: () => false }],
  ])("is product_unavailable where no wire can carry the %s", (_name, more) => {
    expect(codeOf(order, { ...account, providers: providersOf(facts("a", more)) })).toBe("product_unavailable");
    const empty = { ...account, providers: providersOf(facts("a", more)), wallets: [] };
    expect(codeOf(order, empty)).toBe("product_unavailable");
  });
});
