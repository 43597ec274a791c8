// What staff set: the order of the providers, and numbers to which nothing is sent.
import { describe, expect, it } from "vitest";
import { compact, decideClaim, expiryOf, ownPart } from "../../../src/numbers/number-guard.ts";
import { minor } from "../../../src/base/money.ts";
import type { SwitchInShard } from "../../../src/numbers/candidates.ts";
import type { LeftOut } from "../../../src/recharges/ports.ts";
import { closed, dayMs, kept, now, order, question, recordOf, rules, taken } from "./guard-fixture.ts";

const [first, second] = [
  { provider: "first", repeatWindowMs: null },
  { provider: "second", repeatWindowMs: null },
];

const providersOf = ({ answer }: ReturnType<typeof taken>) =>
  answer.kind === "claimed" ? answer.candidates.map((one) => one.provider) : [];

describe("what staff set", () => {
  const set = { "in.jio.prepaid": ["third"], "*": ["second", "gone"] };
  it("puts providers first, and the claim is noted with the one that is then asked", () => {
    const decision = taken(decideClaim(question({ order: set })));
    expect(providersOf(decision)).toEqual(["second", "first"]);
    expect(decision.record.claims.at(-1)?.provider).toBe("second");
  });

  it("for a product counts before what was set for all others; those that it does not name keep their order", () => {
    const request = { ...order, product: "in.jio.prepaid" };
    const candidates = [...order.candidates, { provider: "third", repeatWindowMs: null }];
    const decision = taken(decideClaim(question({ order: set, request: { ...request, candidates } })));
    expect(providersOf(decision)).toEqual(["third", "first", "second"]);
    expect(providersOf(taken(decideClaim(question({ order: set, request }))))).toEqual(["first", "second"]);
  });

  it("leaves a provider out where it is switched off, however far in front it stands", () => {
    const off = new Map([["second", { ...closed, provider: "second", isOff: true }]]);
    expect(taken(decideClaim(question({ order: set, switches: off }))).record.claims.at(-1)?.provider).toBe("first");
  });

  it("a blocked number is refused before anything is asked or taken, and stays blocked when its claims are forgotten", () => {
    const record = { ...recordOf({ ...kept, account: 2 }), isBlocked: true } as const;
    expect(decideClaim(question({ record }))).toEqual({ kind: "refuse", answer: { kind: "blocked" } });
    const late = compact(record, now + 40 * dayMs, rules);
    expect(late).toEqual({ serial: 1, claims: [], sends: [], isBlocked: true });
    expect(expiryOf(late, rules)).toBe(Number.MAX_SAFE_INTEGER);
    expect(decideClaim(question({ record: ownPart(late, 1) })).kind).toBe("refuse");
  });
});

const reasons = (switches: Partial<SwitchInShard>) => {
  const known = new Map([["first", { ...closed, isOff: true, ...switches }]]);
  const request = { ...order, ignores: ["not_certified", "switched_off"] as const };
  const { answer } = taken(decideClaim(question({ request, switches: known })));
  return answer.kind === "claimed" ? answer.candidates[0]?.leftOut : undefined;
};

describe("codes and switches", () => {
  it("a code that the settings do not trust is left out until staff certify it, and any code that they withdraw", () => {
    const request = { ...order, candidates: [{ ...first, isUncertified: true as const }, second] };
    const asked = (codes: Record<string, Record<string, boolean>>, ignores: readonly LeftOut[] = []) => {
      const { answer } = taken(decideClaim(question({ request: { ...request, ignores }, codes })));
      return answer.kind === "claimed" ? answer.candidates.map(({ leftOut }) => leftOut) : [];
    };
    expect(asked({})).toEqual(["not_certified", null]);
    expect(asked({ first: { "in.jio.prepaid": true }, second: { "in.jio.prepaid": false } })).toEqual([
      "not_certified",
      null,
    ]);
    expect(asked({ first: { [order.product]: true }, second: { [order.product]: false } })).toEqual([
      null,
      "not_certified",
    ]);
    expect(asked({ second: { [order.product]: false } }, ["not_certified"])).toEqual([null, null]);
  });

  it("a test of staff may go where a provider is switched off, but not where its breaker is open or its float too low", () => {
    expect(reasons({})).toBeNull();
    expect(reasons({ trippedUntil: now + 1 })).toBe("tripped");
    expect(reasons({ float: minor(1) })).toBe("float_low");
  });
});
