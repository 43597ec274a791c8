// Segments of nurr over real accounts and a real desk in Node: the upstream's wallet is a number here.
import { minor } from "../../../../src/base/money.ts";
import type { Outcome } from "../../../../src/recharges/outcome.ts";
import type { SegmentWordGiven } from "../../../../src/accounts/segment-types.ts";
import type { DeclarationKind, SegmentDesk } from "../../../../src/recharges/segment-book.ts";
import { declareWallet } from "../../../../src/reconciliation/segments/declare.ts";
import type { SegmentParts } from "../../../../src/reconciliation/segments/gather.ts";
import { judgeProvider } from "../../../../src/reconciliation/segments/judge-segments.ts";
import { addPartner, openPartners, placeInNode } from "../../../support/account-in-node.ts";
import { openDesks } from "../../../support/desk-in-node.ts";

export const nurr = "nurr-sandbox";
export const backnpay = "backnpay-sandbox";
export const by = { staff: "asha", requestId: "req_1" };
/** `fast-settings.ts`: start, limit and margin of a call; then `finalAfterMs` and `staleForMs`. */
export const clearMs = 500 + 100 + 10 + 6_000 + 100;

function openParts() {
  const partners = openPartners();
  const { database, clock, log, providers } = partners;
  const deskOf = openDesks(clock);
  const upstream = { balance: 1_000_000, readings: 0 };
  const parts: SegmentParts = {
    database,
    clock,
    log,
    providers,
    times: { startByMs: 500, resolveMarginMs: 10 },
    leaseMs: 1_000,
    account: partners.account,
    desk: deskOf,
    readBalance: async () => {
      upstream.readings += 1;
      return { balance: minor(upstream.balance), said: "" };
    },
  };
  return { partners, parts, upstream, deskOf };
}

export async function openWallet() {
  const { partners, parts, upstream, deskOf } = openParts();
  const { time } = partners;
  const accounts = [await addPartner(partners), await addPartner(partners)] as const;
  const skip = (ms: number) => {
    time.now += ms;
  };
  /** One recharge, answered at once or lost; a success takes 19.80. */
  const sell = async (answer: "succeeded" | "executed" | "lost", of: 0 | 1 = 0) => {
    const before = upstream.balance;
    if (answer !== "lost") upstream.balance -= 1_980;
    partners.upstream.answer = answer === "succeeded" ? succeeded(before, upstream.balance) : silence;
    const placed = await placeInNode(partners, accounts[of]);
    return { ...placed, account: accounts[of] };
  };
  const stateOf = async ({ id, account }: { id: string; account: number }) => {
    const view = await partners.account(account).readEvidence(id);
    return [view?.recharge.state, view?.openCase?.kind ?? null];
  };
  /** A call that was alone, once everything is final; then it is old enough to count. */
  const quietCall = async () => {
    skip(clearMs);
    await sell("succeeded");
    skip(201);
  };
  const declare = async (...kinds: DeclarationKind[]) => {
    for (const kind of kinds) await declareWallet(parts, { provider: nurr, kind, reason: "ours", rates: [] }, by);
  };
  const judge = async () => {
    const judged = await judgeProvider(parts, nurr);
    if (!judged.ok) throw new Error(judged.problem.detail);
    return judged.value;
  };
  return { partners, parts, upstream, accounts, deskOf, skip, sell, stateOf, quietCall, declare, judge };
}

export type Wallet = Awaited<ReturnType<typeof openWallet>>;

/** The wallet's parts, and what the accounts are asked and told through them. */
export function watched({ parts, partners }: Wallet) {
  const asked: number[] = [];
  const told: SegmentWordGiven[] = [];
  const account: SegmentParts["account"] = (number) => ({
    readWalletCalls: async (question) => {
      asked.push(number);
      return partners.account(number).readWalletCalls(question);
    },
    takeSegmentWords: async (provider, words) => {
      told.push(...words);
      return partners.account(number).takeSegmentWords(provider, words);
    },
  });
  return { parts: { ...parts, account }, asked, told };
}

/** A desk of which some calls go another way. */
export function deskWith(desk: SegmentDesk, other: Partial<SegmentDesk>): SegmentDesk {
  return {
    readSegments: async () => desk.readSegments(),
    keepSegments: async (note) => desk.keepSegments(note),
    takeBalanceCall: async (isThorough) => desk.takeBalanceCall(isThorough),
    takeBalance: async (balance, at) => desk.takeBalance(balance, at),
    takeLease: async (name, holder, ms) => desk.takeLease(name, holder, ms),
    endLease: async (name, holder) => desk.endLease(name, holder),
    ...other,
  };
}

const silence: Outcome = { kind: "in_doubt", carried: {}, said: "no answer" };

function succeeded(before: number, after: number): Outcome {
  const balances = { balanceBefore: minor(before), balanceAfter: minor(after) };
  return { kind: "succeeded", carried: { ...balances, providerCommission: minor(20) }, said: "Success" };
}
