// The reward programme on the wire of staff: what is refused, and that nothing is lost on the way in and out.
import { expect, test } from "vitest";
import { presentProgramme, programmeOf, programmeSchema } from "../../../src/api/rewards-schema.ts";
import { onWire } from "../../support/programme-on-wire.ts";

const [offer] = onWire.offers;

test.each([
  ["an offer that ends before it starts", { offers: [{ ...offer, ends_at: offer?.starts_at }] }],
  ["amounts the wrong way round", { offers: [{ ...offer, amount_to: "9.99" }] }],
  ["an offer of both kinds", { offers: [{ ...offer, fixed: "1.00" }] }],
  ["a cashback of nothing", { offers: [{ ...offer, per_recharge: "0.00" }] }],
  ["more than the whole amount", { offers: [{ ...offer, basis_points: 10_001 }] }],
  ["two offers of one id", { offers: [offer, offer] }],
  ["two rules for a product", { points: [onWire.points[0], onWire.points[0]] }],
  ["two levels from the same points", { levels: [onWire.levels[0], { id: 3, key: "wood", from: "0" }] }],
  ["two levels of one id", { levels: [onWire.levels[0], { id: 1, key: "wood", from: "1" }] }],
  ["two levels of one key", { levels: [onWire.levels[0], { id: 3, key: "silver", from: "1" }] }],
  ["two budgets of a currency", { budgets: [onWire.budgets[0], onWire.budgets[0]] }],
  ["a field that is not known", { bonus: true }],
  ["points of nothing", { points: [{ product: "*", fixed: "0.00" }] }],
  ["a product in capitals", { points: [{ product: "IN", fixed: "1.00" }] }],
  ["a level that is number zero", { levels: [{ id: 0, key: "wood", from: "0" }] }],
])("refuses %s", (_, wrong) => {
  expect(programmeSchema.safeParse(onWire).success).toBe(true);
  expect(programmeSchema.safeParse({ ...onWire, ...wrong }).success).toBe(false);
});

test("comes out as it went in", () => {
  const fixed = { ...offer, id: "winter", per_recharge: null, per_partner: "7.50", fixed: "1.25" };
  const { basis_points: _share, ...winter } = { basis_points: 0, ...fixed };
  const wanted = { ...onWire, offers: [...onWire.offers, winter] };
  expect(presentProgramme(programmeOf(programmeSchema.parse(wanted)))).toEqual(wanted);
});
