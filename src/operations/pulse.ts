// How the whole installation stands, as one scheduled run found it: what metrics show and alerts are judged by. Pure.
import type { OpenStanding } from "../accounts/account.ts";
import { add, type Currency, type Minor } from "../base/money.ts";
import type { BookedCounts } from "../ledger/pulse.ts";
import type { RunReport, SeenAccount } from "../reconciliation/run.ts";
import type { FloatFinding } from "../recharges/float-check.ts";

/** Sums over all accounts that answered. */
export interface AccountsPulse {
  readonly open: readonly OpenStanding[];
  /** Events that the ledger has not got, of how many accounts; and when the oldest was made, epoch ms. */
  readonly outbox: { readonly accounts: number; readonly events: number; readonly oldestAt: number | null };
  readonly webhooks: {
    readonly pending: number;
    readonly dead: number;
    readonly stopped: number;
    readonly oldestAt: number | null;
  };
  /** Accounts that the ledger is ahead of. */
  readonly goneBack: number;
  /** Events that have left their accounts. */
  readonly rolled: number;
  /** The account whose database is the largest; null: there is none. */
  readonly largest: { readonly account: number; readonly bytes: number } | null;
}

export type BreakerState = "closed" | "open" | "half_open";

/** One provider, as its desk says. Minor units of its currency; times are epoch ms. */
export interface ProviderPulse {
  readonly id: string;
  readonly currency: Currency;
  readonly isOff: boolean;
  readonly breaker: BreakerState;
  readonly balance: { readonly amount: Minor; readonly at: number } | null;
  readonly floor: Minor | null;
  /** The last comparison of the float with the book; null: there was none. */
  readonly float: {
    readonly finding: FloatFinding;
    readonly difference: number | null;
    readonly checkedAt: number;
  } | null;
  /** Of today; null: lookups are not rationed. */
  readonly lookupsLeft: number | null;
  readonly waitingLookups: number;
  readonly keptCallbacks: number;
}

/** What a part says that was not heard is not in it: null, or left out. */
export interface Pulse {
  /** Epoch ms. */
  readonly at: number;
  readonly isThorough: boolean;
  /** Null: the run broke off; then nothing is known of the accounts. */
  readonly run: Extract<RunReport, { kind: "done" }> | null;
  readonly accounts: AccountsPulse | null;
  readonly providers: readonly ProviderPulse[];
  /** Providers whose desk did not answer. */
  readonly unheard: readonly string[];
  /** Null: the ledger did not answer. */
  readonly booked: BookedCounts | null;
}

export const noAccounts: AccountsPulse = {
  open: [],
  outbox: { accounts: 0, events: 0, oldestAt: null },
  webhooks: { pending: 0, dead: 0, stopped: 0, oldestAt: null },
  goneBack: 0,
  rolled: 0,
  largest: null,
};

/** The sums with one account more. */
export function addAccount(sums: AccountsPulse, { account, standing, behind, webhooks }: SeenAccount): AccountsPulse {
  const { bytes } = standing;
  return {
    open: standing.open.reduce(addOpen, sums.open),
    outbox:
      behind === 0
        ? sums.outbox
        : {
            accounts: sums.outbox.accounts + 1,
            events: sums.outbox.events + behind,
            oldestAt: earlier(sums.outbox.oldestAt, standing.unshippedAt),
          },
    webhooks:
      webhooks === null
        ? sums.webhooks
        : {
            pending: sums.webhooks.pending + webhooks.pending,
            dead: sums.webhooks.dead + webhooks.dead,
            stopped: sums.webhooks.stopped + webhooks.stopped,
            oldestAt: earlier(sums.webhooks.oldestAt, webhooks.oldestAt),
          },
    goneBack: sums.goneBack + (standing.isGoneBack ? 1 : 0),
    rolled: sums.rolled + standing.rolled,
    largest: sums.largest === null || bytes > sums.largest.bytes ? { account, bytes } : sums.largest,
  };
}

function addOpen(groups: readonly OpenStanding[], one: OpenStanding): readonly OpenStanding[] {
  const isSame = (group: OpenStanding) =>
    group.provider === one.provider && group.currency === one.currency && group.state === one.state;
  const known = groups.find(isSame);
  if (known === undefined) return [...groups, one];
  const cost = add(known.cost, one.cost);
  const sum = { ...one, count: known.count + one.count, cost, oldestAt: Math.min(known.oldestAt, one.oldestAt) };
  return groups.map((group) => (isSame(group) ? sum : group));
}

function earlier(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return Math.min(left, right);
}
