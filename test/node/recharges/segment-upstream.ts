// A model of an upstream's wallet with its own truth: what it executed and when, and what it shows of its balance.
import fc from "fast-check";
import { type Minor, minor } from "../../../src/base/money.ts";
import type { BalanceSegment } from "../../../src/recharges/balance-segments.ts";
import type {
  BalanceReading,
  WalletCall,
  WalletHistory,
  WalletMovement,
} from "../../../src/recharges/segment-history.ts";

export const finalAfterMs = 600;
export const limitMs = 40;

/** How the upstream moves money: at its end, or at once with a refund of what fails. */
export type Debits = "at_the_end" | "first";

export interface Step {
  readonly kind: "call" | "reading" | "movement" | "undeclared";
  /** From the start of the step before, ms. */
  readonly gap: number;
  readonly lasts: number;
  readonly face: number;
  /** Which of the two commissions it really takes. */
  readonly rate: 0 | 1;
  readonly isRateSaid: boolean;
  readonly succeeds: boolean;
  readonly isLost: boolean;
  /** 0 to 1: how late within what `finalAfterMs` allows a lost call moves the balance. */
  readonly late: number;
  /** 0 to 1: how stale the balances are within `staleForMs`. */
  readonly stale: number;
  /** Does the reply compute its second balance from the first? */
  readonly isComputed: boolean;
}

export interface Upstream {
  readonly debits: Debits;
  readonly staleForMs: number;
  /** How long after the reply of a failure the money comes back; 0: with the reply. */
  readonly refundsAfterMs: number;
  readonly steps: readonly Step[];
}

/** 1 % and 2 %, exact for faces of whole hundreds. */
export const costsOf = (face: number): readonly [Minor, Minor] => [minor((face * 99) / 100), minor((face * 98) / 100)];

/** What happened, as we see it, and as it was. */
export function play(upstream: Upstream): { readonly history: WalletHistory; readonly succeeded: ReadonlySet<string> } {
  const placed = placeSteps(upstream.steps);
  const entries = placed.flatMap(({ id, step, at }) =>
    entriesOf(step, at, upstream).map((entry) => ({ ...entry, id })),
  );
  const read = (at: number, stale: number, but?: string) => {
    const shownAt = at - Math.floor(stale * upstream.staleForMs);
    const shown = entries.filter((entry) => entry.at <= shownAt && entry.id !== but);
    return minor(shown.reduce((sum, { change }) => sum + change, 1_000_000));
  };
  const of = (kind: Step["kind"]) => placed.filter(({ step }) => step.kind === kind);
  const readings: BalanceReading[] = of("reading").map(({ step, at }) => ({
    askedAt: at,
    answeredAt: at + step.lasts,
    balance: read(at + Math.floor(step.late * step.lasts), step.stale),
  }));
  const movements: WalletMovement[] = of("movement").map(({ step, at, id }) => ({
    id,
    from: at,
    until: at + step.lasts,
    change: minor(step.succeeds ? step.face : -step.face),
  }));
  const calls: WalletCall[] = of("call").map(({ step, at, id }) => callOf({ id, at, step, read }));
  const succeeded = new Set(of("call").flatMap(({ step, id }) => (step.succeeds ? [id] : [])));
  const history = { calls, readings, movements, completeFrom: -10_000, completeUntil: 1_000_000, finalAfterMs };
  const declared = { exclusiveSince: -5_000, refundFreeSince: -5_000, staleForMs: upstream.staleForMs };
  return { history: { ...history, ...declared }, succeeded };
}

interface Placed {
  readonly id: string;
  readonly at: number;
  readonly step: Step;
}

function placeSteps(steps: readonly Step[]): readonly Placed[] {
  let at = 0;
  return steps.map((step, index) => {
    at += step.gap;
    return { id: `${step.kind}-${index}`, at, step };
  });
}

