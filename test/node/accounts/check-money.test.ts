// What a refusal of an order says, and the limits of money to the unit.
import { describe, expect, it } from "vitest";
import { balanceAfter, checkMoney, checkOrder, unavailable } from "../../../src/accounts/check-order.ts";
import { minor } from "../../../src/base/money.ts";
import { findProduct } from "../../../src/catalog/products.ts";
import type { Limits } from "../../../src/recharges/profile.ts";
import type { Order } from "../../../src/recharges/recharge.ts";
import { type AccountNow, account, limited, now, order, profile, today, wallet } from "./order-fixture.ts";

const details: [Order, Partial<AccountNow>, object][] = [
  [
    order,
    { profile: { ...profile, status: "suspended" } },
    { code: "suspended", detail: "The partner is suspended: no new recharges. What is pending is settled." },
  ],
  [
    { ...order, product: "x" },
    {},
    {
      code: "product_unknown",
      detail: "There is no such product; GET /v1/products lists them.",
      problems: [{ pointer: "/product", reason: "see detail" }],
    },
  ],
  [
    order,
    { providers: new Map() },
    {
      code: "product_unavailable",
      detail: "in.airtel.prepaid cannot be recharged now; nothing was done.",
      retryAfterSeconds: 60,
    },
  ],
  [
    { ...order, maxCost: minor(1_979) },
    {},
    {
      code: "max_cost",
      detail: "The cost is 19.80 INR, above max_cost.",
      problems: [{ pointer: "/max_cost", reason: "see detail" }],
    },
  ],
  [
    order,
    { profile: limited({ perRecharge: minor(1_999) }) },
    {
      code: "limit_recharge",
      detail: "At most 19.99 INR for one recharge.",
      problems: [{ pointer: "/amount", reason: "see detail" }],
    },
  ],
  [
    order,
    { profile: limited({ perDay: minor(1_999) }) },
    { code: "limit_day", detail: "At most 19.99 INR a day.", retryAfterSeconds: 23_400 },
  ],
  [
    order,
    { wallets: [] },
    { code: "balance", detail: "The recharge costs 19.80 INR; the INR wallet does not cover it." },
  ],
];

describe("what a refusal says", () => {
  it.each(details)("%#", (given, more, problem) => {
    expect(checkOrder(given, { ...account, ...more })).toEqual({ ok: false, problem });
  });

  it("is the same for a product that the guard left no candidate for", () => {
    const product = findProduct("in.jio.prepaid");
    expect(product === null ? null : unavailable(product)).toEqual({
      code: "product_unavailable",
      detail: "in.jio.prepaid cannot be recharged now; nothing was done.",
      retryAfterSeconds: 60,
    });
  });
});

const used = (dayUsed: number, day = today) => ({ ...wallet, day, dayUsed: minor(dayUsed) });

describe("money", () => {
  const price = {
    face: minor(2_000),
    commission: minor(20),
    cost: minor(1_980),
    currency: "INR",
    planVersion: 3,
  } as const;
  const boundaries: [string, Partial<Order>, Partial<Limits>, typeof wallet | undefined, string | null][] = [
    ["a cost at max_cost", { maxCost: minor(1_980) }, {}, wallet, null],
    ["a cost above max_cost", { maxCost: minor(1_979) }, {}, wallet, "max_cost"],
    ["a face at the limit", {}, { perRecharge: minor(2_000) }, wallet, null],
    ["a face above the limit", {}, { perRecharge: minor(1_999) }, wallet, "limit_recharge"],
    ["a day at its limit", {}, { perDay: minor(5_000) }, used(3_000), null],
    ["a day above its limit", {}, { perDay: minor(5_000) }, used(3_001), "limit_day"],
    ["yesterday's use", {}, { perDay: minor(5_000) }, used(3_001, today - 1), null],
    ["no wallet yet, and a day above its limit", {}, { perDay: minor(1_999) }, undefined, "limit_day"],
    ["no wallet", {}, { perDay: minor(2_000) }, undefined, "balance"],
    ["a balance of exactly the cost", {}, {}, { ...wallet, balance: minor(1_980) }, null],
    ["a balance one short of the cost", {}, {}, { ...wallet, balance: minor(1_979) }, "balance"],
    ["held money beside it", {}, {}, { ...wallet, balance: minor(0), held: minor(9_999) }, "balance"],
  ];
  it.each(boundaries)("%s", (_name, more, limits, from, code) => {
    const checked = checkMoney({ ...order, ...more }, price, from, { profile: limited(limits), now });
    expect(checked.ok ? checked.value : checked.problem.code).toBe(code ?? from);
  });

  it("waits for the next day in the wallet's zone, in whole seconds", () => {
    const justBefore = Date.parse("2026-03-01T18:29:59.001Z");
    const at = { profile: limited({ perDay: minor(1) }), now: justBefore };
    const checked = checkMoney(order, price, wallet, at);
    expect(checked.ok ? null : checked.problem.retryAfterSeconds).toBe(1);
  });

  it("leaves the balance less the cost", () => {
    expect(balanceAfter(wallet, price)).toBe(8_020);
  });
});
