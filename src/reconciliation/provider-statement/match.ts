// Which row of a statement speaks of which attempt: by reference, else by number, amount and time where exactly one fits one.
import type { ProviderAttempt } from "../../accounts/account.ts";
import type { AttemptState } from "../../recharges/recharge.ts";
import { isSameNumber } from "./cells.ts";
import type { RowWord } from "./mapping.ts";
import type { StatementRow } from "./statement-row.ts";

/** The provider's clock and ours may be this far apart. */
export const clockDifferenceMs = 120_000;

export interface MatchRules {
  readonly callLimitMs: number;
  readonly finalAfterMs: number;
  /** Whether our reference travels to this provider: then a reference that is not ours is somebody else's order. */
  readonly referenceTravels: boolean;
  readonly now: number;
}

/** What an earlier statement has bound a row's identity to. */
export interface BoundRow {
  readonly identity: string;
  readonly account: number;
  readonly counter: number;
}

/** What becomes of a row. Only `settles` and `contradicts` are applied, the latter only by reference. */
export const dispositions = [
  "settles",
  "contradicts",
  "agrees",
  "known",
  "not_final",
  "does_not_fit",
  "ambiguous",
  "too_fresh",
  "unknown",
  "other",
] as const;
export type Disposition = (typeof dispositions)[number];

export interface MatchedRow {
  readonly row: StatementRow;
  readonly disposition: Disposition;
  /** The attempt that it speaks of; null where that is none or not certain. */
  readonly attempt: ProviderAttempt | null;
  /** Whether it may become evidence about that attempt. */
  readonly isApplied: boolean;
  readonly reason: string;
}

interface Sort {
  readonly disposition: Disposition;
  readonly isApplied: boolean;
  readonly reason: string;
}

/**
 * Matches all rows of one file; their order makes no difference. A row is about the attempt that its reference, an earlier
 * statement, or the upstream's own id names; if it names none, about the one attempt of its number, amount and time, and
 * only if no other row fits that attempt and no other attempt fits that row.
 */
export function matchRows(
  rows: readonly StatementRow[],
  attempts: readonly ProviderAttempt[],
  { bound, rules }: { readonly bound: readonly BoundRow[]; readonly rules: MatchRules },
): readonly MatchedRow[] {
  const nameOf = namer(attempts, bound);
  const named = new Map(rows.map((row) => [row, row.word === "other" ? null : nameOf(row)]));
  const taken = new Set([...named.values()].filter((attempt) => attempt !== null));
  const boundKeys = new Set(bound.map(keyOf));
  const isTaken = (attempt: ProviderAttempt): boolean =>
    taken.has(attempt) || boundKeys.has(keyOf(attempt)) || (isOpenAttempt(attempt) && attempt.statementKeys.length > 0);
  const used = new Set(bound.map(({ identity }) => identity));
  const fits = fitsOf(
    rows.filter((row) => named.get(row) === null && !used.has(row.identity) && mayFit(row, rules)),
    attempts.filter((attempt) => !isTaken(attempt)),
    rules,
  );
  return rows.map((row) => {
    const attempt = named.get(row) ?? null;
    if (attempt !== null) return { row, attempt, ...sortNamed(row, attempt) };
    return sortUnnamed(row, fits, rules);
  });
}

/** The attempt that a row names; null: none of ours. */
function namer(
  attempts: readonly ProviderAttempt[],
  bound: readonly BoundRow[],
): (row: StatementRow) => ProviderAttempt | null {
  const byReference = new Map(attempts.map((attempt) => [attempt.reference, attempt]));
  const byKey = new Map(attempts.map((attempt) => [keyOf(attempt), attempt]));
  const byIdentity = new Map(bound.map((one) => [one.identity, byKey.get(keyOf(one)) ?? null]));
  const byTheirs = new Map<string, ProviderAttempt | null>();
  for (const attempt of attempts)
    if (attempt.theirReference !== null)
      byTheirs.set(attempt.theirReference, byTheirs.has(attempt.theirReference) ? null : attempt);
  return (row) =>
    byIdentity.get(row.identity) ??
    byReference.get(row.reference ?? "") ??
    (row.reference === null ? (byTheirs.get(row.theirId ?? "") ?? null) : null);
}

function keyOf({ account, counter }: { readonly account: number; readonly counter: number }): string {
  return `${account}:${counter}`;
}

/** A row with a reference that is nobody's is not matched by what it looks like. */
function mayFit({ reference }: StatementRow, { referenceTravels }: MatchRules): boolean {
  return reference === null || !referenceTravels;
}

/** The evidence that a row gives: the same row in another file, saying the same, is the same piece. */
export function evidenceKeyOf({ identity, word }: Pick<StatementRow, "identity" | "word">): string {
  return `statement:${identity}:${word}`;
}

function sortNamed(row: StatementRow, attempt: ProviderAttempt): Sort {
  const foreign = foreignPartOf(row, attempt);
  if (foreign !== null)
    return { disposition: "does_not_fit", isApplied: false, reason: `It names a recharge with another ${foreign}.` };
  if (attempt.statementKeys.includes(evidenceKeyOf(row)))
    return { disposition: "known", isApplied: false, reason: "It was applied before." };
  return sortByWord(row, attempt, true);
}

