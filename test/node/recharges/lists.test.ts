// Closed lists that partners and staff see.
import { describe, expect, it } from "vitest";
import { caseKinds } from "../../../src/recharges/events.ts";
import { failureCauses } from "../../../src/recharges/recharge.ts";

describe("closed lists", () => {
  it("name why a person is needed", () => {
    expect(caseKinds).toEqual(["doubt", "contradiction", "late_success", "two_successes", "reversal_disputed"]);
  });

  it("name why a recharge failed", () => {
    expect(failureCauses).toEqual(["amount", "number", "operator", "provider_declined", "not_executed", "ruled"]);
  });
});
