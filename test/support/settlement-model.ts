// A model of one recharge of one attempt: what each piece of evidence makes of it, without storage, money or time.
import fc from "fast-check";
import type { CaseKind } from "../../src/recharges/events.ts";
import type { Evidence } from "../../src/recharges/evidence.ts";
import type { AttemptState, RechargeState } from "../../src/recharges/recharge.ts";
import { attemptTransitions, settlementOf, standingOf } from "../../src/recharges/states.ts";
import { type Verdict, verdictOf } from "../../src/recharges/verdict.ts";

export interface Modelled {
  readonly state: RechargeState;
  readonly attempt: AttemptState;
  readonly openCase: CaseKind | null;
  readonly verdict: Verdict;
  readonly heard: readonly Evidence[];
}

/** What an order of arrival comes to, from an attempt that was accepted, by `before`. `settlesFrom` as in `verdictOf`. */
export function settleInModel(
  arrived: readonly Evidence[],
  settlesFrom: number | null,
  before: readonly Evidence[] = [],
): Modelled {
  const start: Modelled = {
    state: "pending",
    attempt: "accepted",
    openCase: null,
    verdict: verdictOf(before, { settlesFrom }),
    heard: before,
  };
  return arrived.reduce((now, piece) => hear(now, piece, settlesFrom), start);
}

function hear(now: Modelled, piece: Evidence, settlesFrom: number | null): Modelled {
  const heard = [...now.heard, piece];
  const verdict = verdictOf(heard, { settlesFrom });
  const attempt = attemptTransitions[now.attempt][verdict.word];
  const settled = settlementOf(now.state, [{ state: attempt, verdict }], { mayCallbacksReverse: false });
  return { state: settled.next, attempt, openCase: settled.case, verdict, heard };
}

const standings = {
  pending: "open",
  succeeded: "success",
  failed: "failure",
  reversed: "failure",
} as const satisfies Record<RechargeState, string>;

/** The money is where the verdict says that it belongs. */
export function moneyAgrees({ state, attempt }: Pick<Modelled, "state" | "attempt">): boolean {
  return standings[state] === standingOf([attempt]);
}

const spoken = [
  ["absence", "absent"],
  ["hint", "success"],
  ["hint", "failure"],
  ["reply", "success"],
  ["reply", "failure"],
  ["reply", "unclear"],
  ["callback", "success"],
  ["callback", "failure"],
  ["lookup", "success"],
  ["lookup", "failure"],
  ["lookup", "pending"],
  ["statement", "success"],
  ["statement", "failure"],
  ["ruling", "success"],
  ["ruling", "failure"],
] as const;

/** Up to so many pieces, rulings among them, each of which answers what speaks for an earlier moment. */
export function evidenceSets(most: number): fc.Arbitrary<readonly Evidence[]> {
  const piece = fc.record({ said: fc.constantFrom(...spoken), speaksAt: fc.integer({ min: 1, max: 5 }) }).map(
    ({ said: [kind, word], speaksAt }): Evidence => ({
      key: `${kind}:${word}:${speaksAt}`,
      kind,
      word,
      speaksAt,
      receivedAt: speaksAt,
      operatorReference: null,
      theirReference: null,
      cause: null,
      said: word,
    }),
  );
  return fc.uniqueArray(piece, { minLength: 1, maxLength: most, selector: ({ key }) => key }).map((set) =>
    set.map((one) => {
      if (one.kind !== "ruling") return one;
      return { ...one, answers: set.flatMap(({ key, speaksAt }) => (speaksAt < one.speaksAt ? [key] : [])) };
    }),
  );
}
