// Which providers a claim may go to.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { decideClaim, emptyRecord } from "../../../src/numbers/number-guard.ts";
import type { SwitchInShard } from "../../../src/numbers/candidates.ts";
import { windowMs, now, order, kept, closed, recordOf, question, taken } from "./guard-fixture.ts";

const leftOut = (state: Partial<SwitchInShard>, amount = 2000) => {
  const switches = new Map([["first", { ...closed, ...state }]]);
  const decision = taken(decideClaim(question({ switches, request: { ...order, amount: minor(amount) } })));
  if (decision.answer.kind !== "claimed") throw new Error("not claimed");
  return [decision.answer.candidates[0]?.leftOut, decision.record.claims[0]?.provider];
};

describe("candidates", () => {
  const states = [
    ["on", {}, null],
    ["switched off", { isOff: true, trippedUntil: now + 1, float: minor(1) }, "switched_off"],
    ["tripped", { trippedUntil: now + 1, float: minor(1) }, "tripped"],
    ["half open while another recharge tries it", { trippedUntil: now - 10, probedUntil: now + 1 }, "tripped"],
    ["with the float for it", { float: minor(2000) }, null],
    ["without the float for it", { float: minor(1999) }, "float_low"],
  ] as const;
  it.each(states)("a provider that is %s", (_name, state, expected) => {
    expect(leftOut(state)).toEqual([expected, expected === null ? "first" : "second"]);
  });

  it("are claimed for even where none may be asked; then nothing is noted as sent", () => {
    const switches = new Map(["first", "second"].map((provider) => [provider, { ...closed, provider, isOff: true }]));
    const decision = taken(decideClaim(question({ switches })));
    expect(decision.record.claims[0]?.provider).toBeNull();
  });
});

describe("candidates whose breaker is half open", () => {
  const open = new Map(["first", "second"].map((provider) => [provider, { ...closed, provider, trippedUntil: now }]));
  const halfOpen = [
    ["let through", { first: true }, [null, "tripped"]],
    ["not let through, and the next one neither", { first: false, second: false }, ["tripped", "tripped"]],
    ["not let through, but the next one is", { first: false, second: true }, ["tripped", null]],
  ] as const;
  it.each(halfOpen)("are tried one at a time: %s", (_name, said, expected) => {
    const { answer } = taken(decideClaim(question({ switches: open, probes: new Map(Object.entries(said)) })));
    if (answer.kind !== "claimed") throw new Error("not claimed");
    expect(answer.candidates.map((candidate) => candidate.leftOut)).toEqual(expected);
  });

  it("are asked about one after the other, and not at all behind one that may be asked", () => {
    expect(decideClaim(question({ switches: open }))).toEqual({ kind: "probe", provider: "first" });
    const refused = question({ switches: open, probes: new Map([["first", false]]) });
    expect(decideClaim(refused)).toEqual({ kind: "probe", provider: "second" });
    const behind = new Map([["second", { ...closed, provider: "second", trippedUntil: now }]]);
    const { answer } = taken(decideClaim(question({ switches: behind })));
    expect(answer).toMatchObject({ candidates: [{ leftOut: null }, { leftOut: "tripped" }] });
  });
});

describe("candidates that were sent something before", () => {
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
