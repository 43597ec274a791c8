// What a recharge does by its attempts' states and verdicts: moves, cases, and when the provider is asked again.
import { describe, expect, it } from "vitest";
import { settlementOf } from "../../../src/recharges/states.ts";
import { said, takenBack, verdict } from "./evidence-fixture.ts";

const strict = { mayCallbacksReverse: false };
const trusting = { mayCallbacksReverse: true };

const success = { state: "succeeded", verdict: verdict("success", { succeededAt: 1 }) } as const;
const declined = { state: "declined", verdict: verdict("declined") } as const;
const failed = { state: "failed", verdict: verdict("failure") } as const;
const open = { state: "in_doubt", verdict: verdict("doubt") } as const;
const contradicted = { isContradicted: true, isDisputed: true } as const;

describe("a pending recharge", () => {
  const cases = [
    ["posts when an attempt succeeded", [declined, success], "post", "succeeded", null],
    ["gives the hold back when all failed", [declined, failed], "void", "failed", null],
    ["waits while one is open", [declined, open], "none", "pending", null],
    [
      "waits with a case where equal words stand against each other",
      [{ ...open, verdict: verdict("doubt", contradicted) }],
      "none",
      "pending",
      "contradiction",
    ],
    [
      "posts with a case where a weaker word is against it",
      [{ ...success, verdict: verdict("success", contradicted) }],
      "post",
      "succeeded",
      "contradiction",
    ],
    [
      "gives back with a case where a weaker success is against it",
      [{ ...failed, verdict: verdict("failure", { ...contradicted, succeededAt: 1 }) }],
      "void",
      "failed",
      "contradiction",
    ],
    ["posts once, with a case, when two attempts succeeded", [success, success], "post", "succeeded", "two_successes"],
  ] as const;
  it.each(cases)("%s", (_name, attempts, move, next, needed) => {
    expect(settlementOf("pending", attempts, strict)).toEqual({ move, next, case: needed, wantsLookup: false });
  });
});

describe("a success that is taken back", () => {
  const cases = [
    ["absence", strict, 11, false],
    ["balance_segment", strict, 11, false],
    ["reply", strict, 11, false],
    ["callback", strict, 11, false],
    ["callback", trusting, 11, true],
    ["callback", trusting, 10, false],
    ["reply", trusting, 11, false],
    ["lookup", strict, 11, true],
    ["lookup", strict, 10, false],
    ["lookup", strict, 9, false],
    ["statement", strict, 11, true],
    ["statement", strict, 10, false],
    ["ruling", strict, 11, true],
    ["ruling", strict, 9, false],
  ] as const;
  it.each(cases)("by %s with %j, speaking for %d: reversed %s", (kind, rules, at, isReversed) => {
    const attempt = takenBack(kind, at);
    expect(settlementOf("succeeded", [declined, attempt], rules)).toEqual(
      isReversed
        ? { move: "reverse", next: "reversed", case: kind === "ruling" ? null : "contradiction", wantsLookup: false }
        : { move: "none", next: "succeeded", case: "reversal_disputed", wantsLookup: true },
    );
  });
});

describe("a success of several attempts", () => {
  it("is not reversed by a word about another attempt", () => {
    const other = {
      state: "failed",
      verdict: verdict("failure", { deciding: said("lookup", "failure", 20) }),
    } as const;
    const disputed = takenBack("callback", 11);
    for (const attempts of [
      [other, disputed],
      [disputed, other],
    ])
      expect(settlementOf("succeeded", attempts, strict)).toMatchObject({ move: "none", case: "reversal_disputed" });
    expect(settlementOf("succeeded", [other, takenBack("lookup", 11)], strict).move).toBe("reverse");
  });

  it("is reversed only when every attempt that was said to have succeeded is taken back", () => {
    const [one, other] = [takenBack("lookup", 11), takenBack("callback", 11)];
    expect(settlementOf("succeeded", [one, other], strict).move).toBe("none");
    expect(settlementOf("succeeded", [one, one], strict).move).toBe("reverse");
  });

  it.each([
    ["nobody ever said success", [{ state: "failed", verdict: verdict("failure") }]],
    ["nothing is cited", [{ state: "failed", verdict: verdict("failure", { succeededAt: 1 }) }]],
  ] as const)("is a case where %s", (_name, attempts) => {
    expect(settlementOf("succeeded", attempts, trusting)).toEqual({
      move: "none",
      next: "succeeded",
      case: "reversal_disputed",
      wantsLookup: true,
    });
  });
});

