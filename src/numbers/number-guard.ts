// What the guard decides about a claim on a number, from what it keeps and what the owners of earlier claims say. Pure.
import type { Minor } from "../base/money.ts";
import type { ClaimAnswer, ClaimConfirmation, ClaimRequest } from "../recharges/ports.ts";
import { type CandidateQuestion, candidatesOf, type ProbeNeeded } from "./candidates.ts";

/** A claim as the guard sees it: the adapter hashed mode and number, so the guard never knows the number. */
export type HashedClaim = Omit<ClaimRequest, "number" | "mode"> & { readonly numberHash: string };

export interface GuardRules {
  /** How long the same number and amount are refused (`lists.md`: 15 minutes). */
  readonly repeatWindowMs: number;
  /** The time in which `velocityPerDay` counts (`lists.md`: 24 hours). */
  readonly velocityWindowMs: number;
  /** Claims that one number may have within `velocityWindowMs`, over all partners (`lists.md`: 10). */
  readonly velocityPerDay: number;
}

export interface KeptClaim {
  /** Counts up within the number: a claim that was taken again has another serial, so an old answer does not speak of it. */
  readonly serial: number;
  readonly amount: Minor;
  readonly account: number;
  readonly agentId: string;
  /** Epoch ms. */
  readonly at: number;
  /** Epoch ms of the first time, where the same claim was taken again. */
  readonly firstAt?: number;
  /** False once its owner does not confirm it any more; it goes on to count for velocity and as a send. */
  readonly isOpen: boolean;
  /** The provider that the recharge goes to first; null: none could be asked. */
  readonly provider: string | null;
}

export interface KeptSend {
  readonly provider: string;
  readonly amount: Minor;
  readonly at: number;
}

/** All that a shard keeps of one number. `claims` are in the order in which they were taken, one per account and agent id. */
export interface NumberRecord {
  readonly serial: number;
  readonly claims: readonly KeptClaim[];
  readonly sends: readonly KeptSend[];
  /** Staff want nothing sent to the number, in the mode that its hash speaks of. */
  readonly isBlocked?: true;
}

export interface ClaimQuestion extends CandidateQuestion {
  readonly record: NumberRecord;
  readonly request: HashedClaim;
  /** By serial of the claim; null: its owner could not be asked. */
  readonly answers: ReadonlyMap<number, ClaimConfirmation | null>;
  readonly rules: GuardRules;
}

/**
 * `ask`: nothing can be said before the owners of these claims were asked; `probe`: before the desk of this provider was.
 * `take`: keep the record, then answer.
 */
export type ClaimDecision =
  | { readonly kind: "ask"; readonly claims: readonly KeptClaim[] }
  | ProbeNeeded
  | { readonly kind: "refuse"; readonly answer: ClaimAnswer }
  | {
      readonly kind: "take";
      readonly answer: ClaimAnswer;
      readonly record: NumberRecord;
    };

const dayMs = 86_400_000;
/** An open claim is forgotten after this: its own partner's pending recharge blocks no longer. A person has had the case for weeks. */
export const claimKeptMs = 30 * dayMs;
/** Longer than the repeat window of any provider (`lists.md`: 15 minutes). */
export const sendKeptMs = dayMs;
export const emptyRecord: NumberRecord = { serial: 0, claims: [], sends: [] };

/**
 * Decides on a claim (`design.md`, "The guard" and "The same thing twice"): `blocked`, `repeat`, `velocity`, else it is taken.
 * Answers are bound to serials, so deciding again on the record as it is after the owners were asked is a compare-and-set.
 */
export function decideClaim(question: ClaimQuestion): ClaimDecision {
  const { record, request, answers, now, rules } = question;
  if (record.isBlocked === true) return { kind: "refuse", answer: { kind: "blocked" } };
  const rivals = record.claims.filter(
    (claim) => claim.isOpen && claim.amount === request.amount && !isSameClaim(claim, request),
  );
  const unasked = rivals.filter((claim) => !answers.has(claim.serial));
  if (unasked.length > 0) return { kind: "ask", claims: unasked };

  const standings = rivals.map((claim) => standingOf(claim, answers.get(claim.serial) ?? null, question));
  const blocking = standings.filter((standing) => standing.kind === "blocks");
  // The asking account's own claim comes first: it is the only one that may be named.
  const blocker = blocking.find((standing) => standing.isOwn) ?? blocking[0];
  if (blocker !== undefined) {
    return { kind: "refuse", answer: { kind: "repeat", earlier: blocker.earlier, retryAfterMs: blocker.retryAfterMs } };
  }
  const retryAfterMs = velocityWaitMs(record, request, now, rules);
  if (retryAfterMs !== null) return { kind: "refuse", answer: { kind: "velocity", retryAfterMs } };

  const candidates = candidatesOf(question, (candidate) => isRepeatAt(question, candidate));
  if (candidates.kind === "probe") return candidates;
  const provider = candidates.all.find((candidate) => candidate.leftOut === null)?.provider ?? null;
  const over = new Set(standings.flatMap((standing) => (standing.kind === "over" ? [standing.serial] : [])));
  return {
    kind: "take",
    answer: { kind: "claimed", candidates: candidates.all, ...takenBefore(record, request) },
    record: compact(withClaim(question, provider, over), now, rules),
  };
}

/** What the asking account may see before it takes anything: its own claims, and nobody else's sends. */
export function ownPart(record: NumberRecord, account: number): NumberRecord {
  return { ...record, claims: record.claims.filter((claim) => claim.account === account), sends: [] };
}

