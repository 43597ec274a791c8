// Judging the balance segments of a provider, and handing what they prove to the accounts. Under the desk's lease.
import type { SegmentWordGiven } from "../../accounts/segment-types.ts";
import { type Refusal, refusal } from "../../base/refusal.ts";
import { ok, type Result, refuse } from "../../base/result.ts";
import type { ProviderFacts } from "../../providers/provider.ts";
import { type BalanceSegment, judgeSegments } from "../../recharges/balance-segments.ts";
import { declaredSince, type SegmentBook, type SegmentDesk } from "../../recharges/segment-book.ts";
import type { ToldCall } from "../../recharges/segment-calls.ts";
import { type SegmentWord, wordsOfSegments } from "../../recharges/segment-evidence.ts";
import { saySegment } from "../../recharges/segment-words.ts";
import { clearAfterMs, type Gathered, gatherWallet, keptIn, type SegmentParts } from "./gather.ts";
import { nextStep } from "./next-step.ts";

/** What a judging came to. `kept_apart`: another one is at work, and this one did nothing. */
export type SegmentsJudged =
  | { readonly kind: "kept_apart" | "not_declared" }
  | {
      readonly kind: "judged";
      readonly segments: readonly BalanceSegment[];
      /** Attempts that were settled by it. */
      readonly settled: number;
      /** Why the declaration fell; null: it stands. */
      readonly withdrawn: string | null;
      readonly book: SegmentBook;
    };

export const noSuchProvider = refusal("not_found", "There is no such provider.");
const leaseName = "segments";

/** Whether replies or a call of this provider show what our wallet there has. */
export function showsBalances({ safety }: ProviderFacts): boolean {
  return safety.balance.endpoint || safety.balance.inReplies === "before_and_after";
}

/** Each provider whose segments are due, each in its own `try`; a thorough run judges all that are declared exclusive. */
export async function judgeDueSegments(parts: SegmentParts, isThorough: boolean): Promise<void> {
  for (const facts of [...parts.providers.values()].filter(showsBalances)) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one provider after the other: each asks every account
      if (isThorough || (await isDue(parts, facts))) await judgeFor(parts, facts);
    } catch (fault) {
      parts.log.error("segments.judge", { provider: facts.id }, fault);
    }
  }
}

/** Judges the segments of one provider now. Refuses an unknown one. */
export async function judgeProvider(parts: SegmentParts, provider: string): Promise<Result<SegmentsJudged, Refusal>> {
  const facts = parts.providers.get(provider);
  return facts === undefined ? refuse(noSuchProvider) : ok(await judgeFor(parts, facts));
}

/** The segments as they stand now, from the accounts; settles nothing. Refuses an unknown provider. */
export async function readSegments(
  parts: SegmentParts,
  provider: string,
): Promise<Result<{ readonly book: SegmentBook; readonly segments: readonly BalanceSegment[] }, Refusal>> {
  const facts = parts.providers.get(provider);
  if (facts === undefined) return refuse(noSuchProvider);
  const book = await parts.desk(provider).readSegments();
  const { history } = await gatherWallet(parts, facts, book);
  return ok({ book, segments: judgeSegments(history) });
}

/** What staff said of the wallet and what was seen of it; no account is asked. Refuses an unknown provider. */
export async function readSegmentBook(parts: SegmentParts, provider: string): Promise<Result<SegmentBook, Refusal>> {
  return parts.providers.has(provider) ? ok(await parts.desk(provider).readSegments()) : refuse(noSuchProvider);
}

async function isDue(parts: SegmentParts, facts: ProviderFacts): Promise<boolean> {
  const { judgeAt, lostAt } = await parts.desk(facts.id).readSegments();
  const now = parts.clock.now();
  return (judgeAt !== null && judgeAt <= now) || (lostAt !== null && lostAt + clearAfterMs(parts, facts) <= now);
}

async function judgeFor(parts: SegmentParts, facts: ProviderFacts): Promise<SegmentsJudged> {
  const desk = parts.desk(facts.id);
  const holder = crypto.randomUUID();
  const lease = await desk.takeLease(leaseName, holder, parts.leaseMs);
  if (!lease.granted) return { kind: "kept_apart" };
  try {
    return await judgeWith(parts, facts, desk);
  } finally {
    await desk.endLease(leaseName, holder);
  }
}

