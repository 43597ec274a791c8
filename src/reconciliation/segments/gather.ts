// What is known of our wallet at one provider, asked from the accounts and the desk: never from the ledger, which may lag.
import type { AccountCalls } from "../../accounts/account.ts";
import type { Clock } from "../../base/clock.ts";
import type { Log } from "../../base/log.ts";
import type { LedgerDatabase } from "../../ledger/client.ts";
import { listPartners } from "../../partners/profile-change.ts";
import type { ProviderFacts } from "../../providers/provider.ts";
import type { BalanceOutcome } from "../../recharges/outcome.ts";
import { anchorsOf } from "../../recharges/segment-anchors.ts";
import { declaredSince, type SegmentBook, type SegmentDesk } from "../../recharges/segment-book.ts";
import type { ToldCall } from "../../recharges/segment-calls.ts";
import { type CommissionSeen, costsOf, distinctCommissions } from "../../recharges/segment-costs.ts";
import type { WalletCall, WalletHistory } from "../../recharges/segment-history.ts";

export interface SegmentParts {
  readonly database: LedgerDatabase;
  readonly clock: Clock;
  readonly log: Log;
  readonly providers: ReadonlyMap<string, ProviderFacts>;
  /** Ms: how long after an attempt its call may start, and how much later than its limit it may end. */
  readonly times: { readonly startByMs: number; readonly resolveMarginMs: number };
  readonly leaseMs: number;
  account(number: number): Pick<AccountCalls, "readWalletCalls" | "takeSegmentWords">;
  desk(provider: string): SegmentDesk;
  readBalance(provider: string): Promise<BalanceOutcome>;
}

export interface Gathered {
  readonly history: WalletHistory;
  /** By our reference. */
  readonly told: ReadonlyMap<string, ToldCall>;
  readonly seen: readonly CommissionSeen[];
}

/** So many times `finalAfterMs` before now at first; further back while an open call has no balance before it. */
const lookBack = [12, 72, 432, 4_320] as const;

/** How long after its send a call without an answer may still move the balance that is shown, ms. */
export function clearAfterMs({ times }: Pick<SegmentParts, "times">, { callLimitMs, safety }: ProviderFacts): number {
  return runsForMs(times, callLimitMs) + safety.finalAfterMs + safety.staleForMs;
}

function runsForMs({ startByMs, resolveMarginMs }: SegmentParts["times"], callLimitMs: number): number {
  return startByMs + callLimitMs + resolveMarginMs;
}

/**
 * The wallet as far back as its open calls need. An account that cannot be asked is a fault: what it sent might be the
 * missing call.
 */
export async function gatherWallet(parts: SegmentParts, facts: ProviderFacts, book: SegmentBook): Promise<Gathered> {
  // No anchor counts before the declaration; before that only what could still move the balance then.
  const earliest = (declaredSince(book, "exclusive") ?? Number.NEGATIVE_INFINITY) - 2 * clearAfterMs(parts, facts);
  const now = parts.clock.now();
  const [first, ...further] = lookBack.map((times) => Math.max(now - times * facts.safety.finalAfterMs, earliest));
  let from = first ?? earliest;
  let gathered = await gatherFrom(parts, facts, book, from);
  for (const earlier of further) {
    if (earlier === from || isEnough(gathered)) return gathered;
    from = earlier;
    // oxlint-disable-next-line no-await-in-loop -- each goes further back than the one before
    gathered = await gatherFrom(parts, facts, book, from);
  }
  return gathered;
}

/** Has each open call a balance that counts before it? */
function isEnough({ history, told }: Gathered): boolean {
  const first = anchorsOf(history)[0]?.until ?? Number.POSITIVE_INFINITY;
  return [...told.values()].every(({ isOpen, sentAt }) => !isOpen || sentAt > first);
}

async function gatherFrom(
  parts: SegmentParts,
  facts: ProviderFacts,
  book: SegmentBook,
  from: number,
): Promise<Gathered> {
  const { finalAfterMs, staleForMs } = facts.safety;
  const askedAt = parts.clock.now();
  const told = await askAccounts(parts, facts, from);
  const named = told.flatMap(({ face, commission }) => (commission === null ? [] : [{ face, commission }]));
  const seen = distinctCommissions([...book.commissions, ...named]);
  const history: WalletHistory = {
    calls: told.map((call) => walletCallOf(call, seen)),
    ...keptIn(book),
    completeFrom: from + runsForMs(parts.times, facts.callLimitMs),
    // What an account sent before it was asked is here, however its clock differs from ours.
    completeUntil: askedAt - staleForMs,
    finalAfterMs,
    staleForMs,
  };
  return { history, told: new Map(told.map((call) => [call.id, call])), seen };
}

/** The desk's part of a history. */
export function keptIn(
  book: SegmentBook,
): Pick<WalletHistory, "readings" | "movements" | "exclusiveSince" | "refundFreeSince"> {
  const { readings, movements } = book;
  const since = {
    exclusiveSince: declaredSince(book, "exclusive"),
    refundFreeSince: declaredSince(book, "refund_free"),
  };
  return { readings, movements, ...since };
}

function walletCallOf(call: ToldCall, seen: readonly CommissionSeen[]): WalletCall {
  const { id, sentAt, answeredAt, overBy, word, balances, face, commission } = call;
  const costs = commission === null ? costsOf(face, seen) : costsOf(face, [{ face, commission }]);
  return { id, sentAt, answeredAt, overBy, word, balances, costs };
}

const askedAtOnce = 20;
const pageSize = 100;

/** The ledger says only which accounts there are. */
async function askAccounts(parts: SegmentParts, facts: ProviderFacts, from: number): Promise<readonly ToldCall[]> {
  const found: (readonly ToldCall[])[] = [];
  for (let after: number | null = 0; after !== null; ) {
    // oxlint-disable-next-line no-await-in-loop -- page by page
    const page = await listPartners(parts.database, { after, limit: pageSize });
    const numbers = page.filter(({ mode }) => mode === facts.mode).map(({ account }) => account);
    for (let index = 0; index < numbers.length; index += askedAtOnce) {
      const some = numbers.slice(index, index + askedAtOnce);
      const ask = (number: number) => parts.account(number).readWalletCalls({ provider: facts.id, from });
      // oxlint-disable-next-line no-await-in-loop -- a bounded number of accounts at once
      found.push(...(await Promise.all(some.map(ask))));
    }
    after = page.length < pageSize ? null : (page.at(-1)?.account ?? null);
  }
  return found.flat();
}