/** What a row says that is not the attempt's. */
function foreignPartOf(row: StatementRow, attempt: ProviderAttempt): string | null {
  if (row.number !== null && !isSameNumber(row.number, attempt.number)) return "number";
  if (row.amount !== attempt.amount) return "amount";
  if (row.reference !== null && attempt.reference !== row.reference) return "reference";
  if (row.theirId !== null && attempt.theirReference !== null && row.theirId !== attempt.theirReference)
    return "provider's reference";
  return row.time.until + clockDifferenceMs <= attempt.startedAt ? "time" : null;
}

const standings = {
  sent: "open",
  accepted: "open",
  in_doubt: "open",
  succeeded: "succeeded",
  failed: "failed",
  declined: "failed",
} as const satisfies Record<AttemptState, string>;

/** Whether nobody has said the last word on an attempt. */
export function isOpenAttempt({ state }: Pick<ProviderAttempt, "state">): boolean {
  return standings[state] === "open";
}

function sortByWord({ word }: StatementRow, { state }: ProviderAttempt, isNamed: boolean): Sort {
  const standing = standings[state];
  if (word === "pending")
    return { disposition: "not_final", isApplied: false, reason: "The provider has not said its last word." };
  if (standing === "open")
    return {
      disposition: "settles",
      isApplied: true,
      reason: `The recharge ${word === "success" ? "succeeded" : "failed"}.`,
    };
  if ((word === "success") === (standing === "succeeded"))
    return { disposition: "agrees", isApplied: false, reason: `It is known that the recharge ${standing}.` };
  const reason = `The recharge ${standing}, as far as we know.`;
  return { disposition: "contradicts", isApplied: isNamed, reason };
}

interface Fits {
  readonly ofRow: ReadonlyMap<StatementRow, readonly ProviderAttempt[]>;
  readonly ofAttempt: ReadonlyMap<ProviderAttempt, readonly StatementRow[]>;
}

/** Which rows could be about which attempts by number, amount and time. */
function fitsOf(rows: readonly StatementRow[], attempts: readonly ProviderAttempt[], rules: MatchRules): Fits {
  const alike = Map.groupBy(attempts, ({ amount, number }) => looksOf(amount, number));
  const ofRow = new Map<StatementRow, ProviderAttempt[]>();
  const ofAttempt = new Map<ProviderAttempt, StatementRow[]>();
  for (const row of rows)
    for (const attempt of alike.get(looksOf(row.amount, row.number)) ?? []) {
      if (!fitsInto(row, attempt, rules)) continue;
      ofRow.set(row, [...(ofRow.get(row) ?? []), attempt]);
      ofAttempt.set(attempt, [...(ofAttempt.get(attempt) ?? []), row]);
    }
  return { ofRow, ofAttempt };
}

/** Equal for a row and an attempt of one number and amount, however the number is printed: files are too long to try all pairs. */
function looksOf(amount: number | null, number: string | null): string {
  return `${amount ?? ""} ${number?.slice(-6).toUpperCase() ?? ""}`;
}

/** What each word may be about, by what is known of the attempt: the rest is another order's row. */
const mayBeAbout = {
  success: ["open", "succeeded"],
  failure: ["open", "failed"],
  refund: ["open", "failed", "succeeded"],
  pending: ["open"],
  other: [],
} as const satisfies Record<RowWord, readonly (typeof standings)[AttemptState][]>;

function fitsInto(row: StatementRow, attempt: ProviderAttempt, { callLimitMs, finalAfterMs }: MatchRules): boolean {
  const abouts: readonly string[] = mayBeAbout[row.word];
  return (
    row.number !== null &&
    isSameNumber(row.number, attempt.number) &&
    abouts.includes(standings[attempt.state]) &&
    row.time.until + clockDifferenceMs > attempt.startedAt &&
    row.time.from - clockDifferenceMs <= attempt.startBy + callLimitMs + finalAfterMs
  );
}

const unnamed = { attempt: null, isApplied: false } as const;

function sortUnnamed(row: StatementRow, { ofRow, ofAttempt }: Fits, rules: MatchRules): MatchedRow {
  const { word, number, reference } = row;
  if (word === "other") return { row, ...unnamed, disposition: "other", reason: "It is about no recharge." };
  if (number === null && reference === null)
    return { row, ...unnamed, disposition: "unknown", reason: "It carries neither a reference nor a number." };
  const [attempt, ...more] = ofRow.get(row) ?? [];
  if (attempt === undefined) return { row, ...unnamed, disposition: "unknown", reason: "No recharge of ours fits it." };
  const rivals = (ofAttempt.get(attempt) ?? []).length;
  if (more.length > 0 || rivals > 1) {
    const reason = more.length > 0 ? `${more.length + 1} recharges fit it.` : `${rivals} rows fit its recharge.`;
    return { row, ...unnamed, disposition: "ambiguous", reason };
  }
  if (row.time.until + clockDifferenceMs > rules.now)
    return { row, ...unnamed, disposition: "too_fresh", reason: "Another recharge may still come that fits it." };
  return { row, attempt, ...sortByWord(row, attempt, false) };
}
