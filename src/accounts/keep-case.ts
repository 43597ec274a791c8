// Cases of a recharge: opened and changed with what settlement needs, closed by evidence or by a ruling. Inside one write.
import { assert } from "../base/assert.ts";
import { rechargeIdOf } from "../base/id.ts";
import type { CaseKind, RulingFacts } from "../recharges/events.ts";
import { type AccountContext, profileOf } from "./context.ts";
import type { WalletRecord } from "./book-store.ts";
import type { AttemptRecord, RechargeRecord } from "./records.ts";
import { factsForEvent, presentWallet } from "./views.ts";
import { holdAgain } from "./wallet-moves.ts";

/** Opens the case that is needed; one that is open becomes one of this kind and keeps its age, so there is never a second. */
export function keepCase(
  account: AccountContext,
  recharge: RechargeRecord,
  attempt: AttemptRecord,
  needed: CaseKind,
): void {
  const open = account.book.findOpenCase(recharge.counter);
  if (open?.kind === needed) return;
  const now = account.services.clock.now();
  if (open === null) account.book.openCase(recharge.counter, needed, now);
  else account.book.changeCase(recharge.counter, needed);
  account.book.appendEvent({
    type: "recharge.case_opened",
    at: now,
    wallet: presentWallet(walletOf(account, recharge)),
    recharge: factsForEvent(account, recharge, attempt),
    case: needed,
  });
}

/** Gives a recharge to a person, unless one has it already. */
export function openCase(
  account: AccountContext,
  recharge: RechargeRecord,
  attempt: AttemptRecord,
  kind: CaseKind,
): void {
  if (account.book.findOpenCase(recharge.counter) === null) keepCase(account, recharge, attempt, kind);
}

/**
 * Numbers the fact of a ruling, or that evidence has settled a case without moving money (`ruling` is null). Where it takes money again, that is set aside anew: the wallet's balance first, and what it
 * does not have is lent to it as debt (`design.md`, "Money").
 */
export function tellRuling(
  account: AccountContext,
  recharge: RechargeRecord,
  attempt: AttemptRecord,
  told: { readonly ruling: RulingFacts | null; readonly closesCase: CaseKind | null },
): void {
  const at = account.services.clock.now();
  const wallet = told.ruling?.takesAgain === true ? takeAgain(account, recharge, at) : walletOf(account, recharge);
  account.book.appendEvent({
    type: "recharge.case_ruled",
    at,
    wallet: presentWallet(wallet),
    recharge: factsForEvent(account, recharge, attempt),
    ruling: told.ruling,
    ...(told.closesCase !== null && { closesCase: told.closesCase }),
  });
}

function takeAgain(account: AccountContext, recharge: RechargeRecord, at: number): WalletRecord {
  const { wallet, lent, between } = holdAgain(walletOf(account, recharge), recharge);
  account.book.writeWallet(wallet);
  const rechargeId = rechargeIdOf(profileOf(account).account, recharge.counter);
  if (lent > 0)
    account.book.appendEvent({
      type: "debt.opened",
      at,
      wallet: presentWallet(between),
      debt: { amount: lent, currency: recharge.currency, rechargeId },
    });
  return wallet;
}

function walletOf(account: AccountContext, { currency }: RechargeRecord): WalletRecord {
  const wallet = account.book.findWallet(currency);
  assert(wallet !== null, "a recharge has a wallet");
  return wallet;
}
