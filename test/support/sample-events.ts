// One recharge and one wallet as events carry them, for tests.
import { rechargeIdOf, referenceOf } from "../../src/base/id.ts";
import { type Currency, minor } from "../../src/base/money.ts";
import type { RechargeFacts, RulingFacts } from "../../src/recharges/events.ts";
import type { WalletView } from "../../src/recharges/recharge.ts";

export function walletView(of: Currency, balance: number, held: number, debt: number): WalletView {
  return { currency: of, balance: minor(balance), held: minor(held), debt: minor(debt) };
}

export const sampleFailure = { source: "operator", cause: "operator", text: "refused" } as const;

export const sampleRuling: RulingFacts = {
  number: 1,
  word: "success",
  reason: "the provider's letter",
  proposedBy: "asha",
  confirmedBy: "bela",
  takesAgain: false,
};

/** A pending recharge of the account; `price` and whatever else is given counts. */
export function rechargeOf(account: number, counter: number, given: Partial<RechargeFacts>): RechargeFacts {
  return {
    id: rechargeIdOf(account, counter),
    agentId: `order-${counter}`,
    mode: "sandbox",
    product: "in.airtel.prepaid",
    number: `98${String(counter).padStart(8, "0")}`,
    fields: { circle_code: "0004" },
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
    createdAt: 1_000 * counter,
    provider: "backnpay-1",
    reference: referenceOf("T1", account, counter),
    providerCommission: null,
    ...given,
  };
}
