// Who may be asked for an order, and in which order; and who may be asked by GET.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { candidatesOf, type RoutedProvider } from "../../../src/recharges/routing.ts";
import { maySubmitByGet, type Safety } from "../../../src/recharges/safety.ts";

const order = {
  product: "in.airtel.prepaid",
  number: "9812345678",
  amount: minor(2_000),
  currency: "INR",
  mode: "sandbox",
} as const;

function provider(id: string, more: Partial<RoutedProvider> = {}): RoutedProvider {
  return {
    id,
    mode: "sandbox",
    currency: "INR",
    safety: { lookup: "by_our_reference", repeatWindowMs: null },
    tabledCodeOf: (product) => (product === order.product ? { code: "1" } : null),
    acceptsNumber: (number) => number === order.number,
    acceptsAmount: (amount) => amount === order.amount,
    orderOf: () => 100,
    ...more,
  };
}
const blind = { safety: { lookup: "none", repeatWindowMs: null } } as const;
const idsOf = (providers: Iterable<RoutedProvider>) => candidatesOf(order, providers).map((one) => one.id);

const preferred = (product: string) => (product === order.product ? 5 : 500);

describe("candidates", () => {
  it("are all that sell the product for this order", () => {
    expect(idsOf(new Set([provider("a"), provider("b")]))).toEqual(["a", "b"]);
    expect(idsOf([])).toEqual([]);
  });

  it.each([
    ["another mode", { mode: "live" }],
    ["another currency", { currency: "BDT" }],
    ["no code for the product", { tabledCodeOf: () => null }],
    ["a wire that cannot carry the number", { acceptsNumber: () => false }],
    ["a wire that cannot carry the amount", { acceptsAmount: () => false }],
  ] as const)("leave out: %s", (_name, more) => {
    expect(idsOf([provider("out", more), provider("in")])).toEqual(["in"]);
  });

  it("follow the staff's order for that product, lower first", () => {
    expect(idsOf([provider("a"), provider("b", { orderOf: preferred }), provider("c", { orderOf: () => 50 })])).toEqual(
      ["b", "c", "a"],
    );
  });

  it("at equal order come last when their answers cannot be looked up, and then go by id", () => {
    const theirs = { safety: { lookup: "by_their_reference", repeatWindowMs: null } } as const;
    const all = [provider("d", blind), provider("c", theirs), provider("a", blind), provider("b")];
    expect(idsOf(all)).toEqual(["b", "c", "a", "d"]);
  });

  it("follow the staff's order even to one whose answers cannot be looked up", () => {
    expect(idsOf([provider("a"), provider("b", { ...blind, orderOf: () => 99 })])).toEqual(["b", "a"]);
  });

  it("are the same whatever the order in which the providers are set", () => {
    const spec = fc.record({ place: fc.integer({ min: 1, max: 3 }), isBlind: fc.boolean() });
    const providers = fc
      .array(spec, { maxLength: 6 })
      .map((specs) =>
        specs.map(({ place, isBlind }, index) =>
          provider(`p${index}`, { orderOf: () => place, ...(isBlind && blind) }),
        ),
      );
    fc.assert(
      fc.property(
        providers.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(idsOf(shuffled)).toEqual(idsOf(all));
        },
      ),
    );
  });
});

describe("a submit by GET", () => {
  const safety: Safety = {
    reference: { kind: "none" },
    duplicate: "unknown",
    lookup: "none",
    notFoundSettlesAfterMs: null,
    balance: { endpoint: false, inReplies: "none" },
    finalAfterMs: 600_000,
    staleForMs: 10_000,
    repeatWindowMs: null,
    lookupsPerDay: null,
  };
  it.each([
    ["replays", true],
    ["rejects", true],
    ["executes", false],
    ["unknown", false],
  ] as const)("where a repeat %s: %s", (duplicate, isLegal) => {
    expect(maySubmitByGet({ ...safety, duplicate })).toBe(isLegal);
  });
});
