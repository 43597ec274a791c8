// Compares our money at each provider with what the provider says of it. Reports, never repairs.
import type { AccountCalls } from "../accounts/account.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Minor } from "../base/money.ts";
import type { LedgerSums } from "../ledger/book.ts";
import { floatOf } from "../ledger/chart.ts";
import type { ProviderFacts } from "../providers/provider.ts";
import {
  addFloat,
  checkFloat,
  type FloatCommission,
  type FloatDesk,
  type FloatReading,
  isBetterBaseline,
  noFloat,
} from "../recharges/float-check.ts";
import type { BalanceOutcome } from "../recharges/outcome.ts";
import type { SegmentBook } from "../recharges/segment-book.ts";

export interface FloatParts {
  readonly providers: ReadonlyMap<string, ProviderFacts>;
  readonly clock: Clock;
  readonly log: Log;
  desk(provider: string): FloatDesk;
  readBalance(provider: string): Promise<BalanceOutcome>;
  /** What staff recorded: movements beside our calls, and commissions (`recharges/segment-book.ts`). */
  readSegments(provider: string): Promise<Pick<SegmentBook, "movements" | "commissions">>;
  /** Counts a difference for staff. */
  countDifference(): Promise<void>;
}

/** What is known of each provider's float so far in a run, by provider. */
export type FloatTally = Map<string, FloatReading>;

/** A balance that was read longer ago than this is compared with nothing. */
const freshForMs = 3_600_000;

/**
 * Reads the balances that are due, before any account is asked: what an account says later then holds all that a balance can
 * know. A thorough run goes on with those that it knows; null: nothing is compared this time.
 */
export async function beginFloats(parts: FloatParts, isThorough: boolean): Promise<FloatTally | null> {
  const tally: FloatTally = new Map();
  for (const facts of parts.providers.values()) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- a few providers, each asked rarely
      const known = await knownBalance(parts, facts, isThorough);
      if (known !== null) tally.set(facts.id, { ...noFloat, balance: known.amount, at: known.at });
    } catch (fault) {
      parts.log.error("float.balance", { provider: facts.id }, fault);
    }
  }
  return isThorough && tally.size > 0 ? tally : null;
}

async function knownBalance(
  { clock, ...parts }: FloatParts,
  facts: ProviderFacts,
  isThorough: boolean,
): Promise<{ readonly amount: Minor; readonly at: number } | null> {
  const desk = parts.desk(facts.id);
  if (facts.safety.balance.endpoint && (await desk.takeBalanceCall(isThorough))) {
    const askedAt = clock.now();
    const { balance } = await parts.readBalance(facts.id);
    if (balance !== null) await desk.takeBalance(balance, askedAt);
  }
  if (!isThorough) return null;
  const { balance } = await desk.readFloat();
  return balance !== null && clock.now() - balance.at < freshForMs ? balance : null;
}

/** Adds what one account knows; `sums` are the ledger's of that account, read just before. */
export async function addAccountFloats(
  tally: FloatTally,
  account: Pick<AccountCalls, "readFloats">,
  sums: Pick<LedgerSums, "eventNumber" | "transfers">,
): Promise<void> {
  const since = Object.fromEntries([...tally].map(([provider, { at }]) => [provider, at]));
  for (const own of await account.readFloats({ ledgerEvent: sums.eventNumber, since })) {
    const reading = tally.get(own.provider);
    if (reading === undefined) continue;
    const booked = sums.transfers.find(({ name }) => name === floatOf(own.provider));
    const book = booked === undefined ? 0 : booked.debits - booked.credits;
    tally.set(own.provider, { ...reading, ...addFloat(reading, { ...own, unshipped: own.unshipped + book }) });
  }
}

/** Compares and keeps each; a difference that nothing explains is an alarm. Returns how many there were. */
export async function finishFloats(parts: FloatParts, tally: FloatTally): Promise<number> {
  let differences = 0;
  for (const [provider, reading] of tally) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- a few providers
      differences += await finishFloat(parts, provider, reading);
    } catch (fault) {
      parts.log.error("float.compare", { provider }, fault);
    }
  }
  return differences;
}

async function finishFloat(parts: FloatParts, provider: string, reading: FloatReading): Promise<number> {
  const facts = parts.providers.get(provider);
  if (facts === undefined) return 0;
  const desk = parts.desk(provider);
  const [{ baseline }, { movements, commissions }] = await Promise.all([
    desk.readFloat(),
    parts.readSegments(provider),
  ]);
  const known = { movements, commission: commissionOf(facts, commissions), now: parts.clock.now() };
  const check = checkFloat(reading, baseline, known);
  await desk.keepFloat({ kind: "check", check, isBaseline: isBetterBaseline(check, baseline) });
  if (check.finding !== "differs") return 0;
  const { expected, difference, balance, open } = check;
  parts.log.warn("float.differs", { provider, balance, expected, difference, open });
  await parts.countDifference();
  return 1;
}

/** Replies with both balances tell the commission, too (nurr); else staff declare the rates. */
function commissionOf({ safety }: ProviderFacts, seen: SegmentBook["commissions"]): FloatCommission {
  if (safety.balance.inReplies === "before_and_after") return "told";
  const rates = seen.map(({ face, commission }) => (commission * 10_000) / face);
  if (rates.length === 0) return "unknown";
  return { leastBasisPoints: Math.min(...rates), mostBasisPoints: Math.max(...rates) };
}
