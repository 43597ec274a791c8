// The state tables, pair by pair, as the design has them.
import { describe, expect, it } from "vitest";
import { attemptStates, rechargeStates } from "../../../src/recharges/recharge.ts";
import { attemptTransitions, rechargeTransitions, standingOf } from "../../../src/recharges/states.ts";

const verdicts = ["success", "failure", "declined", "pending", "doubt"] as const;

describe("an attempt", () => {
  const pairs = [
    ["sent", "success", "succeeded"],
    ["sent", "failure", "failed"],
    ["sent", "declined", "declined"],
    ["sent", "pending", "accepted"],
    ["sent", "doubt", "in_doubt"],
    ["accepted", "success", "succeeded"],
    ["accepted", "failure", "failed"],
    ["accepted", "declined", "failed"],
    ["accepted", "pending", "accepted"],
    ["accepted", "doubt", "accepted"],
    ["in_doubt", "success", "succeeded"],
    ["in_doubt", "failure", "failed"],
    ["in_doubt", "declined", "failed"],
    ["in_doubt", "pending", "accepted"],
    ["in_doubt", "doubt", "in_doubt"],
    ["succeeded", "success", "succeeded"],
    ["succeeded", "failure", "failed"],
    ["succeeded", "declined", "failed"],
    ["succeeded", "pending", "in_doubt"],
    ["succeeded", "doubt", "in_doubt"],
    ["failed", "success", "succeeded"],
    ["failed", "failure", "failed"],
    ["failed", "declined", "failed"],
    ["failed", "pending", "in_doubt"],
    ["failed", "doubt", "in_doubt"],
    ["declined", "success", "succeeded"],
    ["declined", "failure", "failed"],
    ["declined", "declined", "declined"],
    ["declined", "pending", "in_doubt"],
    ["declined", "doubt", "in_doubt"],
  ] as const;
  it.each(pairs)("that is %s and hears %s is %s", (state, verdict, next) => {
    expect(attemptTransitions[state][verdict]).toBe(next);
  });

  it("is tested in every state with every verdict", () => {
    const expected = attemptStates.flatMap((state) => verdicts.map((verdict) => `${state} ${verdict}`));
    expect(pairs.map(([state, verdict]) => `${state} ${verdict}`)).toEqual(expected);
    expect(attemptStates).toEqual(["sent", "accepted", "in_doubt", "succeeded", "failed", "declined"]);
  });
});

describe("the standing of attempts", () => {
  it.each([
    [["sent"], "open"],
    [["accepted"], "open"],
    [["in_doubt"], "open"],
    [["succeeded"], "success"],
    [["failed"], "failure"],
    [["declined"], "failure"],
    [["declined", "failed"], "failure"],
    [["declined", "declined"], "failure"],
    [["declined", "sent"], "open"],
    [["in_doubt", "failed"], "open"],
    [["declined", "succeeded"], "success"],
    [["succeeded", "in_doubt"], "success"],
    [["succeeded", "failed"], "success"],
  ] as const)("%j is %s", (attempts, standing) => {
    expect(standingOf(attempts)).toBe(standing);
  });
});

describe("a recharge", () => {
  const pairs = [
    ["pending", "success", "post", "succeeded", null],
    ["pending", "failure", "void", "failed", null],
    ["pending", "open", "none", "pending", null],
    ["succeeded", "success", "none", "succeeded", null],
    ["succeeded", "failure", "reverse", "reversed", null],
    ["succeeded", "open", "none", "succeeded", "contradiction"],
    ["failed", "success", "take_again", "succeeded", null],
    ["failed", "failure", "none", "failed", null],
    ["failed", "open", "none", "failed", "contradiction"],
    ["reversed", "success", "take_again", "succeeded", null],
    ["reversed", "failure", "none", "reversed", null],
    ["reversed", "open", "none", "reversed", "contradiction"],
  ] as const;
  it.each(pairs)(
    "that is %s with a standing of %s does %s and is %s, case %s",
    (state, standing, move, next, needed) => {
      expect(rechargeTransitions[state][standing]).toEqual({ move, next, case: needed });
    },
  );

  it("is tested in every state with every standing", () => {
    const expected = rechargeStates.flatMap((state) =>
      ["success", "failure", "open"].map((standing) => `${state} ${standing}`),
    );
    expect(pairs.map(([state, standing]) => `${state} ${standing}`)).toEqual(expected);
    expect(rechargeStates).toEqual(["pending", "succeeded", "failed", "reversed"]);
  });

  it("takes money again only where it was given back, and gives it back only where it was taken", () => {
    const back = pairs.slice(6).map(([, , move]) => move);
    const others = pairs.slice(0, 6).map(([, , move]) => move);
    expect(new Set(back)).toEqual(new Set(["none", "take_again"]));
    expect(new Set(others)).toEqual(new Set(["post", "void", "none", "reverse"]));
  });
});
