// How many claims a number may have.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { decideClaim } from "../../../src/numbers/number-guard.ts";
import { dayMs, now, order, kept, pending, gone, recordOf, question, answered } from "./guard-fixture.ts";

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
