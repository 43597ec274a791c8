// Answers of the account as the presenters of aopay and nurr get them.
import type { UnreferencedAnswer } from "../../src/accounts/account.ts";
import { minor } from "../../src/base/money.ts";
import { refusal, type RefusalCode } from "../../src/base/refusal.ts";
import { ok, refuse } from "../../src/base/result.ts";
import type { RechargeState, RechargeView } from "../../src/recharges/recharge.ts";

const wallet = { currency: "BDT", balance: minor(98_020), held: minor(0), debt: minor(0) } as const;
/** An answer on the wire as the clients read it. */
export function heard({ status, body }: { status: number; body: string }) {
  return { kind: "answered", status, contentType: "application/json; charset=utf-8", text: body } as const;
}

export function refusedWith(code: RefusalCode): UnreferencedAnswer {
  return { placed: refuse(refusal(code, "a sentence for an engineer")), partner: "Shop", wallet };
}

export function rechargeIn(state: RechargeState, more: Partial<RechargeView> = {}): UnreferencedAnswer {
  const recharge: RechargeView = {
    id: "rch_000010000001",
    agentId: "nurr:1",
    mode: "sandbox",
    product: "bd.grameenphone.prepaid",
    number: "01712345600",
    fields: {},
    face: minor(2_000),
    commission: minor(20),
    cost: minor(1_980),
    currency: "BDT",
    planVersion: 1,
    state,
    proof: null,
    operatorReference: "TXN1",
    failure: state === "failed" ? { source: "operator", cause: "operator", text: " Line is down " } : null,
    repeatOf: null,
    createdAt: 1,
    updatedAt: 1,
    resolvesBy: null,
    hasOpenCase: false,
    eventNumber: 2,
    ...more,
  };
  return { placed: ok({ recharge, isReplay: false }), partner: "Shop", wallet };
}

/** What a recharge of each state is to a client. */
export const kindOf = {
  pending: "pending",
  succeeded: "succeeded",
  failed: "failed",
  reversed: "failed",
} as const satisfies Record<RechargeState, string>;
