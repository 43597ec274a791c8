// How many claims a number may have, and which providers a claim may go to.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { decideClaim, emptyRecord, probeEveryMs } from "../../../src/numbers/number-guard.ts";
import type { SwitchInShard } from "../../../src/numbers/number-guard.ts";
import {
  windowMs,
  dayMs,
  now,
  order,
  kept,
  closed,
  pending,
  gone,
  recordOf,
  question,
  answered,
  taken,
} from "./guard-fixture.ts";

const claims = (ages: readonly number[]) =>
  ages.map((age, index) => ({ ...kept, serial: index + 1, agentId: `V-${index}`, at: now - age, isOpen: false }));

describe("velocity", () => {
  const cases = [
    ["below the limit", [300, 200], null],
    ["at the limit: until the oldest leaves", [300, 200, 100], dayMs - 300],
    ["above the limit: until enough have left", [400, 300, 200, 100], dayMs - 300],
    ["whatever the order in which they are kept", [100, 300, 200], dayMs - 300],
    ["those a day old no longer count", [dayMs, 200, 100], null],
    ["those almost a day old do", [dayMs - 1, 200, 100], 1],
  ] as const;
  it.each(cases)("counts claims of a day: %s", (_name, ages, retryAfterMs) => {
    const decision = decideClaim(question({ record: recordOf(...claims(ages)) }));
    expect(decision).toMatchObject(
      retryAfterMs === null ? { kind: "take" } : { kind: "refuse", answer: { kind: "velocity", retryAfterMs } },
    );
  });

  it("counts over all partners and amounts", () => {
    const record = recordOf(
      ...claims([3, 2, 1]).map((claim, index) => ({ ...claim, account: index + 5, amount: minor(index + 1) })),
    );
    expect(decideClaim(question({ record })).kind).toBe("refuse");
  });

  it("does not count the claim itself", () => {
    const record = recordOf(...claims([3, 2, 1]));
    expect(decideClaim(question({ record, request: { ...order, agentId: "V-1" } })).kind).toBe("take");
  });

  it("comes after the repeat", () => {
    const record = recordOf(...claims([3, 2, 1]).map((claim) => ({ ...claim, isOpen: claim.serial === 1 })));
    expect(decideClaim(question({ record, answers: answered(pending) }))).toMatchObject({ answer: { kind: "repeat" } });
    expect(decideClaim(question({ record, answers: answered(gone) }))).toMatchObject({ answer: { kind: "velocity" } });
  });
});

const leftOut = (state: Partial<SwitchInShard>, amount = 2000) => {
  const switches = new Map([["first", { ...closed, ...state }]]);
  const decision = taken(decideClaim(question({ switches, request: { ...order, amount: minor(amount) } })));
  if (decision.answer.kind !== "claimed") throw new Error("not claimed");
  return [decision.answer.candidates[0]?.leftOut, decision.provider];
};

describe("candidates", () => {
  const states = [
    ["on", {}, null],
    ["switched off", { isOff: true, trippedUntil: now + 1, float: minor(1) }, "switched_off"],
    ["tripped", { trippedUntil: now + 1, float: minor(1) }, "tripped"],
    ["half open", { trippedUntil: now }, null],
    ["half open and being probed", { trippedUntil: now - 10, probedAt: now - probeEveryMs + 1 }, "tripped"],
    ["half open and probed in vain", { trippedUntil: now - probeEveryMs, probedAt: now - probeEveryMs }, null],
    ["with the float for it", { float: minor(2000) }, null],
    ["without the float for it", { float: minor(1999) }, "float_low"],
  ] as const;
  it.each(states)("a provider that is %s", (_name, state, expected) => {
    expect(leftOut(state)).toEqual([expected, expected === null ? "first" : "second"]);
  });

  it("are claimed for even where none may be asked; then nothing is noted as sent", () => {
    const switches = new Map(["first", "second"].map((provider) => [provider, { ...closed, provider, isOff: true }]));
    const decision = taken(decideClaim(question({ switches })));
    expect(decision.provider).toBeNull();
    expect(decision.record.claims[0]?.provider).toBeNull();
  });

  const send = { provider: "first", amount: minor(2000), at: now - windowMs + 1 };
  const sends = [
    ["the same order in its window", send, "repeat_window"],
    ["the same order a window ago", { ...send, at: now - windowMs }, null],
    ["another amount", { ...send, amount: minor(2001) }, null],
    ["another provider's", { ...send, provider: "second" }, null],
  ] as const;
  it.each(sends)("leave a provider out that was sent %s", (_name, past, expected) => {
    const asSend = { ...emptyRecord, sends: [past] };
    const asClaim = recordOf({ ...kept, ...past, agentId: "A-0", isOpen: false });
    for (const record of [asSend, asClaim]) {
      const { answer } = taken(decideClaim(question({ record })));
      expect(answer).toMatchObject({
        candidates: [
          { provider: "first", leftOut: expected },
          { provider: "second", leftOut: null },
        ],
      });
    }
  });
});
