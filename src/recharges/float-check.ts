// Our money at a provider: what it says against what the book says, as changes since a moment on which both agreed. Pure.
import { add, type Minor, minor } from "../base/money.ts";

/** Both sides of one comparison. Minor units of the provider's currency; times are epoch ms. */
export interface FloatReading {
  /** What the provider said, and from when on something may have moved that it did not know. */
  readonly balance: Minor;
  readonly at: number;
  /** The ledger account of the float, with what the accounts have not shipped yet: it goes below zero by what was spent. */
  readonly book: number;
  /** Face values of attempts that were not decided at `at`, or are not now: each may have been taken then. */
  readonly open: Minor;
  /** Face values of what was decided since `at`: the balance may or may not know. */
  readonly spentSince: Minor;
  readonly returnedSince: Minor;
}

/** `in_flight`: the difference is no more than what is open or was decided meanwhile may explain. */
export type FloatFinding = "baseline" | "agrees" | "in_flight" | "differs";

export interface FloatCheck extends FloatReading {
  readonly checkedAt: number;
  readonly finding: FloatFinding;
  /** What the book expects, and the balance less that; null for a baseline. */
  readonly expected: number | null;
  readonly difference: number | null;
  /** Between which differences are explained. */
  readonly least: number;
  readonly most: number;
}

/** A movement that staff recorded: at some moment of `from` to `until`. */
export interface RecordedMovement {
  readonly from: number;
  readonly until: number;
  /** Above zero: the balance grew. */
  readonly change: Minor;
}

/**
 * What the provider keeps back for us: in its replies (`told`) and so in the book; between two rates of the face value; or
 * nobody knows, and then a difference upwards may be that.
 */
export type FloatCommission =
  | "told"
  | "unknown"
  | { readonly leastBasisPoints: number; readonly mostBasisPoints: number };

/** Below this no recharge is sold (`lists.md`, "Products"), so rounding a rate costs at most a minor unit for each. */
const leastFace = 100;

/** Compares a reading with the last one that both sides agreed on; the first of all becomes that one. */
export function checkFloat(
  reading: FloatReading,
  baseline: FloatCheck | null,
  known: {
    readonly movements: readonly RecordedMovement[];
    readonly commission: FloatCommission;
    readonly now: number;
  },
): FloatCheck {
  const checkedAt = known.now;
  const own = { least: -(reading.open + reading.returnedSince), most: reading.spentSince };
  if (baseline === null)
    return { ...reading, checkedAt, finding: "baseline", expected: null, difference: null, ...own };
  const spent = baseline.book - reading.book;
  const recorded = movedBetween(known.movements, baseline.at, reading.at);
  const kept = commissionOn(spent, known.commission);
  const expected = baseline.balance - spent + recorded.sure + kept.sure;
  const difference = reading.balance - expected;
  const least = own.least - (baseline.spentSince + recorded.less + kept.around);
  const most = own.most + baseline.open + baseline.returnedSince + recorded.more + kept.around + kept.more;
  const isExplained = difference >= least && difference <= most;
  const finding = difference === 0 ? "agrees" : isExplained ? "in_flight" : "differs";
  return { ...reading, checkedAt, finding, expected, difference, least, most };
}

/** Later comparisons start from this one where nothing is lost by it: it agrees, and leaves no more open than the one before. */
export function isBetterBaseline(check: FloatCheck, baseline: FloatCheck | null): boolean {
  if (baseline === null) return true;
  return check.finding === "agrees" && looseness(check) <= looseness(baseline);
}

function looseness({ open, spentSince, returnedSince }: FloatReading): Minor {
  return add(add(open, spentSince), returnedSince);
}

/** What surely fell between two moments, and by how much the rest may have moved the balance down or up. */
function movedBetween(movements: readonly RecordedMovement[], from: number, to: number) {
  const moved = { sure: 0, less: 0, more: 0 };
  for (const movement of movements) {
    if (movement.until <= from || movement.from >= to) continue;
    if (movement.from > from && movement.until < to) moved.sure += movement.change;
    else if (movement.change < 0) moved.less -= movement.change;
    else moved.more += movement.change;
  }
  return moved;
}

function commissionOn(spent: number, commission: FloatCommission) {
  if (commission === "told") return { sure: 0, around: 0, more: 0 };
  if (commission === "unknown") return { sure: 0, around: 0, more: Math.max(0, spent) };
  const sure = shareOf(spent, commission.leastBasisPoints);
  const most = shareOf(spent, commission.mostBasisPoints);
  return { sure, around: Math.ceil(Math.abs(spent) / leastFace), more: Math.max(0, most - sure) };
}

function shareOf(spent: number, basisPoints: number): number {
  return Math.round((spent * basisPoints) / 10_000);
}

/** What an account knows of one provider's float beside the ledger. */
export interface AccountFloat {
  readonly provider: string;
  /** Change of the book by facts that the ledger did not have yet. */
  readonly unshipped: number;
  readonly open: Minor;
  readonly spentSince: Minor;
  readonly returnedSince: Minor;
}

/** What an account is asked; `ledgerEvent`: the ledger's highest event of it; `since`: by provider, epoch ms. */
export interface FloatQuestion {
  readonly ledgerEvent: number;
  readonly since: Readonly<Record<string, number>>;
}

/** The sum over accounts. */
export function addFloat(
  sum: Omit<FloatReading, "balance" | "at">,
  own: Omit<AccountFloat, "provider">,
): Omit<FloatReading, "balance" | "at"> {
  return {
    book: sum.book + own.unshipped,
    open: add(sum.open, own.open),
    spentSince: add(sum.spentSince, own.spentSince),
    returnedSince: add(sum.returnedSince, own.returnedSince),
  };
}

export const noFloat: Omit<FloatReading, "balance" | "at"> = {
  book: 0,
  open: minor(0),
  spentSince: minor(0),
  returnedSince: minor(0),
};

/** What a provider's desk keeps of its float; the checks are the newest first. */
export interface FloatBook {
  readonly balance: { readonly amount: Minor; readonly at: number } | null;
  readonly floor: Minor | null;
  readonly baseline: FloatCheck | null;
  readonly checks: readonly FloatCheck[];
}

export type FloatNote =
  | { readonly kind: "check"; readonly check: FloatCheck; readonly isBaseline: boolean }
  /** Staff take the difference as it is: the check of this moment becomes the one to start from, as long as it is the newest. */
  | { readonly kind: "accept"; readonly checkedAt: number };

/** A provider's desk, as the comparison of floats asks it. */
export interface FloatDesk {
  /** One call for the balance, inside the provider's quota; without a floor only `isThorough` runs want one. */
  takeBalanceCall(isThorough: boolean): Promise<boolean>;
  takeBalance(balance: Minor, at: number): Promise<void>;
  /** Staff keep so much back; every guard shard is told before it answers. `missed`: those that were not. */
  setFloor(floor: Minor | null): Promise<{ readonly missed: readonly number[] }>;
  readFloat(): Promise<FloatBook>;
  keepFloat(note: FloatNote): Promise<FloatBook>;
}
