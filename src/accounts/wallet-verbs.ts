// Credits and debits of a wallet by staff: each external reference once, whatever is asked again.
import { assert } from "../base/assert.ts";
import { add, formatAmount, type Minor, minor } from "../base/money.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { WalletView } from "../recharges/recharge.ts";
import type { Movement } from "./account.ts";
import type { WalletRecord } from "./book-store.ts";
import type { AccountContext } from "./context.ts";
import { presentWallet } from "./views.ts";
import { payIn, payOut } from "./wallet-moves.ts";

/** Adds money, minor units > 0; debt is paid first. Refuses `parameter` for a wallet that is not there or a used reference. */
export function creditWallet(account: AccountContext, movement: Movement): Result<WalletView, Refusal> {
  return moveOnce(account, "wallet.credited", movement, (wallet) => {
    const paid = payIn(wallet, movement.amount);
    return ok({
      wallet: paid.wallet,
      debtPaid: paid.debtPaid,
      shown: { ...wallet, balance: add(wallet.balance, movement.amount) },
    });
  });
}

/** Takes money out, minor units > 0. Refuses `balance` when it is not there: a wallet is never negative. */
export function debitWallet(account: AccountContext, movement: Movement): Result<WalletView, Refusal> {
  return moveOnce(account, "wallet.debited", movement, (wallet) => {
    const after = payOut(wallet, movement.amount);
    if (after === null) return refuse(refusal("balance", `The ${movement.currency} wallet does not cover the debit.`));
    return ok({ wallet: after, debtPaid: minor(0), shown: after });
  });
}

interface Moved {
  readonly wallet: WalletRecord;
  readonly debtPaid: Minor;
  /** The wallet between the movement and the payment of debt. */
  readonly shown: WalletRecord;
}

function moveOnce(
  account: AccountContext,
  type: "wallet.credited" | "wallet.debited",
  movement: Movement,
  move: (wallet: WalletRecord) => Result<Moved, Refusal>,
): Result<WalletView, Refusal> {
  assert(movement.amount > 0, "a movement has an amount");
  return account.atomically(() => {
    const wallet = account.book.findWallet(movement.currency);
    if (wallet === null) return refuse(parameter("/currency", `The partner has no ${movement.currency} wallet.`));
    const earlier = account.book.findMovement(movement.externalReference);
    if (earlier !== null) {
      const isSame =
        earlier.type === type &&
        earlier.movement.amount === movement.amount &&
        earlier.movement.currency === movement.currency;
      if (isSame) return ok(presentWallet(wallet));
      return refuse(
        parameter("/external_reference", `This external reference was booked with another amount, currency or sense.`),
      );
    }
    const moved = move(wallet);
    return moved.ok ? ok(writeMovement(account, type, movement, moved.value)) : moved;
  });
}

function writeMovement(
  account: AccountContext,
  type: "wallet.credited" | "wallet.debited",
  movement: Movement,
  { wallet, debtPaid, shown }: Moved,
): WalletView {
  const at = account.services.clock.now();
  const { amount, currency, reason, externalReference, staff } = movement;
  const facts = { amount, currency, reason, externalReference, staff };
  account.book.writeWallet(wallet);
  const event = account.book.appendEvent({ type, at, wallet: presentWallet(shown), movement: facts });
  account.book.claimMovement(externalReference, event);
  if (debtPaid > 0)
    account.book.appendEvent({
      type: "debt.paid",
      at,
      wallet: presentWallet(wallet),
      debt: { amount: debtPaid, currency, rechargeId: null },
    });
  account.services.log.info("wallet.moved", { type, currency, amount: formatAmount(amount), number: event });
  return presentWallet(wallet);
}

function parameter(pointer: string, reason: string): Refusal {
  return refusal("parameter", reason, { problems: [{ pointer, reason }] });
}
