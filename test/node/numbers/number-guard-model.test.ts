// The guard over any course of events: several accounts claim, settle, fail, crash and come back.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideClaim, emptyRecord } from "../../../src/numbers/number-guard.ts";
import type { ClaimDecision, HashedClaim } from "../../../src/numbers/number-guard.ts";
import type { ClaimConfirmation } from "../../../src/recharges/ports.ts";
import { windowMs, rules, now, order, pending, inProgress, succeededUntil, gone } from "./guard-fixture.ts";

/** Accounts as the model has them: what became of each order. */
type OrderState =
  | { readonly kind: "in_progress" | "pending" | "failed" | "lost" }
  | { readonly kind: "succeeded"; readonly at: number };

const confirmationOf = (state: OrderState | undefined): ClaimConfirmation => {
  if (state?.kind === "succeeded") return succeededUntil(state.at + windowMs);
  if (state?.kind === "in_progress") return inProgress;
  return state?.kind === "pending" ? pending : gone;
};

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("claim" as const),
      account: fc.integer({ min: 1, max: 3 }),
      agent: fc.nat(2),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("becomes" as const),
      account: fc.integer({ min: 1, max: 3 }),
      agent: fc.nat(2),
      state: fc.constantFrom("pending" as const, "failed" as const, "lost" as const, "succeeded" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.constantFrom(1, 60_000, windowMs - 1, windowMs),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const noSwitches = { switches: new Map(), probes: new Map(), order: {}, codes: {} };
const open = { ...rules, velocityPerDay: 1_000 };

/** Runs the steps; `onTaken` sees the orders as they are at the moment in which a claim was taken. */
function runModel(
  steps: readonly Step[],
  onTaken: (
    key: string,
    orders: ReadonlyMap<string, OrderState>,
    claimedAt: ReadonlyMap<string, number>,
    at: number,
  ) => void,
) {
  const orders = new Map<string, OrderState>();
  const claimedAt = new Map<string, number>();
  let record = emptyRecord;
  let at = now;
  const claim = (request: HashedClaim): ClaimDecision => {
    const answers = new Map<number, ClaimConfirmation | null>();
    for (;;) {
      const decision = decideClaim({ ...noSwitches, record, request, answers, now: at, rules: open });
      if (decision.kind !== "ask") return decision;
      for (const rival of decision.claims) {
        answers.set(rival.serial, confirmationOf(orders.get(`${rival.account}/${rival.agentId}`)));
      }
    }
  };
  for (const next of steps) {
    if (next.kind === "wait") {
      at += next.ms;
      continue;
    }
    const key = `${next.account}/${next.agent}`;
    const state = orders.get(key)?.kind;
    if (next.kind === "becomes") {
      // Only what is under way changes, and only what was never written gets lost.
      const mayChange = state === "in_progress" || (state === "pending" && next.state !== "lost");
      if (mayChange) orders.set(key, next.state === "succeeded" ? { kind: "succeeded", at } : { kind: next.state });
      continue;
    }
    // An agent id that was written is answered by its account and never reaches the guard again.
    if (state !== undefined && state !== "lost") continue;
    const decision = claim({ ...order, account: next.account, agentId: String(next.agent), candidates: [] });
    if (decision.kind !== "take") continue;
    onTaken(key, orders, claimedAt, at);
    record = decision.record;
    orders.set(key, { kind: "in_progress" });
    claimedAt.set(key, at);
  }
  return { record, at, claim };
}

describe("the guard, over any course of events", () => {
  const steps = fc.array(step, { maxLength: 40 });

  it("never takes a claim beside one that is confirmed and blocks", () => {
    let seen = 0;
    fc.assert(
      fc.property(steps, (course) => {
        runModel(course, (key, orders, claimedAt, at) => {
          seen += 1;
          const account = key.split("/")[0];
          for (const [other, state] of orders) {
            if (other === key) continue;
            const isOwn = other.split("/")[0] === account;
            const age = at - (claimedAt.get(other) ?? 0);
            const isUnderWay = state.kind === "in_progress" || state.kind === "pending";
            expect(isUnderWay && (isOwn || age < windowMs)).toBe(false);
            expect(state.kind === "succeeded" && at < state.at + windowMs).toBe(false);
          }
        });
      }),
      { numRuns: 500 },
    );
    expect(seen).toBeGreaterThan(100);
  });

  it("lets anybody claim again when a window has passed, however many releases were lost", () => {
    fc.assert(
      fc.property(steps, (course) => {
        const orders = [...course, { kind: "wait" as const, ms: windowMs }];
        const { claim } = runModel(orders, () => undefined);
        expect(claim({ ...order, account: 9, agentId: "new" }).kind).toBe("take");
      }),
    );
  });

  it("keeps no two claims of one account and agent id, and serials that differ", () => {
    fc.assert(
      fc.property(steps, (course) => {
        const { record } = runModel(course, () => undefined);
        const keys = record.claims.map((claim) => `${claim.account}/${claim.agentId}`);
        const serials = record.claims.map((claim) => claim.serial);
        expect(new Set(keys).size).toBe(keys.length);
        expect(new Set(serials).size).toBe(serials.length);
        expect(record.serial).toBe(Math.max(0, ...serials));
      }),
    );
  });
});
