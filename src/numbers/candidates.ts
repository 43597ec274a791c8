// Which providers a claim may go to: switches, breakers and floats as the shard knows them. Pure.
import type { ClaimAnswer, ClaimRequest, LeftOut, ProviderSwitch, StaffRules } from "../recharges/ports.ts";
import { inStaffOrder } from "./staff-order.ts";

/** A provider's switch as the shard took it, and until when (epoch ms) its desk lets nobody else through the half-open breaker. */
export interface SwitchInShard extends ProviderSwitch {
  readonly probedUntil: number | null;
}

export interface CandidateQuestion {
  readonly request: Pick<ClaimRequest, "product" | "amount" | "candidates" | "ignores">;
  /** Providers that staff put first, by product or `*`. */
  readonly order: StaffRules["order"];
  /** Codes that staff certified or withdrew. */
  readonly codes: StaffRules["codes"];
  readonly switches: ReadonlyMap<string, SwitchInShard>;
  /** What the desks of providers with a half-open breaker said: may this recharge try it? */
  readonly probes: ReadonlyMap<string, boolean>;
  readonly now: number;
}

/** Nothing can be said before the desk of this provider was asked. */
export interface ProbeNeeded {
  readonly kind: "probe";
  readonly provider: string;
}

type Candidate = ClaimRequest["candidates"][number];
type Candidates = Extract<ClaimAnswer, { readonly kind: "claimed" }>["candidates"];

/** The switch that a shard has after a push: only a newer version counts, and it forgets what the desk said before. */
export function switchAfter(known: SwitchInShard | undefined, pushed: ProviderSwitch): SwitchInShard {
  return known !== undefined && pushed.version <= known.version ? known : { ...pushed, probedUntil: null };
}

/**
 * Which providers may be asked. A half-open breaker lets a recharge through only as its first provider, and only if the desk
 * says that it is the one. `isRepeat`: the provider would refuse it as one that it has had.
 */
export function candidatesOf(
  question: CandidateQuestion,
  isRepeat: (candidate: Candidate) => boolean,
): { readonly kind: "known"; readonly all: Candidates } | ProbeNeeded {
  const all: { provider: string; leftOut: LeftOut | null }[] = [];
  for (const candidate of inStaffOrder(question.request, question.order)) {
    const { provider } = candidate;
    const leftOut = leftOutOf(question, candidate) ?? (isRepeat(candidate) ? "repeat_window" : null);
    if (leftOut !== null || !isHalfOpen(question, provider)) {
      all.push({ provider, leftOut });
      continue;
    }
    const isFirst = all.every((one) => one.leftOut !== null);
    const mayProbe = isFirst ? question.probes.get(provider) : false;
    if (mayProbe === undefined) return { kind: "probe", provider };
    all.push({ provider, leftOut: mayProbe ? null : "tripped" });
  }
  return { kind: "known", all };
}

function leftOutOf(question: CandidateQuestion, candidate: Candidate): LeftOut | null {
  const { request, switches, now } = question;
  const state = switches.get(candidate.provider);
  const reasons: readonly (readonly [LeftOut, boolean])[] = [
    ["switched_off", state?.isOff === true],
    ["tripped", state !== undefined && isTripped(state, now)],
    ["float_low", state !== undefined && state.float !== null && request.amount > state.float],
    ["not_certified", !isCertified(question, candidate)],
  ];
  return reasons.find(([reason, holds]) => holds && request.ignores?.includes(reason) !== true)?.[0] ?? null;
}

/** Staff have the last word on a code; without one, the settings. */
function isCertified({ codes, request }: CandidateQuestion, { provider, isUncertified }: Candidate): boolean {
  return codes[provider]?.[request.product] ?? isUncertified !== true;
}

function isTripped({ trippedUntil, probedUntil }: SwitchInShard, now: number): boolean {
  return trippedUntil !== null && (now < trippedUntil || (probedUntil !== null && now < probedUntil));
}

/** Its time is over, and its desk has not closed it. */
function isHalfOpen({ switches }: CandidateQuestion, provider: string): boolean {
  return (switches.get(provider)?.trippedUntil ?? null) !== null;
}