function entriesOf(step: Step, at: number, upstream: Upstream): readonly { at: number; change: number }[] {
  const sign = step.succeeds ? 1 : -1;
  if (step.kind === "movement") return [{ at: at + Math.floor(step.late * step.lasts), change: sign * step.face }];
  if (step.kind === "undeclared") return [{ at, change: -step.face }];
  if (step.kind === "reading") return [];
  const cost = costsOf(step.face)[step.rate];
  const endsAt = step.isLost ? at + Math.floor(step.late * (limitMs + finalAfterMs)) : at + step.lasts;
  if (step.succeeds) return [{ at: upstream.debits === "first" ? at : endsAt, change: -Number(cost) }];
  if (upstream.debits === "at_the_end") return [];
  const refundAt = step.isLost ? endsAt : endsAt + upstream.refundsAfterMs;
  return [
    { at, change: -Number(cost) },
    { at: refundAt, change: cost },
  ];
}

function callOf(placed: Placed & { readonly read: (at: number, stale: number, but?: string) => Minor }): WalletCall {
  const { id, at, step, read } = placed;
  const costs = costsOf(step.face);
  const before = read(at, step.stale, id);
  const taken = step.succeeds ? costs[step.rate] : 0;
  const after = step.isComputed ? minor(before - taken) : read(at + step.lasts, step.stale);
  return {
    id,
    sentAt: at,
    answeredAt: step.isLost ? null : at + step.lasts,
    overBy: at + limitMs,
    word: step.isLost ? "none" : step.succeeds ? "success" : "failure",
    costs: step.isRateSaid && !step.isLost ? [costs[step.rate]] : costs,
    balances: step.isLost ? null : { before, after },
  };
}

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Steps of these kinds; pauses long enough for anchors are as frequent as crowds. */
export const anyStep = (kinds: readonly Step["kind"][], faces: readonly number[]): fc.Arbitrary<Step> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    gap: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 600, max: 800 })),
    lasts: fc.integer({ min: 1, max: limitMs }),
    face: fc.constantFrom(...faces),
    rate: fc.constantFrom(0 as const, 1 as const),
    isRateSaid: fc.boolean(),
    succeeds: fc.boolean(),
    isLost: fc.boolean(),
    late: fc.oneof(share, fc.constant(1)),
    stale: fc.oneof(share, fc.constant(1)),
    isComputed: fc.boolean(),
  });

export const anyUpstream = (kinds: readonly Step["kind"][], faces: readonly number[]): fc.Arbitrary<Upstream> =>
  fc.record({
    debits: fc.constantFrom("at_the_end" as const, "first" as const),
    staleForMs: fc.constantFrom(0, 30),
    refundsAfterMs: fc.constant(0),
    steps: fc.array(anyStep(kinds, faces), { minLength: 3, maxLength: 16 }),
  });

/** Long enough after whatever came before it to be an anchor. */
export const quietReading: Step = {
  kind: "reading",
  gap: finalAfterMs + limitMs + 100,
  lasts: 5,
  face: 0,
  rate: 0,
  isRateSaid: true,
  succeeds: false,
  isLost: false,
  late: 0,
  stale: 0,
  isComputed: false,
};

export const kindsOf = (segments: readonly BalanceSegment[]) => segments.map(({ judgement }) => judgement.kind);

/** Does a segment that proves say of every lost attempt in it what the upstream did? */
export function agrees({ judgement, calls }: BalanceSegment, succeeded: ReadonlySet<string>): boolean {
  if (judgement.kind !== "proves" && judgement.kind !== "proves_number") return true;
  const groups = judgement.kind === "proves" ? [] : judgement.groups;
  const named = [...judgement.succeeded, ...judgement.failed, ...groups.flatMap(({ ids }) => ids)];
  const lost = calls.filter(({ word }) => word === "none").map(({ id }) => id);
  return (
    named.length === lost.length &&
    lost.every((id) => named.includes(id)) &&
    judgement.succeeded.every((id) => succeeded.has(id)) &&
    !judgement.failed.some((id) => succeeded.has(id)) &&
    groups.every((group) => group.ids.filter((id) => succeeded.has(id)).length === group.succeeded)
  );
}
