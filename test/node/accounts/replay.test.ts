// The same agent id again: the same order, or the names of what differs.
import { describe, expect, it } from "vitest";
import type { RechargeRecord } from "../../../src/accounts/records.ts";
import { conflictOf } from "../../../src/accounts/replay.ts";
import { minor } from "../../../src/base/money.ts";
import type { Order } from "../../../src/recharges/recharge.ts";
import { now, order, today } from "./order-fixture.ts";

const placed: RechargeRecord = {
  counter: 1,
  agentId: "A-1",
  product: "in.airtel.prepaid",
  number: "9812345678",
  fields: {},
  geocode: null,
  face: minor(2_000),
  commission: minor(20),
  cost: minor(1_980),
  currency: "INR",
  planVersion: 3,
  repeatOf: null,
  state: "succeeded",
  proof: "claimed",
  operatorReference: null,
  failure: null,
  attempts: [1],
  day: today,
  event: 2,
  createdAt: now,
  updatedAt: now,
};
const bill = { product: "in.bsnl.landline", number: "23456789", fields: { std_code: "080" } };

describe("the same order", () => {
  const same: [string, Partial<Order>, Partial<RechargeRecord>][] = [
    ["as it was sent first", {}, {}],
    ["with the canonical number", { number: "9812345678" }, {}],
    ["with the number in Devanagari digits", { number: "९८१२३४५६७८" }, {}],
    ["with its currency named", { currency: "INR" }, {}],
    ["with another geocode, max_cost and repeat_of", { geocode: "1,2", maxCost: minor(1), repeatOf: "rch_x" }, {}],
    ["with fields that read the same", { ...bill, fields: { std_code: " 080 " } }, bill],
    [
      "of a product that is gone, as it was kept",
      { product: "in.gone.prepaid", number: "1", fields: { b: "2", a: "1" } },
      { product: "in.gone.prepaid", number: "1", fields: { a: "1", b: "2" } },
    ],
    ["of a number that is not read any more, as it was kept", { number: "12" }, { number: "12" }],
  ];
  it.each(same)("%s is no conflict", (_name, more, kept) => {
    expect(conflictOf({ ...order, ...more }, { ...placed, ...kept })).toBeNull();
  });
});

describe("another order under the same agent id", () => {
  const other: [string, Partial<Order>, Partial<RechargeRecord>][] = [
    ["product", { product: "in.jio.prepaid" }, {}],
    ["number", { number: "9812345679" }, {}],
    ["number", { number: "not a number" }, {}],
    ["amount", { amount: minor(2_100) }, {}],
    ["currency", { currency: "BDT" }, {}],
    ["fields", { fields: { std_code: "080" } }, {}],
    ["fields", { ...bill, fields: { std_code: "044" } }, bill],
    ["fields", { ...bill, fields: {} }, bill],
    ["fields", { ...bill, fields: { std_code: "080", city: "x" } }, bill],
    [
      "fields",
      { product: "in.gone.prepaid", number: "1", fields: { a: "2", b: "1" } },
      { product: "in.gone.prepaid", number: "1", fields: { a: "1", b: "2" } },
    ],
  ];
  it.each(other)("differs in %s: %j", (name, more, kept) => {
    expect(conflictOf({ ...order, ...more }, { ...placed, ...kept })).toEqual({
      code: "agent_id_conflict",
      detail: `This agent id was used for an order with another ${name}.`,
      problems: [{ pointer: `/${name}`, reason: "differs from the order placed first" }],
    });
  });

  it("names all that differs, in the order of the list", () => {
    const another = { ...order, ...bill, amount: minor(5), currency: "BDT" };
    expect(conflictOf(another, placed)).toEqual({
      code: "agent_id_conflict",
      detail: "This agent id was used for an order with another product, number, amount, currency, fields.",
      problems: ["product", "number", "amount", "currency", "fields"].map((name) => ({
        pointer: `/${name}`,
        reason: "differs from the order placed first",
      })),
    });
  });
});
