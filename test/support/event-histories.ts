// Histories of an account for tests: a model that keeps the wallets by itself and writes down what happened as events.
import { type Currency, currencies, minor } from "../../src/base/money.ts";
import type { AccountEvent, EventType, RechargeFacts } from "../../src/recharges/events.ts";
import type { WalletView } from "../../src/recharges/recharge.ts";
import type { Step } from "./history-steps.ts";
import { rechargeOf, sampleFailure, sampleRuling, walletView } from "./sample-events.ts";

export interface History {
  readonly events: readonly AccountEvent[];
  /** The wallets after the event of the same number, at index 0 before the first one. */
  readonly wallets: readonly (readonly WalletView[])[];
}

/** Plays the steps on an empty account. Both wallets start with a credit, so that recharges can follow. */
export function play(account: number, tried: readonly Step[]): History {
  const model = new AccountModel(account);
  for (const one of currencies) model.take({ kind: "credit", currency: one, amount: 50_000 });
  for (const step of tried) model.take(step);
  return { events: model.events, wallets: model.walletsAfter };
}

type Carried = "recharge" | "movement" | "debt" | "case" | "reward" | "ruling" | "closesCase" | "dispute";
type Body = Pick<AccountEvent, "type"> & Partial<Record<Carried, unknown>>;

type DecidingStep = Extract<Step, { kind: "succeed" | "fail" | "reverse" | "open_case" | "rule_case" }>;

class AccountModel {
  readonly events: AccountEvent[] = [];
  readonly walletsAfter: WalletView[][] = [[]];
  private readonly account: number;
  private readonly wallets = new Map<Currency, { balance: number; held: number; debt: number }>();
  private readonly recharges: RechargeFacts[] = [];
  /** Cashback that each recharge has, by its id. */
  private readonly rewarded = new Map<string, number>();
  /** Ids of the recharges that were disputed. */
  private readonly disputed = new Set<string>();

  constructor(account: number) {
    this.account = account;
  }

  take(step: Step): void {
    switch (step.kind) {
      case "credit":
        this.wallet(step.currency).balance += step.amount;
        this.move("wallet.credited", step.currency, step.amount);
        return this.payDebt(step.currency);
      case "debit":
        if (this.wallet(step.currency).balance < step.amount) return;
        this.wallet(step.currency).balance -= step.amount;
        return this.move("wallet.debited", step.currency, step.amount);
      case "open_debt":
        this.wallet(step.currency).balance += step.amount;
        this.wallet(step.currency).debt += step.amount;
        return this.owe("debt.opened", step.currency, step.amount);
      case "warn":
        return this.record(step.currency, { type: "account.low_balance" });
      case "place":
        return this.place(step);
      case "reward":
        return this.reward(step);
      case "dispute":
      case "end_dispute":
        return this.dispute(step);
      case "succeed":
      case "fail":
      case "reverse":
      case "open_case":
      case "rule_case":
        return this.decide(step);
    }
  }

  private place(step: Extract<Step, { kind: "place" }>): void {
    const cost = step.face - step.commission;
    const wallet = this.wallet(step.currency);
    if (wallet.balance < cost) return;
    wallet.balance -= cost;
    wallet.held += cost;
    const counter = this.recharges.length + 1;
    const recharge = rechargeOf(this.account, counter, {
      face: minor(step.face),
      commission: minor(step.commission),
      cost: minor(cost),
      currency: step.currency,
    });
    this.recharges.push(recharge);
    this.record(step.currency, { type: "recharge.placed", recharge });
  }

  private decide(step: DecidingStep): void {
    const wanted = step.kind === "reverse" ? "succeeded" : "pending";
    const open = this.recharges.filter((one) => step.kind === "rule_case" || one.state === wanted);
    const before = open[step.pick % Math.max(open.length, 1)];
    if (before === undefined) return;
    const wallet = this.wallet(before.currency);
    const change = (facts: Partial<RechargeFacts>, type: EventType, more: Partial<Body> = {}): void => {
      const recharge = { ...before, ...facts };
      this.recharges[this.recharges.indexOf(before)] = recharge;
      this.record(before.currency, { ...more, type, recharge });
    };
    switch (step.kind) {
      case "succeed": {
        wallet.held -= before.cost;
        const providerCommission = step.providerCommission === null ? null : minor(step.providerCommission);
        return change({ state: "succeeded", proof: "claimed", providerCommission }, "recharge.succeeded");
      }
      case "fail":
        wallet.held -= before.cost;
        wallet.balance += before.cost;
        return change({ state: "failed", failure: sampleFailure }, "recharge.failed");
      case "reverse":
        wallet.balance += before.cost;
        change({ state: "reversed" }, "recharge.reversed");
        this.payDebt(before.currency);
        return this.unwind(before);
      case "open_case":
        return change({}, "recharge.case_opened", { case: "doubt" });
      case "rule_case":
        return this.rule(before);
    }
  }

