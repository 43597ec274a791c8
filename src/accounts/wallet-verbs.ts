// Credits and debits of a wallet by staff: each external reference once, whatever is asked again.
import { assert } from "../base/assert.ts";
import { readRechargeId, readReference, rechargeIdOf } from "../base/id.ts";
import { add, formatAmount, type Minor, minor } from "../base/money.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { WalletView } from "../recharges/recharge.ts";
import type { Movement } from "./account.ts";
import type { WalletRecord } from "./book-store.ts";
import { type AccountContext, profileOf } from "./context.ts";
import type { RechargeRecord } from "./records.ts";
import { presentWallet } from "./views.ts";
import { payIn, payOut } from "./wallet-moves.ts";

/**
 * Adds money, minor units > 0; debt is paid first. Refuses `parameter` for a wallet that is not there, a used reference, or
 * a credit that names an open recharge: what that comes to is decided by evidence or a ruling, never beside them.
 */
export function creditWallet(account: AccountContext, movement: Movement): Result<WalletView, Refusal> {
  const named = refuseNamed(account, movement);
  if (named !== null) return refuse(named);
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

/** Null where neither reason nor reference names a recharge that is pending or has an open case. */
function refuseNamed(account: AccountContext, { reason, externalReference }: Movement): Refusal | null {
  if (account.book.readProfile() === null) return null;
  const said = [
    ["/reason", reason],
    ["/external_reference", externalReference],
  ] as const;
  for (const [pointer, text] of said)
    for (const recharge of rechargesNamedBy(account, text)) {
      const isOpen = recharge.state === "pending" || account.book.findOpenCase(recharge.counter) !== null;
      const id = rechargeIdOf(profileOf(account).account, recharge.counter);
      if (isOpen) return parameter(pointer, `This names the recharge ${id}, which is open: rule its case.`);
    }
  return null;
}

/** By its id, our reference or its agent id alone, or by an id or reference that stands among other words. */
function rechargesNamedBy(account: AccountContext, text: string): readonly RechargeRecord[] {
  const { account: own } = profileOf(account);
  const byAgentId = account.recharges.findByAgentId(text.trim());
  const byWords = text.split(/[^0-9A-Za-z_]+/).map((word) => {
    const id = readRechargeId(word.toLowerCase());
    if (id !== null) return id.accountNumber === own ? account.recharges.find(id.counter) : null;
    const reference = readReference(account.services.installation, word.toUpperCase());
    if (reference === null || reference.accountNumber !== own) return null;
    const attempt = account.attempts.find(reference.counter);
    return attempt === null ? null : account.recharges.find(attempt.recharge);
  });
  return [byAgentId, ...byWords].filter((recharge) => recharge !== null);
}

function parameter(pointer: string, reason: string): Refusal {
  return refusal("parameter", reason, { problems: [{ pointer, reason }] });
}