/** The record without the claim, as if it had never been taken. */
export function withoutClaim(
  record: NumberRecord,
  claim: { readonly amount: Minor; readonly account: number; readonly agentId: string },
): NumberRecord {
  return {
    ...record,
    claims: record.claims.filter((kept) => kept.amount !== claim.amount || !isSameClaim(kept, claim)),
  };
}

/** The record with a further send; an earlier send of the same amount to the same provider gives way to it. */
export function withSend(record: NumberRecord, send: KeptSend): NumberRecord {
  const others = record.sends.filter((kept) => kept.provider !== send.provider || kept.amount !== send.amount);
  return { ...record, sends: [...others, send] };
}

/** The record without what nothing depends on any more. */
export function compact(record: NumberRecord, now: number, rules: GuardRules): NumberRecord {
  return {
    ...record,
    claims: record.claims.filter((claim) => now < claimKeptUntil(claim, rules)),
    sends: record.sends.filter((send) => now < send.at + sendKeptMs),
  };
}

/** Epoch ms from which nothing depends on the record any more; 0 for an empty one. */
export function expiryOf(record: NumberRecord, rules: GuardRules): number {
  if (record.isBlocked === true) return Number.MAX_SAFE_INTEGER;
  return Math.max(
    0,
    ...record.claims.map((claim) => claimKeptUntil(claim, rules)),
    ...record.sends.map((send) => send.at + sendKeptMs),
  );
}

type Standing =
  | {
      readonly kind: "blocks";
      readonly isOwn: boolean;
      readonly earlier: ClaimConfirmation["earlier"];
      readonly retryAfterMs: number;
    }
  | { readonly kind: "over"; readonly serial: number }
  | { readonly kind: "stays" };

/**
 * How an earlier claim stands against a new one. A pending recharge blocks its own partner as long as it is pending, others for the
 * window from the claim; a success until its own window ends; an owner that cannot be asked counts as a hit.
 */
function standingOf(claim: KeptClaim, answer: ClaimConfirmation | null, question: ClaimQuestion): Standing {
  const { request, now, rules } = question;
  const isOwn = claim.account === request.account;
  const blocks = { kind: "blocks", isOwn, earlier: null, retryAfterMs: rules.repeatWindowMs } as const;
  if (answer === null) return blocks;
  const { holds, earlier, blocksUntil } = answer;
  if (!holds || (blocksUntil !== null && blocksUntil <= now)) return { kind: "over", serial: claim.serial };
  if (!isOwn) {
    const isPastWindow = blocksUntil === null && now - claim.at >= rules.repeatWindowMs;
    return isPastWindow ? { kind: "stays" } : blocks;
  }
  const isFinal = earlier !== null && earlier.state !== "pending";
  if (isFinal && request.replaces === claim.agentId) return { kind: "over", serial: claim.serial };
  return { ...blocks, earlier, retryAfterMs: blocksUntil === null ? rules.repeatWindowMs : blocksUntil - now };
}

/** Ms until the number may be claimed again, or null where it may be now. The claim itself, taken before, does not count. */
function velocityWaitMs(record: NumberRecord, request: HashedClaim, now: number, rules: GuardRules): number | null {
  const counted = record.claims
    .filter((claim) => !isSameClaim(claim, request) && now - claim.at < rules.velocityWindowMs)
    .map((claim) => claim.at)
    .toSorted((left, right) => left - right);
  const leavesFirst = counted[counted.length - rules.velocityPerDay];
  return leavesFirst === undefined ? null : leavesFirst + rules.velocityWindowMs - now;
}

/** Was this provider sent the same order in the time in which it would refuse it? */
function isRepeatAt({ record, request, now }: ClaimQuestion, candidate: HashedClaim["candidates"][number]): boolean {
  const { provider, repeatWindowMs } = candidate;
  if (repeatWindowMs === null) return false;
  const claims = record.claims.filter((claim) => !isSameClaim(claim, request));
  return [...claims, ...record.sends].some(
    (send) => send.provider === provider && send.amount === request.amount && now - send.at < repeatWindowMs,
  );
}

function withClaim(question: ClaimQuestion, provider: string | null, over: ReadonlySet<number>): NumberRecord {
  const { record, request, now } = question;
  const serial = record.serial + 1;
  const others = record.claims
    .filter((claim) => !isSameClaim(claim, request))
    .map((claim) => (over.has(claim.serial) ? { ...claim, isOpen: false } : claim));
  const { amount, account, agentId } = request;
  const { takenAt: firstAt } = takenBefore(record, request);
  const again = firstAt === undefined ? {} : { firstAt };
  return {
    ...record,
    serial,
    claims: [...others, { serial, amount, account, agentId, at: now, ...again, isOpen: true, provider }],
  };
}

/** When the same claim was first taken, epoch ms. */
function takenBefore({ claims }: NumberRecord, request: HashedClaim): { readonly takenAt?: number } {
  const same = claims.find((claim) => isSameClaim(claim, request));
  return same === undefined ? {} : { takenAt: same.firstAt ?? same.at };
}

function claimKeptUntil(claim: KeptClaim, rules: GuardRules): number {
  return claim.at + Math.max(claim.isOpen ? claimKeptMs : sendKeptMs, rules.velocityWindowMs);
}

/** Account and agent id name a claim: the same pair is the same claim. */
function isSameClaim(
  left: { readonly account: number; readonly agentId: string },
  right: { readonly account: number; readonly agentId: string },
): boolean {
  return left.account === right.account && left.agentId === right.agentId;
}
