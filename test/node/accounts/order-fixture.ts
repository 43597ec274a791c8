// An account, its providers and an order that the tests of the checks start from.
import type { WalletRecord } from "../../../src/accounts/book-store.ts";
import { minor } from "../../../src/base/money.ts";
import type { checkOrder } from "../../../src/accounts/check-order.ts";
import type { ProviderFacts } from "../../../src/providers/provider.ts";
import { dayOf } from "../../../src/recharges/day.ts";
import type { AccountProfile, Limits } from "../../../src/recharges/profile.ts";
import type { Order } from "../../../src/recharges/recharge.ts";

export const now = Date.parse("2026-03-01T12:00:00Z");
export const today = dayOf("INR", now);

export const order: Order = {
  agentId: "A-1",
  product: "in.airtel.prepaid",
  number: "+91 98123 45678",
  amount: minor(2_000),
  currency: null,
  fields: {},
  geocode: null,
  repeatOf: null,
  maxCost: null,
};

export const profile: AccountProfile = {
  account: 1,
  mode: "sandbox",
  name: "Demo",
  status: "active",
  wallets: ["INR"],
  plan: { version: 3, rules: [{ product: "*", kind: "basis_points", basisPoints: 100 }] },
  limits: [],
  revokedKeys: [],
  version: 1,
};

export const wallet: WalletRecord = {
  currency: "INR",
  balance: minor(10_000),
  held: minor(0),
  debt: minor(0),
  day: today,
  dayUsed: minor(0),
};

export function facts(id: string, more: Partial<ProviderFacts> = {}): ProviderFacts {
  return {
    id,
    protocol: "backnpay",
    mode: "sandbox",
    currency: "INR",
    safety: {
      reference: { kind: "none" },
      duplicate: "unknown",
      lookup: "none",
      notFoundSettlesAfterMs: null,
      balance: { endpoint: false, inReplies: "none" },
      finalAfterMs: 600_000,
      staleForMs: 10_000,
      repeatWindowMs: null,
      lookupsPerDay: null,
    },
    codeOf: () => "1",
    tabledCodeOf: () => ({ code: "1", provenance: "documented", isUsable: true }),
    acceptsNumber: () => true,
    acceptsAmount: () => true,
    orderOf: () => 100,
    callLimitMs: 10_000,
    lookupScheduleMs: [10_000],
    caseAfterMs: 3_600_000,
    ...more,
  };
}

export function providersOf(...all: readonly ProviderFacts[]): ReadonlyMap<string, ProviderFacts> {
  return new Map(all.map((one) => [one.id, one]));
}

export type AccountNow = Parameters<typeof checkOrder>[1];
export const account: AccountNow = { profile, wallets: [wallet], providers: providersOf(facts("a")), now };

/** The profile with limits in INR, beside narrow ones in BDT that must not count. */
export function limited(limits: Partial<Limits>): AccountProfile {
  const taka: Limits = { currency: "BDT", perRecharge: minor(1), perDay: minor(1) };
  return { ...profile, limits: [taka, { currency: "INR", perRecharge: null, perDay: null, ...limits }] };
}
