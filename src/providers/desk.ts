// What a provider's desk decides: float and leases, and which changes the shards must know. Pure; all times are epoch ms or ms.
import { minor, subtract } from "../base/money.ts";
import type { Minor } from "../base/money.ts";
import type { ProviderSwitch } from "../recharges/ports.ts";
import type { Quiet } from "../recharges/segment-book.ts";
import { type Breaker, closedBreaker, type ReportedOutcome } from "./breaker.ts";

/** What the desk keeps of its provider. `floor`: staff keep this much of the float back; null: the float decides nothing. */
export interface DeskState {
  readonly isOff: boolean;
  readonly breaker: Breaker;
  readonly floor: Minor | null;
  readonly balance: { readonly amount: Minor; readonly at: number } | null;
  /** Left out or null: the provider may be asked. */
  readonly quiet?: Quiet | null;
  /** When the provider was last asked for it, epoch ms; null: never. */
  readonly balanceAskedAt: number | null;
  /** The float as the shards last got it. */
  readonly pushedFloat: Minor | null;
  /** Counts up with each change that the shards must know. */
  readonly version: number;
  /** The last version that every shard took. */
  readonly takenVersion: number;
}

export const firstState: DeskState = {
  isOff: false,
  breaker: closedBreaker,
  floor: null,
  balance: null,
  balanceAskedAt: null,
  pushedFloat: null,
  version: 0,
  takenVersion: 0,
};

/** Changes that the shards need not know of at once, such as a float that moved little, keep the version. */
export function deskAfter(
  state: DeskState,
  change: Partial<Pick<DeskState, "isOff" | "breaker" | "floor" | "balance" | "quiet">>,
): DeskState {
  const next = { ...state, ...change };
  const float = floatOf(next);
  const isNews =
    next.isOff !== state.isOff || leftOutUntil(next) !== leftOutUntil(state) || hasMoved(state.pushedFloat, float);
  return isNews ? { ...next, pushedFloat: float, version: state.version + 1 } : next;
}

/** A balance that was read; an older one never overwrites a newer one. */
export function deskAfterBalance(state: DeskState, amount: Minor, at: number): DeskState {
  return state.balance !== null && at <= state.balance.at ? state : deskAfter(state, { balance: { amount, at } });
}

/** The newest balance that replies carried: it speaks for no later moment than its call was sent. */
export function deskAfterReplies(state: DeskState, outcomes: readonly ReportedOutcome[]): DeskState {
  return outcomes.reduce(
    (next, { balance, sentAt }) => (balance === undefined ? next : deskAfterBalance(next, balance, sentAt)),
    state,
  );
}

/** Asks for the balance are this far apart, and without a floor only thorough runs ask. */
export function mayAskBalance(
  { floor, balanceAskedAt }: DeskState,
  asked: { readonly isThorough: boolean; readonly now: number; readonly balanceEveryMs: number },
): boolean {
  if (!asked.isThorough && floor === null) return false;
  return balanceAskedAt === null || asked.now - balanceAskedAt >= asked.balanceEveryMs;
}

/** What the guard's shards must know. */
export function switchOf(provider: string, state: DeskState): ProviderSwitch {
  const { isOff, pushedFloat, version } = state;
  return { provider, isOff, trippedUntil: leftOutUntil(state), float: pushedFloat, version };
}

/** A quiet is to the shards what an open breaker is: nobody until then, and then whom the desk lets through. */
function leftOutUntil({ breaker, quiet }: DeskState): number | null {
  const calmAt = quiet?.calmAt ?? null;
  if (breaker.trippedUntil === null || calmAt === null) return breaker.trippedUntil ?? calmAt;
  return Math.max(breaker.trippedUntil, calmAt);
}

function floatOf({ floor, balance }: DeskState): Minor | null {
  if (floor === null || balance === null) return null;
  return minor(Math.max(0, subtract(balance.amount, floor)));
}

/** Every recharge moves the float a little; telling all shards is worth it when it moved by a tenth. */
function hasMoved(pushed: Minor | null, float: Minor | null): boolean {
  if (pushed === null || float === null) return pushed !== float;
  return pushed !== float && Math.abs(float - pushed) * 10 >= pushed;
}

export interface Lease {
  readonly holder: string;
  readonly until: number;
}

/** Grants a lease that is free, over, or the holder's own (which renews it); else tells until when it is held. */
export function leaseAfter(
  held: Lease | null,
  request: { readonly holder: string; readonly ms: number; readonly now: number },
): { readonly granted: boolean; readonly lease: Lease } {
  if (held !== null && held.holder !== request.holder && request.now < held.until)
    return { granted: false, lease: held };
  return { granted: true, lease: { holder: request.holder, until: request.now + request.ms } };
}
