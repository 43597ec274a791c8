// The rules of settlement, for any evidence on any states.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Evidence, evidenceKinds } from "../../../src/recharges/evidence.ts";
import { attemptStates, rechargeStates } from "../../../src/recharges/recharge.ts";
import { attemptTransitions, settlementOf } from "../../../src/recharges/states.ts";
import { verdictOf } from "../../../src/recharges/verdict.ts";
import { anySet, takenBack } from "./evidence-fixture.ts";

const strict = { mayCallbacksReverse: false };
const trusting = { mayCallbacksReverse: true };

type AnyAttempt = { readonly state: (typeof attemptStates)[number]; readonly set: readonly Evidence[] };
const attempt = fc.record({ state: fc.constantFrom(...attemptStates), set: anySet });
const question = fc.record({
  state: fc.constantFrom(...rechargeStates),
  attempts: fc.array(attempt, { minLength: 1, maxLength: 3 }),
  rules: fc.constantFrom(strict, trusting),
});
const judged = (attempts: readonly AnyAttempt[]) =>
  attempts.map(({ state, set }) => {
    const found = verdictOf(set, { settlesFrom: 3 });
    return { state: attemptTransitions[state][found.word], verdict: found };
  });

describe("for any evidence on any states", () => {
  it("money that disagrees with the attempts is a case, and money that agrees has moved", () => {
    fc.assert(
      fc.property(question, ({ state, attempts, rules }) => {
        const all = judged(attempts);
        const settlement = settlementOf(state, all, rules);
        const isPaid = settlement.next === "succeeded";
        const isSucceeded = all.some((one) => one.state === "succeeded");
        const isOpen = !isSucceeded && all.some((one) => ["sent", "accepted", "in_doubt"].includes(one.state));
        const agrees = settlement.next === "pending" ? isOpen : !isOpen && isPaid === isSucceeded;
        expect(agrees || settlement.case !== null).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("moves and states fit: posted or given back from pending, reversed from success, taken again from what went back", () => {
    const again = ["take_again failed succeeded", "take_again reversed succeeded"];
    const legal = ["none", "post pending succeeded", "void pending failed", "reverse succeeded reversed", ...again];
    fc.assert(
      fc.property(question, ({ state, attempts, rules }) => {
        const { move, next } = settlementOf(state, judged(attempts), rules);
        expect(legal).toContain(move === "none" && next === state ? "none" : `${move} ${state} ${next}`);
      }),
      { numRuns: 1_000 },
    );
  });

  it("money is taken again only where a ruling decides that an attempt succeeded", () => {
    fc.assert(
      fc.property(question, ({ state, attempts, rules }) => {
        const all = judged(attempts);
        const isBack = state === "failed" || state === "reversed";
        const isRuled = all.some((one) => one.state === "succeeded" && one.verdict.deciding?.kind === "ruling");
        expect(settlementOf(state, all, rules).move === "take_again").toBe(isBack && isRuled);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("for any evidence on any states, besides", () => {
  it("a contradiction is always a case", () => {
    fc.assert(
      fc.property(question, ({ state, attempts, rules }) => {
        const all = judged(attempts);
        const isContradicted = all.some((one) => one.verdict.isContradicted);
        expect(isContradicted && settlementOf(state, all, rules).case === null).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it("only these kinds may decide a reversal", () => {
    const reversing = evidenceKinds.filter(
      (kind) => settlementOf("succeeded", [takenBack(kind, 11)], strict).move === "reverse",
    );
    expect(reversing).toEqual(["lookup", "statement", "ruling"]);
  });
});