async function judgeWith(parts: SegmentParts, facts: ProviderFacts, desk: SegmentDesk): Promise<SegmentsJudged> {
  const startedAt = parts.clock.now();
  const before = await desk.readSegments();
  const isDeclared = declaredSince(before, "exclusive") !== null;
  const asked = isDeclared ? await gatherWallet(parts, facts, before) : null;
  // Staff may have taken it back, or recorded a movement, while the accounts were asked.
  const book = await desk.readSegments();
  if (asked === null || declaredSince(book, "exclusive") === null) {
    await desk.keepSegments({ kind: "judged", startedAt, judgeAt: null });
    return { kind: "not_declared" };
  }
  const gathered = { ...asked, history: { ...asked.history, ...keptIn(book) } };
  const segments = judgeSegments(gathered.history);
  await desk.keepSegments({ kind: "commissions", seen: gathered.seen });
  const broken = segments.find(({ judgement }) => judgement.kind === "withdrawn");
  const withdrawn = broken === undefined ? null : saySegment(broken);
  // Before the declaration falls: once it has, nobody judges again, and words that did not arrive would be lost.
  const settled = await handOut(parts, facts, gathered, wordsOfSegments(segments));
  if (withdrawn !== null) {
    parts.log.warn("segments.withdrawn", { provider: facts.id });
    const reason = withdrawn.slice(0, 500);
    await desk.keepSegments({ kind: "withdraw", declares: "exclusive", by: "balance_segment", reason });
  }
  const judgeAt = withdrawn === null ? await stepOn(parts, facts, desk, { book, gathered, segments }) : null;
  await desk.keepSegments({ kind: "judged", startedAt, judgeAt });
  return { kind: "judged", segments, settled, withdrawn, book: await desk.readSegments() };
}

/** Each account gets its words in one write; what it had before it leaves as it is, so a run that broke off is made good by the next. */
async function handOut(
  parts: SegmentParts,
  facts: ProviderFacts,
  { told }: Gathered,
  words: readonly SegmentWord[],
): Promise<number> {
  const given = words.flatMap(({ callId, ...word }) => {
    const call = told.get(callId);
    return call === undefined || !mayChange(call, word)
      ? []
      : [{ account: call.account, attempt: call.attempt, ...word }];
  });
  let settled = 0;
  for (const [account, own] of Map.groupBy(given, (one) => one.account)) {
    const its = own.map(({ account: _account, ...word }): SegmentWordGiven => word);
    // oxlint-disable-next-line no-await-in-loop -- few accounts have lost calls
    settled += await parts.account(account).takeSegmentWords(facts.id, its);
  }
  return settled;
}

/** What is settled needs no words about what is missing; a word of proof is told, and the account knows whether it had it. */
function mayChange({ isOpen }: ToldCall, { word, opens }: Pick<SegmentWord, "word" | "opens">): boolean {
  return word !== "unclear" || isOpen || opens === "contradiction";
}

/** Answers when the segments are worth judging again. */
async function stepOn(
  parts: SegmentParts,
  facts: ProviderFacts,
  desk: SegmentDesk,
  known: { readonly book: SegmentBook; readonly gathered: Gathered; readonly segments: readonly BalanceSegment[] },
): Promise<number | null> {
  const now = parts.clock.now();
  const step = nextStep({
    now,
    segments: known.segments,
    isOpen: (id) => known.gathered.told.get(id)?.isOpen === true,
    book: known.book,
    hasBalanceCall: facts.safety.balance.endpoint,
    finalAfterMs: facts.safety.finalAfterMs,
    staleForMs: facts.safety.staleForMs,
    clearAfterMs: clearAfterMs(parts, facts),
  });
  if (step.readsBalance) await readBalance(parts, facts, desk);
  if (step.endsQuiet) await desk.keepSegments({ kind: "end_quiet" });
  if (step.quiet !== null) {
    parts.log.warn("segments.quiet", { provider: facts.id, calmAt: step.quiet.calmAt, until: step.quiet.until });
    await desk.keepSegments({ kind: "quiet", quiet: step.quiet });
  }
  return step.judgeAt;
}

async function readBalance({ clock, ...parts }: SegmentParts, facts: ProviderFacts, desk: SegmentDesk): Promise<void> {
  // Upstreams ration balance calls; the next judging finds one free.
  if (!(await desk.takeBalanceCall(true))) return;
  const askedAt = clock.now();
  const { balance } = await parts.readBalance(facts.id);
  if (balance !== null) await desk.takeBalance(balance, askedAt);
}
