// One money move of a recharge: wallet, recharge and numbered fact together. Called inside a write.
import { assert } from "../base/assert.ts";
import { add, type Minor, minor } from "../base/money.ts";
import type { CaseKind } from "../recharges/events.ts";
import type { WalletView } from "../recharges/recharge.ts";
import type { MoneyMove } from "../recharges/states.ts";
import type { WalletRecord } from "./book-store.ts";
import type { AccountContext } from "./context.ts";
import { giveReward, unwindReward } from "./keep-rewards.ts";
import type { AttemptRecord, RechargeRecord } from "./records.ts";
import { factsForEvent, presentWallet } from "./views.ts";
import { post, reverse, voidHold } from "./wallet-moves.ts";

const eventOf = {
  post: "recharge.succeeded",
  void: "recharge.failed",
  reverse: "recharge.reversed",
  take_again: "recharge.succeeded",
} as const satisfies Record<Exclude<MoneyMove, "none">, string>;

/**
 * Moves the money of `recharge`, which is already in its next state, with what it earns, and writes it; `closesCase` is the
 * case that this settles. What is taken again was set aside by the ruling before. Returns it with its event number.
 */
export function moveMoney(
  account: AccountContext,
  attempt: AttemptRecord,
  move: Exclude<MoneyMove, "none">,
  recharge: RechargeRecord,
  closesCase: CaseKind | null = null,
): RechargeRecord {
  const wallet = account.book.findWallet(recharge.currency);
  assert(wallet !== null, "a recharge has a wallet");
  const moved = walletAfter(wallet, move, recharge);
  account.book.writeWallet(moved.wallet);
  const event = account.book.appendEvent({
    type: eventOf[move],
    at: recharge.updatedAt,
    wallet: presentWallet({ ...moved.wallet, ...moved.beforeDebt }),
    recharge: factsForEvent(account, recharge, attempt),
    ...(closesCase !== null && { closesCase }),
  });
  if (moved.debtPaid > 0)
    account.book.appendEvent({
      type: "debt.paid",
      at: recharge.updatedAt,
      wallet: presentWallet(moved.wallet),
      debt: {
        amount: moved.debtPaid,
        currency: recharge.currency,
        rechargeId: factsForEvent(account, recharge, attempt).id,
      },
    });
  const written = { ...recharge, event };
  account.recharges.updateRecharge(written);
  if (move === "post" || move === "take_again") giveReward(account, written);
  if (move === "reverse") unwindReward(account, written);
  return written;
}

interface Moved {
  readonly wallet: WalletRecord;
  readonly debtPaid: Minor;
  readonly beforeDebt: Partial<WalletView>;
}

function walletAfter(wallet: WalletRecord, move: Exclude<MoneyMove, "none">, recharge: RechargeRecord): Moved {
  if (move === "post" || move === "take_again")
    return { wallet: post(wallet, recharge), debtPaid: minor(0), beforeDebt: {} };
  if (move === "void") return { wallet: voidHold(wallet, recharge), debtPaid: minor(0), beforeDebt: {} };
  const { wallet: after, debtPaid } = reverse(wallet, recharge);
  // The fact before `debt.paid` shows the wallet with the money and the debt both still there.
  const beforeDebt = { balance: add(after.balance, debtPaid), debt: add(after.debt, debtPaid) };
  return { wallet: after, debtPaid, beforeDebt };
}