describe("a succeeded recharge that stands", () => {
  const cases = [
    ["wants nothing when nobody is against it", [success], null, false],
    ["asks, without a case, when a hint is against it", verdict("success", { isDisputed: true }), null, true],
    ["asks, with a case, when a word is against it", verdict("success", contradicted), "contradiction", true],
    ["is a case when a second attempt succeeds", [success, success], "two_successes", false],
    ["asks, with a case, when its attempt is in doubt", [open], "contradiction", true],
  ] as const;
  it.each(cases)("%s", (_name, given, needed, wantsLookup) => {
    const attempts = "word" in given ? [{ state: "succeeded", verdict: given } as const] : given;
    const settlement = settlementOf("succeeded", attempts, strict);
    expect(settlement).toEqual({ move: "none", next: "succeeded", case: needed, wantsLookup });
  });
});

describe("one disputed attempt of several", () => {
  it("is enough to ask", () => {
    const disputed = { state: "succeeded", verdict: verdict("success", { isDisputed: true }) } as const;
    expect(settlementOf("succeeded", [declined, disputed], strict).wantsLookup).toBe(true);
  });

  it("is enough for a case where it is contradicted", () => {
    const against = { state: "succeeded", verdict: verdict("success", contradicted) } as const;
    expect(settlementOf("succeeded", [declined, against], strict).case).toBe("contradiction");
  });
});

describe("a ruling of success", () => {
  const ruledSuccess = {
    state: "succeeded",
    verdict: verdict("success", { deciding: said("ruling", "success", 9), succeededAt: 9 }),
  } as const;

  it.each(["failed", "reversed"] as const)("takes the money of a %s recharge again", (state) => {
    for (const attempts of [[ruledSuccess], [failed, ruledSuccess], [ruledSuccess, success]])
      expect(settlementOf(state, attempts, strict)).toMatchObject({ move: "take_again", next: "succeeded" });
    expect(settlementOf(state, [failed, ruledSuccess], strict)).toEqual({
      move: "take_again",
      next: "succeeded",
      case: null,
      wantsLookup: false,
    });
  });

  it("is no case where both of two attempts succeeded by it, and one where only one did", () => {
    expect(settlementOf("succeeded", [ruledSuccess, ruledSuccess], strict).case).toBeNull();
    expect(settlementOf("succeeded", [ruledSuccess, success], strict).case).toBe("two_successes");
    expect(settlementOf("failed", [ruledSuccess, success], strict).case).toBe("two_successes");
  });

  it("of another word than success takes nothing: the success must be the ruling's", () => {
    const other = { state: "failed", verdict: verdict("failure", { deciding: said("ruling", "failure", 9) }) } as const;
    expect(settlementOf("failed", [other, success], strict)).toMatchObject({ move: "none", case: "late_success" });
  });
});

describe("money that was given back", () => {
  const cases = [
    ["failed", [success], "late_success"],
    ["failed", [failed], null],
    ["failed", [open], "contradiction"],
    ["failed", [success, success], "two_successes"],
    ["reversed", [success], "late_success"],
    ["reversed", [failed], null],
    ["reversed", [open], "contradiction"],
    ["failed", [{ ...success, verdict: verdict("success", contradicted) }], "late_success"],
    ["failed", [{ ...failed, verdict: verdict("failure", contradicted) }], "contradiction"],
    ["reversed", [{ ...failed, verdict: verdict("failure", contradicted) }], "contradiction"],
  ] as const;
  it.each(cases)("stays where it is: %s with %j is the case %s", (state, attempts, needed) => {
    const settlement = settlementOf(state, attempts, trusting);
    expect(settlement).toEqual({ move: "none", next: state, case: needed, wantsLookup: false });
  });
});