  /** A ruling that the recharge has succeeded: what was given back is set aside again, and then spent. */
  private rule(before: RechargeFacts): void {
    const wallet = this.wallet(before.currency);
    const takesAgain = before.state === "failed" || before.state === "reversed";
    if (takesAgain) {
      this.lend(before.currency, before.cost);
      wallet.balance -= before.cost;
      wallet.held += before.cost;
    }
    const ruling = { ...sampleRuling, takesAgain };
    this.record(before.currency, { type: "recharge.case_ruled", recharge: before, ruling, closesCase: "doubt" });
    if (!takesAgain) return;
    wallet.held -= before.cost;
    const recharge: RechargeFacts = { ...before, state: "succeeded", proof: "claimed", failure: null };
    this.recharges[this.recharges.indexOf(before)] = recharge;
    this.record(before.currency, { type: "recharge.succeeded", recharge });
  }

  private dispute(step: Extract<Step, { kind: "dispute" | "end_dispute" }>): void {
    const recharge = this.recharges[step.pick % Math.max(this.recharges.length, 1)];
    if (recharge === undefined || this.disputed.has(recharge.id) === (step.kind === "dispute")) return;
    this.disputed.add(recharge.id);
    const dispute = { number: 1, rechargeId: recharge.id, disposition: "D11", comment: "nothing came", reason: null };
    if (step.kind === "dispute") return this.record(recharge.currency, { type: "dispute.opened", dispute });
    this.record(recharge.currency, { type: step.isWon ? "dispute.won" : "dispute.lost", dispute });
  }

  /** Points, level and cashback of a recharge that succeeded, once. */
  private reward({ pick: picked, cashback }: Extract<Step, { kind: "reward" }>): void {
    const open = this.recharges.filter((one) => one.state === "succeeded" && !this.rewarded.has(one.id));
    const recharge = open[picked % Math.max(open.length, 1)];
    if (recharge === undefined) return;
    const { id: rechargeId, currency: of } = recharge;
    const points = { rechargeId, pointsHundredths: 10, totalHundredths: 10 * this.rewarded.size + 10 };
    this.rewarded.set(rechargeId, cashback);
    this.record(of, { type: "reward.points_earned", reward: points });
    this.record(of, { type: "reward.level_reached", reward: { rechargeId, level: { id: 1, key: "silver" } } });
    this.wallet(of).balance += cashback;
    const reward = { rechargeId, offer: "summer", amount: cashback, currency: of };
    this.record(of, { type: "reward.cashback_paid", reward });
    this.payDebt(of);
  }

  /** What the wallet does not have of the cashback is lent to it first. */
  private unwind({ id: rechargeId, currency: of }: RechargeFacts): void {
    const cashback = this.rewarded.get(rechargeId);
    if (cashback === undefined) return;
    this.rewarded.delete(rechargeId);
    const points = { rechargeId, pointsHundredths: 10, totalHundredths: 10 * this.rewarded.size };
    this.record(of, { type: "reward.points_unwound", reward: points });
    this.record(of, { type: "reward.level_unwound", reward: { rechargeId, level: null } });
    this.lend(of, cashback);
    this.wallet(of).balance -= cashback;
    const reward = { rechargeId, offer: "summer", amount: cashback, currency: of };
    this.record(of, { type: "reward.cashback_unwound", reward });
  }

  private lend(of: Currency, wanted: number): void {
    const wallet = this.wallet(of);
    const lent = Math.max(wanted - wallet.balance, 0);
    wallet.balance += lent;
    wallet.debt += lent;
    if (lent > 0) this.owe("debt.opened", of, lent);
  }

  private payDebt(of: Currency): void {
    const wallet = this.wallet(of);
    const paid = Math.min(wallet.debt, wallet.balance);
    if (paid === 0) return;
    wallet.debt -= paid;
    wallet.balance -= paid;
    this.owe("debt.paid", of, paid);
  }

  private move(type: "wallet.credited" | "wallet.debited", of: Currency, value: number): void {
    const externalReference = `bank-${this.events.length + 1}`;
    this.record(of, {
      type,
      movement: { amount: value, currency: of, reason: "transfer", externalReference, staff: "asha" },
    });
  }

  private owe(type: "debt.opened" | "debt.paid", of: Currency, value: number): void {
    const rechargeId = this.recharges.findLast((one) => one.currency === of)?.id ?? null;
    this.record(of, { type, debt: { amount: value, currency: of, rechargeId } });
  }

  private wallet(of: Currency): { balance: number; held: number; debt: number } {
    const wallet = this.wallets.get(of) ?? { balance: 0, held: 0, debt: 0 };
    this.wallets.set(of, wallet);
    return wallet;
  }

  private record(of: Currency, body: Body): void {
    const number = this.events.length + 1;
    const wallets = [...this.wallets].map(([one, { balance, held, debt }]) => walletView(one, balance, held, debt));
    const { balance, held, debt } = this.wallet(of);
    this.events.push(eventOf({ number, at: number * 1_000, wallet: walletView(of, balance, held, debt), ...body }));
    this.walletsAfter.push(wallets.toSorted((left, right) => left.currency.localeCompare(right.currency)));
  }
}

/** The model's body and its type belong together, which the compiler cannot follow through `record`. */
function eventOf(event: Pick<AccountEvent, "number" | "at" | "wallet"> & Body): AccountEvent {
  return event as AccountEvent;
}
