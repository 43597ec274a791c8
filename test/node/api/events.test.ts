// Events as partners see them: everything about their money, nothing about whom we buy from.
import { expect, test } from "vitest";
import { eventSchema, presentEvent, presentWallets } from "../../../src/api/events-schema.ts";
import { minor } from "../../../src/base/money.ts";
import type { AccountEvent, RechargeFacts } from "../../../src/recharges/events.ts";

const wallet = { currency: "INR", balance: minor(98_020), held: minor(1_980), debt: minor(0) } as const;
const numbered = { number: 7, at: Date.UTC(2026, 10, 2, 10), wallet } as const;
const recharge: RechargeFacts = {
  id: "rch_000010000001",
  agentId: "order-1",
  mode: "sandbox",
  product: "in.airtel.prepaid",
  number: "9826386400",
  fields: {},
  face: minor(2_000),
  commission: minor(20),
  cost: minor(1_980),
  currency: "INR",
  planVersion: 1,
  state: "pending",
  proof: null,
  operatorReference: null,
  failure: null,
  repeatOf: null,
  createdAt: Date.UTC(2026, 10, 2, 10),
  provider: "backnpay-sandbox",
  reference: "LO000010000001",
  providerCommission: minor(40),
};
const movement = {
  amount: minor(5_000),
  currency: "INR",
  reason: "paid",
  externalReference: "bank-1",
  staff: "asha",
} as const;
const base = {
  number: 7,
  at: "2026-11-02T10:00:00.000Z",
  wallet: { currency: "INR", balance: "980.20", held: "19.80", debt: "0.00" },
};
const rechargeId = "rch_000010000001";

const presented: readonly (readonly [AccountEvent, object])[] = [
  [
    { ...numbered, type: "recharge.placed", recharge },
    { recharge: { amount: "20.00", cost: "19.80", state: "pending" } },
  ],
  [
    { ...numbered, type: "recharge.case_opened", recharge, case: "doubt" },
    { recharge: { id: rechargeId }, case: "doubt" },
  ],
  [
    { ...numbered, type: "wallet.credited", movement },
    { movement: { amount: "50.00", currency: "INR", reason: "paid", external_reference: "bank-1" } },
  ],
  [
    { ...numbered, type: "debt.opened", debt: { amount: minor(10), currency: "INR", rechargeId } },
    { debt: { amount: "0.10", currency: "INR", recharge_id: rechargeId } },
  ],
  [
    { ...numbered, type: "reward.points_earned", reward: { rechargeId, pointsHundredths: 10, totalHundredths: 1_010 } },
    { reward: { recharge_id: rechargeId, points: "0.10", points_total: "10.10" } },
  ],
  [
    { ...numbered, type: "reward.level_reached", reward: { rechargeId, level: { id: 1, key: "silver" } } },
    { reward: { recharge_id: rechargeId, level: { id: 1, key: "silver" } } },
  ],
  [
    { ...numbered, type: "reward.level_unwound", reward: { rechargeId, level: null } },
    { reward: { recharge_id: rechargeId, level: null } },
  ],
  [
    {
      ...numbered,
      type: "reward.cashback_paid",
      reward: { rechargeId, offer: "diwali", amount: minor(50), currency: "INR" },
    },
    { reward: { recharge_id: rechargeId, cashback: { amount: "0.50", currency: "INR" }, offer: "diwali" } },
  ],
  [{ ...numbered, type: "account.low_balance" }, {}],
  [
    {
      ...numbered,
      type: "account.webhook_stopped",
      webhook: { endpointId: "whe_1", state: "disabled", cause: "gone" },
    },
    { webhook: { endpoint_id: "whe_1", state: "disabled", cause: "gone" } },
  ],
];

test.each(presented.map(([event, expected]) => ({ type: event.type, event, expected })))(
  "presents $type",
  ({ type, event, expected }) => {
    const read = presentEvent(event);
    expect(read).toMatchObject({ ...base, type, ...expected });
    expect(eventSchema.safeParse(read).success).toBe(true);
    expect(JSON.stringify(read)).not.toMatch(/backnpay|LO0000|asha|rovider/);
  },
);

test("wallets come in the order of the currencies", () => {
  const bdt = { ...wallet, currency: "BDT" } as const;
  expect(presentWallets([bdt, wallet]).map((one) => one.currency)).toEqual(["INR", "BDT"]);
});
